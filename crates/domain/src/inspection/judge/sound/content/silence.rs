//! Nothing to hear: in the whole mix, or for too long.

use super::Heard;
use crate::inspection::{Direction, ErrorCode, Finding, MixRole, SILENCE, Unit};

/// A mix without a single audible sample. Masters need sound too; only parts of a mix may be silent throughout.
pub(super) fn all(heard: &Heard<'_>) -> Option<Finding> {
    if heard.mix.channels.is_empty() || !heard.mix.is_silent() {
        return None;
    }
    let loudest = heard.mix.channels.iter().filter_map(|it| it.peak).max();
    let measured = loudest.map_or_else(
        || "all samples are zero".to_owned(),
        |it| format!("loudest sample {}", it.counted_in("dBFS")),
    );
    let message = "There is nothing to hear from beginning to end.";
    let finding = Finding::new(ErrorCode::AudioAllSilent, message)
        .against(measured, format!("a sample above {}", SILENCE.counted_in("dBFS")));
    let finding = match loudest {
        Some(peak) => finding.gauged(
            peak.hundredths().into(),
            Direction::AtLeast,
            SILENCE.hundredths().into(),
            Unit::Decibels,
        ),
        None => finding,
    };
    let finding = heard.whole(finding);
    Some(match heard.spec.role {
        MixRole::Final | MixRole::WithPicture => finding,
        MixRole::Part => finding.eased(),
    })
}

/// All channels silent for longer than a scene is.
pub(super) fn long(heard: &Heard<'_>) -> Option<Finding> {
    let most = heard.spec.silence?;
    let too_long: Vec<_> = heard.mix.silences.iter().filter(|it| it.length > most).collect();
    let longest = too_long.iter().map(|it| it.length).max()?;
    let message = format!("All channels are silent for {}.", longest.in_seconds());
    let finding = Finding::new(ErrorCode::AudioUnexpectedSilence, message)
        .against(longest.in_seconds(), format!("at most {}", most.in_seconds()))
        .gauged(longest.millis(), Direction::AtMost, most.millis(), Unit::Milliseconds);
    let places = too_long.iter().map(|it| format!("{} to {}", it.from, it.from.plus(it.length)));
    Some(heard.weighed(Heard::placed(finding, places)))
}
