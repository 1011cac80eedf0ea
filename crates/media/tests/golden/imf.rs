//! Packages with exactly one fault each: every code of the family, and clean ones that have none.

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
use media::{Failure, Limits, measure};

use crate::{
    fixture::{Fault, Fixture, Made, fault, listed, only},
    imp::{CPL, MAP, PICTURE, SOUND, Spoil, digests, mxf::Essence, package},
    preflight,
    zip::{file, zip},
};

pub const WHOLE: Spoil =
    Spoil { map: &[], pkl: &[], cpl: &[], tracks: None, dropped: &[], bytes: None };

/// What is done to a package, and the one thing that is wrong with it then.
const FAULTS: &[Fault<Spoil>] = &[
    fault(
        E::ImfAssetMapInvalid,
        "an asset map that marks no packing list",
        Spoil { map: &[("<PackingList>true</PackingList>", "")], ..WHOLE },
    ),
    fault(
        E::ImfAssetMapInvalid,
        "an asset map without its end",
        Spoil { map: &[("</AssetMap>", "")], ..WHOLE },
    ),
    fault(E::ImfAssetMapInvalid, "no asset map", Spoil { dropped: &[MAP], ..WHOLE }),
    fault(
        E::ImfPackingListInvalid,
        "a packing list without its end",
        Spoil { pkl: &[("</AssetList>", "")], ..WHOLE },
    ),
    fault(
        E::ImfPackingListInvalid,
        "a packing list without sizes",
        Spoil { pkl: &[("Size>", "Length>")], ..WHOLE },
    ),
    fault(
        E::ImfCompositionInvalid,
        "a composition without an edit rate",
        Spoil { cpl: &[("<EditRate>25 1</EditRate>\n<SegmentList>", "<SegmentList>")], ..WHOLE },
    ),
    fault(
        E::ImfCompositionInvalid,
        "a composition whose segments do not end",
        Spoil { cpl: &[("</SegmentList>", "")], ..WHOLE },
    ),
    fault(
        E::ImfCompositionInvalid,
        "a composition with an entity",
        Spoil {
            cpl: &[(
                "<CompositionPlaylist ",
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><CompositionPlaylist ",
            )],
            ..WHOLE
        },
    ),
    fault(
        E::ImfCompositionMissing,
        "lists that belong to no composition",
        Spoil { cpl: &[("CompositionPlaylist", "SidecarCompositionMap")], ..WHOLE },
    ),
    fault(
        E::ImfPathUnsafe,
        "a path that leads to the parent folder",
        Spoil { map: &[("picture.mxf", "../picture.mxf")], ..WHOLE },
    ),
    fault(
        E::ImfPathUnsafe,
        "a path that begins with a drive",
        Spoil { map: &[("picture.mxf", "C:\\picture.mxf")], ..WHOLE },
    ),
    fault(
        E::ImfPathDuplicate,
        "one path for two assets",
        Spoil { map: &[("sound.mxf", "./picture.mxf")], ..WHOLE },
    ),
    fault(E::ImfAssetMissing, "no sound track file", Spoil { dropped: &[SOUND], ..WHOLE }),
    fault(E::ImfAssetMissing, "no composition file", Spoil { dropped: &[CPL], ..WHOLE }),
    fault(
        E::ImfIdMismatch,
        "a sound track file with another id in its header",
        Spoil { tracks: Some(|_, sound| sound.id[15] = 9), ..WHOLE },
    ),
    fault(
        E::ImfSizeMismatch,
        "a sound track file with a byte more",
        Spoil { bytes: Some((SOUND, |it| it.push(0))), ..WHOLE },
    ),
    fault(
        E::ImfDigestMismatch,
        "a picture track file with another byte (SHA-256)",
        Spoil { bytes: Some((PICTURE, |it| flip(it))), ..WHOLE },
    ),
    fault(
        E::ImfDigestMismatch,
        "a sound track file with another byte (SHA-1)",
        Spoil { bytes: Some((SOUND, |it| flip(it))), ..WHOLE },
    ),
    fault(
        E::ImfDigestMismatch,
        "a composition with another digest of the sound",
        Spoil {
            cpl: &[(
                "05</TrackFileId>",
                "05</TrackFileId><Hash>gWT9+xsM9NiSq5oZVfCePT+tnp8=</Hash>",
            )],
            ..WHOLE
        },
    ),
    fault(
        E::ImfPictureMissing,
        "a composition without pictures",
        Spoil { cpl: &[("MainImageSequence", "ISXDSequence")], ..WHOLE },
    ),
    fault(
        E::ImfEditRate,
        "a composition of 24 frames per second of pictures of 25",
        Spoil {
            cpl: &[("<EditRate>25 1</EditRate>\n<Seg", "<EditRate>24 1</EditRate>\n<Seg")],
            ..WHOLE
        },
    ),
    fault(
        E::ImfEntryPoint,
        "a resource that begins one frame too late",
        Spoil { cpl: &[("<EntryPoint>30</EntryPoint>", "<EntryPoint>31</EntryPoint>")], ..WHOLE },
    ),
    fault(
        E::ImfDuration,
        "a sound that is a sample too short",
        Spoil { cpl: &[("<SourceDuration>96000", "<SourceDuration>95999")], ..WHOLE },
    ),
    fault(
        E::ImfMixedEssence,
        "two transfer functions in one track",
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
    fault(
        E::ImfFrameCount,
        "51 frames at 29.97",
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
    fault(
        E::ImfLanguageMismatch,
        "a package in fr where fr-FR is asked for",
        Spoil {
            cpl: &[("fr-FR", "fr")],
            tracks: Some(|_, sound| {
                let Essence::Sound { language, .. } = &mut sound.essence else { return };
                *language = "fr";
            }),
            ..WHOLE
        },
    ),
    fault(
        E::ImfEssenceMismatch,
        "a picture of other columns than the composition says",
        Spoil {
            tracks: Some(|picture, _| {
                picture.essence = Essence::Picture { width: 1998, height: 1080 };
            }),
            ..WHOLE
        },
    ),
    fault(
        E::ImfEssenceMismatch,
        "a sound shorter than the composition says",
        Spoil { tracks: Some(|_, sound| sound.length = 95_000), ..WHOLE },
    ),
    fault(
        E::ImfEssenceMismatch,
        "other channels than the composition says",
        Spoil {
            tracks: Some(|_, sound| {
                let Essence::Sound { labels, .. } = &mut sound.essence else { return };
                *labels = vec!["chL", "chC"];
            }),
            ..WHOLE
        },
    ),
    fault(
        E::ImfSoundMissing,
        "a composition without sound",
        Spoil { cpl: &[("MainAudioSequence", "ISXDSequence")], ..WHOLE },
    ),
    fault(
        E::ImfTrackFileUnknown,
        "a track file that nobody has",
        Spoil { cpl: &[("05</TrackFileId>", "07</TrackFileId>")], ..WHOLE },
    ),
    fault(
        E::ImfDigestMissing,
        "a packing list with MD5",
        Spoil { pkl: &[("xmlenc#sha256", "xmldsig-more#md5")], ..WHOLE },
    ),
];

pub fn fixtures() -> Vec<Fixture> {
    listed(Made::Package, FAULTS)
}

/// Another byte in the essence; both headers stay.
fn flip(bytes: &mut [u8]) {
    let place = bytes.windows(9).rposition(|it| it == [7; 9]).unwrap();
    bytes[place] = 8;
}

/// The id of a track file: 4 is the picture, 5 the sound.
pub fn track(number: u8) -> AssetId {
    AssetId::parse(&format!("urn:uuid:0a0b0c0d-0000-4000-8000-{number:012x}")).unwrap()
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
pub async fn judged(spoil: &Spoil, wanted: &Expectation) -> Vec<Finding> {
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
        besides: Vec::new(),
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
    let without = Spoil { dropped: &[SOUND], ..WHOLE };
    assert_eq!(judged(&without, &wanted().building_on([track(5)])).await, []);
}

#[tokio::test]
async fn every_fault_yields_its_code_and_no_other_that_blocks() {
    for row in FAULTS {
        only(row, &judged(&row.made_of, &wanted()).await);
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
        let row = FAULTS.iter().find(|it| it.code == code).unwrap();
        let files = package(&row.made_of);
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
    let packed = zip(&[file("a.txt", b"and so on")]);
    for (name, stranger) in [("a.zip", &packed[..]), ("a.png", b"\x89PNG\r\n\x1a\n")] {
        let measured = read(name, stranger, Family::Package).await.unwrap();
        let codes: Vec<_> = judge_part(&measured, &wanted()).iter().map(|it| it.code).collect();
        assert_eq!(codes, [E::IncorrectAssetType], "{name}");
    }
    assert_eq!(judge_part(&Measurement::default(), &wanted())[0].code, E::FileEmpty);
}
