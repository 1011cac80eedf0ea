//! Digests, as packing lists and compositions write them: Base64, and the algorithm beside.

use std::fmt::Write;

use domain::inspection::imf::{ContentDigest, DigestKind};
use roxmltree::Node;

use super::list::{Notes, child, words};
use crate::xml::quoted;

/// The digest beside which `HashAlgorithm` stands; nothing where there is none, or one of a kind that is not computed
/// here. What cannot be a digest at all is a fault.
pub(super) fn read(node: Node<'_, '_>, notes: &mut Notes) -> Option<ContentDigest> {
    let hash = child(node, "Hash")?;
    let written = words(hash);
    if written.is_empty() {
        return None;
    }
    let Some(bytes) = base64(&written) else {
        notes.fault(hash, format!("The digest {} is not Base64.", quoted(&written)));
        return None;
    };
    let algorithm = child(node, "HashAlgorithm").and_then(|it| it.attribute("Algorithm"));
    let kind = match algorithm {
        // Lists before 2016 say none and mean SHA-1.
        None if bytes.len() == DigestKind::Sha256.bytes() => DigestKind::Sha256,
        None => DigestKind::Sha1,
        Some(it) if it.trim().ends_with("#sha1") => DigestKind::Sha1,
        Some(it) if it.trim().ends_with("#sha256") => DigestKind::Sha256,
        Some(_) => return None,
    };
    if bytes.len() != kind.bytes() {
        let what = format!(
            "The digest {} has {} bytes; {} has {}.",
            quoted(&written),
            bytes.len(),
            kind.label(),
            kind.bytes()
        );
        notes.fault(hash, what);
        return None;
    }
    let mut hex = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    Some(ContentDigest { kind, hex })
}

/// RFC 4648, with padding, without any sign that does not belong.
fn base64(text: &str) -> Option<Vec<u8>> {
    let signs: Vec<u8> = text.bytes().filter(|it| !it.is_ascii_whitespace()).collect();
    let plain = signs.strip_suffix(b"==").or_else(|| signs.strip_suffix(b"=")).unwrap_or(&signs);
    if !signs.len().is_multiple_of(4) {
        return None;
    }
    let mut bytes = Vec::with_capacity(signs.len() / 4 * 3);
    for quad in plain.chunks(4) {
        let mut bits = 0_u32;
        for sign in quad {
            bits = bits << 6 | u32::from(value(*sign)?);
        }
        bits <<= 6 * (4 - quad.len());
        let [_, first, second, third] = bits.to_be_bytes();
        bytes.extend([first, second, third].iter().take(quad.len() - 1));
    }
    Some(bytes)
}

const fn value(sign: u8) -> Option<u8> {
    match sign {
        b'A'..=b'Z' => Some(sign - b'A'),
        b'a'..=b'z' => Some(sign - b'a' + 26),
        b'0'..=b'9' => Some(sign - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_read_as_the_standard_has_it() {
        for (written, bytes) in [
            ("", b"".as_slice()),
            ("Zg==", b"f"),
            ("Zm8=", b"fo"),
            ("Zm9v", b"foo"),
            ("Zm9v\n Zm9vYmE=", b"foofooba"),
            ("+/8A", b"\xfb\xff\0"),
        ] {
            assert_eq!(base64(written).as_deref(), Some(bytes), "{written}");
        }
        for written in ["Zg", "Zg=", "Z===", "Zm9v=", "Zm9-", "Zm 9", "Z*==", "====", "é==="] {
            assert_eq!(base64(written), None, "{written}");
        }
    }
}
