//! The character code tables of EBU Tech 3264: bytes into signs.

/// A table, by its number in the block about the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    /// 00: ISO 6937, where the mark of a letter comes before the letter.
    Latin,
    /// 01: ISO 8859-5.
    Cyrillic,
    /// 02: ISO 8859-6.
    Arabic,
    /// 03: ISO 8859-7.
    Greek,
    /// 04: ISO 8859-8.
    Hebrew,
}

/// ISO 6937 from A0 on; `�` where there is no sign. The dollar is taken at both of its places, 24 and A4, as the
/// editions of the standard differ.
const LATIN: &str = "\u{a0}¡¢£$¥#§¤‘“«←↑→↓°±²³×µ¶·÷’”»¼½¾¿����������������―¹®©™♪¬¦����⅛⅜⅝⅞ΩÆĐªĦ�ĲĿŁØŒºÞŦŊŉĸæđðħıĳŀłøœßþŧŋ\u{ad}";

/// What a mark makes of the letters that it may stand on: letter, letter with the mark, and so on.
const MARKED: [(u8, char, &str); 13] = [
    (0xc1, '\u{300}', "AÀEÈIÌOÒUÙaàeèiìoòuù"),
    (0xc2, '\u{301}', " ´AÁCĆEÉIÍLĹNŃOÓRŔSŚUÚYÝZŹaácćeéiílĺnńoórŕsśuúyýzź"),
    (0xc3, '\u{302}', "AÂCĈEÊGĜHĤIÎJĴOÔSŜUÛWŴYŶaâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷ"),
    (0xc4, '\u{303}', "AÃIĨNÑOÕUŨaãiĩnñoõuũ"),
    (0xc5, '\u{304}', " ¯AĀEĒIĪOŌUŪaāeēiīoōuū"),
    (0xc6, '\u{306}', " ˘AĂGĞUŬaăgğuŭ"),
    (0xc7, '\u{307}', " ˙CĊEĖGĠIİZŻcċeėgġzż"),
    (0xc8, '\u{308}', " ¨AÄEËIÏOÖUÜYŸaäeëiïoöuüyÿ"),
    (0xca, '\u{30a}', " ˚AÅUŮaåuů"),
    (0xcb, '\u{327}', " ¸CÇGĢKĶLĻNŅRŖSŞTŢcçgģkķlļnņrŗsştţ"),
    (0xcd, '\u{30b}', " ˝OŐUŰoőuű"),
    (0xce, '\u{328}', " ˛AĄEĘIĮUŲaąeęiįuų"),
    (0xcf, '\u{30c}', " ˇCČDĎEĚLĽNŇRŘSŠTŤZŽcčdďeělľnňrřsštťzž"),
];

impl Table {
    /// The table with this number.
    pub fn of(number: &str) -> Option<Self> {
        Some(match number {
            "00" => Self::Latin,
            "01" => Self::Cyrillic,
            "02" => Self::Arabic,
            "03" => Self::Greek,
            "04" => Self::Hebrew,
            _ => return None,
        })
    }

    /// The lines of a text field, and whether any of it is in italics.
    pub fn lines(self, bytes: &[u8]) -> (Vec<String>, bool) {
        let (mut lines, mut line, mut italic) = (Vec::new(), String::new(), false);
        let mut mark = None;
        for byte in bytes {
            match byte {
                // Codes of teletext take the room of a space.
                0x00..=0x1f => line.push(' '),
                0x80 => italic = true,
                0x8a => lines.push(std::mem::take(&mut line)),
                // The rest of the field is unused.
                0x8f => break,
                0x7f..=0x9f => {}
                0xc1..=0xcf if self == Self::Latin => mark = Some(*byte),
                _ => match mark.take() {
                    Some(mark) => marked(mark, *byte, &mut line),
                    None => line.push(self.sign(*byte)),
                },
            }
        }
        lines.push(line);
        let shown = lines.iter().map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "));
        // Double height of teletext leaves every second line empty.
        (shown.filter(|it| !it.is_empty()).collect(), italic)
    }

    /// The sign of a byte that stands for itself.
    fn sign(self, byte: u8) -> char {
        let code = u32::from(byte);
        if byte < 0xa0 {
            return char::from(byte);
        }
        let moved = |by: u32| char::from_u32(code + by);
        let sign = match (self, byte) {
            (Self::Latin, _) => LATIN.chars().nth(usize::from(byte) - 0xa0),
            (_, 0xa0 | 0xad) => Some(char::from(byte)),
            (Self::Cyrillic, 0xf0) => Some('№'),
            (Self::Cyrillic, 0xfd) => Some('§'),
            (Self::Cyrillic, _) => moved(0x360),
            (Self::Arabic, 0xa4) => Some('¤'),
            (Self::Arabic, 0xac | 0xbb | 0xbf | 0xc1..=0xda | 0xe0..=0xf2) => moved(0x560),
            (Self::Greek, 0xa1) => Some('‘'),
            (Self::Greek, 0xa2) => Some('’'),
            (Self::Greek, 0xaf) => Some('―'),
            (Self::Greek, 0xa3 | 0xa6..=0xa9 | 0xab | 0xac | 0xb0..=0xb3 | 0xb7 | 0xbb | 0xbd)
            | (Self::Hebrew, 0xa2..=0xa9 | 0xab..=0xb9 | 0xbb..=0xbe) => Some(char::from(byte)),
            (Self::Greek, 0xb4..=0xd1 | 0xd3..=0xfe) => moved(0x2d0),
            (Self::Hebrew, 0xaa) => Some('×'),
            (Self::Hebrew, 0xba) => Some('÷'),
            (Self::Hebrew, 0xdf) => Some('‗'),
            (Self::Hebrew, 0xe0..=0xfa) => moved(0x4f0),
            (Self::Arabic | Self::Greek | Self::Hebrew, _) => None,
        };
        sign.unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}

/// A letter with the mark that stood before it: one sign where there is one, else the letter and the mark.
fn marked(mark: u8, letter: u8, line: &mut String) {
    let plain = Table::Latin.sign(letter);
    let Some((_, combining, pairs)) = MARKED.iter().find(|it| it.0 == mark) else {
        return line.push(plain);
    };
    let mut signs = pairs.chars();
    while let (Some(base), Some(whole)) = (signs.next(), signs.next()) {
        if base == plain {
            return line.push(whole);
        }
    }
    line.extend([plain, *combining]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(table: Table, bytes: &[u8]) -> String {
        table.lines(bytes).0.join("|")
    }

    #[test]
    fn marks_stand_before_their_letters() {
        assert_eq!(LATIN.chars().count(), 0x60);
        for (bytes, text) in [
            (b"d\xc2ej\xc1a vu".as_slice(), "déjà vu"),
            (b"\xc8Uber \xe1on \xfbtra\xfbe", "Über Æon ßtraße"),
            (b"Na\xcfzdar", "Naždar"),
            (b"\xcbca va\x8a\x8aoui\x8fno", "ça va|oui"),
            (b"\xd5 la la", "♪ la la"),
            (b"\xc2 \xc2q", "´q\u{301}"),
        ] {
            assert_eq!(read(Table::Latin, bytes), text, "{bytes:x?}");
        }
    }

    #[test]
    fn the_other_tables_are_those_of_iso_8859() {
        for (table, bytes, text) in [
            (
                Table::Cyrillic,
                b"\xbf\xe0\xd8\xd2\xd5\xe2 \xf01 \xa1\xf1".as_slice(),
                "Привет №1 Ёё",
            ),
            (Table::Arabic, b"\xe5\xd1\xcd\xc8\xc7\xac \xbf", "مرحبا، ؟"),
            (Table::Greek, b"\xc3\xe5\xe9\xdc \xf3\xef\xf5 \xa1\xaf\xa2", "Γειά σου ‘―’"),
            (Table::Hebrew, b"\xf9\xec\xe5\xed \xaa \xba", "שלום × ÷"),
            (Table::Hebrew, b"\xff", "\u{fffd}"),
        ] {
            assert_eq!(read(table, bytes), text);
        }
    }

    #[test]
    fn italics_are_seen_and_codes_of_teletext_are_not() {
        let (lines, italic) =
            Table::Latin.lines(b"\x0d\x0b\x0bHello\x80 there\x81\x0a\x0a\x8f\x8f");
        assert_eq!((lines, italic), (vec!["Hello there".to_owned()], true));
    }
}
