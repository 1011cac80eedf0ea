//! Timed text against the rules of its format, the delivery form and the language of the request.

use crate::{
    inspection::{ErrorCode, Expectation, Finding, TextSpec, TimeBase, TimedText, language},
    quantity::{count, counted},
};

/// Everything that is wrong with a timed text document.
pub(super) fn judge(
    text: &TimedText,
    spec: &TextSpec,
    wanted: &Expectation,
    findings: &mut Vec<Finding>,
) {
    if !spec.formats.contains(&text.format) {
        let accepted: Vec<_> = spec.formats.iter().map(|it| it.label()).collect();
        let message = format!("{} is not accepted here.", text.format.label());
        findings.push(
            Finding::new(ErrorCode::IncorrectAssetType, message)
                .against(text.format.label(), accepted.join(", ")),
        );
    }
    faults(text, findings);
    findings.extend(time_base(text, wanted));
    findings.extend(spoken(text, wanted));
}

fn faults(text: &TimedText, findings: &mut Vec<Finding>) {
    let broken = |message: String| Finding::new(ErrorCode::TimedTextNotWellFormed, message);
    for fault in &text.faults {
        let finding = broken(fault.what.clone());
        findings.push(match fault.line {
            Some(line) => finding.at(format!("Line {}", count(line.into()))),
            None => finding,
        });
    }
    let unlisted = text.fault_count.saturating_sub(text.faults.len() as u64);
    if unlisted > 0 {
        let places = counted(unlisted, "more place like these.", "more places like these.");
        findings.push(broken(places));
    }
    if text.faults.is_empty() && text.cue_count == 0 {
        findings.push(
            broken("There is not a single cue in the file.".to_owned())
                .against("0 cues", "at least 1 cue"),
        );
    }
}

/// Where nothing was chosen, SMPTE is taken to be meant; formats that know only media time are then left alone.
fn time_base(text: &TimedText, wanted: &Expectation) -> Option<Finding> {
    let unsaid = text.format.is_ttml().then_some(TimeBase::Smpte);
    let chosen = wanted.time_base.or(unsaid)?;
    let measured = text.time_base();
    if chosen == measured || !text.faults.is_empty() && text.declared_time_base.is_none() {
        return None;
    }
    let why = match text.declared_time_base {
        Some(_) => "declares",
        None if text.format.is_ttml() => "declares no timing reference, which means",
        None => "is in a format that only knows",
    };
    let said =
        if wanted.time_base.is_some() { "was chosen" } else { "is meant where nothing is chosen" };
    let message = format!("{} {said}, but the file {why} {}.", chosen.label(), measured.label());
    Some(
        Finding::new(ErrorCode::TimeBaseConflict, message)
            .against(measured.label(), chosen.label()),
    )
}

fn spoken(text: &TimedText, wanted: &Expectation) -> Option<Finding> {
    let asked = wanted.language.as_deref().filter(|it| language::is_declared(it))?;
    let declared = text.language.as_deref().filter(|it| language::is_declared(it))?;
    if language::agree(asked, declared) {
        return None;
    }
    let message = format!("The request asks for {asked}, the file declares {declared}.");
    Some(Finding::new(ErrorCode::LanguageMismatch, message).against(declared, asked))
}
