//! Text as people and programs hand it in, made fit to be kept.

/// The text with its zero bytes made visible, of which PostgreSQL keeps none in a text.
pub fn storable(text: &str) -> String {
    text.replace('\0', "\u{2400}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zero_byte_becomes_its_picture_and_everything_else_stays() {
        assert_eq!(storable("a\0b\n\u{2400}ä"), "a\u{2400}b\n\u{2400}ä");
    }
}
