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

#[cfg(test)]
mod tests {
    use crate::{
        inspection::{Level, Measurement, Property, Runtime, SyncOffset, judge::sample, mixes},
        people::TimecodeStyle,
    };

    fn rows(file: &Measurement) -> Vec<(String, String)> {
        let told = |it: Property| it.key.starts_with("sound").then_some((it.key, it.value));
        file.properties(TimecodeStyle::Timecode).into_iter().filter_map(told).collect()
    }

    fn dub() -> Measurement {
        let mut file = sample::stem(6);
        file.sound = Some(sample::heard(&mixes(&file.audio, None)[0]));
        file
    }

    #[test]
    fn both_loudness_figures_are_shown_and_one_of_them_decides() {
        let expected = [
            ("sound_1_loudness", "-25.0 LKFS"),
            ("sound_1_speech_loudness", "-27.0 LKFS, decides (Reelgate gate 1, 60 % of the file)"),
            ("sound_1_loudness_range", "9.0 LU"),
            ("sound_1_true_peak", "-10.0 dBTP"),
            ("sound_1_peak", "-12.0 dBFS"),
            ("sound_1_levels", "L -30.0, R -31.0, C -32.0, LFE -33.0, Ls -34.0, Rs -35.0"),
        ];
        let expected = expected.map(|(key, value)| (key.to_owned(), value.to_owned()));
        assert_eq!(rows(&dub()), expected);

        let mut file = dub();
        let sound = file.sound.as_mut().unwrap();
        sound.mixes[0].speech =
            sound.mixes[0].speech.map(|it| crate::inspection::Speech { share: 14, ..it });
        let values: Vec<_> = rows(&file).into_iter().map(|it| it.1).take(2).collect();
        assert_eq!(
            values,
            ["-25.0 LKFS, decides", "-27.0 LKFS (Reelgate gate 1, 14 % of the file)"]
        );
        file.sound.as_mut().unwrap().mixes[0].speech = None;
        assert_eq!(rows(&file)[1].1, "Not enough speech found");
    }

    #[test]
    fn what_is_not_known_has_no_row() {
        let mut file = dub();
        let sound = file.sound.as_mut().unwrap();
        let mix = &mut sound.mixes[0];
        (mix.loudness, mix.range, mix.speech) = (None, None, None);
        mix.channels.truncate(1);
        (mix.channels[0].peak, mix.channels[0].true_peak) = (None, Some(Level::whole(-1)));
        assert_eq!(rows(&file), [("sound_1_true_peak".to_owned(), "-1.0 dBTP".to_owned())]);
    }

    #[test]
    fn the_place_against_the_primary_is_said_in_words() {
        for (later, words) in [(0, "In step"), (120, "120 ms later"), (-40, "40 ms earlier")] {
            let mut file = dub();
            let later = Runtime::from_millis(later);
            let offset = SyncOffset { later, likeness: 90, clearness: 900 };
            file.sound.as_mut().unwrap().offset = Some(offset);
            let last = rows(&file).pop();
            assert_eq!(last, Some(("sound_offset".to_owned(), words.to_owned())));
        }
    }
}
