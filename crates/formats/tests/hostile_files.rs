//! Readers of headers, documents and captions, given what nobody would write by accident.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "kit/seeds.rs"]
mod seeds;

use std::time::{Duration, Instant};

use domain::inspection::{Document, Found, TextFormat};
use formats::{
    Bounds,
    container::{self, Whole},
    sliced_document, text,
};
use proptest::prelude::*;
use seeds::targets;

proptest! {
    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        targets().iter().for_each(|it| (it.read)(&bytes));
    }

    #[test]
    fn spoiled_files_are_answered(
        which in any::<prop::sample::Index>(),
        seed in any::<prop::sample::Index>(),
        spoils in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..12),
    ) {
        let targets = targets();
        let target = which.get(&targets);
        let mut bytes = seed.get(&target.seeds).clone();
        for (place, byte, way) in spoils {
            let place = place.index(bytes.len());
            match way {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, byte),
                // Lengths are worth more attention than other bytes.
                2 => bytes.iter_mut().skip(place).take(4).for_each(|it| *it = 0xff),
                _ => bytes.truncate(place.max(1)),
            }
        }
        (target.read)(&bytes);
    }
}

#[test]
fn the_files_that_are_spoiled_above_are_flawless() {
    let found: Vec<_> = targets()
        .iter()
        .take(4)
        .flat_map(|it| &it.seeds)
        .map(|it| container::read(&mut Whole(it)).unwrap().unwrap().measurement)
        .map(|it| {
            assert_eq!((it.announced, it.defects.as_slice()), (None, [].as_slice()), "{it:?}");
            it.found()
        })
        .collect();
    use Found::{Audio, Image, Video};
    assert_eq!(found, [Video, Audio, Audio, Audio, Audio, Image, Image]);
    let seed =
        |name: &str| targets().into_iter().find(|it| it.name == name).unwrap().seeds.remove(0);
    let movie = container::read(&mut Whole(&seed("quicktime"))).unwrap().unwrap().measurement;
    assert_eq!(movie.video[0].start_timecode.as_deref(), Some("00:00:00:00"));
    assert_eq!(
        (movie.video[0].profile.as_deref(), movie.video[0].bit_depth),
        (Some("High 4:2:2"), Some(10))
    );
    assert_eq!((movie.audio[0].codec.as_str(), movie.audio[0].channels), ("aac", 2));
    let read =
        |name: &str, document| sliced_document(&mut Whole(&seed(name)), document).unwrap().unwrap();
    assert_eq!(read("pdf", Document::Pdf).pages, Some(3));
    assert_eq!(read("archive", Document::Archive).archive.unwrap().pictures.len(), 2);
    assert_eq!(read("office", Document::Word).defects.len(), 1);
    for (facts, format, cues) in [
        (text::stl(&seed("stl")), TextFormat::Stl, 3),
        (text::scc(&text::decode(&seed("scc"))), TextFormat::Scc, 2),
    ] {
        assert_eq!((facts.format, facts.cue_count, facts.faults), (format, cues, vec![]));
    }
}

/// Whoever sends ten times as much waits ten times as long, and not a hundred times.
#[test]
fn large_files_of_the_worst_kind_are_read_in_moderate_time() {
    let size = 1 << 20;
    let bounds = Bounds::default();
    let worst: Vec<Vec<u8>> = vec![
        b"\0\0\0\x08moov".repeat(size / 8),
        b"\0\0\0\x08free".repeat(size / 8),
        [b"\0\x10\0\0moov".as_slice(), &b"\0\0\0\x08trak".repeat(size / 8 - 1)].concat(),
        [b"RIFF\0\0\0\0WAVE".as_slice(), &b"JUNK\0\0\0\0".repeat(size / 8)].concat(),
        [
            b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\0\0\0\0",
            b"\0\0\0\0tEXt\0\0\0\0".repeat(size / 12).as_slice(),
        ]
        .concat(),
        b"\xff\xd8\xff".iter().copied().chain(vec![0xff; size]).collect(),
        [b"PK\x01\x02".repeat(size / 4).as_slice(), b"PK\x05\x06", &[0xff; 18]].concat(),
        b"startxref 1 %%EOF".repeat(size / 17),
        [b"xref 0 0 ".repeat(size / 9).as_slice(), b"startxref 0 %%EOF"].concat(),
        b"[".repeat(size),
        b"{\"a\":".repeat(size / 5),
        b"\"\\\\".repeat(size / 3),
        [b"Scenarist_SCC V1.0\n".as_slice(), &b"00:00:00:00\t4141 9420 942f\n".repeat(size / 27)]
            .concat(),
        [b"850STL25.0110009".as_slice(), &vec![0; size]].concat(),
    ];
    for (number, bytes) in worst.iter().enumerate() {
        let begun = Instant::now();
        targets().iter().filter(|it| it.name != "document").for_each(|it| {
            // Judging is measured elsewhere; here only what the readers do counts.
            if !matches!(it.name, "ttml" | "subrip" | "webvtt" | "stl" | "scc") {
                (it.read)(bytes);
            }
        });
        text::stl(bytes);
        text::scc(&text::decode(bytes));
        let _ = formats::document(bytes, &bounds, domain::request::Family::Document);
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "file {number} took {:?}",
            begun.elapsed()
        );
    }
}
