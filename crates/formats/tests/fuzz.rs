//! Every reader against mutated files, for as long as one likes: `REELGATE_FUZZ_SECONDS` for each, two without it.
//!
//! What is tried follows from a number, so a failure can be had again: `REELGATE_FUZZ_SEED` is the first one.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "kit/seeds.rs"]
mod seeds;

use std::{
    env,
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};

use seeds::{Target, targets};

/// No file may grow beyond this.
const LARGEST: usize = 256 * 1024;

/// One small file may take so long, on a busy machine and without optimization.
const SLOW: Duration = Duration::from_secs(10);

/// Numbers that look random and follow from the first (splitmix64, Steele and others 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `end`, which is above zero.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }
}

/// Numbers at which readers go wrong.
const EDGES: [u64; 10] =
    [0, 1, 7, 8, 0x7f, 0xff, 0x7fff_ffff, 0xffff_ffff, 0x7fff_ffff_ffff_ffff, u64::MAX];

/// The file of this number: a good one, or a part of two, with some of it changed.
fn spoiled(target: &Target, number: u64) -> Vec<u8> {
    let mut chance = Chance(number);
    let mut file = target.seeds[chance.below(target.seeds.len())].clone();
    for _ in 0..=chance.below(8) {
        if file.is_empty() {
            file.push(chance.byte());
        }
        let place = chance.below(file.len());
        let length = 1 + chance.below((file.len() - place).min(64));
        match chance.below(9) {
            0 => file[place] ^= 1 << chance.below(8),
            1 => file[place] = chance.byte(),
            2 => file.insert(place, chance.byte()),
            3 => drop(file.drain(place..place + length)),
            4 => {
                let again = file[place..place + length].repeat(1 + chance.below(16));
                file.splice(place..place, again);
            }
            5 => {
                let width = [1, 2, 4, 8][chance.below(4)].min(file.len() - place);
                let edge = EDGES[chance.below(EDGES.len())];
                let bytes =
                    if chance.below(2) == 0 { edge.to_be_bytes() } else { edge.to_le_bytes() };
                let part =
                    if edge.to_be_bytes() == bytes { &bytes[8 - width..] } else { &bytes[..width] };
                file[place..place + width].copy_from_slice(part);
            }
            6 => file.truncate(place),
            7 => {
                let other = &target.seeds[chance.below(target.seeds.len())];
                file.splice(place.., other[chance.below(other.len())..].iter().copied());
            }
            _ => file[place..place + length].rotate_left(length / 2),
        }
        file.truncate(LARGEST);
    }
    file
}

fn number_of(name: &str, otherwise: u64) -> u64 {
    env::var(name).map_or(otherwise, |it| it.parse().expect("a whole number"))
}

fn fuzz(name: &str) {
    let target = targets().into_iter().find(|it| it.name == name).unwrap();
    let (first, seconds) =
        (number_of("REELGATE_FUZZ_SEED", 1), number_of("REELGATE_FUZZ_SECONDS", 2));
    let (begun, mut number) = (Instant::now(), first);
    while number == first || begun.elapsed() < Duration::from_secs(seconds) {
        let file = spoiled(&target, number);
        let started = Instant::now();
        let read = catch_unwind(AssertUnwindSafe(|| (target.read)(&file)));
        let again = format!(
            "REELGATE_FUZZ_SEED={number} REELGATE_FUZZ_SECONDS=0 cargo test -p formats --test fuzz {name}"
        );
        assert!(read.is_ok(), "{name} broke down on {} bytes; again: {again}", file.len());
        assert!(started.elapsed() < SLOW, "{name} took {:?}; again: {again}", started.elapsed());
        number = number.wrapping_add(1);
    }
    println!("{name}: {} files", number.wrapping_sub(first));
}

/// One test for each reader, so that they run side by side and fail by name.
macro_rules! fuzzed {
    ($($name:ident)+) => {
        $(#[test]
        fn $name() {
            fuzz(stringify!($name));
        })+

        #[test]
        fn every_reader_has_its_turn() {
            let all: Vec<_> = targets().iter().map(|it| it.name).collect();
            assert_eq!(all, [$(stringify!($name)),+]);
        }
    };
}

fuzzed! { quicktime wave dolby still stream archive pdf office stl scc subrip webvtt ttml document }
