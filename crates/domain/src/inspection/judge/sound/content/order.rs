//! Channels that sound as if they stood in another place than the layout says.

use super::{Heard, first_upper};
use crate::inspection::{ChannelContent, ErrorCode, Finding, Speaker};

/// An LFE has nearly all its power below 120 Hz, per cent. A bass line in another channel has harmonics above.
const LOW: u8 = 95;
/// Speech through a good part of the file, per cent of its length.
const SPEAKS: u8 = 15;

/// One channel sounds like the LFE and the channel in its place does not.
pub(super) fn lfe(heard: &Heard<'_>) -> Option<Finding> {
    let is_low = |it: &ChannelContent| it.is_audible() && it.low >= LOW;
    let (found, low) = only(heard, is_low)?;
    let (place, in_place) = meant_for(heard, Speaker::Lfe)?;
    if found == place || !in_place.is_audible() || is_low(in_place) {
        return None;
    }
    let limit = format!("low frequencies in {}", heard.channel(place));
    let measured = format!("{} % below 120 Hz", low.low);
    Some(suspicion(heard, found, "the low frequencies alone").against(measured, limit))
}

/// One channel speaks and the channel in the place of the center hardly does, though it is heard.
pub(super) fn center(heard: &Heard<'_>) -> Option<Finding> {
    let share = |it: &ChannelContent| it.speech.unwrap_or_default();
    let (found, speaks) = only(heard, |it| share(it) >= SPEAKS)?;
    let (place, in_place) = meant_for(heard, Speaker::Center)?;
    if found == place || !in_place.is_audible() || share(in_place) > share(speaks) / 3 {
        return None;
    }
    let limit = format!("speech in {}", heard.channel(place));
    let measured = format!("speech in {} % of its length", share(speaks));
    Some(suspicion(heard, found, "the voices").against(measured, limit))
}

fn suspicion(heard: &Heard<'_>, at: usize, what: &str) -> Finding {
    let names: Vec<_> = heard.mix.channels.iter().map(|it| it.speaker.label()).collect();
    let message = format!(
        "{} carries {what}, which does not fit the order {}.",
        first_upper(&heard.channel(at)),
        names.join(" ")
    );
    Heard::placed(Finding::new(ErrorCode::AudioChannelOrder, message), [heard.channel(at)])
}

/// The one channel of which this is so; nothing where it is so of several.
fn only<'a>(
    heard: &Heard<'a>,
    is_so: impl Fn(&ChannelContent) -> bool,
) -> Option<(usize, &'a ChannelContent)> {
    let mut those = heard.mix.channels.iter().enumerate().filter(|(_, it)| is_so(it));
    let first = those.next()?;
    those.next().is_none().then_some(first)
}

fn meant_for<'a>(heard: &Heard<'a>, speaker: Speaker) -> Option<(usize, &'a ChannelContent)> {
    heard.mix.channels.iter().enumerate().find(|(_, it)| it.speaker == speaker)
}
