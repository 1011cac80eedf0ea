//! The document against the delivery form and the request: timing reference, frame rate, counting, language.

use crate::{
    inspection::{ErrorCode, Expectation, Finding, TimeBase, TimedText, language},
    timecode::{Counting, FrameRate},
};

pub(super) fn judge(text: &TimedText, wanted: &Expectation, findings: &mut Vec<Finding>) {
    findings.extend(time_base(text, wanted));
    findings.extend(frame_rate(text, wanted));
    findings.extend(counting(text, wanted));
    findings.extend(declared(text, wanted));
    findings.extend(words(text, wanted));
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

/// A rate that the file does not declare is no contradiction.
fn frame_rate(text: &TimedText, wanted: &Expectation) -> Option<Finding> {
    let (chosen, declared) = (wanted.frame_rate?, text.frame_rate?);
    if chosen.fraction() == declared {
        return None;
    }
    let of_file = FrameRate::from_fraction(declared)
        .map_or_else(|| declared.decimal(), |it| it.label().to_owned());
    let message =
        format!("The form says {} frames per second, the file declares {of_file}.", chosen.label());
    Some(Finding::new(ErrorCode::TextFrameRateConflict, message).against(of_file, chosen.label()))
}

/// Only labels of frames are counted with or without dropping.
fn counting(text: &TimedText, wanted: &Expectation) -> Option<Finding> {
    let (chosen, declared) = (wanted.counting?, text.drop_mode?);
    if chosen == declared || text.time_base() != TimeBase::Smpte {
        return None;
    }
    let label = |it: Counting| match it {
        Counting::Drop => "drop-frame",
        Counting::NonDrop => "non-drop",
    };
    let (chosen, declared) = (label(chosen), label(declared));
    let message = format!("The form says {chosen}, the file declares {declared}.");
    Some(Finding::new(ErrorCode::TextDropModeConflict, message).against(declared, chosen))
}

fn declared(text: &TimedText, wanted: &Expectation) -> Option<Finding> {
    let asked = wanted.language.as_deref().filter(|it| language::is_declared(it))?;
    let declared = text.language.as_deref().filter(|it| language::is_declared(it))?;
    if language::agree(asked, declared) {
        return None;
    }
    let message = format!("The request asks for {asked}, the file declares {declared}.");
    Some(Finding::new(ErrorCode::LanguageMismatch, message).against(declared, asked))
}

/// What is written against what is said of it. Languages that are hard to tell apart are not told apart.
fn words(text: &TimedText, wanted: &Expectation) -> Option<Finding> {
    let read = text.words_language.as_deref()?;
    let said = text
        .language
        .as_deref()
        .filter(|it| language::is_declared(it))
        .or(wanted.language.as_deref())?;
    if !language::may_be_suspected(said, read) {
        return None;
    }
    let message = format!("The words look like {read}, not like {said}.");
    Some(Finding::new(ErrorCode::TextLanguageSuspect, message).against(read, said))
}
