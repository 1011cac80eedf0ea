//! EBU STL and Scenarist SCC: clean documents, and for every fault that such a document can have one with just that.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "kit/preflight.rs"]
mod preflight;

use std::fs;

use domain::{
    inspection::{ErrorCode as E, Expectation, Finding, Program, Runtime, judge},
    request::{Family, SourceType},
};
use media::{Limits, measure};

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

fn wanted(source_type: SourceType, language: &str, rate: &str) -> Expectation {
    let program =
        Program { start: Runtime::from_millis(36_000_000), length: Runtime::from_millis(60_000) };
    Expectation::of(source_type)
        .speaking(Some(language))
        .entered("time_base", "smpte")
        .entered("frame_rate", rate)
        .entered("drop_mode", "non_drop")
        .beside(Some(program))
}

#[tokio::test]
async fn clean_captions_have_no_findings_wherever_timed_text_is_asked_for() {
    for kind in [SourceType::Subtitle, SourceType::SdhCc, SourceType::ForcedSub] {
        assert_eq!(judged("clean.stl", stl(), &wanted(kind, "fr-FR", "25")).await, []);
        let program = Program {
            start: Runtime::from_millis(36_036_000),
            length: Runtime::from_millis(60_000),
        };
        let captions = wanted(kind, "en", "29.97").beside(Some(program));
        assert_eq!(judged("clean.scc", SCC, &captions).await, []);
    }
}

#[tokio::test]
async fn every_fault_of_an_stl_file_yields_its_code_and_no_other_that_blocks() {
    let cases: [(E, Vec<u8>); 8] = [
        (E::TimedTextNotWellFormed, stl()[..1300].to_vec()),
        (E::TimedTextNotWellFormed, patched(3, b"STL99.01")),
        (E::TextEncoding, patched(12, b"09")),
        (E::LanguageMismatch, patched(14, b"08")),
        (E::TextFrameRateConflict, patched(3, b"STL24.01")),
        (E::TextDurationNotPositive, patched(1024 + 2 * 128 + 9, &[10, 0, 10, 0])),
        (E::TextOutOfBounds, patched(1024 + 2 * 128 + 9, &[10, 2, 10, 0])),
        (E::TextOverlapping, patched(1024 + 128 + 9, &[10, 0, 11, 0])),
    ];
    for (code, bytes) in cases {
        let findings =
            judged("spoiled.stl", bytes, &wanted(SourceType::Subtitle, "fr", "25")).await;
        let blocking = Finding::blocking(&findings);
        assert_eq!(blocking, [code], "{findings:#?}");
    }
}

#[tokio::test]
async fn the_form_is_held_against_what_the_captions_declare() {
    let form = wanted(SourceType::SdhCc, "en", "29.97").beside(None);
    for (code, entries) in [
        (E::TimeBaseConflict, ("time_base", "media")),
        (E::TextFrameRateConflict, ("frame_rate", "25")),
        (E::TextDropModeConflict, ("drop_mode", "drop")),
    ] {
        let findings = judged("a.scc", SCC, &form.clone().entered(entries.0, entries.1)).await;
        assert_eq!(Finding::blocking(&findings), [code], "{findings:#?}");
    }
    let broken = SCC.replace("942f", "94xf");
    let findings = judged("a.scc", broken, &form).await;
    assert_eq!(Finding::blocking(&findings), [E::TimedTextNotWellFormed]);
}
