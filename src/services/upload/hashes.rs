//! The three digests of a file, computed while its bytes pass, and put away between two pieces.

use domain::{delivery::Digests, text::hexadecimal};
use sha1::Sha1;
use sha2::{
    Digest, Sha256,
    digest::{
        array::Array,
        common::hazmat::{SerializableState, SerializedState},
    },
};

use super::xxh3::Xxh3;

/// The first byte of a state: another layout gets another number.
const LAYOUT: u8 = 1;

/// Three digests under way.
#[derive(Clone, Default)]
pub struct Hashes {
    pub sha1: Sha1,
    pub sha256: Sha256,
    pub xxh3: Xxh3,
}

impl Hashes {
    #[cfg(test)]
    pub fn update(&mut self, bytes: &[u8]) {
        self.sha1.update(bytes);
        self.sha256.update(bytes);
        self.xxh3.update(bytes);
    }

    /// The digests of everything so far.
    pub fn digests(&self) -> Digests {
        let (sha1, sha256) = (self.sha1.clone().finalize(), self.sha256.clone().finalize());
        Digests { sha1: hexadecimal(&sha1), sha256: hexadecimal(&sha256), xxh3: self.xxh3.hex() }
    }

    /// The state as bytes, at most 1.5 KiB.
    pub fn save(&self) -> Vec<u8> {
        let (sha1, sha256) = (self.sha1.serialize(), self.sha256.serialize());
        [&[LAYOUT][..], &sha1, &sha256, &self.xxh3.save()].concat()
    }

    /// The state that [`Hashes::save`] gave; the beginning for no bytes at all; `None` for anything else.
    pub fn restore(state: &[u8]) -> Option<Self> {
        let Some((layout, state)) = state.split_first() else { return Some(Self::default()) };
        let (sha1, state) = taken::<Sha1>(state)?;
        let (sha256, state) = taken::<Sha256>(state)?;
        let xxh3 = Xxh3::restore(state)?;
        (*layout == LAYOUT).then_some(Self { sha1, sha256, xxh3 })
    }
}

/// One hash out of the front of `state`, and what follows it.
fn taken<H: SerializableState>(state: &[u8]) -> Option<(H, &[u8])> {
    let size = SerializedState::<H>::default().len();
    let (own, beyond) = state.split_at_checked(size)?;
    let own = Array::try_from(own).ok()?;
    Some((H::deserialize(&own).ok()?, beyond))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_put_away_anywhere_goes_on_as_if_nothing_had_been() {
        let bytes: Vec<u8> = (0..10_000_u32).map(|it| (it * 7 % 251) as u8).collect();
        let mut whole = Hashes::default();
        whole.update(&bytes);
        for cut in [0, 1, 63, 64, 65, 240, 241, 1024, 1025, 9_999, 10_000] {
            let mut first = Hashes::default();
            first.update(&bytes[..cut]);
            let mut second = Hashes::restore(&first.save()).unwrap();
            second.update(&bytes[cut..]);
            assert_eq!(second.digests(), whole.digests(), "cut at {cut}");
        }
    }

    #[test]
    fn the_digests_are_those_everybody_knows() {
        let mut hashes = Hashes::restore(&[]).unwrap();
        hashes.update(b"abc");
        let digests = hashes.digests();
        assert_eq!(digests.sha1, "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert_eq!(
            digests.sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(digests.xxh3, "06b05ab6733a618578af5f94892f3950");
    }

    #[test]
    fn a_state_that_is_none_is_not_restored() {
        assert!(Hashes::restore(&[LAYOUT]).is_none());
        assert!(Hashes::restore(&[9; 400]).is_none());
    }
}
