//! The metadata table of a card: what was entered beside what was measured.

use serde::{Deserialize, Serialize};

use super::{ChannelLayout, Measurement, TimeBase, language, property};
use crate::{
    Keyed,
    key::keyed,
    timecode::{Counting, Fraction, FrameRate},
};

/// An entry of the delivery form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entered<'a> {
    /// The stored name of the field: `time_base`.
    pub key: &'a str,
    /// The name of the field people read.
    pub label: &'a str,
    /// The stored value: `smpte`.
    pub value: &'a str,
    /// The value people read.
    pub shown: &'a str,
}

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// The stored name of the field.
    pub key: String,
    /// The name people read.
    pub label: String,
    /// As entered.
    pub entered: String,
    /// As inspected; nothing where it is not measured.
    pub measured: Option<String>,
    /// Whether the two say the same.
    pub agreement: Agreement,
}

keyed! {
    /// Whether what was entered is what was measured.
    pub enum Agreement {
        Same = "same", "Same";
        Differs = "differs", "Differs";
        NotComparable = "not_comparable", "Not comparable";
    }
}

/// Entered and measured side by side, in the order of the form.
pub fn comparison(entries: &[Entered<'_>], file: &Measurement) -> Vec<Compared> {
    let row = |entry: &Entered<'_>| {
        let fact = fact(entry.key, file);
        let agreement =
            fact.as_ref().map_or(Agreement::NotComparable, |it| it.agreement_with(entry.value));
        Compared {
            key: entry.key.into(),
            label: entry.label.into(),
            entered: entry.shown.into(),
            measured: fact.map(|it| it.shown()),
            agreement,
        }
    };
    entries.iter().map(row).collect()
}

/// Something the file says about a field of the form.
enum Fact {
    Language(String),
    Channels { count: u32, shown: String },
    TimeBase(TimeBase),
    FrameRate(Fraction),
    Counting(Counting),
}

fn fact(key: &str, file: &Measurement) -> Option<Fact> {
    let (text, picture, sound) = (file.timed_text.as_ref(), file.video.first(), file.audio.first());
    match key {
        "language" => {
            let of_text = text.and_then(|it| it.language.as_ref());
            let declared = of_text.or_else(|| sound.and_then(|it| it.language.as_ref()))?;
            language::is_declared(declared).then(|| Fact::Language(declared.clone()))
        }
        "channel_layout" => sound.map(|first| match file.audio.len() {
            1 => Fact::Channels { count: first.channels, shown: property::channels(first) },
            tracks => {
                let count = file.channels();
                Fact::Channels { count, shown: format!("{count} channels in {tracks} tracks") }
            }
        }),
        "time_base" => text.map(|it| Fact::TimeBase(it.time_base())),
        "frame_rate" => {
            let of_text = text.and_then(|it| it.frame_rate);
            of_text.or_else(|| picture.and_then(|it| it.frame_rate)).map(Fact::FrameRate)
        }
        "drop_mode" => {
            let of_text = text.and_then(|it| it.drop_mode);
            of_text.or_else(|| counting_of(start_timecode(file)?)).map(Fact::Counting)
        }
        _ => None,
    }
}

fn start_timecode(file: &Measurement) -> Option<&str> {
    let of_track = file.video.first().and_then(|it| it.start_timecode.as_deref());
    of_track.or_else(|| file.container.as_ref()?.start_timecode.as_deref())
}

/// A semicolon before the frames is how drop-frame timecode is written; what has no frames is no timecode.
fn counting_of(timecode: &str) -> Option<Counting> {
    match timecode.matches([':', ';']).count() {
        3 if timecode.contains(';') => Some(Counting::Drop),
        3 => Some(Counting::NonDrop),
        _ => None,
    }
}

impl Fact {
    fn shown(&self) -> String {
        match self {
            Self::Language(tag) => tag.clone(),
            Self::Channels { shown, .. } => shown.clone(),
            Self::TimeBase(base) => base.label().to_owned(),
            Self::FrameRate(rate) => property::rate(*rate),
            Self::Counting(counting) => counting.label().to_owned(),
        }
    }

    /// Values that the form cannot have stored are not compared.
    fn agreement_with(&self, value: &str) -> Agreement {
        let same = match self {
            Self::Language(tag) => {
                language::is_declared(value).then(|| language::agree(value, tag))
            }
            Self::Channels { count, .. } => {
                ChannelLayout::from_key(value).map(|it| it.channels() == *count)
            }
            Self::TimeBase(base) => TimeBase::from_key(value).map(|it| it == *base),
            Self::FrameRate(rate) => FrameRate::from_key(value)
                .map(|wanted| FrameRate::from_fraction(*rate) == Some(wanted)),
            Self::Counting(counting) => Counting::from_key(value).map(|it| it == *counting),
        };
        match same {
            Some(true) => Agreement::Same,
            Some(false) => Agreement::Differs,
            None => Agreement::NotComparable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspection::judge::sample;

    fn row(key: &str, value: &str, file: &Measurement) -> Compared {
        let rows = comparison(&[Entered { key, label: key, value, shown: value }], file);
        rows.into_iter().next().unwrap()
    }

    #[test]
    fn every_contradiction_between_form_and_file_is_seen() {
        let (video, sound, text) = (sample::master(), sample::stem(6), sample::subtitle());
        for (key, value, file, agreement, measured) in [
            ("time_base", "smpte", &text, Agreement::Differs, Some("MEDIA")),
            ("time_base", "media", &text, Agreement::Same, Some("MEDIA")),
            ("frame_rate", "24", &text, Agreement::Same, Some("24 fps")),
            ("frame_rate", "23.976", &text, Agreement::Differs, Some("24 fps")),
            ("frame_rate", "25", &video, Agreement::Same, Some("25 fps")),
            ("frame_rate", "25", &sound, Agreement::NotComparable, None),
            ("language", "fr-FR", &text, Agreement::Same, Some("fr")),
            ("language", "de", &text, Agreement::Differs, Some("fr")),
            ("language", "en-US", &video, Agreement::Same, Some("eng")),
            ("language", "en-US", &sound, Agreement::NotComparable, None),
            ("channel_layout", "5.1", &sound, Agreement::Same, Some("6 channels, 5.1(side)")),
            ("channel_layout", "stereo", &sound, Agreement::Differs, Some("6 channels, 5.1(side)")),
            ("drop_mode", "non_drop", &video, Agreement::Same, Some("Non-drop-frame")),
            ("drop_mode", "drop", &video, Agreement::Differs, Some("Non-drop-frame")),
            ("dub_style", "lip_sync", &sound, Agreement::NotComparable, None),
            ("time_base", "nonsense", &text, Agreement::NotComparable, Some("MEDIA")),
        ] {
            let compared = row(key, value, file);
            assert_eq!(
                (compared.agreement, compared.measured.as_deref()),
                (agreement, measured),
                "{key} {value}"
            );
            assert_eq!(compared.entered, value);
        }
    }

    #[test]
    fn channels_of_several_tracks_are_added_up() {
        let mut file = sample::master();
        file.audio.push(sample::sound(2));
        let compared = row("channel_layout", "5.1_2.0", &file);
        assert_eq!(compared.agreement, Agreement::Same);
        assert_eq!(compared.measured.as_deref(), Some("8 channels in 2 tracks"));
    }
}
