//! True peak, loudness and loudness range.

use super::Heard;
use crate::inspection::{Direction, ErrorCode, Finding, Level, LoudnessSpec, Speech, Unit};

/// The loudest moment of all channels.
pub(super) fn true_peak(heard: &Heard<'_>) -> Option<Finding> {
    let most = heard.spec.true_peak?;
    let (at, peak) = heard.mix.loudest().filter(|(_, peak)| *peak > most)?;
    let message = format!("The true peak reaches {}.", peak.counted_in("dBTP"));
    let finding = Finding::new(ErrorCode::AudioTruePeak, message)
        .against(peak.counted_in("dBTP"), format!("at most {}", most.counted_in("dBTP")))
        .gauged(
            peak.hundredths().into(),
            Direction::AtMost,
            most.hundredths().into(),
            Unit::Decibels,
        );
    let channels = heard.mix.channels.iter().enumerate();
    let others = channels
        .filter(|(it, channel)| *it != at && channel.true_peak.is_some_and(|it| it > most))
        .map(|(it, _)| heard.channel(it));
    let places = std::iter::once(heard.channel(at)).chain(others);
    Some(heard.weighed(Heard::placed(finding, places)))
}

/// Loudness fails only where both figures miss: that of the speech, and that of the whole program.
pub(super) fn loudness(heard: &Heard<'_>) -> Option<Finding> {
    let spec = heard.spec.loudness?;
    let program = heard.mix.loudness?;
    let speech = heard.mix.enough_speech();
    let fits = |level: Level, (target, around): (Level, Level)| level.apart(target) <= around;
    if fits(program, spec.program) || speech.is_some_and(|it| fits(it.loudness, spec.speech)) {
        return None;
    }
    let (level, (target, around)) = match speech {
        Some(speech) => (speech.loudness, spec.speech),
        None => (program, spec.program),
    };
    let (limit, direction, side) = match level > target {
        true => (target.plus(around), Direction::AtMost, "loud"),
        false => (target.minus(around), Direction::AtLeast, "quiet"),
    };
    let message = match speech {
        Some(_) => format!("The mix is too {side}, by its speech and as a whole."),
        None => format!(
            "The mix is too {side}. Not enough speech was found, so the whole program decides."
        ),
    };
    let finding = Finding::new(ErrorCode::AudioLoudness, message)
        .against(measured(program, speech), allowed(&spec))
        .gauged(level.hundredths().into(), direction, limit.hundredths().into(), Unit::Loudness);
    let finding = heard.weighed(heard.whole(finding));
    // A jingle is no program: its loudness says little about a mix.
    Some(if heard.sound.length < spec.least { finding.eased() } else { finding })
}

fn measured(program: Level, speech: Option<Speech>) -> String {
    let program = program.counted_in("LKFS");
    match speech {
        Some(speech) => format!(
            "speech {} ({}, decides), program {program}",
            speech.loudness.counted_in("LKFS"),
            Speech::GATE
        ),
        None => format!("program {program} (decides), not enough speech"),
    }
}

fn allowed(spec: &LoudnessSpec) -> String {
    let around = |(target, around): (Level, Level)| format!("{target} ± {around} LKFS");
    format!("speech {}, else program {}", around(spec.speech), around(spec.program))
}

/// A program that is nearly all the same, or so wide that its quiet parts are lost in a living room.
pub(super) fn range(heard: &Heard<'_>) -> Option<Finding> {
    let (least, most) = heard.spec.range?;
    let range = heard.mix.range.filter(|it| *it < least || *it > most)?;
    let (limit, direction, words) = match range > most {
        true => (most, Direction::AtMost, "wide"),
        false => (least, Direction::AtLeast, "narrow"),
    };
    let message = format!("The loudness range of {} is unusually {words}.", range.counted_in("LU"));
    let finding = Finding::new(ErrorCode::AudioLoudnessRange, message)
        .against(range.counted_in("LU"), format!("{least} to {most} LU"))
        .gauged(range.hundredths().into(), direction, limit.hundredths().into(), Unit::Loudness);
    Some(heard.whole(finding))
}
