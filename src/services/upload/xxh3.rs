//! XXH3 with 128 bits whose state can be put away and taken up again.
//!
//! The `xxhash-rust` crate keeps its state to itself; a resumable upload needs it after a restart, and
//! reading a terabyte again only to find it would keep the sender waiting. Up to [`SHORT`] bytes the
//! crate computes; above them this is the algorithm of the XXH3 specification (version 0.8), seed 0.

use xxhash_rust::{const_xxh3::const_custom_default_secret, xxh3::xxh3_128};

const SECRET: [u8; 192] = const_custom_default_secret(0);
const STRIPE: usize = 64;
/// Bytes between two scrambles: one stripe for every eighth byte of the secret that a stripe can begin at.
const BLOCK: usize = (SECRET.len() - STRIPE) / 8 * STRIPE;
/// Inputs up to here are hashed by rules of their own.
const SHORT: u64 = 240;
const SCRAMBLE_SECRET: usize = SECRET.len() - STRIPE;
const LAST_STRIPE_SECRET: usize = SECRET.len() - STRIPE - 7;
const LOW_SECRET: usize = 11;
const HIGH_SECRET: usize = SECRET.len() - STRIPE - 11;

const PRIME32_1: u64 = 0x9E37_79B1;
const PRIME32_2: u64 = 0x85EB_CA77;
const PRIME32_3: u64 = 0xC2B2_AE3D;
const PRIME64_1: u64 = 0x9E37_79B1_85EB_CA87;
const PRIME64_2: u64 = 0xC2B2_AE3D_27D4_EB4F;
const PRIME64_3: u64 = 0x1656_67B1_9E37_79F9;
const PRIME64_4: u64 = 0x85EB_CA77_C2B2_AE63;
const PRIME64_5: u64 = 0x27D4_EB2F_1656_67C5;

const START: [u64; 8] =
    [PRIME32_3, PRIME64_1, PRIME64_2, PRIME64_3, PRIME64_4, PRIME32_2, PRIME64_5, PRIME32_1];

/// A hash under way.
#[derive(Clone)]
pub struct Xxh3 {
    lanes: [u64; 8],
    total: u64,
    /// The end of the last block taken in: a short rest is completed from it.
    behind: [u8; STRIPE],
    /// What is not taken in yet; never empty once anything has come.
    rest: Vec<u8>,
}

impl Default for Xxh3 {
    fn default() -> Self {
        Self { lanes: START, total: 0, behind: [0; STRIPE], rest: Vec::with_capacity(BLOCK) }
    }
}

impl Xxh3 {
    pub fn update(&mut self, mut input: &[u8]) {
        self.total = self.total.wrapping_add(input.len() as u64);
        let room = BLOCK - self.rest.len();
        if input.len() > room && !self.rest.is_empty() {
            let (fill, beyond) = input.split_at(room);
            self.rest.extend_from_slice(fill);
            let block = std::mem::take(&mut self.rest);
            self.take_in(&block);
            self.rest = block;
            self.rest.clear();
            input = beyond;
        }
        // A full block waits too: only more bytes show that it was not the last one.
        while input.len() > BLOCK {
            let (block, beyond) = input.split_at(BLOCK);
            self.take_in(block);
            input = beyond;
        }
        self.rest.extend_from_slice(input);
    }

    /// The hash of everything so far, as 32 lower-case hexadecimal digits.
    pub fn hex(&self) -> String {
        format!("{:032x}", self.digest())
    }

    pub fn digest(&self) -> u128 {
        if self.total <= SHORT {
            return xxh3_128(&self.rest);
        }
        let mut lanes = self.lanes;
        let whole = (self.rest.len() - 1) / STRIPE;
        accumulate(&mut lanes, &self.rest[..whole * STRIPE]);
        mix_in(&mut lanes, &self.last_stripe(), &SECRET[LAST_STRIPE_SECRET..]);
        let low = merged(&lanes, &SECRET[LOW_SECRET..], self.total.wrapping_mul(PRIME64_1));
        let high = merged(&lanes, &SECRET[HIGH_SECRET..], !self.total.wrapping_mul(PRIME64_2));
        u128::from(high) << 64 | u128::from(low)
    }

    /// The state as bytes.
    pub fn save(&self) -> Vec<u8> {
        let mut state: Vec<u8> = self.lanes.iter().flat_map(|it| it.to_le_bytes()).collect();
        state.extend_from_slice(&self.total.to_le_bytes());
        state.extend_from_slice(&self.behind);
        state.extend_from_slice(&self.rest);
        state
    }

    /// The state that [`Xxh3::save`] gave; `None` for anything else.
    pub fn restore(state: &[u8]) -> Option<Self> {
        let (lanes, state) = state.split_first_chunk::<64>()?;
        let (total, state) = state.split_first_chunk::<8>()?;
        let (behind, rest) = state.split_first_chunk::<STRIPE>()?;
        let (total, taken_in) = (u64::from_le_bytes(*total), rest.len() as u64);
        let fits = rest.len() <= BLOCK && (total == taken_in || total > taken_in && taken_in > 0);
        let mut restored = Self { total, behind: *behind, ..Self::default() };
        for (lane, bytes) in restored.lanes.iter_mut().zip(lanes.as_chunks::<8>().0) {
            *lane = u64::from_le_bytes(*bytes);
        }
        restored.rest.extend_from_slice(rest);
        fits.then_some(restored)
    }

    fn take_in(&mut self, block: &[u8]) {
        accumulate(&mut self.lanes, block);
        let (_, secret) = SECRET.split_at(SCRAMBLE_SECRET);
        for (lane, secret) in self.lanes.iter_mut().zip(secret.as_chunks::<8>().0) {
            *lane = (*lane ^ (*lane >> 47) ^ u64::from_le_bytes(*secret)).wrapping_mul(PRIME32_1);
        }
        self.behind.copy_from_slice(&block[BLOCK - STRIPE..]);
    }

    /// The last 64 bytes of the input, wherever they lie.
    fn last_stripe(&self) -> [u8; STRIPE] {
        let mut stripe = self.behind;
        let from_rest = self.rest.len().min(STRIPE);
        stripe.copy_within(from_rest.., 0);
        stripe[STRIPE - from_rest..].copy_from_slice(&self.rest[self.rest.len() - from_rest..]);
        stripe
    }
}

fn accumulate(lanes: &mut [u64; 8], stripes: &[u8]) {
    for (number, stripe) in stripes.as_chunks::<STRIPE>().0.iter().enumerate() {
        mix_in(lanes, stripe, &SECRET[number * 8..]);
    }
}

fn mix_in(lanes: &mut [u64; 8], stripe: &[u8; STRIPE], secret: &[u8]) {
    let (stripe, secret) = (stripe.as_chunks::<8>().0, secret.as_chunks::<8>().0);
    for at in 0..8 {
        let value = u64::from_le_bytes(stripe[at]);
        let keyed = value ^ u64::from_le_bytes(secret[at]);
        lanes[at ^ 1] = lanes[at ^ 1].wrapping_add(value);
        lanes[at] = lanes[at].wrapping_add((keyed & 0xFFFF_FFFF).wrapping_mul(keyed >> 32));
    }
}

fn merged(lanes: &[u64; 8], secret: &[u8], start: u64) -> u64 {
    let pairs = lanes.as_chunks::<2>().0.iter().zip(secret.as_chunks::<16>().0);
    let sum = pairs.fold(start, |sum, ([left, right], secret)| {
        let [low, high] = [0, 8].map(|at| {
            secret[at..at + 8].iter().rev().fold(0, |word, it| word << 8 | u64::from(*it))
        });
        let product = u128::from(left ^ low) * u128::from(right ^ high);
        sum.wrapping_add(product as u64 ^ (product >> 64) as u64)
    });
    let sum = (sum ^ (sum >> 37)).wrapping_mul(0x1656_6791_9E37_79F9);
    sum ^ (sum >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(len: usize) -> Vec<u8> {
        let mut word = 1_u32;
        let mut next = || {
            word = word.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (word >> 24) as u8
        };
        (0..len).map(|_| next()).collect()
    }

    #[test]
    fn every_length_hashes_as_the_reference_does() {
        let bytes = noise(2600);
        for len in 0..bytes.len() {
            let mut own = Xxh3::default();
            own.update(&bytes[..len]);
            assert_eq!(own.digest(), xxh3_128(&bytes[..len]), "{len} bytes");
        }
    }

    #[test]
    fn it_does_not_matter_where_the_bytes_are_cut_or_the_state_is_put_away() {
        let bytes = noise(70_000);
        for cut in [1, 3, 63, 64, 65, 255, 1023, 1024, 1025, 2048, 5000] {
            let mut own = Xxh3::default();
            let mut sent = 0;
            for piece in bytes.chunks(cut) {
                own.update(piece);
                sent += piece.len();
                own = Xxh3::restore(&own.save()).unwrap();
                if sent % 7 == 0 {
                    assert_eq!(
                        own.digest(),
                        xxh3_128(&bytes[..sent]),
                        "pieces of {cut}, at {sent}"
                    );
                }
            }
            assert_eq!(own.digest(), xxh3_128(&bytes), "pieces of {cut}");
        }
    }

    #[test]
    fn a_state_that_is_none_is_not_restored() {
        assert!(Xxh3::restore(&[]).is_none());
        assert!(Xxh3::restore(&[7; 100]).is_none());
        let mut state = Xxh3::default().save();
        state.extend_from_slice(&[0; BLOCK + 1]);
        assert!(Xxh3::restore(&state).is_none());
    }
}
