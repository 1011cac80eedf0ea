//! The limits that may be set for one package, and how they are written.

use crate::{
    inspection::{
        Audience, Captions, Expectation, Level, LoudnessSpec, MixSpec, PictureLimits, PictureSpec,
        Runtime, SoundSpec, TextLimits, TextSpec, TextStyle,
    },
    key::keyed,
    timecode::FrameRate,
};

keyed! {
    /// A limit that the platform may set otherwise for one package.
    pub enum Setting {
        FrameRate = "frame_rate", "Frame rate";
        SmallestPicture = "smallest_picture", "Smallest picture";
        BlackAtEnds = "black_at_ends", "Black at either end";
        BlackInside = "black_inside", "Black inside";
        Freeze = "freeze", "Picture without motion";
        Captions = "captions", "Captions inside the picture";
        BitDepth = "bit_depth", "Bits of a sample";
        TruePeak = "true_peak", "True peak";
        SpeechLoudness = "speech_loudness", "Loudness of speech";
        ProgramLoudness = "program_loudness", "Loudness of the program";
        Silence = "silence", "Silence of all channels";
        Lines = "lines", "Lines of a cue";
        LineWidth = "line_width", "Signs in a line";
        ReadingSpeed = "reading_speed", "Reading speed";
        ShortestCue = "shortest_cue", "Time of a cue at least";
        LongestCue = "longest_cue", "Time of a cue";
    }
}

/// A value, understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    Rate(FrameRate),
    Size(u32, u32),
    Time(Runtime),
    Level(Level),
    Number(u32),
    Captions(Captions),
}

impl Setting {
    /// How it is filled in: what it is, its unit and its bounds.
    pub const fn form(self) -> &'static str {
        match self {
            Self::FrameRate => "the only accepted rate, such as 25 or 23.976",
            Self::SmallestPicture => "columns × rows, such as 3840 × 2160",
            Self::BlackAtEnds | Self::BlackInside | Self::Freeze | Self::Silence => {
                "at most so many seconds, 0.04 to 600"
            }
            Self::ShortestCue => "at least so many seconds, 0.04 to 600",
            Self::LongestCue => "at most so many seconds, 0.04 to 600",
            Self::Captions => "allowed or unwanted",
            Self::BitDepth => "at least so many bits: 16, 24 or 32",
            Self::TruePeak => "at most so many dBTP, -20 to 0",
            Self::SpeechLoudness | Self::ProgramLoudness => "LKFS, -40 to -10",
            Self::Lines => "at most so many lines, 1 to 4",
            Self::LineWidth => "at most so many signs, 5 to 100",
            Self::ReadingSpeed => "at most so many signs a second, 2 to 40",
        }
    }

    /// The settings that files of a source type can be held to, as `shipped` says.
    pub fn of(shipped: &Expectation) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|it| it.usual(shipped).is_some())
    }

    /// A value in the one way in which it is kept; nothing where it says nothing that this limit can be.
    pub(super) fn read(self, shipped: &Expectation, text: &str) -> Option<String> {
        let value = self.usual(shipped).and_then(|_| self.parse(text.trim()))?;
        Some(match value {
            Value::Rate(rate) => rate.key().to_owned(),
            Value::Size(width, height) => format!("{width} × {height}"),
            Value::Time(time) => time.in_seconds().trim_end_matches(" s").to_owned(),
            Value::Level(level) => level.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Captions(it) => captions(it).to_owned(),
        })
    }

    /// A kept value with its unit.
    pub(super) fn told(self, value: &str) -> String {
        match self {
            Self::FrameRate => format!("{value} fps"),
            Self::SmallestPicture | Self::Captions => value.to_owned(),
            Self::BlackAtEnds
            | Self::BlackInside
            | Self::Freeze
            | Self::Silence
            | Self::LongestCue => format!("at most {value} s"),
            Self::ShortestCue => format!("{value} s"),
            Self::BitDepth => format!("at least {value}"),
            Self::TruePeak => format!("at most {value} dBTP"),
            Self::SpeechLoudness | Self::ProgramLoudness => format!("{value} LKFS"),
            Self::Lines | Self::LineWidth => format!("at most {value}"),
            Self::ReadingSpeed => format!("at most {value} signs a second"),
        }
    }

    /// The expectation with this limit.
    pub(super) fn apply(self, wanted: Expectation, text: &str) -> Expectation {
        let Some(value) = self.parse(text) else { return wanted };
        let Expectation { picture, sound, text, .. } = wanted;
        Expectation {
            picture: picture.map(|it| self.on_picture(it, value)),
            sound: sound.map(|it| self.on_sound(it, value)),
            text: text.map(|it| self.on_text(it, value)),
            ..wanted
        }
    }

    /// What is shipped, in words; nothing where files that are judged by `shipped` are not looked at for it.
    pub fn usual(self, shipped: &Expectation) -> Option<String> {
        let (picture, mix) = (shipped.picture.as_ref(), shipped.sound.map(|it| it.mix));
        let limits = picture.map(|it| it.limits);
        let loudness = mix.and_then(|it| it.loudness);
        let kind = shipped.text.map(|it| it.kind);
        let style = kind.map(|it| TextStyle::of(shipped.language.as_deref(), it, Audience::Adults));
        let time = |it: Runtime| it.in_seconds().trim_end_matches(" s").to_owned();
        let value = match self {
            Self::FrameRate => return picture.map(|_| "any of the eight rates".to_owned()),
            Self::SmallestPicture => {
                let (width, height) = picture?.smallest?;
                format!("{width} × {height}")
            }
            Self::BlackAtEnds => time(limits?.ends?),
            Self::BlackInside => time(limits?.inner_black?),
            Self::Freeze => time(limits?.freeze?),
            Self::Captions => captions(limits?.captions).to_owned(),
            Self::BitDepth => shipped.sound?.bit_depth.to_string(),
            Self::TruePeak => mix?.true_peak?.to_string(),
            Self::SpeechLoudness => loudness?.speech.0.to_string(),
            Self::ProgramLoudness => loudness?.program.0.to_string(),
            Self::Silence => time(mix?.silence?),
            Self::Lines => style?.lines.to_string(),
            Self::LineWidth => style?.line_width.to_string(),
            Self::ReadingSpeed => style?.reading_speed.to_string(),
            Self::ShortestCue => time(style?.shortest),
            Self::LongestCue => time(style?.longest),
        };
        Some(self.told(&value))
    }

    fn parse(self, text: &str) -> Option<Value> {
        let number = |least: u32, most: u32| {
            let number = text.parse().ok().filter(|it| (least..=most).contains(it));
            number.map(Value::Number)
        };
        match self {
            Self::FrameRate => FrameRate::from_text(text).map(Value::Rate),
            Self::SmallestPicture => size(text).map(|(width, height)| Value::Size(width, height)),
            Self::BlackAtEnds
            | Self::BlackInside
            | Self::Freeze
            | Self::Silence
            | Self::ShortestCue
            | Self::LongestCue => seconds(text).map(Value::Time),
            Self::Captions => {
                let both = [Captions::Allowed, Captions::Unwanted];
                both.into_iter().find(|it| captions(*it) == text).map(Value::Captions)
            }
            Self::BitDepth => {
                number(16, 32).filter(|it| [16, 24, 32].map(Value::Number).contains(it))
            }
            Self::TruePeak => level(text, -20, 0).map(Value::Level),
            Self::SpeechLoudness | Self::ProgramLoudness => level(text, -40, -10).map(Value::Level),
            Self::Lines => number(1, 4),
            Self::LineWidth => number(5, 100),
            Self::ReadingSpeed => number(2, 40),
        }
    }

    fn on_picture(self, spec: PictureSpec, value: Value) -> PictureSpec {
        let limits = spec.limits;
        let within = |limits: PictureLimits| PictureSpec { limits, ..spec };
        match (self, value) {
            (Self::FrameRate, Value::Rate(rate)) => PictureSpec { rates: alone(rate), ..spec },
            (Self::SmallestPicture, Value::Size(width, height)) => {
                PictureSpec { smallest: Some((width, height)), ..spec }
            }
            (Self::BlackAtEnds, Value::Time(it)) => {
                within(PictureLimits { ends: Some(it), ..limits })
            }
            (Self::BlackInside, Value::Time(it)) => {
                within(PictureLimits { inner_black: Some(it), ..limits })
            }
            (Self::Freeze, Value::Time(it)) => within(PictureLimits { freeze: Some(it), ..limits }),
            (Self::Captions, Value::Captions(captions)) => {
                within(PictureLimits { captions, ..limits })
            }
            _ => spec,
        }
    }

    fn on_sound(self, spec: SoundSpec, value: Value) -> SoundSpec {
        let mix = spec.mix;
        let within = |mix: MixSpec| SoundSpec { mix, ..spec };
        let loud = |change: &dyn Fn(LoudnessSpec) -> LoudnessSpec| {
            within(MixSpec { loudness: mix.loudness.map(change), ..mix })
        };
        match (self, value) {
            (Self::BitDepth, Value::Number(bit_depth)) => SoundSpec { bit_depth, ..spec },
            (Self::TruePeak, Value::Level(it)) => within(MixSpec { true_peak: Some(it), ..mix }),
            (Self::SpeechLoudness, Value::Level(level)) => {
                loud(&|it| LoudnessSpec { speech: (level, it.speech.1), ..it })
            }
            (Self::ProgramLoudness, Value::Level(level)) => {
                loud(&|it| LoudnessSpec { program: (level, it.program.1), ..it })
            }
            (Self::Silence, Value::Time(it)) => within(MixSpec { silence: Some(it), ..mix }),
            _ => spec,
        }
    }

    fn on_text(self, spec: TextSpec, value: Value) -> TextSpec {
        let limits = spec.limits;
        let limits = match (self, value) {
            (Self::Lines, Value::Number(it)) => TextLimits { lines: Some(it.into()), ..limits },
            (Self::LineWidth, Value::Number(it)) => {
                TextLimits { line_width: Some(it.into()), ..limits }
            }
            (Self::ReadingSpeed, Value::Number(it)) => {
                TextLimits { reading_speed: Some(it.into()), ..limits }
            }
            (Self::ShortestCue, Value::Time(it)) => TextLimits { shortest: Some(it), ..limits },
            (Self::LongestCue, Value::Time(it)) => TextLimits { longest: Some(it), ..limits },
            _ => limits,
        };
        TextSpec { limits, ..spec }
    }
}

const fn captions(captions: Captions) -> &'static str {
    match captions {
        Captions::Allowed => "allowed",
        Captions::Unwanted => "unwanted",
    }
}

/// The list that holds this rate alone.
fn alone(rate: FrameRate) -> &'static [FrameRate] {
    let place = FrameRate::ALL.iter().position(|it| *it == rate);
    place.and_then(|it| FrameRate::ALL.get(it..=it)).unwrap_or(FrameRate::ALL)
}

/// Columns and rows, from the smallest picture that anybody delivers to DCI 8K.
fn size(text: &str) -> Option<(u32, u32)> {
    let (width, height) = text.split_once(['×', 'x', 'X'])?;
    let side = |text: &str| text.trim().parse().ok().filter(|it| (16..=8192).contains(it));
    Some((side(width)?, side(height)?))
}

/// A time of 0.04 to 600 seconds, to the millisecond.
fn seconds(text: &str) -> Option<Runtime> {
    let seconds: f64 = text.parse().ok()?;
    (0.04..=600.0)
        .contains(&seconds)
        .then(|| Runtime::from_millis((seconds * 1000.0).round() as i64))
}

/// A level between these two, to the tenth of a decibel, as it is shown.
fn level(text: &str, least: i32, most: i32) -> Option<Level> {
    let decibels: f64 = text.replace('−', "-").parse().ok()?;
    let level = Level::from_decibels((decibels * 10.0).round() / 10.0)?;
    (Level::whole(least)..=Level::whole(most)).contains(&level).then_some(level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::SourceType as T;

    #[test]
    fn every_limit_is_read_in_its_bounds_and_kept_in_one_way() {
        use Setting as S;
        let (video, audio, text) = (T::AvMuxed, T::SecondaryAudio, T::Subtitle);
        for (setting, of, said, kept) in [
            (S::FrameRate, video, "25 fps", Some("25")),
            (S::FrameRate, video, "24000/1001", Some("23.976")),
            (S::FrameRate, video, "31", None),
            (S::SmallestPicture, video, "3840x2160", Some("3840 × 2160")),
            (S::SmallestPicture, video, "3840", None),
            (S::SmallestPicture, video, "9000 × 9000", None),
            (S::BlackAtEnds, video, "0.5", Some("0.5")),
            (S::BlackInside, video, "4.00", Some("4")),
            (S::BlackInside, video, "0", None),
            (S::BlackInside, video, "NaN", None),
            (S::Freeze, video, "601", None),
            (S::Freeze, T::ProductionLockedProxy, "6", None),
            (S::Captions, video, "allowed", Some("allowed")),
            (S::Captions, video, "maybe", None),
            (S::BitDepth, audio, "16", Some("16")),
            (S::BitDepth, audio, "20", None),
            (S::TruePeak, audio, "−1", Some("-1.0")),
            (S::TruePeak, audio, "1", None),
            (S::SpeechLoudness, audio, "-23.04", Some("-23.0")),
            (S::ProgramLoudness, audio, "-41", None),
            (S::SpeechLoudness, T::AudioMe, "-23", None),
            (S::Silence, audio, "30", Some("30")),
            (S::Lines, text, "3", Some("3")),
            (S::Lines, text, "5", None),
            (S::LineWidth, text, "37", Some("37")),
            (S::LineWidth, video, "37", None),
            (S::ReadingSpeed, text, "1", None),
            (S::ShortestCue, text, "1.2", Some("1.2")),
            (S::LongestCue, text, "inf", None),
        ] {
            let read = setting.read(&Expectation::of(of), said);
            assert_eq!(read.as_deref(), kept, "{setting:?} {said}");
        }
    }

    #[test]
    fn what_is_shipped_is_told_with_its_unit() {
        use Setting as S;
        for (setting, of, told) in [
            (S::FrameRate, T::AvMuxed, Some("any of the eight rates")),
            (S::SmallestPicture, T::AvMuxed, Some("1920 × 1080")),
            (S::SmallestPicture, T::ProductionLockedProxy, None),
            (S::BlackInside, T::AvMuxed, Some("at most 2 s")),
            (S::Captions, T::AvMuxed, Some("unwanted")),
            (S::BitDepth, T::SecondaryAudio, Some("at least 24")),
            (S::TruePeak, T::SecondaryAudio, Some("at most -2.0 dBTP")),
            (S::SpeechLoudness, T::SecondaryAudio, Some("-27.0 LKFS")),
            (S::ReadingSpeed, T::Subtitle, Some("at most 17 signs a second")),
            (S::ReadingSpeed, T::AvMuxed, None),
        ] {
            let shipped = Expectation::of(of);
            assert_eq!(setting.usual(&shipped).as_deref(), told, "{setting:?} of {of:?}");
        }
        let english = Expectation::of(T::Subtitle).speaking(Some("en-GB"));
        assert_eq!(S::ReadingSpeed.usual(&english).as_deref(), Some("at most 20 signs a second"));
    }

    #[test]
    fn what_is_set_changes_the_expectation_and_nothing_else_does() {
        for &source_type in T::ALL {
            let shipped = Expectation::of(source_type);
            for setting in Setting::ALL {
                let value = match setting {
                    Setting::FrameRate => "25",
                    Setting::SmallestPicture => "640 × 360",
                    Setting::Captions => match shipped.picture.map(|it| it.limits.captions) {
                        Some(Captions::Unwanted) => "allowed",
                        _ => "unwanted",
                    },
                    Setting::BitDepth => "32",
                    Setting::TruePeak => "-7",
                    Setting::SpeechLoudness | Setting::ProgramLoudness => "-31",
                    Setting::LineWidth => "30",
                    _ => "3",
                };
                let exists = Setting::of(&shipped).any(|it| it == *setting);
                assert_eq!(setting.read(&shipped, value).is_some(), exists, "{setting:?}");
                let changes = setting.apply(shipped.clone(), value) != shipped;
                assert!(changes || !exists, "{setting:?} of {source_type:?}");
            }
        }
    }
}
