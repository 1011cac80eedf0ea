//! How far an inspection has come while it is not over, and what of a file it has to decode.

use serde::{Deserialize, Serialize};

use super::{Found, Measurement};
use crate::{key::keyed, request::Family};

keyed! {
    /// What an inspection is doing.
    pub enum Stage {
        Reading = "reading", "Reading headers";
        Decoding = "decoding", "Decoding the whole file";
        Damage = "damage", "Looking at damaged places again";
    }
}

/// Where an inspection that is not over stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Headway {
    /// It waits, and so many others are inspected before it.
    InLine { before: u32 },
    /// It has begun.
    Begun(Advance),
}

/// How far an inspection that has begun has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advance {
    /// What it is doing.
    pub stage: Stage,
    /// How much of that is done.
    pub percent: u8,
    /// Which file it is at, counted from 1.
    pub file: u32,
    /// How many files there are.
    pub files: u32,
}

/// What of a file has to be decoded, so that it can be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Essence {
    /// The picture, and what sound is with it.
    Picture,
    /// Sound alone.
    Sound,
}

impl Headway {
    /// As a card says it: "Third in line", "Decoding the whole file, 42 %".
    pub fn words(&self) -> String {
        match self {
            Self::InLine { before } => in_line(*before),
            Self::Begun(Advance { stage, percent, file, files }) => {
                let of = match files {
                    0 | 1 => String::new(),
                    _ => format!(", file {file} of {files}"),
                };
                let label = stage.label();
                match stage {
                    // Headers are read in no time, or not at all.
                    Stage::Reading => format!("{label}{of}"),
                    Stage::Decoding | Stage::Damage => format!("{label}{of}, {percent} %"),
                }
            }
        }
    }
}

fn in_line(before: u32) -> String {
    let place = match before {
        0 => "First".to_owned(),
        1 => "Second".to_owned(),
        2 => "Third".to_owned(),
        _ => format!("Number {}", before.saturating_add(1)),
    };
    format!("{place} in line for inspection")
}

impl Measurement {
    /// What of the file has to be decoded to judge it as one of `family`; nothing where it is of another kind, cut
    /// short, or of a family that headers tell enough of. Track files of a package are told by their headers.
    pub fn to_decode(&self, family: Family) -> Option<Essence> {
        if self.announced.is_some() {
            return None;
        }
        match (family, self.found()) {
            (Family::Video, Found::Video) => Some(Essence::Picture),
            (Family::Audio, Found::Audio) => Some(Essence::Sound),
            (_, _) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspection::{AudioTrack, FileFacts, VideoTrack};

    #[test]
    fn the_place_in_the_line_and_the_stage_are_said_in_words() {
        let begun = |stage, file, files| {
            Headway::Begun(Advance { stage, percent: 42, file, files }).words()
        };
        assert_eq!(Headway::InLine { before: 0 }.words(), "First in line for inspection");
        assert_eq!(Headway::InLine { before: 2 }.words(), "Third in line for inspection");
        assert_eq!(Headway::InLine { before: 11 }.words(), "Number 12 in line for inspection");
        assert_eq!(begun(Stage::Reading, 1, 1), "Reading headers");
        assert_eq!(begun(Stage::Decoding, 1, 1), "Decoding the whole file, 42 %");
        assert_eq!(
            begun(Stage::Damage, 2, 3),
            "Looking at damaged places again, file 2 of 3, 42 %"
        );
    }

    #[test]
    fn only_what_will_be_judged_is_decoded() {
        let file = FileFacts { size: 1000, sha256: None };
        let sound = Measurement {
            file,
            audio: vec![AudioTrack { channels: 2, ..AudioTrack::default() }],
            ..Measurement::default()
        };
        let film = Measurement { video: vec![VideoTrack::default()], ..sound.clone() };
        let cut = Measurement { announced: Some(2000), ..film.clone() };
        for family in Family::ALL {
            let picture = (*family == Family::Video).then_some(Essence::Picture);
            assert_eq!(film.to_decode(*family), picture, "{family:?}");
            let alone = (*family == Family::Audio).then_some(Essence::Sound);
            assert_eq!(sound.to_decode(*family), alone, "{family:?}");
            assert_eq!(cut.to_decode(*family), None, "{family:?}");
            assert_eq!(Measurement::default().to_decode(*family), None, "{family:?}");
        }
    }
}
