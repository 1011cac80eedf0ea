//! Timed text against the rules of its format, the delivery form, the program, and the style of its language.

mod cues;
mod document;
mod form;
mod place;
mod style;

use crate::inspection::{Audience, Expectation, Finding, TextSpec, TextStyle, TimedText, language};

/// Everything that is wrong with a timed text document.
pub(super) fn judge(
    text: &TimedText,
    spec: &TextSpec,
    wanted: &Expectation,
    findings: &mut Vec<Finding>,
) {
    document::judge(text, spec, findings);
    form::judge(text, wanted, findings);
    place::judge(text, wanted, findings);
    let declared = text.language.as_deref().filter(|it| language::is_declared(it));
    let language = declared.or(wanted.language.as_deref());
    // Nothing in a request says that it is for children.
    let rules = TextStyle::of(language, spec.kind, Audience::Adults).within(spec.limits);
    style::judge(text, &rules, wanted, findings);
}

#[cfg(test)]
mod tests;
