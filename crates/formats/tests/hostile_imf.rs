//! Readers of IMF lists and MXF headers, given what nobody would write by accident; and how long they take.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "kit/imp.rs"]
mod imp;

use std::{
    fmt::Write,
    time::{Duration, Instant},
};

use domain::inspection::{
    Expectation, FaultKind, Imf, Measurement,
    imf::{AssetId, ContentDigest, DigestKind, EssenceKind},
    judge, judge_package,
};
use formats::{
    Bounds, Objection, Outgrown,
    imf::{Content, File, List, Package, list},
    mxf,
    text::decode,
};
use imp::{CPL, MAP, PICTURE, PKL, SOUND, Spoil, digests, package};
use proptest::prelude::*;

const LISTS: [List; 4] =
    [List::AssetMap, List::PackingList, List::Composition, List::OutputProfile];

fn file(name: &str) -> Vec<u8> {
    package(&Spoil::default()).into_iter().find(|it| it.0 == name).unwrap().1
}

/// Reads bytes with every reader, and judges what comes of it, as a part and as a package.
fn read_with_all(bytes: &[u8]) -> Result<(), TestCaseError> {
    let wanted = Expectation::for_package().speaking(Some("en"));
    let mut all = Imf::default();
    for kind in LISTS {
        let Ok(read) = list(&decode(bytes), kind, &Bounds::default()) else { continue };
        for it in &read.compositions {
            prop_assert!(it.faults.len() <= 20 && it.faults.len() as u64 <= it.fault_count);
            prop_assert!(it.faults.iter().all(|it| it.what.chars().count() < 300));
        }
        all.asset_maps.extend(read.asset_maps.clone());
        all.compositions.extend(read.compositions.clone());
        judge(&part(read), &wanted);
    }
    let whole =
        judge_package(&Imf { extent: domain::inspection::imf::Extent::Package, ..all }, &wanted);
    prop_assert!(whole.iter().all(|it| it.elsewhere.len() <= 20));
    if let Ok(track) = mxf::read(bytes, None) {
        judge(&part(Imf { track_files: vec![track], ..Imf::default() }), &wanted);
    }
    // The end of a file is as hostile as its beginning.
    let unfinished = file(SOUND);
    let _ = mxf::read(&unfinished, Some(bytes));
    prop_assert!(mxf::extent(bytes).is_none_or(|it| it.header <= mxf::LARGEST_HEADER));
    Ok(())
}

fn part(imf: Imf) -> Measurement {
    let mut measurement = Measurement { imf: Some(imf), ..Measurement::default() };
    measurement.file.size = 1;
    measurement
}

proptest! {
    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_with_all(&bytes)?;
    }

    #[test]
    fn spoiled_files_are_answered(
        which in 0..5_usize,
        spoils in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..12),
    ) {
        let mut bytes = file([MAP, PKL, CPL, PICTURE, SOUND][which]);
        for (place, byte, way) in spoils {
            let place = place.index(bytes.len());
            match way {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, byte),
                _ => bytes.truncate(place.max(1)),
            }
        }
        read_with_all(&bytes)?;
    }

    #[test]
    fn numbers_of_any_size_are_answered(
        numbers in proptest::collection::vec("-?[0-9]{1,21}", 6),
        rate in "[0-9 /-]{0,40}",
    ) {
        let text = String::from_utf8(file(CPL)).unwrap();
        let text = text
            .replace("<IntrinsicDuration>50", &format!("<IntrinsicDuration>{}", numbers[0]))
            .replace("<EntryPoint>30", &format!("<EntryPoint>{}", numbers[1]))
            .replace("<SourceDuration>20", &format!("<RepeatCount>{}</RepeatCount><SourceDuration>{}", numbers[2], numbers[3]))
            .replace("<SourceDuration>96000", &format!("<SourceDuration>{}", numbers[4]))
            .replace("<EditRate>25 1", &format!("<EditRate>{rate}"))
            .replace("<m:ChannelCount>2", &format!("<m:ChannelCount>{}", numbers[5]));
        read_with_all(text.as_bytes())?;
    }

    #[test]
    fn any_path_is_answered(path in "\\PC{0,60}") {
        let text = String::from_utf8(file(MAP)).unwrap();
        let path = path.replace(['<', '&'], "%3c");
        read_with_all(text.replace("picture.mxf", &path).as_bytes())?;
    }
}

#[test]
fn the_files_that_are_spoiled_above_are_flawless() {
    let bounds = Bounds::default();
    let mut made = Package::default();
    for (name, bytes) in package(&Spoil::default()) {
        let (sha1, sha256) = digests(&bytes);
        let digests = [(DigestKind::Sha1, sha1), (DigestKind::Sha256, sha256)]
            .map(|(kind, hex)| ContentDigest { kind, hex });
        let tail = mxf::extent(&bytes)
            .filter(|it| !it.settled)
            .and_then(|it| bytes.get(usize::try_from(it.footer?).ok()?..));
        let content = match name.ends_with(".mxf") {
            true => Content::Ends(&bytes, tail),
            false => Content::Whole(&bytes),
        };
        let file = File { name: &name, size: bytes.len() as u64, digests: &digests, content };
        made.add(&file, &bounds).unwrap();
    }
    let facts = made.facts();
    assert_eq!(judge_package(&facts, &Expectation::for_package().speaking(Some("fr-FR"))), []);
    let [composition] = facts.compositions.as_slice() else { panic!("{facts:?}") };
    assert_eq!(composition.title.as_deref(), Some("The Tide"));
    assert_eq!(composition.length.map(|it| it.to_string()).as_deref(), Some("2"));
    assert_eq!((facts.packing_lists[0].assets.len(), facts.asset_maps[0].assets.len()), (3, 4));
    let [picture, sound] = facts.track_files.as_slice() else { panic!("{facts:?}") };
    assert_eq!(picture.id, AssetId::parse("urn:uuid:0a0b0c0d-0000-4000-8000-000000000004"));
    assert_eq!(picture.essence.kind, Some(EssenceKind::Picture));
    assert_eq!(picture.essence.size, Some((1920, 1080)));
    assert_eq!(picture.essence.codec.as_deref(), Some("JPEG 2000"));
    assert_eq!((picture.essence.length, sound.essence.length), (Some(50), Some(96_000)));
    assert_eq!(sound.essence.labels, ["chL", "chR"]);
    assert_eq!(sound.essence.soundfield.as_deref(), Some("sgST"));
    assert_eq!(sound.essence.language.as_deref(), Some("fr-FR"));
}

/// The header of a file that is still being written knows its length only in the footer.
#[test]
fn a_header_that_was_never_finished_is_read_from_the_footer() {
    let bytes = file(SOUND);
    let extent = mxf::extent(&bytes).unwrap();
    assert!(!extent.settled);
    assert_eq!(mxf::read(&bytes, None).unwrap().essence.length, None);
    let footer = usize::try_from(extent.footer.unwrap()).unwrap();
    let read = mxf::read(&bytes[..footer], Some(&bytes[footer..])).unwrap();
    assert_eq!(read.essence.length, Some(96_000));
    // Up to 64 KiB of something else may stand before the header.
    let moved = [vec![0; 300], file(PICTURE)].concat();
    assert_eq!(mxf::read(&moved, None).unwrap().essence.length, Some(50));
    assert_eq!(
        mxf::extent(&moved).unwrap().footer,
        mxf::extent(&file(PICTURE)).unwrap().footer.map(|it| it + 300)
    );
}

#[test]
fn entities_and_document_types_are_refused_and_depth_is_limited() {
    let bomb = "<!DOCTYPE AssetMap [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><AssetMap>&b;</AssetMap>";
    let read = list(&decode(bomb.as_bytes()), List::AssetMap, &Bounds::default()).unwrap();
    let fault = &read.asset_maps[0].faults[0];
    assert!(fault.what.contains("DOCTYPE"), "{fault:?}");
    let foreign = "<?xml version='1.0' encoding='Shift_JIS'?><AssetMap/>";
    let read = list(&decode(foreign.as_bytes()), List::AssetMap, &Bounds::default()).unwrap();
    assert_eq!(read.asset_maps[0].faults[0].kind, FaultKind::Encoding);
    let deep = "<Segment>".repeat(500);
    let refused = list(&decode(deep.as_bytes()), List::Composition, &Bounds::default());
    assert_eq!(refused, Err(Objection::TooCostly(Outgrown::Structure)));
}

/// Lists of digital cinema have the same names and mean something else.
#[test]
fn a_composition_of_digital_cinema_is_none_of_imf() {
    let text = String::from_utf8(file(CPL)).unwrap();
    let text = text.replace("schemas/2067-3/2016", "schemas/429-7/2006/CPL");
    let read = list(&decode(text.as_bytes()), List::Composition, &Bounds::default()).unwrap();
    assert_eq!(read.compositions[0].faults[0].kind, FaultKind::Namespace);
}

/// What no real package has is neither read nor kept.
#[test]
fn longer_lists_than_real_ones_are_cut_and_said_to_be() {
    let mut text = String::from("<AssetMap xmlns='http://www.smpte-ra.org/schemas/429-9/2007/AM'>");
    text += "<Id>urn:uuid:0a0b0c0d-0000-4000-8000-000000000001</Id><AssetList>";
    for number in 0..3000 {
        let _ = write!(
            text,
            "<Asset><Id>urn:uuid:0a0b0c0d-0000-4000-8000-00000000{number:04}</Id><PackingList/>\
             <ChunkList><Chunk><Path>{number}.mxf</Path></Chunk></ChunkList></Asset>"
        );
    }
    text += "</AssetList></AssetMap>";
    let read = list(&decode(text.as_bytes()), List::AssetMap, &Bounds::default()).unwrap();
    let map = &read.asset_maps[0];
    assert_eq!((map.assets.len(), map.fault_count), (1000, 1));
    assert!(map.faults[0].what.contains("more assets"), "{:?}", map.faults);
}

/// The lists of a package of 100 track files, each in its own sequence, take far less than the second that is allowed.
#[test]
fn a_hundred_track_files_take_no_time() {
    let (mut map, mut pkl, mut sequences) = (String::new(), String::new(), String::new());
    for number in 0..100 {
        let id = format!("urn:uuid:0a0b0c0d-0000-4000-8000-0000000001{number:02}");
        let _ = write!(
            map,
            "<Asset><Id>{id}</Id><ChunkList><Chunk><Path>t{number}.mxf</Path></Chunk></ChunkList></Asset>"
        );
        let _ = write!(
            pkl,
            "<Asset><Id>{id}</Id><Hash>gWT9+xsM9NiSq5oZVfCePT+tnp8=</Hash><Size>9</Size></Asset>"
        );
        let kind = if number == 0 { "MainImageSequence" } else { "MainAudioSequence" };
        let _ = write!(
            sequences,
            "<{kind}><TrackId>{id}</TrackId><ResourceList><Resource><IntrinsicDuration>50</IntrinsicDuration>\
             <TrackFileId>{id}</TrackFileId><SourceEncoding>urn:uuid:0a0b0c0d-0000-4000-8000-00000000001f\
             </SourceEncoding></Resource></ResourceList></{kind}>"
        );
    }
    let grown = |name, mark, more: &str| {
        let text = String::from_utf8(file(name)).unwrap();
        text.replacen(mark, &format!("{more}{mark}"), 1).into_bytes()
    };
    let lists = [
        (MAP, grown(MAP, "</AssetList>", &map)),
        (PKL, grown(PKL, "</AssetList>", &pkl)),
        (CPL, grown(CPL, "  </SequenceList>", &sequences)),
    ];
    let begun = Instant::now();
    let mut made = Package::default();
    for (name, bytes) in &lists {
        let content = Content::Whole(bytes);
        let file = File { name, size: bytes.len() as u64, digests: &[], content };
        made.add(&file, &Bounds::default()).unwrap();
    }
    let facts = made.facts();
    let findings = judge_package(&facts, &Expectation::for_package());
    let taken = begun.elapsed();
    assert_eq!(facts.asset_maps[0].assets.len(), 104);
    assert_eq!(facts.compositions[0].sequences.len(), 102);
    assert!(!findings.is_empty());
    assert!(taken < Duration::from_secs(1), "{taken:?}");
}
