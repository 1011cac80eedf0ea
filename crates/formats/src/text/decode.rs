//! Bytes into characters.

use domain::inspection::{Fault, FaultKind};

/// A document as characters, with what was wrong with its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The characters; a replacement character stands where bytes made no sense.
    pub text: String,
    /// What was wrong with the bytes, at the first place.
    pub fault: Option<Fault>,
}

/// Reads UTF-8 and UTF-16, with or without a byte order mark.
pub fn decode(bytes: &[u8]) -> Decoded {
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [b'<', 0, ..] => utf16(bytes, u16::from_le_bytes),
        [0, b'<', ..] => utf16(bytes, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Decoded {
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: text.to_owned(), fault: None },
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = 1 + before.iter().filter(|it| **it == b'\n').count();
            let what = "There are bytes that are not UTF-8. Save the document as UTF-8.".to_owned();
            let kind = FaultKind::Encoding;
            let fault = Fault { kind, line: u32::try_from(line).ok(), what };
            Decoded { text: String::from_utf8_lossy(bytes).into_owned(), fault: Some(fault) }
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let decoded = char::decode_utf16(pairs.iter().map(|it| unit(*it)));
    let mut broken = !rest.is_empty();
    let text = decoded
        .map(|it| {
            it.unwrap_or_else(|_| {
                broken = true;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    let what =
        "There are bytes that are not UTF-16, although the document begins like it.".to_owned();
    Decoded { text, fault: broken.then_some(Fault { kind: FaultKind::Encoding, line: None, what }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_encodings_are_read_and_broken_ones_are_told() {
        let wide = |text: &str, order: fn(u16) -> [u8; 2]| {
            text.encode_utf16().flat_map(order).collect::<Vec<u8>>()
        };
        for bytes in [
            "<é😀".as_bytes().to_vec(),
            [b"\xef\xbb\xbf".to_vec(), "<é😀".as_bytes().to_vec()].concat(),
            [b"\xff\xfe".to_vec(), wide("<é😀", u16::to_le_bytes)].concat(),
            [b"\xfe\xff".to_vec(), wide("<é😀", u16::to_be_bytes)].concat(),
            wide("<é😀", u16::to_le_bytes),
            wide("<é😀", u16::to_be_bytes),
        ] {
            assert_eq!(decode(&bytes), Decoded { text: "<é😀".to_owned(), fault: None });
        }
        let broken = decode(b"one\ntwo caf\xe9\n");
        assert_eq!(broken.fault.and_then(|it| it.line), Some(2));
        assert!(decode(b"\xff\xfe\x00\xd8<\0").fault.is_some());
        assert!(decode(b"\xff\xfe<").fault.is_some());
    }
}
