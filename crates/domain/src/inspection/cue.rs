//! What a timed text document shows: when, where, and which words.

use super::Runtime;

/// Words, or a picture of words, that are on screen together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cue {
    /// The line of the document, counted from 1, where it is known.
    pub line: Option<u32>,
    /// When it appears, from the origin of the document's timeline.
    pub begin: Runtime,
    /// When it disappears; nothing where it stays until the program ends.
    pub end: Option<Runtime>,
    /// Which of the document's regions it stands in; nothing where the document names none.
    pub region: Option<u32>,
    /// Where its words come to stand on the picture, as far as that can be told without drawing them.
    pub area: Option<Area>,
    /// The words, line by line as written. A line that the player breaks is still one line here.
    pub words: Vec<String>,
    /// Whether any of the words are in italics.
    pub italic: bool,
    /// Whether a picture stands in place of words.
    pub image: bool,
}

/// A rectangle of the picture, in thousandths of its width and height, from the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    pub left: i32,
    pub top: i32,
    pub width: i32,
    pub height: i32,
}

impl Cue {
    /// How long it is on screen, where it ends.
    pub fn length(&self) -> Option<Runtime> {
        self.end.map(|end| Runtime::from_micros(end.micros().saturating_sub(self.begin.micros())))
    }

    /// Signs to be read, spaces among them; marks above and below letters are not read by themselves.
    pub fn signs(&self) -> u64 {
        self.words.iter().map(|it| width(it)).sum()
    }
}

/// How many signs a line has.
pub fn width(line: &str) -> u64 {
    line.trim().chars().filter(|it| !is_mark(*it)).count() as u64
}

/// Marks that stand above, below or inside other signs, and signs that show nothing.
const fn is_mark(sign: char) -> bool {
    matches!(sign,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{93c}' | '\u{93e}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}'
        | '\u{e47}'..='\u{e4e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

impl Area {
    /// What two rectangles have in common, if that is more than an edge.
    pub fn shared(self, other: Self) -> Option<Self> {
        let span = |one: i32, length: i32, another: i32, its: i32| {
            let from = one.max(another);
            (from, one.saturating_add(length).min(another.saturating_add(its)).saturating_sub(from))
        };
        let (left, width) = span(self.left, self.width, other.left, other.width);
        let (top, height) = span(self.top, self.height, other.top, other.height);
        (width > 0 && height > 0).then_some(Self { left, top, width, height })
    }

    /// How much of the picture it takes, in thousandths of a percent.
    pub fn share(self) -> i64 {
        i64::from(self.width).saturating_mul(i64::from(self.height)) / 10
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_counted_as_they_are_read() {
        for (line, signs) in [
            ("Hello", 5),
            (" Hello there ", 11),
            ("cafe\u{301}", 4),
            ("שָׁלוֹם", 4),
            ("ที่นี่", 2),
            ("日本語", 3),
            ("\u{200f}\u{202b}", 0),
        ] {
            assert_eq!(width(line), signs, "{line:?}");
        }
    }

    #[test]
    fn rectangles_share_what_lies_in_both() {
        let area = |left, top, width, height| Area { left, top, width, height };
        let bottom = area(100, 800, 800, 150);
        for (other, shared) in [
            (area(100, 50, 800, 150), None),
            (area(100, 650, 800, 150), None),
            (area(100, 700, 800, 150), Some(area(100, 800, 800, 50))),
            (area(500, 900, 900, 900), Some(area(500, 900, 400, 50))),
            (area(i32::MAX, 0, i32::MAX, i32::MAX), None),
        ] {
            assert_eq!(bottom.shared(other), shared, "{other:?}");
            assert_eq!(other.shared(bottom), shared, "{other:?}");
        }
        assert_eq!(area(0, 0, 1000, 1000).share(), 100_000);
    }
}
