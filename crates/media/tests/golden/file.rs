//! The file as such: for every code of its family a file with just that fault, and clean ones of several kinds.

use std::fs;

use domain::inspection::{ErrorCode as E, Expectation, Finding, TextKind, judge};
use media::{Failure, Limits, measure};

use crate::{
    fixture::{Bytes, Fault, Fixture, Made, alone, fault, listed},
    image::png,
    preflight,
    samples::{master, surround},
    zip::{Packed, file, zip},
};

const TTML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <tt xmlns=\"http://www.w3.org/ns/ttml\" xmlns:ttp=\"http://www.w3.org/ns/ttml#parameter\" ttp:timeBase=\"smpte\" \
    ttp:frameRate=\"25\" xml:lang=\"fr\"><body><div><p begin=\"00:00:01:00\" end=\"00:00:03:00\">Oui, demain.</p></div></body></tt>";

/// What is found in a file of this name.
pub async fn judged(name: &str, bytes: &[u8], wanted: &Expectation) -> Vec<Finding> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let wanted = wanted.clone().named(name);
    let findings = match measure(&path, &Limits::default(), wanted.family).await {
        Ok(measured) => {
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
fn video() -> Vec<u8> {
    fs::read(master()).unwrap()
}

fn sound() -> Vec<u8> {
    fs::read(surround()).unwrap()
}

fn still() -> Vec<u8> {
    png("320x180")
}

/// A still picture and something else in one archive.
fn beside_a_still(other: &Packed<'_>) -> Vec<u8> {
    zip(&[file("1.png", &still()), Packed { ..*other }])
}

/// A document type that grows when it is read.
fn growing(document: &str, root: &str) -> Vec<u8> {
    let entities = "<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">";
    let declared = format!("<!DOCTYPE {root} [{entities}]>\n<{root} ");
    document.replace(&format!("<{root} "), &declared).into_bytes()
}

fn text() -> Expectation {
    Expectation::for_timed_text(TextKind::Subtitle).speaking(Some("fr"))
}

#[tokio::test]
async fn clean_files_have_no_findings_under_their_own_names() {
    let png = still();
    let cards = zip(&[file("1.png", &png), file("2.png", &png)]);
    for (name, bytes, wanted) in [
        ("a.mov", video(), Expectation::for_proxy()),
        ("a.wav", sound(), Expectation::for_audio()),
        ("a.ttml", TTML.as_bytes().to_vec(), text()),
        ("a.png", png.clone(), Expectation::for_image()),
        ("a.zip", cards.clone(), Expectation::for_image()),
        ("a.zip", cards, Expectation::for_project()),
        ("notes.txt", b"A list of names".to_vec(), Expectation::for_document()),
    ] {
        assert_eq!(judged(name, &bytes, &wanted).await, [], "{name}");
    }
}

/// What the file is called, what is in it, and what it is held against.
type Named = (&'static str, Bytes, fn() -> Expectation);

const FAULTS: &[Fault<Named>] = &[
    fault(E::FileEmpty, "no bytes", ("a.mov", Vec::new, Expectation::for_proxy)),
    fault(
        E::FileTruncated,
        "half a QuickTime file",
        (
            "a.mov",
            || {
                let whole = video();
                whole[..whole.len() / 2].to_vec()
            },
            Expectation::for_proxy,
        ),
    ),
    fault(
        E::FileTruncated,
        "a WAVE file without its last two bytes",
        (
            "a.wav",
            || {
                let whole = sound();
                whole[..whole.len() - 2].to_vec()
            },
            Expectation::for_audio,
        ),
    ),
    fault(
        E::FileUnreadable,
        "one byte over and over",
        ("a.mov", || vec![0x13; 5000], Expectation::for_proxy),
    ),
    fault(
        E::FileUnreadable,
        "the beginning of an archive",
        ("a.zip", || b"PK\x03\x04rest".to_vec(), Expectation::for_image),
    ),
    fault(E::FileUnsafe, "TTML with entities that grow", ("a.ttml", || growing(TTML, "tt"), text)),
    fault(
        E::FileUnsafe,
        "TTML with a document type in another file",
        (
            "a.ttml",
            || {
                let outside = "<!DOCTYPE tt SYSTEM \"file:///etc/passwd\">\n<tt ";
                TTML.replace("<tt ", outside).into_bytes()
            },
            text,
        ),
    ),
    fault(
        E::FileUnsafe,
        "a list in XML with entities that grow",
        ("a.xml", || growing("<list a=\"b\"><item/></list>", "list"), Expectation::for_document),
    ),
    fault(
        E::FileUnsafe,
        "an archive with a symbolic link",
        (
            "a.zip",
            || beside_a_still(&Packed { mode: 0o120_777, ..file("2.png", b"/etc/passwd") }),
            Expectation::for_image,
        ),
    ),
    fault(
        E::FileUnsafe,
        "an archive with a path that leads outside",
        ("a.zip", || beside_a_still(&file("../../2.png", &still())), Expectation::for_image),
    ),
    fault(
        E::FileUnsafe,
        "an archive that claims to hold 4 GiB",
        (
            "a.zip",
            || {
                let claimed = Some(u32::MAX - 1);
                beside_a_still(&Packed { claimed, ..file("2.png", &still()) })
            },
            Expectation::for_image,
        ),
    ),
    fault(E::ExtensionMismatch, "QuickTime called .mxf", ("a.mxf", video, Expectation::for_proxy)),
    fault(E::ExtensionMismatch, "WAVE called .mov", ("a.mov", sound, Expectation::for_audio)),
    fault(
        E::FileTooCostly,
        "500 elements inside each other",
        ("a.ttml", || "<b>".repeat(500).into_bytes(), text),
    ),
];

pub fn fixtures() -> Vec<Fixture> {
    listed(Made::File, FAULTS)
}

#[tokio::test]
async fn every_fault_yields_its_code_and_no_other() {
    for row in FAULTS {
        let (name, make, wanted) = row.made_of;
        alone(row, &judged(name, &make(), &wanted()).await);
    }
}

#[tokio::test]
async fn project_files_are_held_against_nothing_but_safety() {
    let (video, wanted) = (video(), Expectation::for_project());
    assert_eq!(judged("a.ptx", &video[..video.len() / 2], &wanted).await, []);
    assert_eq!(judged("a.zip", b"PK\x03\x04rest", &wanted).await, []);
    let harmful = zip(&[file("/etc/cron.d/x", b"x")]);
    let codes: Vec<_> = judged("a.zip", &harmful, &wanted).await.iter().map(|it| it.code).collect();
    assert_eq!(codes, [E::FileUnsafe]);
}
