//! Holding a measurement against an expectation.

mod document;
mod file;
mod image;
mod kind;
mod length;
mod picture;
#[cfg(test)]
pub(super) mod sample;
mod sound;
mod text;

use super::{Expectation, Finding, Found, Measurement};

/// Everything that is wrong with `file`, worst first. Reads nothing but its arguments.
///
/// A file of the wrong kind gets that one finding: held against the rules of another kind, the rest would be noise.
pub fn judge(file: &Measurement, wanted: &Expectation) -> Vec<Finding> {
    if file.found() == Found::Empty {
        return vec![Finding::empty()];
    }
    if let Some(hopeless) = file::hopeless(file) {
        return hopeless;
    }
    let mut findings = file::about(file, wanted);
    if let Some(wrong) = kind::finding(file, wanted) {
        findings.insert(0, wrong);
        return findings;
    }
    if let Some(spec) = &wanted.picture {
        picture::judge(file, spec, &mut findings);
    }
    if let Some(spec) = &wanted.sound {
        sound::judge(file, spec, &mut findings);
        sound::content::judge(file, &spec.mix, wanted, &mut findings);
    }
    sound::judge_layout(file, wanted, &mut findings);
    length::judge(file, wanted, &mut findings);
    if let (Some(text), Some(spec)) = (&file.timed_text, &wanted.text) {
        text::judge(text, spec, wanted, &mut findings);
    }
    image::judge(file, wanted, &mut findings);
    document::judge(file, wanted, &mut findings);
    findings.sort_by_key(|it| (it.severity(), it.code));
    findings
}

#[cfg(test)]
mod tests;
