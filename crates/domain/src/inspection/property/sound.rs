//! Rows about what was heard.

use super::Rows;
use crate::inspection::{ChannelContent, Level, MixContent, SoundContent, Speaker, Speech};

impl Rows {
    /// Loudness with the figure that decides, range, peaks, and one row for the channels of each mix.
    pub(super) fn sound(&mut self, sound: &SoundContent) {
        for (place, mix) in sound.mixes.iter().enumerate() {
            self.track("sound", "Sound", place, sound.mixes.len());
            self.mix(mix);
        }
        self.end_of_tracks();
        let offset = sound.offset.map(|it| match it.later.millis() {
            0 => "In step".to_owned(),
            late @ 1.. => format!("{late} ms later"),
            early => format!("{} ms earlier", early.unsigned_abs()),
        });
        self.maybe("sound_offset", "Sound against the primary", offset);
    }

    fn mix(&mut self, mix: &MixContent) {
        let enough = mix.enough_speech();
        let decides = |it: bool| if it { ", decides" } else { "" };
        let program = mix
            .loudness
            .map(|it| format!("{}{}", it.counted_in("LKFS"), decides(enough.is_none())));
        self.maybe("loudness", "Loudness of the program", program);
        let speech = match (mix.speech, mix.loudness) {
            (Some(it), _) => Some(format!(
                "{}{} ({}, {} % of the file)",
                it.loudness.counted_in("LKFS"),
                decides(enough.is_some()),
                Speech::GATE,
                it.share
            )),
            (None, Some(_)) => Some("Not enough speech found".to_owned()),
            (None, None) => None,
        };
        self.maybe("speech_loudness", "Loudness of the speech", speech);
        self.maybe("loudness_range", "Loudness range", mix.range.map(|it| it.counted_in("LU")));
        let true_peak = mix.loudest().map(|(_, it)| it.counted_in("dBTP"));
        self.maybe("true_peak", "True peak", true_peak);
        let peak = mix.channels.iter().filter_map(|it| it.peak).max();
        self.maybe("peak", "Sample peak", peak.map(|it| it.counted_in("dBFS")));
        if mix.channels.len() > 1 {
            let levels: Vec<_> = mix.channels.iter().enumerate().map(level_of).collect();
            self.push("levels", "Average levels, dBFS", levels.join(", "));
        }
    }
}

/// `L -31.2`, `LFE silent`.
fn level_of((at, channel): (usize, &ChannelContent)) -> String {
    let name = match channel.speaker {
        Speaker::Unknown => (at + 1).to_string(),
        named => named.label().to_owned(),
    };
    let level = channel.level.map_or_else(|| "silent".to_owned(), |it: Level| it.to_string());
    format!("{name} {level}")
}
