//! Numbers at fixed places of a header. A place beyond the end has no number.

/// Numbers with the highest byte first.
pub(super) trait Big {
    fn be16(&self, at: usize) -> Option<u16>;
    fn be32(&self, at: usize) -> Option<u32>;
    fn be64(&self, at: usize) -> Option<u64>;
}

/// Numbers with the lowest byte first.
pub(crate) trait Little {
    fn le16(&self, at: usize) -> Option<u16>;
    fn le32(&self, at: usize) -> Option<u32>;
    fn le64(&self, at: usize) -> Option<u64>;
}

fn bytes<const N: usize>(all: &[u8], at: usize) -> Option<[u8; N]> {
    all.get(at..)?.first_chunk().copied()
}

impl Big for [u8] {
    fn be16(&self, at: usize) -> Option<u16> {
        bytes(self, at).map(u16::from_be_bytes)
    }

    fn be32(&self, at: usize) -> Option<u32> {
        bytes(self, at).map(u32::from_be_bytes)
    }

    fn be64(&self, at: usize) -> Option<u64> {
        bytes(self, at).map(u64::from_be_bytes)
    }
}

impl Little for [u8] {
    fn le16(&self, at: usize) -> Option<u16> {
        bytes(self, at).map(u16::from_le_bytes)
    }

    fn le32(&self, at: usize) -> Option<u32> {
        bytes(self, at).map(u32::from_le_bytes)
    }

    fn le64(&self, at: usize) -> Option<u64> {
        bytes(self, at).map(u64::from_le_bytes)
    }
}

/// Whether the bit `place`, counted from the lowest, is set.
pub(crate) const fn bit(number: u32, place: u32) -> bool {
    number >> place & 1 == 1
}
