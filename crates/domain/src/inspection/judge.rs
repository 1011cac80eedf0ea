//! Holding a measurement against an expectation.

mod delivery;
mod document;
mod file;
mod image;
mod imf;
mod kind;
mod length;
mod picture;
#[cfg(test)]
pub(super) mod sample;
mod sound;
mod text;

pub(super) use kind::asked;

pub use delivery::{Delivered, judge_delivery};

use super::{Expectation, Finding, Found, Imf, Measurement};
use crate::request::Family;

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
    if let (Some(imf), Family::Package) = (&file.imf, wanted.family) {
        imf::judge(imf, wanted, &mut findings);
    }
    findings.sort_by_key(|it| (it.severity(), it.code));
    findings
}

/// What is wrong with one file of a package by itself, where the package is judged as a whole: that it is empty, or
/// nothing that a package holds.
pub fn judge_part(file: &Measurement, wanted: &Expectation) -> Vec<Finding> {
    if file.found() == Found::Empty {
        return vec![Finding::empty()];
    }
    kind::finding(file, wanted).into_iter().collect()
}

/// Everything that is wrong with a package of several files, worst first; its files are judged by [`judge_part`].
pub fn judge_package(package: &Imf, wanted: &Expectation) -> Vec<Finding> {
    let mut findings = Vec::new();
    imf::judge(package, wanted, &mut findings);
    findings.sort_by_key(|it| (it.severity(), it.code));
    findings
}

#[cfg(test)]
mod tests;
