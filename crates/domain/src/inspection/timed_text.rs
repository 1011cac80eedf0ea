//! Facts about subtitles and captions.

use serde::{Deserialize, Serialize};

use super::Runtime;
use crate::{
    key::keyed,
    timecode::{Counting, Fraction},
};

/// What a timed text document says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimedText {
    /// The format it is written in.
    pub format: TextFormat,
    /// The profile it declares, as written.
    pub profile: Option<String>,
    /// The language it declares.
    pub language: Option<String>,
    /// The timing reference it declares; see [`TimedText::time_base`] for what holds where it declares none.
    pub declared_time_base: Option<TimeBase>,
    /// Frames per second it declares, multiplier included.
    pub frame_rate: Option<Fraction>,
    /// How it counts frames, where it says.
    pub drop_mode: Option<Counting>,
    /// How many cues there are.
    pub cue_count: u64,
    /// When the first cue appears.
    pub first_in: Option<Moment>,
    /// When the last cue disappears.
    pub last_out: Option<Moment>,
    /// Where it breaks the rules of its format; the first of them.
    pub faults: Vec<Fault>,
    /// How many such places there are in all.
    pub fault_count: u64,
}

/// A point in time, with the words it is written in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// As people of this timing reference write it: a clock time or a timecode.
    pub label: String,
    /// From the origin of the document's timeline.
    pub at: Runtime,
}

/// A place where a document breaks the rules of its format.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The line, counted from 1, where it is known.
    pub line: Option<u32>,
    /// What is wrong there, in a sentence.
    pub what: String,
}

keyed! {
    /// A format of timed text.
    pub enum TextFormat {
        /// Timed Text Markup Language.
        Ttml = "ttml", "TTML";
        /// TTML profile for subtitles and captions, first version.
        Imsc1 = "imsc1", "IMSC 1";
        /// The same, version 1.1.
        Imsc11 = "imsc1.1", "IMSC 1.1";
        /// The same, version 1.2.
        Imsc12 = "imsc1.2", "IMSC 1.2";
        /// The drafts of 2006 that DFXP files are written in.
        Dfxp = "dfxp", "DFXP";
        WebVtt = "webvtt", "WebVTT";
        SubRip = "srt", "SubRip (SRT)";
    }
}

keyed! {
    /// What the times of a document count.
    pub enum TimeBase {
        /// Real time since the beginning of the program.
        Media = "media", "MEDIA";
        /// Labels of frames, as in the timecode track.
        Smpte = "smpte", "SMPTE";
        /// The time of day.
        Clock = "clock", "CLOCK";
    }
}

impl TextFormat {
    /// Whether the format is one of the TTML family, where the document declares its timing reference.
    pub const fn is_ttml(self) -> bool {
        match self {
            Self::Ttml | Self::Imsc1 | Self::Imsc11 | Self::Imsc12 | Self::Dfxp => true,
            Self::WebVtt | Self::SubRip => false,
        }
    }
}

impl TimedText {
    /// The timing reference that holds: TTML without a declaration counts media time, as the standard says, and
    /// WebVTT and SubRip know nothing else.
    pub fn time_base(&self) -> TimeBase {
        self.declared_time_base.unwrap_or(TimeBase::Media)
    }
}
