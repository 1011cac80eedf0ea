//! Scripts and other documents: whether they can be opened.

use crate::{
    inspection::{DefectKind, ErrorCode as E, Expectation, Finding, Measurement},
    request::Family,
};

use super::file::of_kind;

pub(super) fn judge(file: &Measurement, wanted: &Expectation, findings: &mut Vec<Finding>) {
    if wanted.family != Family::Document {
        return;
    }
    findings.extend(of_kind(file, DefectKind::Encrypted, E::DocumentEncrypted));
    findings.extend(of_kind(file, DefectKind::Document, E::DocumentUnreadable));
    if file.pages == Some(0) {
        findings.push(
            Finding::new(E::DocumentUnreadable, "There is not a single page in the document.")
                .against("0 pages", "at least 1 page"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use crate::inspection::{
        Defect, DefectKind, Document, ErrorCode as E, Expectation, FileFacts, Measurement,
    };

    fn script() -> Measurement {
        Measurement {
            file: FileFacts { size: 5000, sha256: None },
            document: Some(Document::Pdf),
            pages: Some(12),
            ..Measurement::default()
        }
    }

    #[test]
    fn what_keeps_a_document_shut_is_told() {
        let with = |kind| Measurement {
            defects: vec![Defect::new(kind, "Why.").at("Line 3")],
            ..script()
        };
        for (file, expected) in [
            (script(), None),
            (Measurement { pages: None, ..script() }, None),
            (Measurement { pages: Some(0), ..script() }, Some(E::DocumentUnreadable)),
            (with(DefectKind::Document), Some(E::DocumentUnreadable)),
            (with(DefectKind::Encrypted), Some(E::DocumentEncrypted)),
        ] {
            let findings = judge(&file, &Expectation::for_document());
            assert_eq!(findings.iter().map(|it| it.code).next(), expected);
            assert!(findings.len() < 2, "{findings:?}");
        }
        let finding = &judge(&with(DefectKind::Document), &Expectation::for_document())[0];
        assert_eq!((finding.message.as_str(), finding.place.as_deref()), ("Why.", Some("Line 3")));
        assert_eq!(judge(&with(DefectKind::Encrypted), &Expectation::for_project()), []);
    }
}
