//! Text as people and programs hand it in, made fit to be kept; and bytes as text.

/// The text with its zero bytes made visible, of which PostgreSQL keeps none in a text.
pub fn storable(text: &str) -> String {
    text.replace('\0', "\u{2400}")
}

/// The text in one line: what would break it, turn its direction or hide in it becomes a space.
pub fn line(text: &str) -> String {
    let plain = |c: char| match c {
        c if c.is_control() => ' ',
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => ' ',
        '\u{2028}' | '\u{2029}' | '\u{61c}' | '\u{feff}' => ' ',
        c => c,
    };
    text.chars().map(plain).collect::<String>().trim().to_owned()
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
    fn a_line_stays_one_line_and_reads_in_one_direction() {
        assert_eq!(line(" a\r\nb\tc\u{2028}d\u{202e}e\0"), "a  b c d e");
        assert_eq!(line("Été, 日本語"), "Été, 日本語");
    }

    #[test]
    fn a_zero_byte_becomes_its_picture_and_everything_else_stays() {
        assert_eq!(storable("a\0b\n\u{2400}ä"), "a\u{2400}b\n\u{2400}ä");
    }
}
