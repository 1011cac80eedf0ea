//! Text as people and programs hand it in, made fit to be kept; and bytes as text.

/// The text with its zero bytes made visible, of which PostgreSQL keeps none in a text.
pub fn storable(text: &str) -> String {
    text.replace('\0', "\u{2400}")
}

/// Bytes as lower-case hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_becomes_two_digits() {
        assert_eq!(hexadecimal(&[0, 9, 0xab, 0xff]), "0009abff");
    }

    #[test]
    fn a_zero_byte_becomes_its_picture_and_everything_else_stays() {
        assert_eq!(storable("a\0b\n\u{2400}ä"), "a\u{2400}b\n\u{2400}ä");
    }
}
