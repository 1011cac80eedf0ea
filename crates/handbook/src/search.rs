//! What answers a search: every word is looked for in names, headings and sentences.

mod entry;
mod word;

use std::cmp::Reverse;

pub use entry::Kind;
pub use word::Piece;

use crate::Reference;
use entry::{Entry, entries};
use word::{Word, nearest, pieces};

/// A search is never longer, in characters; what is beyond is not looked for.
const LONGEST: usize = 100;
/// So many answers are shown.
const MOST: usize = 20;
/// So many words are offered in place of one that nobody knows.
const NEAREST: usize = 3;

/// A place that answers a search, with the letters marked that were found.
#[derive(Clone, Debug)]
pub struct Answer {
    pub reference: Reference,
    pub kind: Kind,
    pub name: Vec<Piece>,
    /// The sentence that answers best.
    pub passage: Vec<Piece>,
}

/// What a search has found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Best first.
    pub answers: Vec<Answer>,
    /// How many there are, shown or not.
    pub total: usize,
    /// Words close to those that stand nowhere; only where nothing has all words.
    pub nearest: Vec<String>,
}

/// The places that have all words of `text`; where there is none, those that have any.
pub fn search(text: &str) -> Found {
    let words = Word::all(&text.chars().take(LONGEST).collect::<String>());
    if words.is_empty() {
        return Found::default();
    }
    let rated = |needed: usize| {
        let rate = |entry: &'static Entry| Some((entry.rate(&words, needed)?, entry));
        let mut rated: Vec<_> = entries().iter().filter_map(rate).collect();
        rated.sort_by_key(|(rating, _)| Reverse(*rating));
        rated
    };
    let complete = rated(words.len());
    let (found, nearest) = match complete.is_empty() {
        false => (complete, vec![]),
        true => (rated(1), close_to(&words)),
    };
    let answers = found.iter().take(MOST).map(|(_, entry)| answer(entry, &words)).collect();
    Found { answers, total: found.len(), nearest }
}

fn answer(entry: &Entry, words: &[Word]) -> Answer {
    let (section, passage) = entry.passage(words);
    Answer {
        reference: entry.place(section),
        kind: entry.kind,
        name: pieces(&entry.name, words),
        passage: pieces(passage, words),
    }
}

/// For each word that stands nowhere, those that are close to it.
fn close_to(words: &[Word]) -> Vec<String> {
    let unknown = words.iter().filter(|word| !entries().iter().any(|it| it.knows(word)));
    let all = || entries().iter().flat_map(Entry::vocabulary);
    unknown.flat_map(|word| nearest(word, all())).take(NEAREST).collect()
}

#[cfg(test)]
mod tests {
    use domain::inspection::ErrorCode;

    use super::*;

    fn first(text: &str) -> Reference {
        let found = search(text);
        found.answers.first().unwrap_or_else(|| panic!("nothing has {text:?}")).reference.clone()
    }

    fn guide(slug: &str) -> Reference {
        Reference::Guide { slug: slug.to_owned(), section: None }
    }

    #[test]
    fn a_code_is_found_by_any_part_of_its_name_and_by_its_title() {
        for (text, code) in [
            ("FILE-Corrupt", ErrorCode::FileCorrupt),
            ("timebase", ErrorCode::TimeBaseConflict),
            ("damaged on its way", ErrorCode::FileCorrupt),
            ("filE-em", ErrorCode::FileEmpty),
            ("channelmapping", ErrorCode::InconsistentChannelCount),
        ] {
            assert_eq!(first(text), Reference::Code(code), "{text}");
        }
    }

    #[test]
    fn a_question_of_the_night_finds_the_page_that_answers_it() {
        for (text, slug) in [
            ("resume upload", "resume"),
            ("how do I resume an upload?", "resume"),
            ("keyboard", "keyboard"),
            ("material status", "material-status"),
            ("asking for an override", "overrides"),
            ("invite", "administrator"),
        ] {
            let Reference::Guide { slug: found, .. } = first(text) else {
                panic!("{text}: {:?}", first(text));
            };
            assert_eq!(found, slug, "{text}");
        }
    }

    #[test]
    fn a_status_is_found_with_its_meaning() {
        assert_eq!(first("superseded"), Reference::Status("transfer-superseded".into()));
        let all = search("waiting for primary");
        let statuses: Vec<_> = all.answers.iter().filter(|it| it.kind == Kind::Status).collect();
        assert_eq!(statuses[0].reference, Reference::Status("transfer-waiting_for_primary".into()));
    }

    #[test]
    fn the_sentence_that_answers_is_quoted_and_its_words_are_marked() {
        let found = search("five wrong passwords");
        let answer = &found.answers[0];
        let section = Some("signing-in-does-not-work".to_owned());
        let expected = Reference::Guide { slug: "troubleshooting".into(), section };
        assert_eq!(answer.reference, expected);
        let marked = |it: &&Piece| matches!(it, Piece::Marked(_));
        let marks: Vec<_> = answer.passage.iter().filter(marked).map(Piece::text).collect();
        assert_eq!(marks, ["five", "wrong", "passwords"]);
        let whole: String = answer.passage.iter().map(Piece::text).collect();
        assert!(whole.starts_with("After five wrong passwords"), "{whole}");
    }

    #[test]
    fn a_guide_named_in_whole_stands_before_those_that_only_mention_it() {
        assert_eq!(first("overrides"), guide("overrides"));
        assert!(search("override").total > 5);
    }

    #[test]
    fn where_nothing_has_all_words_those_with_any_are_shown_and_near_words_offered() {
        let found = search("zebra keyboard");
        assert!(!found.answers.is_empty());
        let found = search("overide");
        assert!(found.nearest.contains(&"override".to_owned()), "{:?}", found.nearest);
        let found = search("zebrazebra");
        assert_eq!((found.total, found.nearest.len()), (0, 0));
    }

    #[test]
    fn nothing_is_looked_for_where_nothing_was_asked() {
        for text in ["", "  ", "?!", &"\u{0}".repeat(9)] {
            assert_eq!(search(text).total, 0, "{text:?}");
        }
        assert_eq!(search(&"a ".repeat(100_000)).answers.len(), search("a").answers.len());
    }
}
