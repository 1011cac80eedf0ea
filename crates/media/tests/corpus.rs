//! The packages of Netflix/photon by the whole way: every file of them is measured like one that was delivered.

use std::{fs, path::Path};

use domain::{
    inspection::{Document, Expectation, Found, judge_part},
    request::Family,
};
use media::{Limits, measure};

#[tokio::test]
async fn every_file_of_the_imf_corpus_belongs_into_a_package() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/imf");
    if !corpus.is_dir() {
        eprintln!("MISSING: {} is not there, so no real package was measured.", corpus.display());
        return;
    }
    let folders = [
        "Application5/PhotonApp5Test",
        "MERIDIAN_Netflix_Photon_161006",
        "MERIDIAN_Netflix_Photon_161006_ID_MISMATCH",
        "MissingFilesAndAssetMapEntries",
        "Netflix_Sony_Plugfest_2015",
        "TimedTextImageAndTextProfile",
    ];
    let mut measured_in_all = 0;
    for folder in folders {
        for entry in fs::read_dir(corpus.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let measured = measure(&path, &Limits::default(), Family::Package).await.unwrap();
            // The volume index is the one list that says nothing about the package.
            let expected = match path.file_name().unwrap().to_str().unwrap() {
                "VOLINDEX.xml" => Found::Document(Document::Xml),
                _ => Found::Package,
            };
            assert_eq!(measured.found(), expected, "{}", path.display());
            let findings = judge_part(&measured, &Expectation::for_package());
            assert_eq!(findings, [], "{}", path.display());
            measured_in_all += 1;
        }
    }
    assert_eq!(measured_in_all, 41, "the corpus has another number of files");
}
