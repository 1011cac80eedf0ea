//! What somebody writes: hostile text of a bounded length.

use crate::{
    refusal::{Refusal, ensure},
    text::storable,
};

/// The most characters of a comment.
pub const LONGEST: usize = 10_000;

/// The words of a comment, as typed: light markup, read by [`markup`](super::markup) when they are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(String);

impl Words {
    /// Takes what was typed, without the space around it; only its length can refuse it.
    pub fn new(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        // Browsers send two characters for the end of a line, and count one.
        let length = text.chars().filter(|it| *it != '\r').take(LONGEST + 1).count();
        ensure(length <= LONGEST, Refusal::TooLong { most: LONGEST })?;
        Ok(Self(storable(&text.replace("\r\n", "\n").replace('\r', "\n"))))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_without_the_space_around_them() {
        let words = Words::new(" \r\n one\r\ntwo\0 \n").unwrap();
        assert_eq!(words.as_str(), "one\ntwo\u{2400}");
        assert!(Words::new(" \t\r\n ").unwrap().is_empty());
    }

    #[test]
    fn a_line_ends_with_one_character_however_it_was_sent() {
        assert!(Words::new(&format!("{}\r\n{}", "ä".repeat(5_000), "ä".repeat(4_999))).is_ok());
        let too_long = Err(Refusal::TooLong { most: LONGEST });
        assert_eq!(Words::new(&"ä".repeat(LONGEST + 1)), too_long);
        assert_eq!(Words::new(&"x".repeat(1 << 20)), too_long);
    }
}
