//! The document as such: its format, and the rules that readers found broken.

use crate::{
    inspection::{ErrorCode as E, Fault, FaultKind, Finding, TextSpec, TimedText},
    quantity::{count, counted},
};

pub(super) fn judge(text: &TimedText, spec: &TextSpec, findings: &mut Vec<Finding>) {
    if !spec.formats.contains(&text.format) {
        let accepted: Vec<_> = spec.formats.iter().map(|it| it.label()).collect();
        let message = format!("{} is not accepted here.", text.format.label());
        findings.push(
            Finding::new(E::IncorrectAssetType, message)
                .against(text.format.label(), accepted.join(", ")),
        );
    }
    syntax(text, findings);
    findings.extend(FaultKind::ALL.iter().filter_map(|it| of_kind(text, *it)));
    if text.faults.is_empty() && text.cue_count == 0 {
        findings.push(
            Finding::new(E::TextNoCues, "There is not a single cue in the file.")
                .against("0 cues", "at least 1 cue"),
        );
    }
    findings.extend(language(text));
}

/// Broken syntax is different in every place: each is told by itself.
fn syntax(text: &TimedText, findings: &mut Vec<Finding>) {
    let broken = |message: String| Finding::new(E::TimedTextNotWellFormed, message);
    for fault in text.faults.iter().filter(|it| it.kind == FaultKind::Syntax) {
        let finding = broken(fault.what.clone());
        findings.push(match place(fault) {
            Some(place) => finding.at(place),
            None => finding,
        });
    }
    let listed = text.faults.iter().filter(|it| it.kind == FaultKind::Syntax).count();
    let unlisted = text.fault_count.saturating_sub(listed as u64);
    if unlisted > 0 {
        let places = counted(unlisted, "more place like these.", "more places like these.");
        findings.push(broken(places));
    }
}

/// The same fault in several places is one finding.
fn of_kind(text: &TimedText, kind: FaultKind) -> Option<Finding> {
    let code = match kind {
        FaultKind::Syntax => return None,
        FaultKind::Encoding => E::TextEncoding,
        FaultKind::Namespace => E::TextNamespace,
        FaultKind::NotPositive => E::TextDurationNotPositive,
        FaultKind::IdAttribute => E::TextIdAttribute,
        FaultKind::IdSyntax => E::TextIdSyntax,
        FaultKind::IdDuplicate => E::TextIdDuplicate,
        FaultKind::UnknownAttribute => E::TextUnknownAttribute,
    };
    let mut faults = text.faults.iter().filter(|it| it.kind == kind);
    let first = faults.next()?;
    let finding =
        Finding::new(code, first.what.clone()).also_at(faults.filter_map(place).collect());
    Some(match place(first) {
        Some(place) => finding.at(place),
        None => finding,
    })
}

fn place(fault: &Fault) -> Option<String> {
    fault.line.map(|line| format!("Line {}", count(line.into())))
}

/// Only TTML says its language; where nothing else could be read, nothing is missing either.
fn language(text: &TimedText) -> Option<Finding> {
    if !text.format.is_ttml() || text.cue_count == 0 {
        return None;
    }
    match text.language.as_deref() {
        None => Some(
            Finding::new(E::TextLanguageMissing, "The root element has no xml:lang.")
                .against("nothing", "a language tag"),
        ),
        // The empty tag says on purpose that there is no language.
        Some("") => None,
        Some(tag) if is_well_formed(tag) => None,
        Some(tag) => Some(
            Finding::new(
                E::TextLanguageMalformed,
                format!("“{tag}” is no language tag; parts are joined by hyphens, as in pt-BR."),
            )
            .against(tag, "a tag by RFC 5646"),
        ),
    }
}

/// By RFC 5646: parts of one to eight letters and digits, joined by hyphens, the first of two letters or more.
fn is_well_formed(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let alphabetic = first.bytes().all(|it| it.is_ascii_alphabetic());
    let private = matches!(first, "x" | "i" | "X" | "I") && tag.len() > 2;
    (alphabetic && (2..=8).contains(&first.len()) || private)
        && parts.all(|it| {
            (1..=8).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_alphanumeric())
        })
}

#[cfg(test)]
mod tests {
    use super::is_well_formed;

    #[test]
    fn a_tag_is_parts_joined_by_hyphens() {
        for tag in
            ["en", "pt-BR", "zh-Hant-TW", "es-419", "x-klingon", "i-default", "de-1996", "und"]
        {
            assert!(is_well_formed(tag), "{tag}");
        }
        for tag in [
            "pt_BR",
            "e",
            "english-",
            "-en",
            "en--US",
            "francaise1",
            "e n",
            "en-toolongpart",
            "日本",
        ] {
            assert!(!is_well_formed(tag), "{tag}");
        }
    }
}
