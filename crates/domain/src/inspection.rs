//! Judging a delivered file: what was measured, what was expected, and every difference that matters.
//!
//! Nothing here opens a file. A [`Measurement`] comes from outside, an [`Expectation`] from the request and the
//! delivery form; [`judge`] compares the two and tells all it finds.

mod article;
mod code;
mod comparison;
mod expectation;
mod finding;
mod judge;
mod language;
mod measurement;
mod picture;
mod property;
mod reading;
mod runtime;
mod sound;
mod timed_text;

pub use article::{Article, article};
pub use code::{ErrorCode, Severity};
pub use comparison::{Agreement, Compared, Entered, comparison};
pub use expectation::{Embedded, Expectation, PictureSpec, Previous, SoundSpec, TextSpec};
pub use finding::{Direction, Finding, Gauge, Unit};
pub use judge::judge;
pub use measurement::{Container, Document, FileFacts, Found, Measurement, Tool};
pub use picture::{Chroma, Color, Image, ImageFormat, Scan, VideoTrack};
pub use property::Property;
pub use runtime::Runtime;
pub use sound::{AudioTrack, ChannelLayout};
pub use timed_text::{Fault, Moment, TextFormat, TimeBase, TimedText};
