//! Key, length, value: what MXF files are made of. ST 336.

/// How every key begins.
const PREFIX: [u8; 4] = [0x06, 0x0e, 0x2b, 0x34];

/// A key with as much of its value as is there.
pub(super) struct Triplet<'a> {
    pub key: [u8; 16],
    pub value: &'a [u8],
    /// Where it ends, counted from its own beginning; nothing where that is not among the bytes.
    pub end: Option<usize>,
}

/// The triplet at the beginning of `bytes`.
pub(super) fn first(bytes: &[u8]) -> Option<Triplet<'_>> {
    let (key, rest) = bytes.split_first_chunk::<16>()?;
    if !key.starts_with(&PREFIX) {
        return None;
    }
    let (length, rest) = length(rest)?;
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let header = bytes.len() - rest.len();
    let value = rest.get(..length).unwrap_or(rest);
    let end = (value.len() == length).then(|| header + length);
    Some(Triplet { key: *key, value, end })
}

/// A length by the rules of BER: one byte, or one that counts those that follow.
fn length(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    if first < 0x80 {
        return Some((first.into(), rest));
    }
    let count = usize::from(first & 0x7f);
    if !(1..=8).contains(&count) {
        return None;
    }
    let (digits, rest) = rest.split_at_checked(count)?;
    Some((digits.iter().fold(0, |sum, it| sum << 8 | u64::from(*it)), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_short_or_long_and_never_endless() {
        for (bytes, expected) in [
            (b"\x05x".as_slice(), Some((5, 1))),
            (b"\x81\xff", Some((255, 0))),
            (b"\x83\x01\x00\x00x", Some((65_536, 1))),
            (b"\x88\xff\xff\xff\xff\xff\xff\xff\xff", Some((u64::MAX, 0))),
            (b"\x80", None),
            (b"\x89\0\0\0\0\0\0\0\0\0", None),
            (b"\x84\0\0", None),
            (b"", None),
        ] {
            assert_eq!(length(bytes).map(|(length, rest)| (length, rest.len())), expected);
        }
    }
}
