//! The packages of Netflix/photon, each against what its own lists say.
//!
//! What is expected is taken from the lists with a text editor and `sha1sum`: which files they name, with which sizes,
//! digests and ids, and which of them are in the folder.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{fs, path::Path};

use domain::inspection::{
    ErrorCode as E, Expectation, Finding, Imf,
    imf::{ContentDigest, DigestKind, EssenceKind},
    judge_package,
};
use formats::{
    Bounds,
    imf::{Content, File, Package},
    mxf,
};
use sha1::{Digest, Sha1};

/// A folder; the language that would be asked for; what is wrong with it, with all places of it.
type Expected = (&'static str, &'static str, &'static [(E, &'static [&'static str])]);

const PACKAGES: &[Expected] = &[
    // Whole: all files are there, all four digests agree.
    ("Application5/PhotonApp5Test", "de-DE", &[]),
    (
        "MERIDIAN_Netflix_Photon_161006",
        "en",
        &[
            // The picture, 79 MB, was left out of the collection.
            (E::ImfAssetMissing, &["MERIDIAN_Netflix_Photon_161006_00.mxf"]),
            // Both lists were edited after the packing list was made: it says 15,214 bytes for each.
            (
                E::ImfSizeMismatch,
                &[
                    "CPL_0eb3d1b9-b77b-4d3f-bbe5-7c69b15dca85.xml",
                    "OPL_8cf83c32-4949-4f00-b081-01e12b18932f.xml",
                ],
            ),
        ],
    ),
    (
        "MERIDIAN_Netflix_Photon_161006_ID_MISMATCH",
        "en",
        &[
            (E::ImfAssetMissing, &["MERIDIAN_Netflix_Photon_161006_00.mxf"]),
            // The last digit of the ids was changed inside composition and output profile, and of the packing list in
            // the asset map. Their sizes are then not looked at any more.
            (
                E::ImfIdMismatch,
                &[
                    "CPL_0eb3d1b9-b77b-4d3f-bbe5-7c69b15dca85.xml",
                    "OPL_8cf83c32-4949-4f00-b081-01e12b18932f.xml",
                    "PKL_f5e93462-aed2-44ad-a4ba-2adb65823e7c.xml",
                ],
            ),
            // Asset map and packing list call the picture …bf9, the composition plays …bf8.
            (
                E::ImfTrackFileUnknown,
                &[
                    "CPL_0eb3d1b9-b77b-4d3f-bbe5-7c69b15dca85.xml, Segment 1, picture sequence 1, resource 1",
                ],
            ),
        ],
    ),
    (
        "MissingFilesAndAssetMapEntries",
        "en",
        &[(
            E::ImfAssetMissing,
            &[
                // In the asset map, and not in the folder.
                "VIDEO_a3542de6-5010-41aa-8ab0-d90b90b7f5dc.mxf",
                "OPL_8cf83c32-4949-4f00-b081-01e12b18932f.xml",
                // In the packing list and the folder, and not in the asset map. The size of the composition, which is
                // wrong here as well, is therefore not compared; and that it plays this sound is not told again, as a
                // list of the package knows it.
                "PKL_c458a5c8-8700-4c1c-aa41-f31cb9f6018e.xml, “AUDIO_bc1a3912-a90a-41b2-b16c-0915a2a1e088.mxf”",
                "PKL_c458a5c8-8700-4c1c-aa41-f31cb9f6018e.xml, “CPL_ab38ef76-30fa-4b18-91d2-1ef95e206b46.xml”",
            ],
        )],
    ),
    (
        "TimedTextImageAndTextProfile",
        "en",
        &[
            // The picture, 17 MB, was left out of the collection.
            (E::ImfAssetMissing, &["VIDEO_a3542de6-5010-41aa-8ab0-d90b90b7f5dc.mxf"]),
            // 20,902 bytes; the packing list says 20,915, with the digest of the file as it is.
            (E::ImfSizeMismatch, &["CPL_ab38ef76-30fa-4b18-91d2-1ef95e206b46.xml"]),
        ],
    ),
    (
        "Netflix_Sony_Plugfest_2015",
        "es-MX",
        &[
            // Lists only, and two of them under other names than the asset map says (“_corrected”).
            (
                E::ImfAssetMissing,
                &[
                    "Netflix_Plugfest_Oct2015.mxf",
                    "Netflix_Plugfest_Oct2015_Insert_001.mxf",
                    "Netflix_Plugfest_Oct2015_Insert_002.mxf",
                    "Netflix_Plugfest_Oct2015_Insert_003.mxf",
                    "Netflix_Plugfest_Oct2015_LAS51.mxf",
                    "Netflix_Plugfest_Oct2015_LAS20.mxf",
                    "Netflix_Plugfest_Oct2015_Trimmed_Vers_IMSC.mxf",
                    "Netflix_Plugfest_Oct2015_ENG51.mxf",
                    "Netflix_Plugfest_Oct2015_ENG20.mxf",
                    "Netflix_Plugfest_Oct2015_FULL_Vers_IMSC.mxf",
                    "CPL_BLACKL_202_HD_REC709_178_LAS_8fad47bb-ab01-4f0d-a08c-d1e6c6cb62b4.xml",
                    "PKL_befcd2d4-f35c-45d7-99bb-7f64b51b103c.xml",
                ],
            ),
            // Edited since: 22,690 bytes, 22,883 in the packing list.
            (
                E::ImfSizeMismatch,
                &["CPL_BLACKL_202_HD_REC709_178_ENG_fe8cf2f4-1bcd-4145-8f72-6775af4038c4.xml"],
            ),
            // The composition that is called “error” plays a hundred times too much of each of its seven parts of the
            // picture, and of its first sound; of the second the intrinsic duration is a hundred times too long instead.
            (
                E::ImfEntryPoint,
                &[
                    "error.xml, Segment 1, picture sequence 1, resource 1",
                    "error.xml, Segment 1, picture sequence 1, resource 2",
                    "error.xml, Segment 1, picture sequence 1, resource 3",
                    "error.xml, Segment 1, picture sequence 1, resource 4",
                    "error.xml, Segment 1, picture sequence 1, resource 5",
                    "error.xml, Segment 1, picture sequence 1, resource 6",
                    "error.xml, Segment 1, picture sequence 1, resource 7",
                    "error.xml, Segment 1, sound sequence 1, resource 1",
                ],
            ),
        ],
    ),
];

fn read(folder: &Path) -> Imf {
    let mut package = Package::default();
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    for path in files {
        let bytes = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let hex = Sha1::digest(&bytes).iter().map(|it| format!("{it:02x}")).collect();
        let digests = [ContentDigest { kind: DigestKind::Sha1, hex }];
        let extent = mxf::extent(&bytes);
        let tail = extent
            .filter(|it| !it.settled)
            .and_then(|it| bytes.get(usize::try_from(it.footer?).ok()?..));
        let content = match extent {
            Some(_) => Content::Ends(&bytes, tail),
            None => Content::Whole(&bytes),
        };
        let file = File { name, size: bytes.len() as u64, digests: &digests, content };
        package.add(&file, &Bounds::default()).unwrap();
    }
    package.facts()
}

fn places(finding: &Finding) -> Vec<&str> {
    finding.place.iter().chain(&finding.elsewhere).map(String::as_str).collect()
}

#[test]
fn every_package_of_the_imf_corpus_is_found_to_be_what_it_is() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/imf");
    if !corpus.is_dir() {
        eprintln!("MISSING: {} is not there, so no real IMF package was read.", corpus.display());
        return;
    }
    for (folder, language, expected) in PACKAGES {
        let facts = read(&corpus.join(folder));
        let wanted = Expectation::for_package().speaking(Some(language));
        let findings = judge_package(&facts, &wanted);
        let codes: Vec<_> = findings.iter().map(|it| it.code).collect();
        let expected_codes: Vec<_> = expected.iter().map(|it| it.0).collect();
        assert_eq!(codes, expected_codes, "{folder}: {findings:#?}");
        for (finding, (code, ends)) in findings.iter().zip(*expected) {
            let places = places(finding);
            assert_eq!(places.len(), ends.len(), "{folder} {code}: {places:#?}");
            for (place, end) in places.iter().zip(*ends) {
                assert!(place.ends_with(end), "{folder} {code}: {place} for {end}");
            }
        }
        // `en` is another tag than `en-US`, and so on.
        let other = Expectation::for_package().speaking(Some("en-GB"));
        let mismatch = judge_package(&facts, &other);
        assert!(mismatch.iter().any(|it| it.code == E::ImfLanguageMismatch), "{folder}");
    }
}

/// Headers of four writers: Clipster, Transkoder, DaVinci Resolve, IMF Tool.
#[test]
fn every_track_file_of_the_imf_corpus_is_described() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/imf");
    if !corpus.is_dir() {
        eprintln!("MISSING: {} is not there, so no real MXF header was read.", corpus.display());
        return;
    }
    let mut read_in_all = 0;
    for (folder, ..) in PACKAGES {
        for track in read(&corpus.join(folder)).track_files {
            let essence = &track.essence;
            let told = (essence.kind, essence.rate.map(|it| it.to_string()), essence.length);
            let (kind, rate, length) = match track.file.as_str() {
                it if it.starts_with("AUDIO_") => (EssenceKind::Sound, "48000", 48_048),
                it if it.starts_with("WAV_") => (EssenceKind::Sound, "48000", 17_524),
                it if it.contains("ENG-51") => (EssenceKind::Sound, "48000", 32_032),
                it if it.starts_with("reel") => (EssenceKind::Picture, "24000/1001", 4),
                it if it.starts_with("Image") => (EssenceKind::TimedText, "24000/1001", 456),
                it if it.starts_with("Plugfest") => (EssenceKind::TimedText, "24000/1001", 6240),
                it if it.starts_with("MERIDIAN") => (EssenceKind::TimedText, "60000/1001", 40),
                it => panic!("nobody wrote down what {it} is"),
            };
            assert_eq!(told, (Some(kind), Some(rate.to_owned()), Some(length)), "{}", track.file);
            // Files are called by their ids, or named so by the asset map.
            assert!(track.id.is_some(), "{}", track.file);
            read_in_all += 1;
        }
    }
    assert_eq!(read_in_all, 13, "the corpus has another number of track files");
}
