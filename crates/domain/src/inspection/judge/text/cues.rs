//! One finding about all cues that break one rule: the worst with its numbers, the others by their places.

use crate::{
    inspection::{Cue, Direction, ErrorCode, Finding, TimedText, Unit},
    quantity::{count, counted},
};

/// So many other places are named.
const NAMED: usize = 20;

/// A cue that breaks a rule, and the number by which it does.
pub(super) struct Culprit<'a> {
    pub cue: &'a Cue,
    pub value: i64,
}

/// A rule that every cue has to keep.
pub(super) struct Rule {
    pub code: ErrorCode,
    /// What those do that break it, behind "cue" and "cues": both forms.
    pub fault: [&'static str; 2],
    pub direction: Direction,
    pub limit: i64,
    pub unit: Unit,
}

/// What is said about those who break `rule`; nothing where nobody does.
pub(super) fn broken(text: &TimedText, rule: &Rule, culprits: &[Culprit<'_>]) -> Option<Finding> {
    let worst = match rule.direction {
        Direction::AtMost | Direction::Exactly => culprits.iter().max_by_key(|it| it.value),
        Direction::AtLeast => culprits.iter().min_by_key(|it| it.value),
    }?;
    let amount = |number: i64| match number {
        0.. => rule.unit.amount(number.unsigned_abs()),
        _ => format!("−{}", rule.unit.amount(number.unsigned_abs())),
    };
    let limit = match rule.direction {
        Direction::Exactly => amount(rule.limit),
        it => format!("{} {}", it.label(), amount(rule.limit)),
    };
    let others = culprits.iter().filter(|it| !std::ptr::eq(it.cue, worst.cue));
    let [one, many] = rule.fault;
    let finding =
        Finding::new(rule.code, format!("{}.", counted(culprits.len() as u64, one, many)))
            .against(amount(worst.value), limit)
            .gauged(worst.value, rule.direction, rule.limit, rule.unit)
            .at(place(text, worst.cue));
    Some(finding.also_at(others.take(NAMED).map(|it| place(text, it.cue)).collect()))
}

/// The same without numbers: the first is as bad as the others.
pub(super) fn marked(
    text: &TimedText,
    code: ErrorCode,
    fault: [&'static str; 2],
    culprits: &[&Cue],
) -> Option<Finding> {
    let (first, others) = culprits.split_first()?;
    let [one, many] = fault;
    let said = format!("{}.", counted(culprits.len() as u64, one, many));
    let elsewhere = others.iter().take(NAMED).map(|it| place(text, it)).collect();
    Some(Finding::new(code, said).at(place(text, first)).also_at(elsewhere))
}

/// Where a cue stands: in the document and in time.
pub(super) fn place(text: &TimedText, cue: &Cue) -> String {
    let at = text.label(cue.begin);
    match cue.line {
        Some(line) => format!("Line {}, {at}", count(line.into())),
        None => at,
    }
}

/// The cues in the order of time.
pub(super) fn in_order(text: &TimedText) -> Vec<&Cue> {
    let mut cues: Vec<_> = text.cues.iter().collect();
    cues.sort_by_key(|it| (it.begin, it.end));
    cues
}
