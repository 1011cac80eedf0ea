//! Text cut into words that can be searched: lower case, without accents, letters and digits only.
//!
//! Both sides of a search go through here, what is stored and what is typed, so that the two engines find the
//! same, and nothing that people type is ever syntax.

use std::collections::HashSet;

/// More words than these are not looked for.
const MOST_SOUGHT: usize = 8;
/// More words than these are not kept of one request: a package of thousands of files is found by the first.
const MOST_KEPT: usize = 2000;
/// Nor more bytes: PostgreSQL takes a megabyte of words.
const MOST_BYTES: usize = 500_000;
/// A longer text is looked for by its beginning.
const LONGEST_SOUGHT: usize = 200;

/// Words without doubles, in the order of their first appearance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words(Vec<String>);

impl Words {
    /// The words that somebody looks for.
    pub fn sought(text: &str) -> Self {
        let text: String = text.chars().take(LONGEST_SOUGHT).collect();
        let mut words = Self::of([text.as_str()]);
        words.0.truncate(MOST_SOUGHT);
        words
    }

    /// The words of all `texts`.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut known, mut room) = (HashSet::new(), MOST_BYTES);
        let fresh = texts.into_iter().flat_map(cut).filter(|word| known.insert(word.clone()));
        let fits = |word: &String| {
            let left = room.checked_sub(word.len() + 1);
            room = left.unwrap_or_default();
            left.is_some()
        };
        Self(fresh.take(MOST_KEPT).take_while(fits).collect())
    }

    /// Some of the words of another.
    pub fn chosen<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        Self(words.map(str::to_owned).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// The condition that the row `s` has a word that begins like the pattern at place `place`.
    pub fn has(place: usize) -> String {
        format!("' ' || s.words LIKE ${place}")
    }

    /// The further conditions that the row `s` has all words; their patterns stand at places from `first` on.
    pub fn said(&self, first: usize) -> String {
        (first..).zip(self.iter()).map(|(place, _)| format!(" AND {}", Self::has(place))).collect()
    }

    /// The values for [`Words::said`]. Words are letters and digits: nothing in them stands for anything else.
    pub fn patterns(&self) -> impl Iterator<Item = String> {
        self.iter().map(|word| format!("% {word}%"))
    }

    /// The words in one line, divided by single spaces.
    pub fn line(&self) -> String {
        self.0.join(" ")
    }
}

/// The words of `text` in their order, in one line.
pub(crate) fn folded(text: &str) -> String {
    cut(text).join(" ")
}

fn cut(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in text.chars().flat_map(char::to_lowercase).filter(|it| !is_mark(*it)) {
        let alone = is_ideograph(letter);
        if alone || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            match plain(letter) {
                Some(plain) => word.push_str(plain),
                None => word.push(letter),
            }
        }
        if alone {
            words.push(String::new());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Marks that stand behind a letter: some systems send file names with their accents taken off like this.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// Scripts that put no spaces between words: each sign is one.
fn is_ideograph(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

/// The letter without its accent, as people without that key type it.
#[rustfmt::skip]
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' => "a",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' => "o",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ſ' => "s",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae", 'œ' => "oe", 'ß' => "ss", 'þ' => "th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        Words::of([text]).0
    }

    #[test]
    fn case_accents_and_punctuation_do_not_matter() {
        assert_eq!(
            words("Amélie_THE-Tide.S01E03 (R-20418)"),
            ["amelie", "the", "tide", "s01e03", "r", "20418"]
        );
        assert_eq!(words("Ame\u{301}lie"), ["amelie"]);
        assert_eq!(words("Straße Łódź"), ["strasse", "lodz"]);
    }

    #[test]
    fn nothing_typed_is_left_that_could_be_syntax() {
        for text in ["\" OR 1=1 --", "a* NEAR(b", "' & !x:*", "%_\\", "\0\u{202e}"] {
            let line = Words::sought(text).line();
            assert!(line.chars().all(|it| it.is_alphanumeric() || it == ' '), "{line}");
        }
        assert!(Words::sought("-- * ()").is_empty());
    }

    #[test]
    fn signs_without_spaces_between_them_are_words_by_themselves() {
        assert_eq!(words("千と千尋 movie"), ["千", "と", "尋", "movie"]);
    }

    #[test]
    fn a_text_of_any_length_is_looked_for_by_its_beginning() {
        let text = format!("{} tide", "a".repeat(LONGEST_SOUGHT));
        assert_eq!(Words::sought(&text).line(), "a".repeat(LONGEST_SOUGHT));
    }

    #[test]
    fn no_more_is_kept_than_postgresql_takes() {
        let names: Vec<_> = (0..MOST_KEPT).map(|it| format!("{}{it}", "語x".repeat(600))).collect();
        let long: Vec<_> = (0..MOST_KEPT).map(|it| format!("{}{it}", "ж".repeat(240))).collect();
        for texts in [names, long] {
            let line = Words::of(texts.iter().map(String::as_str)).line();
            assert!(line.len() <= MOST_BYTES, "{}", line.len());
        }
    }

    #[test]
    fn only_so_many_words_are_looked_for() {
        let text = (0..100).map(|it| format!("w{it}")).collect::<Vec<_>>().join(" ");
        assert_eq!(Words::sought(&text).iter().count(), MOST_SOUGHT);
    }
}
