//! Words as people type them, and where they are in a text.

/// Words of a question that say nothing about what is asked.
const EMPTY: [&str; 30] = [
    "a", "an", "and", "are", "at", "be", "can", "did", "do", "does", "for", "from", "how", "i",
    "in", "is", "it", "me", "my", "of", "on", "or", "the", "this", "to", "was", "what", "when",
    "where", "why",
];
/// Endings that do not change what a word is about.
const ENDINGS: [&str; 4] = ["ies", "ing", "ed", "s"];
/// A shorter word keeps its ending, and is found whole only if it is a single letter.
const SHORTEST_STEM: usize = 3;

/// A word that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    typed: String,
    stem: String,
}

/// A part of a text that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Plain(String),
    /// What was looked for.
    Marked(String),
}

impl Piece {
    pub fn text(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Marked(text) => text,
        }
    }
}

impl Word {
    /// The words of a text, without the empty ones if there are others.
    pub fn all(text: &str) -> Vec<Self> {
        let typed: Vec<_> = tokens(text).map(|(_, it)| it.to_lowercase()).collect();
        let telling: Vec<_> =
            typed.iter().filter(|it| !EMPTY.contains(&it.as_str())).cloned().collect();
        let words = if telling.is_empty() { typed } else { telling };
        words.into_iter().map(|typed| Self { stem: stem(&typed).to_owned(), typed }).collect()
    }

    /// Whether a word of a text is this one, or begins with it. Expects lower case.
    pub fn is_in(&self, token: &str) -> bool {
        match self.typed.chars().count() {
            1 => token == self.typed,
            _ => token.starts_with(&self.stem),
        }
    }

    /// Whether a word of a text is this one, its ending left out of account. Expects lower case.
    pub fn is(&self, token: &str) -> bool {
        stem(token) == self.stem
    }

    /// Whether it stands anywhere in a name such as `TimedText-TimeBaseConflict`.
    pub fn is_inside(&self, name: &str) -> bool {
        self.typed.len() > 1 && name.to_lowercase().contains(&self.typed)
    }
}

fn stem(word: &str) -> &str {
    let cut = ENDINGS.iter().find_map(|it| word.strip_suffix(it));
    cut.filter(|it| it.chars().count() >= SHORTEST_STEM).unwrap_or(word)
}

/// The words of a text as they stand in it, each with its place in bytes.
pub fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    parts.map(move |it| (it.as_ptr() as usize - text.as_ptr() as usize, it))
}

/// A text in pieces, with the words marked that were looked for.
pub fn pieces(text: &str, words: &[Word]) -> Vec<Piece> {
    let mut pieces = vec![];
    let mut done = 0;
    for (start, end) in marks(text, words) {
        pieces.push(Piece::Plain(text[done..start].to_owned()));
        pieces.push(Piece::Marked(text[start..end].to_owned()));
        done = end;
    }
    pieces.push(Piece::Plain(text[done..].to_owned()));
    pieces.retain(|it| !it.text().is_empty());
    pieces
}

/// Where the words stand: whole words of a sentence, and letters within a name.
fn marks(text: &str, words: &[Word]) -> Vec<(usize, usize)> {
    // Of letters beyond ASCII the small one may be longer than the large one.
    let is_name = text.is_ascii() && !text.contains(' ');
    let mark = |(start, token): (usize, &str)| {
        let lower = token.to_lowercase();
        let inside = |it: &Word| {
            let at = lower.find(&it.typed).filter(|_| is_name && it.is_inside(token))?;
            Some((start + at, start + at + it.typed.len()))
        };
        let whole = || words.iter().any(|it| it.is_in(&lower));
        words.iter().find_map(inside).or_else(|| whole().then_some((start, start + token.len())))
    };
    tokens(text).filter_map(mark).collect()
}

/// The words of `all` that differ from `word` in no more than two letters, closest first, each once.
pub fn nearest(word: &Word, all: impl Iterator<Item = &'static str>) -> Vec<String> {
    let mut close: Vec<_> = all
        .filter(|it| it.len().abs_diff(word.typed.len()) <= 2 && it.len() > SHORTEST_STEM)
        .map(|it| (distance(&word.typed, it), it))
        .filter(|(far, it)| *far <= 2 && far * 3 <= it.len())
        .collect();
    close.sort_unstable();
    close.dedup();
    close.into_iter().map(|(_, it)| it.to_owned()).collect()
}

/// How many letters have to be added, left out or changed to make `to` of `from` (Levenshtein).
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (at, other) in to.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = row[at + 1];
            row[at + 1] = changed.min(row[at] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, looked_for: &str) -> String {
        let piece = |it: &Piece| match it {
            Piece::Plain(text) => text.clone(),
            Piece::Marked(text) => format!("[{text}]"),
        };
        pieces(text, &Word::all(looked_for)).iter().map(piece).collect()
    }

    #[test]
    fn whole_words_are_marked_in_a_sentence_and_letters_in_a_name() {
        assert_eq!(shown("An upload, two Uploads.", "uploading"), "An [upload], two [Uploads].");
        assert_eq!(shown("TimedText-TimeBaseConflict", "timebase"), "TimedText-[TimeBase]Conflict");
        assert_eq!(shown("FILE-Empty", "empty file"), "[FILE]-[Empty]");
        assert_eq!(shown("Größe, ÄRGER", "ärger"), "Größe, [ÄRGER]");
        assert_eq!(shown("Nothing of it", "zebra"), "Nothing of it");
        assert_eq!(shown("a café", "a"), "[a] café");
    }

    #[test]
    fn empty_words_are_left_out_unless_there_is_nothing_else() {
        let typed = |text| Word::all(text).into_iter().map(|it| it.typed).collect::<Vec<_>>();
        assert_eq!(typed("How do I resume it?"), ["resume"]);
        assert_eq!(typed("what is"), ["what", "is"]);
    }

    #[test]
    fn words_are_as_far_apart_as_it_takes_letters_to_make_one_of_the_other() {
        for (from, to, far) in
            [("", "abc", 3), ("kitten", "sitting", 3), ("overide", "override", 1), ("a", "a", 0)]
        {
            assert_eq!(distance(from, to), far, "{from} {to}");
            assert_eq!(distance(to, from), far, "{to} {from}");
        }
    }

    #[test]
    fn near_words_come_closest_first_and_short_ones_not_at_all() {
        let near = |typed, all: &[&'static str]| nearest(&Word::all(typed)[0], all.iter().copied());
        let all = ["uploads", "upload", "upload", "inload", "up"];
        assert_eq!(near("uplaod", &all), ["upload"]);
        assert_eq!(near("uploads", &["upload", "uploads"]), ["uploads", "upload"]);
    }
}
