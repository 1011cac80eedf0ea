//! The boxes that such files are made of: a length, four letters, a body.

use super::super::{Slices, Wanted, fields::Big};

/// More parts than one box of a real file holds.
const MOST: usize = 512;

/// A box inside a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom {
    pub kind: [u8; 4],
    /// Its first byte behind the header.
    pub body: u64,
    /// The first byte behind it.
    pub end: u64,
}

impl Atom {
    /// The box that begins here; nothing at the end, at a box that reaches to the end, or where there is none.
    pub fn at(file: &mut impl Slices, place: u64) -> Result<Option<Self>, Wanted> {
        let header = file.at(place, 16)?;
        let found = (|| {
            let kind = *header.get(4..)?.first_chunk::<4>()?;
            let (length, skipped) = match header.be32(0)? {
                1 => (header.be64(8)?, 16),
                short => (u64::from(short), 8),
            };
            let end = place.checked_add(length).filter(|_| length >= skipped)?;
            Some(Self { kind, body: place + skipped, end })
        })();
        Ok(found)
    }

    /// The first `most` bytes of its body.
    pub fn bytes(self, file: &mut impl Slices, most: usize) -> Result<Vec<u8>, Wanted> {
        let length = usize::try_from(self.end.saturating_sub(self.body)).unwrap_or(usize::MAX);
        file.at(self.body, length.min(most))
    }
}

/// The boxes between two places.
pub(super) fn in_range(file: &mut impl Slices, from: u64, end: u64) -> Result<Vec<Atom>, Wanted> {
    let (mut place, mut parts) = (from, Vec::new());
    while place < end && parts.len() < MOST {
        let Some(part) = Atom::at(file, place)?.filter(|it| it.end <= end) else { break };
        place = part.end;
        parts.push(part);
    }
    Ok(parts)
}

/// The boxes in `bytes`, each with its body.
pub(super) fn inside(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let length = usize::try_from(rest.be32(0)?).ok().filter(|it| *it >= 8)?;
        let kind = *rest.get(4..)?.first_chunk::<4>()?;
        let body = rest.get(8..length)?;
        rest = rest.get(length..)?;
        Some((kind, body))
    })
}

/// The body of the first box of this kind in `bytes`.
pub(super) fn body_of<'a>(bytes: &'a [u8], kind: &[u8; 4]) -> Option<&'a [u8]> {
    inside(bytes).find(|(it, _)| it == kind).map(|(_, body)| body)
}
