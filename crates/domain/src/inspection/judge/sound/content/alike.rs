//! Channels that carry the same, straight or upside down.

use super::{Heard, first_upper};
use crate::inspection::{ErrorCode, Finding, Pair, Speaker};

/// As good as sample for sample, in ten-thousandths.
const SAME: i16 = 9995;
/// Upside down; a little noise beside it does not help.
const INVERTED: i16 = -9900;
/// Copies are equally loud, to hundredths of a decibel.
const AS_LOUD: i32 = 10;

/// Two channels with the same that are not a pair of left and right.
pub(super) fn duplicated(heard: &Heard<'_>) -> Option<Finding> {
    let told = |names: String| {
        let message = format!("{names} carry the same, sample for sample.");
        Finding::new(ErrorCode::AudioDuplicateChannel, message)
    };
    let is_meant = |it: &Pair| is_same(heard, it) && !is_left_and_right(heard, it);
    Some(heard.weighed(found(heard, is_meant, told)?))
}

/// Left and right with the same: mono in two channels. Old films and their surrounds really are like that.
pub(super) fn dual_mono(heard: &Heard<'_>) -> Option<Finding> {
    let told = |names: String| {
        let message = format!("{names} carry the same: mono, written twice.");
        Finding::new(ErrorCode::AudioDualMono, message)
    };
    found(heard, |it| is_same(heard, it) && is_left_and_right(heard, it), told)
}

/// Two channels that cancel each other when they are put together.
pub(super) fn inverted(heard: &Heard<'_>) -> Option<Finding> {
    let told = |names: String| {
        let message = format!("{names} carry the same upside down and cancel each other.");
        Finding::new(ErrorCode::AudioPhaseInverted, message)
    };
    Some(heard.weighed(found(heard, |it| it.correlation <= INVERTED, told)?))
}

fn found(
    heard: &Heard<'_>,
    is_meant: impl Fn(&Pair) -> bool,
    told: impl FnOnce(String) -> Finding,
) -> Option<Finding> {
    let those: Vec<_> = heard.mix.pairs.iter().filter(|it| is_meant(it)).collect();
    let first = those.first()?;
    let names = |it: &Pair| {
        format!("{} and {}", heard.channel(it.first.into()), heard.channel(it.second.into()))
    };
    let correlation = f64::from(first.correlation) / 10_000.0;
    let finding = told(first_upper(&names(first)))
        .against(format!("correlation {correlation:.2}"), "different channels");
    Some(Heard::placed(finding, those.iter().map(|it| names(it))))
}

fn is_same(heard: &Heard<'_>, pair: &Pair) -> bool {
    let level = |at: u8| heard.mix.channels.get(usize::from(at)).and_then(|it| it.level);
    let levels = level(pair.first).zip(level(pair.second));
    let as_loud = levels.is_some_and(|(one, other)| one.apart(other).hundredths() <= AS_LOUD);
    pair.correlation >= SAME && as_loud
}

fn is_left_and_right(heard: &Heard<'_>, pair: &Pair) -> bool {
    use Speaker as S;
    let speaker = |at: u8| heard.mix.channels.get(usize::from(at)).map(|it| it.speaker);
    matches!(
        (speaker(pair.first), speaker(pair.second)),
        (Some(S::Left), Some(S::Right))
            | (Some(S::LeftSurround), Some(S::RightSurround))
            | (Some(S::LeftRear), Some(S::RightRear))
            | (Some(S::LeftTotal), Some(S::RightTotal))
    )
}
