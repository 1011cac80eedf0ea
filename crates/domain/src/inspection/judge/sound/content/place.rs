//! The sound against the picture that it goes with: as long, and in step.

use crate::{
    inspection::{
        Direction, ErrorCode, Expectation, Finding, Measurement, MixSpec, Runtime, SoundContent,
        Unit,
    },
    request::Family,
};

/// Sound alone must be as long as the primary. Where an earlier source was accepted, its length counts instead, and
/// VALIDATOR-SourceDuration says so: one difference is not told twice.
pub(super) fn length(file: &Measurement, spec: &MixSpec, wanted: &Expectation) -> Option<Finding> {
    if wanted.family != Family::Audio || wanted.previous.is_some() {
        return None;
    }
    let (program, most, lasts) = (wanted.program?.length, spec.length?, file.duration()?);
    let apart = lasts.apart(program);
    if apart <= most {
        return None;
    }
    let apart_words = apart.in_seconds();
    let message = format!("The sound lasts {lasts}, the primary {program}: {apart_words} apart.");
    Some(
        Finding::new(ErrorCode::AudioDurationMismatch, message)
            .against(lasts.to_string(), format!("{program} ± {}", most.in_seconds()))
            .gauged(apart.millis(), Direction::AtMost, most.millis(), Unit::Milliseconds),
    )
}

/// Music and effects of the file against those of the primary.
pub(super) fn in_step(sound: &SoundContent, spec: &MixSpec) -> Option<Finding> {
    let (offset, most) = (sound.offset?, spec.sync?);
    let apart = offset.later.apart(Runtime::default());
    if apart <= most {
        return None;
    }
    let side = if offset.later > Runtime::default() { "later" } else { "earlier" };
    let amount = format!("{} ms", apart.millis());
    let message = format!("Music and effects come {amount} {side} than in the primary.");
    Some(
        Finding::new(ErrorCode::AudioOutOfSync, message)
            .against(format!("{amount} {side}"), format!("at most {} ms", most.millis()))
            .gauged(apart.millis(), Direction::AtMost, most.millis(), Unit::Milliseconds),
    )
}
