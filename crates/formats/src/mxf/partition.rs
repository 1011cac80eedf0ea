//! Partition packs: where the parts of a file begin, and whether the header is finished. ST 377-1, 7.1.

use super::klv;

/// How far a header may be moved from the beginning of its file: 64 KiB. ST 377-1, 6.5.
const RUN_IN: usize = 64 * 1024;

/// How the key of a partition pack begins; version and kind follow.
const KEY: [u8; 13] =
    [0x06, 0x0e, 0x2b, 0x34, 0x02, 0x05, 0x01, 0x01, 0x0d, 0x01, 0x02, 0x01, 0x01];

/// What a partition pack says.
pub(super) struct Partition {
    /// Whether all its numbers are final.
    pub closed: bool,
    /// Whether all its metadata is there.
    pub complete: bool,
    /// Where the footer begins; zero where that is not known.
    pub footer: u64,
    /// Bytes of metadata behind the pack.
    pub header_bytes: u64,
    /// Where the pack ends.
    pub end: usize,
}

/// The partition pack of the header, and how far it is from the beginning.
pub(super) fn first(head: &[u8]) -> Option<(usize, Partition)> {
    let near = head.get(..(RUN_IN + KEY.len()).min(head.len())).unwrap_or_default();
    let run_in = near.windows(KEY.len()).position(is_pack)?;
    Some((run_in, at(head, run_in)?))
}

/// The partition pack at this place.
pub(super) fn at(bytes: &[u8], place: usize) -> Option<Partition> {
    let triplet = klv::first(bytes.get(place..)?)?;
    let [.., kind, status, _] = triplet.key;
    if !is_pack(&triplet.key) || !(2..=4).contains(&kind) {
        return None;
    }
    let number = |from: usize| {
        let bytes = triplet.value.get(from..from + 8)?;
        bytes.try_into().ok().map(u64::from_be_bytes)
    };
    Some(Partition {
        closed: matches!(status, 2 | 4),
        complete: matches!(status, 3 | 4),
        footer: number(24)?,
        header_bytes: number(32)?,
        end: place + triplet.end?,
    })
}

/// The eighth byte of a key is the edition of the register, which says nothing about what it means.
fn is_pack(key: &[u8]) -> bool {
    key.get(..7) == KEY.get(..7) && key.get(8..13) == KEY.get(8..)
}
