//! Languages by BCP 47 tag, and countries.

mod country;

use serde::{Deserialize, Serialize};

pub use country::Country;

use crate::refusal::Refusal;

/// So much of what is no tag is told back.
const QUOTED: usize = 40;

/// A language tag in its canonical spelling (RFC 5646): `fr-FR`, `zh-Hans`, `es-419`; `*` stands for the
/// title's original language, `zxx` for no language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language(String);

impl Language {
    /// The title's original language, whatever it is.
    pub const ORIGINAL: &'static str = "*";

    /// Reads a tag: language, script, region and variants, in that order, divided by `-`. `pt_BR` is no tag.
    pub fn parse(text: &str) -> Option<Self> {
        if text == Self::ORIGINAL {
            return Some(Self(text.to_owned()));
        }
        let mut parts = text.split('-');
        let language = parts.next().filter(|it| matches!(it.len(), 2 | 3) && letters(it))?;
        let mut tag = language.to_ascii_lowercase();
        let mut stage = Stage::Script;
        for part in parts {
            let (kind, canonical) = Stage::of(part, stage)?;
            tag.push('-');
            tag.push_str(&canonical);
            stage = kind;
        }
        Some(Self(tag))
    }

    /// What somebody typed as a tag: nothing, or a tag that is well-formed.
    pub fn said(text: &str) -> Result<Option<Self>, Refusal> {
        match text.trim() {
            "" => Ok(None),
            text => match Self::parse(text) {
                Some(tag) => Ok(Some(tag)),
                None => Err(Refusal::BadLanguage(text.chars().take(QUOTED).collect())),
            },
        }
    }

    /// The tag.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The primary language: `fr` of `fr-FR`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// As people read it: `French (fr-FR)`; the tag alone where the name is not known.
    pub fn label(&self) -> String {
        if self.0 == Self::ORIGINAL {
            return "Original language".to_owned();
        }
        match self.name() {
            Some(name) => format!("{name} ({})", self.0),
            None => self.0.clone(),
        }
    }

    /// The English name of the primary language.
    pub fn name(&self) -> Option<&'static str> {
        NAMES.iter().find(|(tag, _)| *tag == self.primary()).map(|(_, name)| *name)
    }

    /// The common delivery languages: tag and name.
    pub fn known() -> impl Iterator<Item = (&'static str, &'static str)> {
        NAMES.iter().copied()
    }
}

/// How far into a tag the reader has come; subtags must not step back.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Stage {
    Script,
    Region,
    Variant,
}

impl Stage {
    /// What `part` is, not earlier than `from`, with its canonical spelling and the stage that may follow.
    fn of(part: &str, from: Self) -> Option<(Self, String)> {
        let digits = part.bytes().all(|it| it.is_ascii_digit());
        let starts_with_digit = part.bytes().next().is_some_and(|it| it.is_ascii_digit());
        match part.len() {
            4 if letters(part) && from == Self::Script => {
                let (first, rest) = part.split_at(1);
                Some((Self::Region, first.to_ascii_uppercase() + &rest.to_ascii_lowercase()))
            }
            2 if letters(part) && from <= Self::Region => {
                Some((Self::Variant, part.to_ascii_uppercase()))
            }
            3 if digits && from <= Self::Region => Some((Self::Variant, part.to_owned())),
            5..=8 if part.bytes().all(|it| it.is_ascii_alphanumeric()) => {
                Some((Self::Variant, part.to_ascii_lowercase()))
            }
            4 if starts_with_digit && part.bytes().all(|it| it.is_ascii_alphanumeric()) => {
                Some((Self::Variant, part.to_ascii_lowercase()))
            }
            _ => None,
        }
    }
}

fn letters(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_alphabetic())
}

impl TryFrom<String> for Language {
    type Error = String;

    fn try_from(tag: String) -> Result<Self, String> {
        Self::parse(&tag).ok_or_else(|| format!("{tag:?} is no language tag"))
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.0
    }
}

/// Languages of delivery, by tag.
#[rustfmt::skip]
const NAMES: &[(&str, &str)] = &[
    ("ar", "Arabic"), ("bg", "Bulgarian"), ("ca", "Catalan"), ("cmn", "Mandarin Chinese"), ("cs", "Czech"),
    ("da", "Danish"), ("de", "German"), ("el", "Greek"), ("en", "English"), ("es", "Spanish"), ("et", "Estonian"),
    ("eu", "Basque"), ("fa", "Persian"), ("fi", "Finnish"), ("fil", "Filipino"), ("fr", "French"), ("gl", "Galician"),
    ("he", "Hebrew"), ("hi", "Hindi"), ("hr", "Croatian"), ("hu", "Hungarian"), ("id", "Indonesian"),
    ("is", "Icelandic"), ("it", "Italian"), ("ja", "Japanese"), ("ko", "Korean"), ("lt", "Lithuanian"),
    ("lv", "Latvian"), ("ml", "Malayalam"), ("ms", "Malay"), ("nb", "Norwegian Bokm\u{e5}l"), ("nl", "Dutch"),
    ("no", "Norwegian"), ("pl", "Polish"), ("pt", "Portuguese"), ("ro", "Romanian"), ("ru", "Russian"),
    ("sk", "Slovak"), ("sl", "Slovenian"), ("sr", "Serbian"), ("sv", "Swedish"), ("ta", "Tamil"), ("te", "Telugu"),
    ("th", "Thai"), ("tr", "Turkish"), ("uk", "Ukrainian"), ("vi", "Vietnamese"), ("yue", "Cantonese"),
    ("zh", "Chinese"), ("zxx", "No language"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_take_their_canonical_spelling() {
        for (text, tag) in [
            ("fr", "fr"),
            ("FR-fr", "fr-FR"),
            ("zh-hans", "zh-Hans"),
            ("es-419", "es-419"),
            ("cmn-hant-tw", "cmn-Hant-TW"),
            ("de-CH-1996", "de-CH-1996"),
            ("*", "*"),
            ("zxx", "zxx"),
            ("ca-valencia", "ca-valencia"),
        ] {
            assert_eq!(Language::parse(text).unwrap().tag(), tag);
        }
    }

    #[test]
    fn what_is_no_tag_is_refused() {
        for text in [
            "",
            "pt_BR",
            "f",
            "french",
            "fr-",
            "fr--FR",
            "fr-FR-Latn",
            "en-US-GB",
            "é",
            "fr FR",
            "12",
            "**",
        ] {
            assert_eq!(Language::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn what_was_typed_is_nothing_or_a_tag_or_told_back() {
        assert_eq!(Language::said("  "), Ok(None));
        assert_eq!(Language::said(" FR-fr "), Ok(Language::parse("fr-FR")));
        assert_eq!(Language::said("pt_BR"), Err(Refusal::BadLanguage("pt_BR".into())));
        let long = Language::said(&"x".repeat(5_000));
        assert_eq!(long, Err(Refusal::BadLanguage("x".repeat(QUOTED))));
    }

    #[test]
    fn a_label_names_language_and_tag() {
        assert_eq!(Language::parse("fr-FR").unwrap().label(), "French (fr-FR)");
        assert_eq!(Language::parse("xx").unwrap().label(), "xx");
        assert_eq!(Language::parse("*").unwrap().label(), "Original language");
    }
}
