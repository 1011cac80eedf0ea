//! The file as such: for every code of its family a file with just that fault, and clean ones of several kinds.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "kit/preflight.rs"]
mod preflight;
#[path = "kit/samples.rs"]
mod samples;
#[path = "kit/zip.rs"]
mod zip;

use std::fs;

use domain::inspection::{ErrorCode as E, Expectation, Finding, TextKind, judge};
use media::{Failure, Limits, measure};
use samples::{made, master, surround};
use zip::{Packed, file, zip};

const TTML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <tt xmlns=\"http://www.w3.org/ns/ttml\" xmlns:ttp=\"http://www.w3.org/ns/ttml#parameter\" ttp:timeBase=\"smpte\" \
    ttp:frameRate=\"25\" xml:lang=\"fr\"><body><div><p begin=\"00:00:01:00\" end=\"00:00:03:00\">Oui, demain.</p></div></body></tt>";

/// What is found in a file of this name, and the digest it is given.
async fn judged(name: &str, bytes: &[u8], wanted: &Expectation) -> Vec<Finding> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let wanted = wanted.clone().named(name);
    let findings = match measure(&path, &Limits::default(), wanted.family).await {
        Ok(mut measured) => {
            measured.file.sha256 = Some("5e".repeat(32));
            preflight::reads_the_same(bytes, &measured, wanted.family);
            judge(&measured, &wanted)
        }
        Err(Failure::Unreadable { why }) => vec![Finding::unreadable(&why)],
        Err(Failure::TooCostly { which }) => {
            vec![Finding::too_costly(&which.to_string(), &which.limit(&Limits::default()))]
        }
        Err(Failure::Machinery(why)) => panic!("{why}"),
    };
    preflight::agrees(&[(name, bytes)], &wanted, &findings);
    findings
}

/// A viewing copy of small pictures: nothing in it is against its specification.
fn proxy() -> (Vec<u8>, Expectation) {
    (fs::read(master()).unwrap(), Expectation::for_proxy())
}

fn still() -> Vec<u8> {
    let words = "-f lavfi -i testsrc2=s=320x180:r=1 -frames:v 1 -pix_fmt rgb24";
    fs::read(made("plain.png", words)).unwrap()
}

fn text() -> Expectation {
    Expectation::for_timed_text(TextKind::Subtitle).speaking(Some("fr"))
}

#[tokio::test]
async fn clean_files_have_no_findings_under_their_own_names() {
    let ((video, viewing), png) = (proxy(), still());
    let cards = zip(&[file("1.png", &png), file("2.png", &png)]);
    for (name, bytes, wanted) in [
        ("a.mov", video, viewing),
        ("a.wav", fs::read(surround()).unwrap(), Expectation::for_audio()),
        ("a.ttml", TTML.as_bytes().to_vec(), text()),
        ("a.png", png.clone(), Expectation::for_image()),
        ("a.zip", cards.clone(), Expectation::for_image()),
        ("a.zip", cards, Expectation::for_project()),
        ("notes.txt", b"A list of names".to_vec(), Expectation::for_document()),
    ] {
        assert_eq!(judged(name, &bytes, &wanted).await, [], "{name}");
    }
}

#[tokio::test]
async fn every_fault_yields_its_code_and_no_other() {
    let ((video, viewing), png) = (proxy(), still());
    let sound = fs::read(surround()).unwrap();
    let entry = || file("1.png", &png);
    let entities = TTML.replace(
        "<tt ",
        "<!DOCTYPE tt [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">]>\n<tt ",
    );
    let outside = TTML.replace("<tt ", "<!DOCTYPE tt SYSTEM \"file:///etc/passwd\">\n<tt ");
    let pictures = Expectation::for_image;
    let cases: Vec<(E, &str, Vec<u8>, Expectation)> = vec![
        (E::FileEmpty, "a.mov", vec![], viewing.clone()),
        (E::FileTruncated, "a.mov", video[..video.len() / 2].to_vec(), viewing.clone()),
        (E::FileTruncated, "a.wav", sound[..sound.len() - 2].to_vec(), Expectation::for_audio()),
        (E::FileUnreadable, "a.mov", vec![0x13; 5000], viewing.clone()),
        (E::FileUnreadable, "a.zip", b"PK\x03\x04rest".to_vec(), pictures()),
        (E::FileUnsafe, "a.ttml", entities.clone().into_bytes(), text()),
        (E::FileUnsafe, "a.ttml", outside.into_bytes(), text()),
        (
            E::FileUnsafe,
            "a.xml",
            entities.replace("tt", "list").into_bytes(),
            Expectation::for_document(),
        ),
        (
            E::FileUnsafe,
            "a.zip",
            zip(&[entry(), Packed { mode: 0o120_777, ..file("2.png", b"/etc/passwd") }]),
            pictures(),
        ),
        (E::FileUnsafe, "a.zip", zip(&[entry(), file("../../2.png", &png)]), pictures()),
        (
            E::FileUnsafe,
            "a.zip",
            zip(&[entry(), Packed { claimed: Some(u32::MAX - 1), ..file("2.png", &png) }]),
            pictures(),
        ),
        (E::ExtensionMismatch, "a.mxf", video, viewing),
        (E::ExtensionMismatch, "a.mov", sound.clone(), Expectation::for_audio()),
        (
            E::FileDuplicate,
            "a.wav",
            sound,
            Expectation::for_audio().after(vec!["00".repeat(32), "5E".repeat(32)]),
        ),
        (E::FileTooCostly, "a.ttml", "<b>".repeat(500).into_bytes(), text()),
    ];
    for (code, name, bytes, wanted) in cases {
        let findings = judged(name, &bytes, &wanted).await;
        let codes: Vec<_> = findings.iter().map(|it| it.code).collect();
        assert_eq!(codes, [code], "{name}: {findings:#?}");
    }
}

#[tokio::test]
async fn project_files_are_held_against_nothing_but_safety() {
    let (video, _) = proxy();
    let wanted = Expectation::for_project();
    assert_eq!(judged("a.ptx", &video[..video.len() / 2], &wanted).await, []);
    assert_eq!(judged("a.zip", b"PK\x03\x04rest", &wanted).await, []);
    let harmful = zip(&[file("/etc/cron.d/x", b"x")]);
    let codes: Vec<_> = judged("a.zip", &harmful, &wanted).await.iter().map(|it| it.code).collect();
    assert_eq!(codes, [E::FileUnsafe]);
}

/// A code that no file has here could never be seen.
#[test]
fn every_code_of_files_has_its_file() {
    let here = [
        E::FileEmpty,
        E::FileTruncated,
        E::FileUnsafe,
        E::FileUnreadable,
        E::FileTooCostly,
        E::ExtensionMismatch,
        E::FileDuplicate,
    ];
    // Damage on the way is found by comparing digests, which the tests of the portal do.
    let missing: Vec<_> =
        E::ALL.iter().filter(|it| it.family() == "FILE" && !here.contains(it)).collect();
    assert_eq!(missing, [&E::FileCorrupt]);
}
