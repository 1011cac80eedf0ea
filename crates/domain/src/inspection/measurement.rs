//! What was read out of a delivered file, as stored beside its transfer.

use serde::{Deserialize, Serialize};

use super::{
    Archive, AudioTrack, Defect, DefectKind, Image, Imf, Program, Runtime, SoundContent, TimedText,
    VideoTrack,
};
use crate::{
    key::keyed,
    timecode::{Counting, FrameRate, Timecode},
};

/// Everything that measuring one file brought to light.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Measurement {
    /// Facts every file has.
    pub file: FileFacts,
    /// How many bytes its own header announces, where fewer are there.
    pub announced: Option<u64>,
    /// What keeps it from being read as it was meant.
    pub defects: Vec<Defect>,
    /// The wrapper of picture and sound.
    pub container: Option<Container>,
    /// Picture tracks, in the order of the file; cover art is not counted.
    pub video: Vec<VideoTrack>,
    /// Sound tracks, in the order of the file.
    pub audio: Vec<AudioTrack>,
    /// What was heard in them, where somebody listened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sound: Option<SoundContent>,
    /// Subtitles and captions.
    pub timed_text: Option<TimedText>,
    /// A still picture.
    pub image: Option<Image>,
    /// A document or an archive, known by its first bytes.
    pub document: Option<Document>,
    /// Pages of a document, where it counts them in a place that can be read.
    pub pages: Option<u64>,
    /// What a ZIP archive holds.
    pub archive: Option<Archive>,
    /// An IMF package or a part of one.
    pub imf: Option<Imf>,
    /// Which programs measured.
    pub tools: Vec<Tool>,
}

/// Facts every file has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    /// Bytes.
    pub size: u64,
    /// The SHA-256 digest in hexadecimal, where it was computed.
    pub sha256: Option<String>,
}

/// The wrapper that holds picture and sound together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Container {
    /// The short name of the format: `mov`, `mxf`, `wav`, `mpegts`.
    pub format: String,
    /// Its name in words.
    pub name: String,
    /// The length of the whole.
    pub duration: Option<Runtime>,
    /// Bits per second of the whole.
    pub bit_rate: Option<u64>,
    /// The timecode of the first frame, as written in the container.
    pub start_timecode: Option<String>,
}

/// A program that measured, with its version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// The name of the program.
    pub name: String,
    /// Its version, as it says itself.
    pub version: String,
}

keyed! {
    /// A file that is told apart by its first bytes and not looked into.
    pub enum Document {
        Pdf = "pdf", "PDF document";
        Word = "word", "Office document";
        Json = "json", "JSON document";
        Xml = "xml", "XML document";
        PlainText = "plain_text", "Plain text";
        Archive = "archive", "ZIP archive";
    }
}

/// What kind of file the measuring shows it to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// No bytes at all.
    Empty,
    /// Moving pictures, with or without sound.
    Video,
    /// Sound only.
    Audio,
    /// Subtitles or captions.
    TimedText,
    /// A still picture.
    Image,
    /// A document or archive.
    Document(Document),
    /// A part of an IMF package, or all of it.
    Package,
    /// A container with neither picture nor sound.
    NoStreams,
    /// Nothing that is looked into.
    Unknown,
}

impl Measurement {
    /// What kind of file this is, judged by its content alone.
    pub fn found(&self) -> Found {
        match self {
            Self { file, .. } if file.size == 0 => Found::Empty,
            Self { imf: Some(_), .. } => Found::Package,
            Self { timed_text: Some(_), .. } => Found::TimedText,
            Self { image: Some(_), .. } => Found::Image,
            Self { document: None, .. } if self.has(DefectKind::Image) => Found::Image,
            Self { document: Some(document), .. } => Found::Document(*document),
            Self { video, .. } if !video.is_empty() => Found::Video,
            Self { audio, .. } if !audio.is_empty() => Found::Audio,
            Self { container: Some(_), .. } => Found::NoStreams,
            Self { .. } => Found::Unknown,
        }
    }

    /// The length of the program: of the picture, of the longest sound track where there is no picture, of
    /// the composition, or of the container where no track says.
    pub fn duration(&self) -> Option<Runtime> {
        let picture = self.video.iter().find_map(|it| it.duration);
        let sound = self.audio.iter().filter_map(|it| it.duration).max();
        let composed = self.imf.as_ref().and_then(Imf::length);
        picture.or(sound).or(composed).or(self.container.as_ref()?.duration)
    }

    /// The program that this is, where it is a picture: how long, and at which label of its timecode it begins.
    pub fn program(&self) -> Option<Program> {
        let picture = self.video.first()?;
        let of_container = self.container.as_ref().and_then(|it| it.start_timecode.as_deref());
        let label = picture.start_timecode.as_deref().or(of_container);
        let start = label.zip(picture.frame_rate).and_then(|(label, rate)| {
            let counting = if label.contains(';') { Counting::Drop } else { Counting::NonDrop };
            let first = Timecode::parse(label, FrameRate::from_fraction(rate)?, counting).ok()?;
            Some(Runtime::from_seconds(first.seconds()))
        });
        Some(Program { start: start.unwrap_or_default(), length: self.duration()? })
    }

    /// Columns and rows of the picture, where this is a program: what still pictures beside it have to fill.
    pub fn canvas(&self) -> Option<(u32, u32)> {
        let picture = self.video.first()?;
        Some((picture.width, picture.height))
    }

    /// Whether the readers found something of this kind.
    pub fn has(&self, kind: DefectKind) -> bool {
        self.defects.iter().any(|it| it.kind == kind)
    }

    /// Sound channels of all tracks together.
    pub fn channels(&self) -> u32 {
        self.audio.iter().fold(0, |sum, it| sum.saturating_add(it.channels))
    }
}

impl Found {
    /// The kind of file, in words that fit behind "The file is".
    pub const fn label(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Video => "a video file",
            Self::Audio => "an audio file",
            Self::TimedText => "a timed text file",
            Self::Image => "a still image",
            Self::Document(Document::Pdf) => "a PDF document",
            Self::Document(Document::Word) => "an office document",
            Self::Document(Document::Json) => "a JSON document",
            Self::Document(Document::Xml) => "an XML document that is not timed text",
            Self::Document(Document::PlainText) => "plain text",
            Self::Document(Document::Archive) => "a ZIP archive",
            Self::Package => "a part of an IMF package",
            Self::NoStreams => "a container without picture and sound",
            Self::Unknown => "of a kind that is not looked into",
        }
    }
}
