//! Scripts and other documents: for every code a file with just that fault, and clean ones.

use std::fs;

use domain::{
    inspection::{ErrorCode as E, Expectation, Finding, judge},
    request::{Family, SourceType},
};
use media::{Limits, measure};

use crate::{
    fixture::{Bytes, Fault, Fixture, Made, alone, fault, listed},
    preflight,
};

/// A PDF of so many pages, with more words in its trailer.
pub fn pdf(pages: u64, more: &str) -> Vec<u8> {
    let tree = format!("2 0 obj\n<< /Type /Pages /Kids [] /Count {pages} >>\nendobj\n");
    let mut text = "%PDF-1.4\n%\u{e9}\n".to_owned();
    let mut rows = "0000000000 65535 f \n".to_owned();
    for object in ["1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n", &tree] {
        rows.push_str(&format!("{:010} 00000 n \n", text.len()));
        text.push_str(object);
    }
    let place = text.len();
    let end = format!("trailer\n<< /Size 3 /Root 1 0 R{more} >>\nstartxref\n{place}\n%%EOF\n");
    format!("{text}xref\n0 3\n{rows}{end}").into_bytes()
}

/// The wrapper of a locked office document: a header, and a directory with the name of the stream.
fn locked_office() -> Vec<u8> {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.resize(512 * 4, 0);
    bytes[30] = 9;
    bytes[48] = 1;
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes[1024 + 128..1024 + 128 + name.len()].copy_from_slice(&name);
    bytes
}

async fn judged(bytes: &[u8]) -> Vec<Finding> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("delivered");
    fs::write(&path, bytes).unwrap();
    let measured = measure(&path, &Limits::default(), Family::Document).await.unwrap();
    let wanted = Expectation::of(SourceType::FinalScript);
    let findings = judge(&measured, &wanted);
    preflight::reads_the_same(bytes, &measured, Family::Document);
    preflight::agrees(&[("delivered", bytes)], &wanted, &findings);
    findings
}

pub const SCRIPT: &str =
    "{\n  \"title\": \"Le phare\",\n  \"lines\": [{\"who\": \"Nora\", \"says\": \"Oui.\"}]\n}\n";

#[tokio::test]
async fn clean_documents_have_no_findings() {
    let mut open = locked_office();
    open[1024..].fill(0);
    for clean in [&pdf(12, "")[..], SCRIPT.as_bytes(), b"Scene 1. Night.", &open] {
        assert_eq!(judged(clean).await, []);
    }
}

const FAULTS: &[Fault<Bytes>] = &[
    fault(E::DocumentUnreadable, "half a PDF", || {
        let whole = pdf(12, "");
        whole[..whole.len() / 2].to_vec()
    }),
    fault(E::DocumentUnreadable, "a PDF without pages", || pdf(0, "")),
    fault(E::DocumentUnreadable, "JSON with a comma too many", comma),
    fault(E::DocumentUnreadable, "JSON with an escape of nobody", || {
        SCRIPT.replace("Oui.", "Oui.\\q").into_bytes()
    }),
    fault(E::DocumentUnreadable, "JSON with a byte of Latin-1 behind it", || {
        [SCRIPT.as_bytes(), b"\xe9"].concat()
    }),
    fault(E::DocumentEncrypted, "a PDF with a password", || pdf(12, " /Encrypt 9 0 R")),
    fault(E::DocumentEncrypted, "an office document with a password", locked_office),
];

fn comma() -> Vec<u8> {
    SCRIPT.replace("}]\n", "},]\n").into_bytes()
}

pub fn fixtures() -> Vec<Fixture> {
    listed(Made::File, FAULTS)
}

#[tokio::test]
async fn every_fault_yields_its_code_and_no_other() {
    for row in FAULTS {
        alone(row, &judged(&(row.made_of)()).await);
    }
    assert_eq!(judged(&comma()).await[0].place.as_deref(), Some("Line 3"));
}
