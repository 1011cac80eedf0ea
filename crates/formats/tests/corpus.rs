//! The IMSC documents of the W3C, all of which a reader has to take without objection.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use domain::{
    inspection::{ErrorCode as E, Expectation, Finding, Measurement, TextFormat, judge},
    request::{Family, SourceType},
};
use formats::{Bounds, document};

/// What stops one of them, and why it has to. Everything else that is found is a matter of style: the documents are
/// made to be looked at, not to be read in their time.
const STOPPED: &[(&str, E)] = &[
    // Pictures instead of words: there is nothing to read in them.
    ("altText1", E::TextNoCues),
    ("aspectRatio3", E::TextNoCues),
    ("aspectRatio4", E::TextNoCues),
    // It has no body at all.
    ("Structure002", E::TextNoCues),
    // Lines that pile up in one place, each shown until the last one goes. IMSC allows that; the rules of the trade
    // do not, as players for subtitles show one cue in a place at a time.
    ("cumulative-rows-001", E::TextOverlapping),
    ("writing-mode-tb-001", E::TextOverlapping),
    ("BeginEnd002", E::TextOverlapping),
    ("FixedBeginEnd002", E::TextOverlapping),
    // Four cues of one region, from 5, 10, 12 and 16 s on, none of which waits for the one before.
    ("region-timing", E::TextOverlapping),
    // A cue that `tts:display` hides for its first five seconds. Readers of subtitles do not follow that, nor does ours:
    // it counts from its beginning, and the others of its region come while it is there.
    ("MediaParTiming002", E::TextOverlapping),
    ("MediaSeqTiming007", E::TextOverlapping),
];

fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(documents(&path));
        } else if path.extension().is_some_and(|it| it == "ttml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The corpus, and loudly nothing where it is missing.
fn corpus() -> Option<Vec<PathBuf>> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/imsc");
    if !corpus.is_dir() {
        eprintln!("MISSING: {} is not there, so no real IMSC document was read.", corpus.display());
        return None;
    }
    let documents = documents(&corpus);
    assert_eq!(documents.len(), 140, "the corpus has another number of documents");
    Some(documents)
}

/// Read like any delivered file: its content alone says what it is.
fn read(path: &Path, hint: Family) -> Measurement {
    document(&fs::read(path).unwrap(), &Bounds::default(), hint).unwrap()
}

fn judged(path: &Path, kind: SourceType) -> Vec<Finding> {
    let wanted = Expectation::of(kind).entered("time_base", "media");
    judge(&read(path, Family::TimedText), &wanted)
}

#[test]
fn every_document_of_the_imsc_corpus_is_read_without_a_fault() {
    let Some(documents) = corpus() else { return };
    let (mut cues, mut with_profile) = (0, 0);
    for path in &documents {
        let facts = read(path, Family::TimedText).timed_text.unwrap();
        assert_eq!(facts.faults, [], "{}", path.display());
        assert!(facts.first_in.is_some() || facts.cue_count == 0, "{}", path.display());
        cues += facts.cue_count;
        with_profile += u64::from(facts.format != TextFormat::Ttml);
        // Nobody has to be told that it is TTML.
        for hint in Family::ALL {
            assert!(read(path, *hint).timed_text.is_some(), "{} as {hint:?}", path.display());
        }
    }
    println!("{} documents, {cues} cues, {with_profile} with an IMSC profile", documents.len());
    assert!(cues >= documents.len() as u64 && with_profile > 0);
}

#[test]
fn only_what_has_to_be_stops_a_document_of_the_imsc_corpus() {
    let Some(documents) = corpus() else { return };
    for path in &documents {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let expected: Vec<_> = STOPPED.iter().filter(|it| it.0 == name).map(|it| it.1).collect();
        for kind in [SourceType::Subtitle, SourceType::SdhCc, SourceType::ForcedSub] {
            let findings = judged(path, kind);
            assert_eq!(Finding::blocking(&findings), expected, "{name}: {findings:#?}");
        }
    }
    let names: Vec<_> = documents.iter().filter_map(|it| it.file_stem()?.to_str()).collect();
    assert!(STOPPED.iter().all(|it| names.contains(&it.0)), "one of these is not there any more");
}
