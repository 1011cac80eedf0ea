//! Facts about subtitles and captions.

use serde::{Deserialize, Serialize};

use super::{Cue, Runtime};
use crate::{
    key::keyed,
    timecode::{Counting, Fraction, FrameRate, Rounding, Timecode},
};

/// TTML counts 30 frames a second where a document does not say.
pub const USUAL_RATE: Fraction = Fraction::whole(30);

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
    /// Where it breaks the rules of its format; the first of each kind.
    pub faults: Vec<Fault>,
    /// How many places there are where the syntax is broken, listed or not.
    pub fault_count: u64,
    /// The language that the words are in, as a tag, where there are enough of them to tell.
    #[serde(default)]
    pub words_language: Option<String>,
    /// The cues in the order of the document. They are judged and not kept: the file itself is.
    #[serde(skip)]
    pub cues: Vec<Cue>,
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
    /// Which rule.
    #[serde(default)]
    pub kind: FaultKind,
    /// The line, counted from 1, where it is known.
    pub line: Option<u32>,
    /// What is wrong there, in a sentence.
    pub what: String,
}

keyed! {
    /// Which rule of its format a document breaks.
    #[derive(Default)]
    pub enum FaultKind {
        /// The format itself: what can be read is not what was meant.
        #[default]
        Syntax = "syntax", "Syntax";
        /// Bytes that are no characters of an encoding that is read.
        Encoding = "encoding", "Encoding";
        /// A root element that is not TTML's.
        Namespace = "namespace", "Namespace";
        /// Something that ends when or before it begins.
        NotPositive = "not_positive", "Length";
        /// `id` in place of `xml:id`.
        IdAttribute = "id_attribute", "Attribute id";
        /// An `xml:id` that is no name.
        IdSyntax = "id_syntax", "Syntax of xml:id";
        /// An `xml:id` that stands twice.
        IdDuplicate = "id_duplicate", "Duplicate xml:id";
        /// An attribute that the format does not have.
        UnknownAttribute = "unknown_attribute", "Unknown attribute";
    }
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
        /// The exchange format of the European broadcasters, EBU Tech 3264.
        Stl = "stl", "EBU STL";
        /// Scenarist closed captions: the bytes of line 21, CEA-608.
        Scc = "scc", "Scenarist SCC";
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

/// Whether the times of a document with these parameters are labels of frames, and of which rate.
pub fn labels(
    declared: Option<TimeBase>,
    rate: Fraction,
    drop_mode: Option<Counting>,
) -> Option<(FrameRate, Counting)> {
    let rate = FrameRate::from_fraction(rate)?;
    let drops = drop_mode == Some(Counting::Drop) && rate.can_drop();
    let counting = if drops { Counting::Drop } else { Counting::NonDrop };
    (declared == Some(TimeBase::Smpte)).then_some((rate, counting))
}

impl TextFormat {
    /// Whether the format is one of the TTML family, where the document declares its timing reference.
    pub const fn is_ttml(self) -> bool {
        match self {
            Self::Ttml | Self::Imsc1 | Self::Imsc11 | Self::Imsc12 | Self::Dfxp => true,
            Self::WebVtt | Self::SubRip | Self::Stl | Self::Scc => false,
        }
    }
}

impl TimedText {
    /// The timing reference that holds: TTML without a declaration counts media time, as the standard says, and
    /// WebVTT and SubRip know nothing else.
    pub fn time_base(&self) -> TimeBase {
        self.declared_time_base.unwrap_or(TimeBase::Media)
    }

    /// Whether times are labels of frames, and of which rate.
    pub fn labels(&self) -> Option<(FrameRate, Counting)> {
        labels(self.declared_time_base, self.frame_rate.unwrap_or(USUAL_RATE), self.drop_mode)
    }

    /// A time as people of this timing reference write it.
    pub fn label(&self, at: Runtime) -> String {
        let timecode = self.labels().and_then(|(rate, counting)| {
            let seconds = Fraction::new(at.micros(), 1_000_000)?;
            Timecode::at_seconds(seconds, rate, counting, Rounding::Nearest).ok()
        });
        timecode.map_or_else(|| at.to_string(), |it| it.to_string())
    }
}
