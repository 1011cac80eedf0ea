//! Readers of timed text. They expand no entity, open no other file, and tell every fault with its line.

mod decode;
mod language;
mod reading;
mod subrip;
mod ttml;
mod webvtt;

pub use decode::{Decoded, decode};
pub use subrip::subrip;
pub use ttml::ttml;
pub use webvtt::webvtt;
