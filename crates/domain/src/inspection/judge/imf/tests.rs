use super::*;
use crate::{
    inspection::{
        AssetId, AssetMap, Composition, ContentDigest, DigestKind, Encoding, ErrorCode as E,
        Essence, EssenceKind, Fault, FaultKind, MappedAsset, OutputProfile, PackedAsset,
        PackingList, Resource, Sequence, SequenceKind, TrackFile,
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
fn a_composition_has_picture_and_sound() {
    assert_eq!(codes(|it| drop(it.compositions[0].sequences.remove(0))), [E::ImfPictureMissing]);
    assert_eq!(codes(|it| drop(it.compositions[0].sequences.remove(1))), [E::ImfSoundMissing]);
    let kind = |kind| move |it: &mut Imf| it.compositions[0].sequences[1].kind = kind;
    assert_eq!(codes(kind(SequenceKind::ImmersiveSound)), []);
    assert_eq!(codes(kind(SequenceKind::TimedText)), [E::ImfSoundMissing]);
    assert_eq!(codes(|it| it.compositions[0].segments = 2), [E::ImfPictureMissing]);
}

#[test]
fn every_rate_of_the_trade_is_taken_and_no_other() {
    for rate in FrameRate::ALL {
        let at = |it: &mut Imf| {
            it.compositions[0].edit_rate = Some(rate.fraction());
            it.compositions[0].encodings[0].essence.rate = None;
            it.track_files[0].essence.rate = None;
            of(it, 0)[0].edit_rate = None;
            // As many seconds of sound.
            let length = rate.seconds_of(50).times(Fraction::whole(48_000)).unwrap();
            let units = length.numerator().unsigned_abs();
            of(it, 1)[0].intrinsic = units;
            it.track_files[1].essence.length = Some(units);
            assert_eq!(length.denominator(), 1, "{rate:?}");
        };
        assert_eq!(codes(at), [], "{rate:?}");
    }
    for rate in [Fraction::whole(23), Fraction::whole(15), Fraction::parse("23.98").unwrap()] {
        let at = |it: &mut Imf| {
            it.compositions[0].edit_rate = Some(rate);
            of(it, 0)[0].edit_rate = Some(Fraction::whole(25));
        };
        assert_eq!(codes(at), [E::ImfEditRate], "{rate}");
    }
    let mixed = |it: &mut Imf| {
        let half = Resource { intrinsic: 48_000, ..of(it, 1)[0].clone() };
        it.track_files[1].essence.length = Some(48_000);
        let other = Resource {
            edit_rate: Some(Fraction::whole(24_000)),
            intrinsic: 24_000,
            ..half.clone()
        };
        *of(it, 1) = vec![half, other];
    };
    assert_eq!(codes(mixed), [E::ImfEditRate]);
}

#[test]
fn no_resource_plays_more_than_there_is() {
    for (entry, duration, fine) in [
        (0, Some(50), true),
        (0, None, true),
        (50, Some(0), false),
        (1, Some(50), false),
        (51, None, false),
        (u64::MAX, Some(u64::MAX), false),
    ] {
        let cut = |it: &mut Imf| {
            let resource = &mut of(it, 0)[0];
            (resource.entry, resource.duration) = (entry, duration);
        };
        let codes = codes(cut);
        // Playing nothing is allowed, and shorter than the sound.
        let expected = match (fine, entry) {
            (true, _) => vec![],
            (false, 50) => vec![E::ImfDuration],
            (false, _) => vec![E::ImfEntryPoint],
        };
        assert_eq!(codes, expected, "{entry} {duration:?}");
    }
}

#[test]
fn sequences_end_together_to_the_sample() {
    for (units, repeat, expected) in [
        (96_000, 1, vec![]),
        (48_000, 2, vec![]),
        (95_999, 1, vec![E::ImfDuration]),
        (96_001, 1, vec![E::ImfDuration]),
        (96_000, 2, vec![E::ImfDuration]),
        // Numbers that cannot be held are not compared.
        (u64::MAX, 2, vec![]),
    ] {
        let last = |it: &mut Imf| {
            it.track_files[1].essence.length = None;
            let resource = &mut of(it, 1)[0];
            (resource.intrinsic, resource.repeat) = (units, repeat);
        };
        assert_eq!(codes(last), expected, "{units} × {repeat}");
    }
    let data = |it: &mut Imf| {
        let mut other = it.compositions[0].sequences[1].clone();
        other.kind = SequenceKind::Other;
        other.resources[0].duration = Some(1);
        it.compositions[0].sequences.push(other);
    };
    assert_eq!(codes(data), []);
}

#[test]
fn five_frames_hold_whole_samples_at_the_slowed_rates() {
    for (rate, frames, expected) in [
        (FrameRate::Fps29_97, 50, vec![]),
        (FrameRate::Fps29_97, 51, vec![E::ImfFrameCount]),
        (FrameRate::Fps59_94, 54, vec![E::ImfFrameCount]),
        (FrameRate::Fps23_976, 51, vec![]),
        (FrameRate::Fps30, 51, vec![]),
    ] {
        let at = |it: &mut Imf| {
            it.compositions[0].edit_rate = Some(rate.fraction());
            it.compositions[0].encodings[0].essence.rate = None;
            it.track_files[0].essence.rate = None;
            let picture = &mut of(it, 0)[0];
            (picture.edit_rate, picture.intrinsic) = (None, frames);
            let rates = &mut of(it, 1)[0];
            // Sound that counts frames is as long as the picture by itself.
            (rates.edit_rate, rates.intrinsic) = (None, frames);
        };
        assert_eq!(codes(at), expected, "{rate:?} {frames}");
    }
}

#[test]
fn a_track_keeps_its_format() {
    fn second(change: impl FnOnce(&mut Essence)) -> Vec<E> {
        codes(|it| {
            let mut essence = it.compositions[0].encodings[0].essence.clone();
            change(&mut essence);
            it.compositions[0].encodings.push(Encoding { id: id(32), essence });
            let resources = of(it, 0);
            resources[0].duration = Some(25);
            let more = Resource {
                encoding: Some(id(32)),
                track_file: Some(id(3)),
                ..resources[0].clone()
            };
            resources.push(more);
        })
    }
    assert_eq!(second(|_| {}), []);
    assert_eq!(second(|it| it.size = None), []);
    assert_eq!(second(|it| it.size = Some((1998, 1080))), [E::ImfMixedEssence]);
    assert_eq!(second(|it| it.codec = Some("ProRes".into())), [E::ImfMixedEssence]);
    assert_eq!(second(|it| it.rate = Some(Fraction::whole(24))), [E::ImfMixedEssence]);
    assert_eq!(second(|it| it.kind = Some(EssenceKind::Sound)), [E::ImfMixedEssence]);
    // The same through segments.
    let segments = |it: &mut Imf| {
        let mut essence = picture();
        essence.primaries = Some("BT.709".into());
        it.compositions[0].encodings[0].essence = essence.clone();
        essence.primaries = Some("BT.2020".into());
        it.compositions[0].encodings.push(Encoding { id: id(32), essence });
        it.compositions[0].segments = 2;
        let mut more = it.compositions[0].sequences.clone();
        more[0].resources[0].encoding = Some(id(32));
        more.iter_mut().for_each(|it| it.segment = 2);
        it.compositions[0].sequences.append(&mut more);
    };
    assert_eq!(codes(segments), [E::ImfMixedEssence]);
}

#[test]
fn headers_say_what_the_composition_says() {
    fn header(change: impl FnOnce(&mut Essence)) -> Vec<E> {
        codes(|it| change(&mut it.track_files[1].essence))
    }
    assert_eq!(header(|it| it.kind = Some(EssenceKind::Picture)), [E::ImfEssenceMismatch]);
    assert_eq!(header(|it| it.channels = Some(6)), [E::ImfEssenceMismatch]);
    assert_eq!(header(|it| it.labels = vec!["chC".into()]), [E::ImfEssenceMismatch]);
    assert_eq!(header(|it| it.language = Some("en".into())), [E::ImfEssenceMismatch]);
    assert_eq!(header(|it| it.language = Some("EN-us".into())), []);
    assert_eq!(header(|it| it.length = Some(95_999)), [E::ImfEssenceMismatch]);
    assert_eq!(header(|it| *it = Essence::default()), []);
    // At another rate the two lengths cannot be compared unit by unit; the rate itself is told.
    let other = |it: &mut Essence| (it.rate, it.length) = (Some(Fraction::whole(96_000)), Some(1));
    assert_eq!(header(other), [E::ImfEssenceMismatch]);
}

#[test]
fn the_language_is_that_of_the_request_to_the_letter() {
    for (wanted, declared, locale, expected) in [
        (Some("en-US"), Some("en-US"), None, vec![]),
        (Some("en-US"), Some("en-us"), None, vec![]),
        (Some("en"), Some("en-US"), None, vec![E::ImfLanguageMismatch]),
        (Some("en-US"), Some("en"), None, vec![E::ImfLanguageMismatch]),
        (Some("fr"), Some("en"), Some("fr"), vec![]),
        (Some("fr"), None, None, vec![]),
        (Some("fr"), Some("und"), None, vec![]),
        (Some("fr"), Some("zxx"), None, vec![E::ImfLanguageMismatch]),
        (Some("*"), Some("ja"), None, vec![]),
        (None, Some("ja"), None, vec![]),
    ] {
        let mut imf = package();
        let language = declared.map(str::to_owned);
        imf.compositions[0].encodings[1].essence.language = language.clone();
        imf.track_files[1].essence.language = language;
        imf.compositions[0].languages = locale.map(str::to_owned).into_iter().collect();
        let asked = Expectation::for_package().speaking(wanted);
        let codes: Vec<_> = found(&imf, &asked).into_iter().map(|it| it.code).collect();
        assert_eq!(codes, expected, "{wanted:?} {declared:?} {locale:?}");
    }
    // One version of several is enough.
    let several = |it: &mut Imf| {
        let mut other = composition();
        other.encodings[1].essence.language = Some("fr-FR".into());
        other.sequences[1].resources[0].track_file = Some(id(4));
        it.track_files.clear();
        it.compositions.insert(0, other);
    };
    assert_eq!(codes(several), []);
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
