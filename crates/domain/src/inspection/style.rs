//! How timed text has to be written so that it can be read: a table by language, kind and audience.

use super::Runtime;
use crate::key::keyed;

keyed! {
    /// What a timed text document is for.
    pub enum TextKind {
        Subtitle = "subtitle", "Subtitle";
        /// For people who do not hear: sounds are described too.
        Sdh = "sdh", "SDH/CC";
        /// Only what has to be translated in a version that is spoken in the language of the audience.
        Forced = "forced", "Forced narrative";
    }
}

keyed! {
    /// Who reads.
    pub enum Audience {
        Adults = "adults", "Adults";
        Children = "children", "Children";
    }
}

keyed! {
    /// How the lines of two who speak in one cue are told apart.
    pub enum DashStyle {
        BothSpaced = "both_spaced", "a dash and a space before both lines";
        BothTight = "both_tight", "a dash without a space before both lines";
        SecondSpaced = "second_spaced", "a dash and a space before the second line only";
        SecondTight = "second_tight", "a dash without a space before the second line only";
    }
}

/// The rules of writing that hold for one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextStyle {
    /// Lines of a cue, at most.
    pub lines: u64,
    /// Signs of a line, at most.
    pub line_width: u64,
    /// Signs to be read in a second, at most.
    pub reading_speed: u64,
    /// How long a cue is on screen, at least.
    pub shortest: Runtime,
    /// How long a cue is on screen, at most.
    pub longest: Runtime,
    /// Frames between two cues, at least.
    pub gap: u64,
    /// How the lines of two who speak are told apart.
    pub dashes: DashStyle,
    /// Whether anything may be in italics.
    pub italics: bool,
}

/// Limits that are set for one package of a title; where nothing is set, those of the language hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextLimits {
    /// Lines of a cue, at most.
    pub lines: Option<u64>,
    /// Signs of a line, at most.
    pub line_width: Option<u64>,
    /// Signs to be read in a second, at most.
    pub reading_speed: Option<u64>,
    /// How long a cue is on screen, at least.
    pub shortest: Option<Runtime>,
    /// How long a cue is on screen, at most.
    pub longest: Option<Runtime>,
}

/// Signs a second in subtitles for adults and children, then in SDH for adults and children. Source: the reading speeds
/// of the timed text style guides, by language; where a language is not named the first row holds.
const READING_SPEEDS: &[(&str, [u64; 4])] = &[
    ("", [17, 13, 20, 17]),
    ("en", [20, 17, 20, 17]),
    ("ar", [20, 17, 23, 20]),
    ("hi", [22, 18, 25, 20]),
    ("ja", [4, 4, 7, 7]),
    ("ko", [12, 9, 14, 11]),
    ("zh", [9, 7, 11, 9]),
];

/// Signs in a line, by language.
const LINE_WIDTHS: &[(&str, u64)] = &[("", 42), ("ja", 23), ("th", 35), ("ko", 16), ("zh", 16)];

const BOTH_SPACED: &[&str] =
    &["ar", "cs", "fr", "hu", "id", "it", "ko", "ms", "pl", "ro", "ru", "sk", "es", "th", "vi"];
const SECOND_TIGHT: &[&str] = &["nl", "fi", "he", "sr"];
const WITHOUT_ITALICS: &[&str] = &["ar", "ko", "zh"];

impl TextStyle {
    /// The rules for documents in `language`, a tag; those that hold for most languages where it is not known.
    pub fn of(language: Option<&str>, kind: TextKind, audience: Audience) -> Self {
        let tag = language.unwrap_or_default().to_ascii_lowercase();
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        let column = match (kind, audience) {
            (TextKind::Subtitle | TextKind::Forced, Audience::Adults) => 0,
            (TextKind::Subtitle | TextKind::Forced, Audience::Children) => 1,
            (TextKind::Sdh, Audience::Adults) => 2,
            (TextKind::Sdh, Audience::Children) => 3,
        };
        let dashes = match primary {
            // Brazil has a style guide of its own; that of Portugal does without the space.
            "pt" if tag.contains("br") => DashStyle::BothSpaced,
            it if BOTH_SPACED.contains(&it) => DashStyle::BothSpaced,
            it if SECOND_TIGHT.contains(&it) => DashStyle::SecondTight,
            "bg" => DashStyle::SecondSpaced,
            _ => DashStyle::BothTight,
        };
        Self {
            lines: 2,
            line_width: *of_language(LINE_WIDTHS, primary).unwrap_or(&42),
            reading_speed: of_language(READING_SPEEDS, primary).map_or(17, |it| it[column]),
            // Five sixths of a second: 20 frames at 24.
            shortest: Runtime::from_micros(833_333),
            longest: Runtime::from_millis(7000),
            gap: 2,
            dashes,
            italics: !WITHOUT_ITALICS.contains(&primary),
        }
    }

    /// With the limits that are set for a package.
    pub fn within(self, limits: TextLimits) -> Self {
        Self {
            lines: limits.lines.unwrap_or(self.lines),
            line_width: limits.line_width.unwrap_or(self.line_width),
            reading_speed: limits.reading_speed.unwrap_or(self.reading_speed),
            shortest: limits.shortest.unwrap_or(self.shortest),
            longest: limits.longest.unwrap_or(self.longest),
            ..self
        }
    }
}

/// The row of a language, or the one for all that have none.
fn of_language<'a, T>(rows: &'a [(&str, T)], primary: &str) -> Option<&'a T> {
    let row = rows.iter().find(|(it, _)| *it == primary).or(rows.first());
    row.map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_read_at_its_own_speed() {
        use Audience::{Adults, Children};
        use TextKind::{Forced, Sdh, Subtitle};
        for (language, kind, audience, speed) in [
            (None, Subtitle, Adults, 17),
            (Some("de"), Subtitle, Adults, 17),
            (Some("de"), Forced, Adults, 17),
            (Some("fr-CA"), Subtitle, Children, 13),
            (Some("sv"), Sdh, Adults, 20),
            (Some("sv"), Sdh, Children, 17),
            (Some("en-GB"), Subtitle, Adults, 20),
            (Some("EN"), Subtitle, Children, 17),
            (Some("ar"), Sdh, Adults, 23),
            (Some("hi"), Subtitle, Adults, 22),
            (Some("ja"), Subtitle, Children, 4),
            (Some("ko"), Sdh, Children, 11),
            (Some("zh-Hant"), Subtitle, Adults, 9),
        ] {
            let style = TextStyle::of(language, kind, audience);
            assert_eq!(style.reading_speed, speed, "{language:?} {kind:?} {audience:?}");
        }
    }

    #[test]
    fn lines_dashes_and_italics_follow_the_language() {
        use DashStyle::{BothSpaced, BothTight, SecondSpaced, SecondTight};
        for (language, width, dashes, italics) in [
            ("de", 42, BothTight, true),
            ("pt-PT", 42, BothTight, true),
            ("pt-BR", 42, BothSpaced, true),
            ("fr", 42, BothSpaced, true),
            ("nl", 42, SecondTight, true),
            ("bg", 42, SecondSpaced, true),
            ("th", 35, BothSpaced, true),
            ("ja", 23, BothTight, true),
            ("ko", 16, BothSpaced, false),
            ("zh-Hans", 16, BothTight, false),
            ("ar", 42, BothSpaced, false),
        ] {
            let style = TextStyle::of(Some(language), TextKind::Subtitle, Audience::Adults);
            assert_eq!(
                (style.line_width, style.dashes, style.italics),
                (width, dashes, italics),
                "{language}"
            );
        }
    }
}
