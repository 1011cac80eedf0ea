//! Clipping, by the five criteria of the trade: any one of them is enough.

use super::{Heard, first_upper};
use crate::inspection::{ChannelContent, ErrorCode, Finding, Level, Tops};

/// As many flat tops at a channel's loudest level are no accident.
const MANY_TOPS: u32 = 10;
/// Flat tops that have to be there before the spread of the loudest samples says anything: a pure tone has many samples
/// near its tops and may have gaps between its values, and none of its tops is flat.
const SOME_TOPS: u32 = 3;
/// Samples at full scale, per million: 0.01 %.
const FULL_SCALE: u32 = 100;
/// How far the loudest samples may lie above the rest.
const GAP: Level = Level::whole(1);
/// How many samples more there may be at the loudest level than slightly below, per cent.
const EXCESS: u32 = 25;

/// Channels with flattened tops, each with the first criterion that it meets.
pub(super) fn clipped(heard: &Heard<'_>) -> Option<Finding> {
    let channels = heard.mix.channels.iter().enumerate();
    let those: Vec<_> = channels.filter_map(|(at, it)| Some((at, it, criterion(it)?))).collect();
    let (at, channel, (measured, limit)) = those.first()?;
    let which = first_upper(&heard.channel(*at));
    let now = channel.tops.at_ceiling > 0 || channel.tops.full_scale > FULL_SCALE;
    let message = match now {
        true => format!("{which} is clipped."),
        false => format!("{which} was clipped and turned down, or severely compressed."),
    };
    let finding =
        Finding::new(ErrorCode::AudioClipping, message).against(measured.as_str(), limit.as_str());
    let places = those.iter().map(|(at, it, _)| match it.tops.first {
        Some(first) => format!("{}, first at {first}", heard.channel(*at)),
        None => heard.channel(*at),
    });
    Some(heard.weighed(Heard::placed(finding, places)))
}

/// The criterion that a channel meets: what was found, and what is allowed.
fn criterion(channel: &ChannelContent) -> Option<(String, String)> {
    let Tops { at_ceiling, at_loudest, full_scale, gap, excess, .. } = channel.tops;
    let told = |measured: String, limit: &str| Some((measured, limit.to_owned()));
    if at_ceiling > 0 {
        return told(format!("{at_ceiling} flat tops at -0.45 dBFS or above"), "none");
    }
    if full_scale > FULL_SCALE {
        let share = f64::from(full_scale) / 10_000.0;
        return told(format!("{share:.2} % of all samples at full scale"), "at most 0.01 %");
    }
    if at_loudest >= MANY_TOPS {
        return told(format!("{at_loudest} flat tops at its loudest level"), "fewer than 10");
    }
    if let Some(gap) = gap.filter(|it| *it > GAP && at_loudest >= SOME_TOPS) {
        return told(format!("the loudest samples {gap} dB above the rest"), "at most 1 dB");
    }
    if excess > EXCESS && at_loudest >= SOME_TOPS {
        let measured = format!("{excess} % more samples at the loudest level than slightly below");
        return told(measured, "at most 25 % more");
    }
    None
}
