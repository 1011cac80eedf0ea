mod play;

use super::*;
use crate::{
    inspection::{
        ErrorCode as E, Fault, FaultKind, Measurement,
        imf::{
            AssetId, AssetMap, Composition, ContentDigest, DigestKind, Encoding, Essence,
            EssenceKind, MappedAsset, OutputProfile, PackedAsset, PackingList, Resource, Sequence,
            SequenceKind, TrackFile,
        },
    },
    timecode::{Fraction, FrameRate},
};

fn id(number: u8) -> AssetId {
    AssetId::from_bytes([number; 16])
}

fn digest(number: u8) -> ContentDigest {
    ContentDigest { kind: DigestKind::Sha1, hex: format!("{number:02x}").repeat(20) }
}

fn resource(file: u8, encoding: u8, rate: i64, units: u64) -> Resource {
    Resource {
        track_file: Some(id(file)),
        edit_rate: Some(Fraction::whole(rate)),
        intrinsic: units,
        entry: 0,
        duration: None,
        repeat: 1,
        encoding: Some(id(encoding)),
        digest: None,
    }
}

fn essence(kind: EssenceKind, rate: i64) -> Essence {
    Essence { kind: Some(kind), rate: Some(Fraction::whole(rate)), ..Essence::default() }
}

fn picture() -> Essence {
    Essence {
        codec: Some("JPEG 2000".into()),
        size: Some((1920, 1080)),
        ..essence(EssenceKind::Picture, 25)
    }
}

fn sound() -> Essence {
    Essence {
        channels: Some(2),
        labels: vec!["chL".into(), "chR".into()],
        language: Some("en-US".into()),
        ..essence(EssenceKind::Sound, 48_000)
    }
}

fn composition() -> Composition {
    let sequence =
        |kind, track, resources| Sequence { segment: 1, kind, track: Some(id(track)), resources };
    Composition {
        file: "CPL.xml".into(),
        id: Some(id(3)),
        title: Some("The Tide".into()),
        edit_rate: Some(Fraction::whole(25)),
        segments: 1,
        sequences: vec![
            sequence(SequenceKind::Picture, 10, vec![resource(4, 30, 25, 50)]),
            sequence(SequenceKind::Sound, 11, vec![resource(5, 31, 48_000, 96_000)]),
        ],
        encodings: vec![
            Encoding { id: id(30), essence: picture() },
            Encoding { id: id(31), essence: sound() },
        ],
        ..Composition::default()
    }
}

/// A package of an asset map, a packing list, a composition, a picture and a sound.
fn package() -> Imf {
    let names = ["PKL.xml", "CPL.xml", "picture.mxf", "sound.mxf"];
    let file = |(number, name): (u8, &str)| PackageFile {
        name: name.into(),
        size: 1000 + u64::from(number),
        digests: vec![digest(number)],
        read: true,
    };
    let mapped = |(number, name): (u8, &str)| MappedAsset {
        id: id(number),
        packing_list: number == 2,
        path: name.into(),
        size: None,
    };
    let packed = |number: u8| PackedAsset {
        id: id(number),
        size: Some(1000 + u64::from(number)),
        digest: Some(digest(number)),
        name: None,
    };
    let track_file = |name: &str, number, essence| TrackFile {
        file: name.into(),
        id: Some(id(number)),
        essence,
    };
    Imf {
        extent: Extent::Package,
        files: (2..).zip(names).chain([(1, "ASSETMAP.xml")]).map(file).collect(),
        asset_maps: vec![AssetMap {
            file: "ASSETMAP.xml".into(),
            id: Some(id(1)),
            assets: (2..).zip(names).map(mapped).collect(),
            ..AssetMap::default()
        }],
        packing_lists: vec![PackingList {
            file: "PKL.xml".into(),
            id: Some(id(2)),
            assets: (3..=5).map(packed).collect(),
            ..PackingList::default()
        }],
        compositions: vec![composition()],
        output_profiles: Vec::new(),
        track_files: vec![
            track_file("picture.mxf", 4, Essence { length: Some(50), ..picture() }),
            track_file("sound.mxf", 5, Essence { length: Some(96_000), ..sound() }),
        ],
    }
}

fn found(imf: &Imf, wanted: &Expectation) -> Vec<Finding> {
    let mut findings = Vec::new();
    judge(imf, wanted, &mut findings);
    findings
}

fn codes(spoil: impl FnOnce(&mut Imf)) -> Vec<E> {
    let mut imf = package();
    spoil(&mut imf);
    let wanted = Expectation::for_package().speaking(Some("en-US"));
    found(&imf, &wanted).into_iter().map(|it| it.code).collect()
}

/// The resources of picture or sound.
fn of(imf: &mut Imf, sequence: usize) -> &mut Vec<Resource> {
    &mut imf.compositions[0].sequences[sequence].resources
}

fn fault() -> Vec<Fault> {
    vec![Fault { kind: FaultKind::Syntax, line: Some(7), what: "Broken.".into() }]
}

#[test]
fn a_flawless_package_has_no_findings() {
    assert_eq!(codes(|_| {}), []);
    let mut part = package();
    part.extent = Extent::Part;
    part.files.clear();
    assert_eq!(found(&part, &Expectation::for_package()), []);
}

/// Nobody looks into project files, whatever they are.
#[test]
fn a_list_among_project_files_is_not_judged() {
    let mut measurement = Measurement { imf: Some(package()), ..Measurement::default() };
    measurement.file.size = 1;
    if let Some(imf) = &mut measurement.imf {
        imf.asset_maps[0].faults = fault();
    }
    let judged = |wanted| crate::inspection::judge(&measurement, &wanted);
    assert_eq!(judged(Expectation::for_project()), []);
    assert_eq!(judged(Expectation::for_package())[0].code, E::ImfAssetMapInvalid);
}

#[test]
fn lists_have_to_be_there_and_whole() {
    assert_eq!(codes(|it| it.asset_maps[0].faults = fault()), [E::ImfAssetMapInvalid]);
    assert_eq!(codes(|it| it.packing_lists[0].faults = fault()), [E::ImfPackingListInvalid]);
    assert_eq!(codes(|it| it.compositions[0].faults = fault()), [E::ImfCompositionInvalid]);
    assert_eq!(codes(|it| it.asset_maps.clear()), [E::ImfAssetMapInvalid]);
    assert_eq!(codes(|it| it.packing_lists.clear()), [E::ImfPackingListInvalid]);
    assert_eq!(codes(|it| it.compositions.clear()), [E::ImfCompositionMissing]);
    let twice = codes(|it| it.asset_maps.push(it.asset_maps[0].clone()));
    assert_eq!(twice, [E::ImfAssetMapInvalid]);
    // Whatever could not be read may be what is missing; its own finding says so.
    let unread = |it: &mut Imf| {
        it.files[1].read = false;
        it.compositions.clear();
    };
    assert_eq!(codes(unread), []);
    let mut imf = package();
    imf.asset_maps[0].faults = fault();
    let finding = &found(&imf, &Expectation::for_package())[0];
    assert_eq!(finding.place.as_deref(), Some("ASSETMAP.xml, Line 7"));
}

#[test]
fn paths_stay_inside_and_lead_to_one_file_each() {
    let path =
        |path: &'static str| move |it: &mut Imf| it.asset_maps[0].assets[3].path = path.into();
    for name in ["/sound.mxf", "../sound.mxf", "a\\sound.mxf", "file:///sound.mxf", "sou\nnd.mxf"] {
        assert_eq!(codes(path(name)), [E::ImfPathUnsafe], "{name}");
    }
    assert_eq!(codes(path("./picture.mxf")), [E::ImfPathDuplicate]);
    for name in ["./sound.mxf", "essence/sound.mxf", "s%6fund.mxf"] {
        assert_eq!(codes(path(name)), [], "{name}");
    }
}

#[test]
fn every_file_is_there_and_the_one_that_was_meant() {
    assert_eq!(codes(|it| drop(it.files.remove(3))), [E::ImfAssetMissing]);
    assert_eq!(codes(|it| drop(it.asset_maps[0].assets.remove(3))), [E::ImfAssetMissing]);
    assert_eq!(codes(|it| it.track_files[1].id = Some(id(9))), [E::ImfIdMismatch]);
    assert_eq!(codes(|it| it.compositions[0].id = Some(id(9))), [E::ImfIdMismatch]);
    let profile = OutputProfile { file: "CPL.xml".into(), id: Some(id(9)) };
    assert_eq!(codes(|it| it.output_profiles.push(profile)), [E::ImfIdMismatch]);
    // Another size is another digest too, which is not told again.
    let longer = |it: &mut Imf| {
        it.files[3].size += 1;
        it.files[3].digests = vec![digest(9)];
    };
    assert_eq!(codes(longer), [E::ImfSizeMismatch]);
    assert_eq!(codes(|it| it.files[3].digests = vec![digest(9)]), [E::ImfDigestMismatch]);
    // A digest that was not computed proves nothing.
    assert_eq!(codes(|it| it.files[3].digests.clear()), []);
    assert_eq!(codes(|it| it.packing_lists[0].assets[2].digest = None), [E::ImfDigestMissing]);
    let by_the_map = |it: &mut Imf| {
        it.packing_lists[0].assets.pop();
        it.asset_maps[0].assets[3].size = Some(9);
    };
    assert_eq!(codes(by_the_map), [E::ImfSizeMismatch]);
}

#[test]
fn what_was_delivered_before_may_be_missing_and_may_be_played() {
    let supplemental = |it: &mut Imf| {
        it.files.remove(3);
        it.asset_maps[0].assets.pop();
        it.packing_lists[0].assets.pop();
        it.track_files.pop();
    };
    assert_eq!(codes(supplemental), [E::ImfTrackFileUnknown]);
    let mut imf = package();
    supplemental(&mut imf);
    let wanted = Expectation::for_package().building_on([id(5)]);
    assert_eq!(found(&imf, &wanted), []);
    let mut unmodified = package();
    unmodified.files.remove(3);
    assert_eq!(found(&unmodified, &wanted), []);
}

#[test]
fn many_places_are_one_finding_with_a_bounded_list() {
    let mut imf = package();
    let asset = imf.asset_maps[0].assets[3].clone();
    imf.asset_maps[0].assets.extend((20..120).map(|number| MappedAsset {
        id: id(number),
        path: format!("../{number}.mxf"),
        ..asset.clone()
    }));
    let findings = found(&imf, &Expectation::for_package());
    let [finding] = findings.as_slice() else { panic!("{findings:#?}") };
    assert_eq!((finding.code, finding.elsewhere.len()), (E::ImfPathUnsafe, PLACES));
}
