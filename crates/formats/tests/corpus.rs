//! The IMSC documents of the W3C, all of which a reader has to take without objection.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use domain::inspection::TextFormat;
use formats::{Bounds, text};

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

#[test]
fn every_document_of_the_imsc_corpus_is_read_without_a_fault() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/imsc");
    if !corpus.is_dir() {
        eprintln!("MISSING: {} is not there, so no real IMSC document was read.", corpus.display());
        return;
    }
    let (mut read, mut cues, mut with_profile) = (0, 0, 0);
    for path in documents(&corpus) {
        let decoded = text::decode(&fs::read(&path).unwrap());
        let facts = text::ttml(&decoded, &Bounds::default()).unwrap();
        assert_eq!(facts.faults, [], "{}", path.display());
        assert!(facts.first_in.is_some() || facts.cue_count == 0, "{}", path.display());
        read += 1;
        cues += facts.cue_count;
        with_profile += u64::from(facts.format != TextFormat::Ttml);
    }
    assert_eq!(read, 140, "the corpus has another number of documents");
    println!("{read} documents, {cues} cues, {with_profile} with an IMSC profile");
    assert!(cues >= read && with_profile > 0);
}
