//! Packages with exactly one fault each: every code of the family, and clean ones that have none.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "../../formats/tests/kit/imp.rs"]
mod imp;
#[expect(dead_code, reason = "ffprobe tells more of a track file than its header")]
#[path = "kit/preflight.rs"]
mod preflight;

use std::{
    collections::HashMap,
    fs,
    sync::{LazyLock, Mutex},
};

use domain::{
    delivery::FileName,
    inspection::{
        Delivered, ErrorCode as E, Expectation, Finding, Measurement,
        imf::{AssetId, ContentDigest, DigestKind, Extent},
        judge, judge_delivery, judge_part,
    },
    request::Family,
};
use imp::{CPL, MAP, PICTURE, SOUND, Spoil, digests, mxf::Essence, package};
use media::{Failure, Limits, measure};

const WHOLE: Spoil =
    Spoil { map: &[], pkl: &[], cpl: &[], tracks: None, dropped: &[], bytes: None };

/// What is done to a package, and the one thing that is wrong with it then.
const SPOILED: &[(E, Spoil)] = &[
    (E::ImfAssetMapInvalid, Spoil { map: &[("<PackingList>true</PackingList>", "")], ..WHOLE }),
    (E::ImfAssetMapInvalid, Spoil { map: &[("</AssetMap>", "")], ..WHOLE }),
    (E::ImfAssetMapInvalid, Spoil { dropped: &[MAP], ..WHOLE }),
    (E::ImfPackingListInvalid, Spoil { pkl: &[("</AssetList>", "")], ..WHOLE }),
    (E::ImfPackingListInvalid, Spoil { pkl: &[("Size>", "Length>")], ..WHOLE }),
    (
        E::ImfCompositionInvalid,
        Spoil { cpl: &[("<EditRate>25 1</EditRate>\n<SegmentList>", "<SegmentList>")], ..WHOLE },
    ),
    (E::ImfCompositionInvalid, Spoil { cpl: &[("</SegmentList>", "")], ..WHOLE }),
    (
        E::ImfCompositionInvalid,
        Spoil {
            cpl: &[(
                "<CompositionPlaylist ",
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><CompositionPlaylist ",
            )],
            ..WHOLE
        },
    ),
    (
        E::ImfCompositionMissing,
        Spoil { cpl: &[("CompositionPlaylist", "SidecarCompositionMap")], ..WHOLE },
    ),
    (E::ImfPathUnsafe, Spoil { map: &[("picture.mxf", "../picture.mxf")], ..WHOLE }),
    (E::ImfPathUnsafe, Spoil { map: &[("picture.mxf", "C:\\picture.mxf")], ..WHOLE }),
    (E::ImfPathDuplicate, Spoil { map: &[("sound.mxf", "./picture.mxf")], ..WHOLE }),
    (E::ImfAssetMissing, Spoil { dropped: &[SOUND], ..WHOLE }),
    (E::ImfAssetMissing, Spoil { dropped: &[CPL], ..WHOLE }),
    (E::ImfIdMismatch, Spoil { tracks: Some(|_, sound| sound.id[15] = 9), ..WHOLE }),
    (E::ImfSizeMismatch, Spoil { bytes: Some((SOUND, |it| it.push(0))), ..WHOLE }),
    (E::ImfDigestMismatch, Spoil { bytes: Some((PICTURE, |it| flip(it))), ..WHOLE }),
    (E::ImfDigestMismatch, Spoil { bytes: Some((SOUND, |it| flip(it))), ..WHOLE }),
    (
        E::ImfDigestMismatch,
        Spoil {
            cpl: &[(
                "05</TrackFileId>",
                "05</TrackFileId><Hash>gWT9+xsM9NiSq5oZVfCePT+tnp8=</Hash>",
            )],
            ..WHOLE
        },
    ),
    (E::ImfPictureMissing, Spoil { cpl: &[("MainImageSequence", "ISXDSequence")], ..WHOLE }),
    (
        E::ImfEditRate,
        Spoil {
            cpl: &[("<EditRate>25 1</EditRate>\n<Seg", "<EditRate>24 1</EditRate>\n<Seg")],
            ..WHOLE
        },
    ),
    (
        E::ImfEntryPoint,
        Spoil { cpl: &[("<EntryPoint>30</EntryPoint>", "<EntryPoint>31</EntryPoint>")], ..WHOLE },
    ),
    (E::ImfDuration, Spoil { cpl: &[("<SourceDuration>96000", "<SourceDuration>95999")], ..WHOLE }),
    (
        E::ImfMixedEssence,
        Spoil {
            cpl: &[
                (
                    "1e</Id><r:CDCIDescriptor>",
                    "1e</Id><r:CDCIDescriptor><m:TransferCharacteristic>\
                     urn:smpte:ul:060e2b34.04010101.04010101.01020000</m:TransferCharacteristic>",
                ),
                (
                    "1f</Id><r:CDCIDescriptor>",
                    "1f</Id><r:CDCIDescriptor><m:TransferCharacteristic>\
                     urn:smpte:ul:060e2b34.04010101.04010101.010a0000</m:TransferCharacteristic>",
                ),
            ],
            ..WHOLE
        },
    ),
    (
        E::ImfFrameCount,
        Spoil {
            cpl: &[
                ("25 1", "30000 1001"),
                ("25/1", "30000/1001"),
                ("<IntrinsicDuration>50", "<IntrinsicDuration>51"),
                ("<SourceDuration>20", "<SourceDuration>21"),
            ],
            tracks: Some(|picture, _| {
                picture.rate = (30_000, 1001);
                picture.length = 51;
            }),
            ..WHOLE
        },
    ),
    (
        E::ImfLanguageMismatch,
        Spoil {
            cpl: &[("fr-FR", "fr")],
            tracks: Some(|_, sound| {
                let Essence::Sound { language, .. } = &mut sound.essence else { return };
                *language = "fr";
            }),
            ..WHOLE
        },
    ),
    (
        E::ImfEssenceMismatch,
        Spoil {
            tracks: Some(|picture, _| {
                picture.essence = Essence::Picture { width: 1998, height: 1080 };
            }),
            ..WHOLE
        },
    ),
    (E::ImfEssenceMismatch, Spoil { tracks: Some(|_, sound| sound.length = 95_000), ..WHOLE }),
    (
        E::ImfEssenceMismatch,
        Spoil {
            tracks: Some(|_, sound| {
                let Essence::Sound { labels, .. } = &mut sound.essence else { return };
                *labels = vec!["chL", "chC"];
            }),
            ..WHOLE
        },
    ),
    (E::ImfSoundMissing, Spoil { cpl: &[("MainAudioSequence", "ISXDSequence")], ..WHOLE }),
    (E::ImfTrackFileUnknown, Spoil { cpl: &[("05</TrackFileId>", "07</TrackFileId>")], ..WHOLE }),
    (E::ImfDigestMissing, Spoil { pkl: &[("xmlenc#sha256", "xmldsig-more#md5")], ..WHOLE }),
];

/// Another byte in the essence; both headers stay.
fn flip(bytes: &mut [u8]) {
    let place = bytes.windows(9).rposition(|it| it == [7; 9]).unwrap();
    bytes[place] = 8;
}

fn wanted() -> Expectation {
    Expectation::for_package().speaking(Some("fr-FR"))
}

async fn read(name: &str, bytes: &[u8], hint: Family) -> Result<Measurement, Failure> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, bytes).unwrap();
    measure(&file, &Limits::default(), hint).await
}

/// The same, each content once: most files of most packages here are alike, and ffprobe takes its time.
async fn read_once(name: &str, bytes: &[u8]) -> Measurement {
    static READ: LazyLock<Mutex<HashMap<String, Measurement>>> = LazyLock::new(Mutex::default);
    let (_, sha256) = digests(bytes);
    let known = READ.lock().unwrap().get(&sha256).cloned();
    if let Some(known) = known {
        return known;
    }
    let measurement = read(name, bytes, Family::Package).await.unwrap();
    READ.lock().unwrap().insert(sha256, measurement.clone());
    measurement
}

/// What is found in a package, as a delivery of these files is judged.
async fn judged(spoil: &Spoil, wanted: &Expectation) -> Vec<Finding> {
    let files = package(spoil);
    let mut measured = Vec::new();
    for (name, bytes) in &files {
        let (sha1, sha256) = digests(bytes);
        let digests = [(DigestKind::Sha1, sha1), (DigestKind::Sha256, sha256)]
            .map(|(kind, hex)| ContentDigest { kind, hex });
        let name = FileName::new(name.as_str()).unwrap();
        measured.push((read_once(name.raw(), bytes).await, name, digests));
    }
    let delivered = measured.iter().map(|(measurement, name, digests)| Delivered {
        name,
        size: measurement.file.size,
        digests: digests.to_vec(),
        damage: None,
        outcome: Some(Ok(measurement)),
    });
    let findings = judge_delivery(&delivered.collect::<Vec<_>>(), wanted);
    let bytes: Vec<_> = files.iter().map(|it| (it.0.as_str(), it.1.as_slice())).collect();
    preflight::agrees(&bytes, wanted, &findings);
    findings
}

#[tokio::test]
async fn a_clean_package_has_no_findings() {
    assert_eq!(judged(&WHOLE, &wanted()).await, []);
    assert_eq!(judged(&WHOLE, &wanted().speaking(None)).await, []);
    assert_eq!(judged(&WHOLE, &wanted().speaking(Some("FR-fr"))).await, []);
    // What was delivered before need not be delivered again.
    let before = AssetId::parse("urn:uuid:0a0b0c0d-0000-4000-8000-000000000005").unwrap();
    let without = Spoil { dropped: &[SOUND], ..WHOLE };
    assert_eq!(judged(&without, &wanted().building_on([before])).await, []);
}

#[tokio::test]
async fn every_fault_yields_its_code_and_no_other_that_blocks() {
    for (number, (code, spoil)) in SPOILED.iter().enumerate() {
        let findings = judged(spoil, &wanted()).await;
        let codes: Vec<_> = findings.iter().map(|it| it.code).collect();
        assert!(codes.contains(code), "{number} {code}: {findings:#?}");
        let blocking = findings.iter().filter(|it| it.blocks() && it.code != *code).count();
        assert_eq!(blocking, 0, "{number} {code}: {findings:#?}");
    }
}

/// Of one file only that is told which no other file could change.
#[tokio::test]
async fn a_part_by_itself_is_judged_for_itself() {
    for (name, bytes) in package(&WHOLE) {
        let measurement = read_once(&name, &bytes).await;
        assert_eq!(judge(&measurement, &wanted()), [], "{name}");
        let imf = measurement.imf.unwrap_or_default();
        assert_eq!(imf.extent, Extent::Part);
    }
    for (code, name) in [
        (E::ImfPathUnsafe, MAP),
        (E::ImfPathDuplicate, MAP),
        (E::ImfEntryPoint, CPL),
        (E::ImfDuration, CPL),
        (E::ImfMixedEssence, CPL),
        (E::ImfLanguageMismatch, CPL),
        (E::ImfPictureMissing, CPL),
    ] {
        let (_, spoil) = SPOILED.iter().find(|it| it.0 == code).unwrap();
        let files = package(spoil);
        let (_, bytes) = files.iter().find(|it| it.0 == name).unwrap();
        let measurement = read_once(name, bytes).await;
        let codes: Vec<_> = judge(&measurement, &wanted()).iter().map(|it| it.code).collect();
        assert_eq!(codes, [code]);
    }
}

#[tokio::test]
async fn what_only_looks_like_a_track_file_is_found() {
    let files = package(&WHOLE);
    let sound = &files.iter().find(|it| it.0 == SOUND).unwrap().1;
    let garbage: Vec<u8> =
        (0..9000_u32).map(|it| (it.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for (bytes, why) in
        [(garbage.as_slice(), ""), (&sound[..sound.len() / 2], "cut short"), (&sound[..60], "")]
    {
        let failure = read("a.mxf", bytes, Family::Package).await.unwrap_err();
        let Failure::Unreadable { why: told } = failure else { panic!("{failure:?}") };
        assert!(told.contains(why), "{told}");
    }
    let sidecar = read("x.xml", b"<Sidecar><a></Sidecar>", Family::Package).await.unwrap_err();
    assert!(matches!(sidecar, Failure::Unreadable { .. }), "{sidecar:?}");
    let picture = b"\x89PNG\r\n\x1a\n";
    let zip = read("a.zip", b"PK\x03\x04 and so on", Family::Package).await.unwrap();
    let codes: Vec<_> = judge_part(&zip, &wanted()).iter().map(|it| it.code).collect();
    assert_eq!(codes, [E::IncorrectAssetType]);
    assert!(read("a.png", picture, Family::Package).await.is_err());
    assert_eq!(judge_part(&Measurement::default(), &wanted())[0].code, E::FileEmpty);
}

/// A code that no package has here could never be seen.
#[test]
fn every_code_of_packages_has_its_package() {
    for code in E::ALL.iter().filter(|it| it.family() == "IMF") {
        assert!(SPOILED.iter().any(|(it, _)| it == code), "no package has the fault {code}");
    }
}
