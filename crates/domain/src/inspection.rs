//! Judging a delivered file: what was measured, what was expected, and every difference that matters.
//!
//! Nothing here opens a file. A [`Measurement`] comes from outside, an [`Expectation`] from the request and the
//! delivery form; [`judge`] compares the two and tells all it finds.

mod archive;
mod article;
mod brief;
mod catalogue;
mod code;
mod comparison;
mod cue;
mod defect;
mod expectation;
mod finding;
mod headway;
pub mod imf;
mod judge;
mod language;
mod measurement;
mod picture;
mod preflight;
mod profile;
mod property;
mod reading;
mod runtime;
mod sound;
mod style;
mod timed_text;

pub use archive::{Archive, Archived};
pub use article::{Article, article};
pub use brief::{Brief, Question};
pub use catalogue::ErrorCode;
pub use code::{Entry, Severity};
pub use comparison::{Agreement, Compared, Entered, comparison};
pub use cue::{Area, Cue, width};
pub use defect::{Defect, DefectKind};
pub use expectation::{
    Captions, ColorSpec, Embedded, Expectation, ImageSize, ImageSpec, PictureLimits, PictureSpec,
    Previous, Program, SoundSpec, TextSpec,
};
pub use finding::{Direction, Finding, Gauge, Unit};
pub use headway::{Advance, Essence, Headway, Stage};
pub use imf::Imf;
pub use judge::{Delivered, judge, judge_delivery, judge_package, judge_part};
pub use measurement::{Container, Document, FileFacts, Found, Measurement, Tool};
pub use picture::{
    Chroma, Color, ColorModel, Image, ImageFormat, PictureContent, Scan, VideoTrack,
    content::{
        ActivePicture, Damage, FRAMES_KEPT, Fields, Groups, Levels, PREFERRED_LEVELS, Repeats,
        STRETCHES_KEPT, Stretch, Stretches,
    },
};
pub use preflight::{Forecast, Foreseen, Later, Sight, Teller, forecast, foreseen};
pub use profile::{Profile, Setting};
pub use property::Property;
pub use runtime::Runtime;
pub use sound::{
    AudioTrack, ChannelContent, ChannelLayout, Level, LoudnessSpec, MOST_CHANNELS, MixContent,
    MixRole, MixSpec, Pair, SILENCE, Silence, SoundContent, Speaker, Speech, SyncOffset, Tops,
    mixes,
};
pub use style::{Audience, DashStyle, TextKind, TextLimits, TextStyle};
pub use timed_text::{
    Fault, FaultKind, Moment, TextFormat, TimeBase, TimedText, USUAL_RATE, labels,
};

/// The version of the rules: grows with every change of them, so that an old result can be told from a new one.
pub const RULES: u16 = 3;
