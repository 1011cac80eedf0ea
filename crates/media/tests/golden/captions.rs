//! EBU STL and Scenarist SCC: clean documents, and for every fault that such a document can have one with just that.

use std::fs;

use domain::{
    inspection::{ErrorCode as E, Expectation, Finding, Program, Runtime, judge},
    request::{Family, SourceType},
};
use media::{Limits, measure};

use crate::{
    fixture::{Bytes, Fault, Fixture, Made, fault, listed, only},
    preflight,
};

/// A French STL file of three subtitles, the first in two lines, each with its marks.
fn stl() -> Vec<u8> {
    let block = |number: u8, [from, to]: [u8; 2], text: &[u8]| {
        let head = [0, number, 0, 0xff, 0, 10, 0, from, 0, 10, 0, to, 0, 20, 2, 0];
        let mut block = [&head[..], text].concat();
        block.resize(128, 0x8f);
        block
    };
    let mut bytes = b"850STL25.011000F".to_vec();
    bytes.resize(238, b' ');
    bytes.extend(b"00003");
    bytes.resize(1024, b' ');
    bytes.extend(block(1, [2, 5], b"La mer monte\x8adepuis ce matin."));
    bytes.extend(block(2, [6, 9], b"Elle n'a jamais \xc2et\xc2e aussi haute."));
    bytes.extend(block(3, [10, 13], b"Je reste."));
    bytes
}

/// One caption, put together in memory, shown for two seconds.
const SCC: &str = "Scenarist_SCC V1.0\n\n\
    10:00:01:00\t94ae 94ae 9420 9420 9470 9470 49a7 6d80 2073 f461 79e9 6e67 ae80 942f 942f\n\n\
    10:00:03:15\t942c 942c\n";

/// The same with one of its bytes, or several, put in another's place.
fn patched(at: usize, bytes: &[u8]) -> Vec<u8> {
    let mut file = stl();
    file.splice(at..at + bytes.len(), bytes.iter().copied());
    file
}

async fn judged(name: &str, bytes: impl AsRef<[u8]>, wanted: &Expectation) -> Vec<Finding> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, &bytes).unwrap();
    let measured = measure(&file, &Limits::default(), Family::TimedText).await.unwrap();
    let findings = judge(&measured, wanted);
    preflight::reads_the_same(bytes.as_ref(), &measured, Family::TimedText);
    preflight::agrees(&[(name, bytes.as_ref())], wanted, &findings);
    findings
}

fn form(asked: Expectation, language: &str, rate: &str) -> Expectation {
    asked
        .speaking(Some(language))
        .entered("time_base", "smpte")
        .entered("frame_rate", rate)
        .entered("drop_mode", "non_drop")
}

fn wanted(source_type: SourceType, language: &str, rate: &str) -> Expectation {
    let program =
        Program { start: Runtime::from_millis(36_000_000), length: Runtime::from_millis(60_000) };
    form(Expectation::of(source_type), language, rate).beside(Some(program))
}

pub fn scc() -> Vec<u8> {
    SCC.into()
}

/// The delivery form and the program that fit the clean captions.
pub fn filled(asked: Expectation) -> Expectation {
    let start = Runtime::from_millis(36_036_000);
    let length = Runtime::from_millis(60_000);
    form(asked, "en", "29.97").beside(Some(Program { start, length }))
}

#[tokio::test]
async fn clean_captions_have_no_findings_wherever_timed_text_is_asked_for() {
    for kind in [SourceType::Subtitle, SourceType::SdhCc, SourceType::ForcedSub] {
        assert_eq!(judged("clean.stl", stl(), &wanted(kind, "fr-FR", "25")).await, []);
        let captions = filled(Expectation::of(kind));
        assert_eq!(judged("clean.scc", SCC, &captions).await, []);
    }
}

/// The file, and the language and the entries of the form that it is held against.
type Captions = (Bytes, fn(Expectation) -> Expectation);

const fn stl_with(make: Bytes) -> Captions {
    (make, |_| wanted(SourceType::Subtitle, "fr", "25"))
}

const fn scc_for(form: fn(Expectation) -> Expectation) -> Captions {
    (scc, form)
}

const FAULTS: &[Fault<Captions>] = &[
    fault(
        E::TimedTextNotWellFormed,
        "an STL file that breaks off",
        stl_with(|| stl()[..1300].to_vec()),
    ),
    fault(
        E::TimedTextNotWellFormed,
        "an STL file of 99 frames per second",
        stl_with(|| patched(3, b"STL99.01")),
    ),
    fault(
        E::TextEncoding,
        "an STL file with an unknown table of signs",
        stl_with(|| patched(12, b"09")),
    ),
    fault(E::LanguageMismatch, "an STL file in German", stl_with(|| patched(14, b"08"))),
    fault(
        E::TextFrameRateConflict,
        "an STL file of 24 frames per second",
        stl_with(|| patched(3, b"STL24.01")),
    ),
    fault(
        E::TextDurationNotPositive,
        "an STL subtitle of no length",
        stl_with(|| patched(1024 + 2 * 128 + 9, &[10, 0, 10, 0])),
    ),
    fault(
        E::TextOutOfBounds,
        "an STL subtitle after the end of the program",
        stl_with(|| patched(1024 + 2 * 128 + 9, &[10, 2, 10, 0])),
    ),
    fault(
        E::TextOverlapping,
        "an STL subtitle that begins before the other has ended",
        stl_with(|| patched(1024 + 128 + 9, &[10, 0, 11, 0])),
    ),
    fault(
        E::TimeBaseConflict,
        "captions where media time was chosen",
        scc_for(|it| it.entered("time_base", "media")),
    ),
    fault(
        E::TextFrameRateConflict,
        "captions where 25 frames per second were chosen",
        scc_for(|it| it.entered("frame_rate", "25")),
    ),
    fault(
        E::TextDropModeConflict,
        "captions that drop no frames where they were to",
        scc_for(|it| it.entered("drop_mode", "drop")),
    ),
    fault(
        E::TimedTextNotWellFormed,
        "captions with a code that is none",
        (|| SCC.replace("942f", "94xf").into_bytes(), |it| it),
    ),
];

pub fn fixtures() -> Vec<Fixture> {
    listed(Made::File, FAULTS)
}

#[tokio::test]
async fn every_fault_yields_its_code_and_no_other_that_blocks() {
    for row in FAULTS {
        let (make, form) = row.made_of;
        let form = form(wanted(SourceType::SdhCc, "en", "29.97").beside(None));
        only(row, &judged("delivered", make(), &form).await);
    }
}
