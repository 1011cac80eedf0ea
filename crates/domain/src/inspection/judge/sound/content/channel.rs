//! Single channels: silent, dead, off center.

use super::Heard;
use crate::inspection::{
    ChannelContent, Direction, ErrorCode, Finding, MixRole, SILENCE, Speaker, Unit,
};

/// Channels in which every sample is zero, beside others that are heard.
pub(super) fn silent(heard: &Heard<'_>) -> Option<Finding> {
    if heard.spec.role == MixRole::Part {
        return None;
    }
    let told = |names: String| {
        let message = format!("Nothing is in {names}: every sample is zero.");
        Finding::new(ErrorCode::AudioChannelSilent, message)
            .against("all samples zero", "something to hear")
    };
    without_sound(heard, |it| it.peak.is_none(), told)
}

/// Channels with something in them that nobody can hear: an open input, not a mix.
pub(super) fn dead(heard: &Heard<'_>) -> Option<Finding> {
    let is_dead = |it: &ChannelContent| it.peak.is_some_and(|peak| peak < SILENCE);
    let dead = heard.mix.channels.iter().filter(|it| is_dead(it));
    let loudest = dead.filter_map(|it| it.peak).max()?;
    let told = |names: String| {
        let message = format!("There is noise in {names} that nobody can hear.");
        let limit = format!("above {}, or zeros", SILENCE.counted_in("dBFS"));
        Finding::new(ErrorCode::AudioDeadChannel, message)
            .against(loudest.counted_in("dBFS"), limit)
            .gauged(
                loudest.hundredths().into(),
                Direction::AtLeast,
                SILENCE.hundredths().into(),
                Unit::Decibels,
            )
    };
    without_sound(heard, is_dead, told)
}

/// A front channel without sound is a fault of a final mix. Center, LFE and surrounds are often left empty on purpose.
fn without_sound(
    heard: &Heard<'_>,
    is_so: impl Fn(&ChannelContent) -> bool,
    told: impl FnOnce(String) -> Finding,
) -> Option<Finding> {
    let channels = heard.mix.channels.iter().enumerate();
    let those: Vec<_> = channels.filter(|(_, it)| is_so(it)).collect();
    if those.is_empty() {
        return None;
    }
    let names: Vec<_> = those.iter().map(|(at, _)| heard.channel(*at)).collect();
    let finding = Heard::placed(told(names.join(", ")), names);
    let front = those.iter().any(|(_, it)| {
        use Speaker as S;
        matches!(it.speaker, S::Left | S::Right | S::LeftTotal | S::RightTotal)
    });
    Some(if front { heard.weighed(finding) } else { finding.eased() })
}

/// Channels whose samples do not swing around zero.
pub(super) fn offset(heard: &Heard<'_>) -> Option<Finding> {
    let most = heard.spec.offset;
    let channels = heard.mix.channels.iter().enumerate();
    let those: Vec<_> =
        channels.filter_map(|(at, it)| Some((at, it.offset.filter(|it| *it > most)?))).collect();
    let largest = those.iter().map(|(_, offset)| *offset).max()?;
    let message =
        format!("The samples swing around {} instead of zero.", largest.counted_in("dBFS"));
    let finding = Finding::new(ErrorCode::AudioDcOffset, message)
        .against(largest.counted_in("dBFS"), format!("at most {}", most.counted_in("dBFS")))
        .gauged(
            largest.hundredths().into(),
            Direction::AtMost,
            most.hundredths().into(),
            Unit::Decibels,
        );
    Some(Heard::placed(finding, those.iter().map(|(at, _)| heard.channel(*at))))
}
