//! Readers of timed text. They expand no entity, open no other file, and tell every fault with its line.

mod decode;
mod language;
mod reading;
mod scc;
mod stl;
mod subrip;
mod ttml;
mod webvtt;

pub use decode::{Decoded, decode};
pub(crate) use scc::HEADER as SCC_HEADER;
pub use scc::scc;
pub use stl::stl;
pub use subrip::subrip;
pub use ttml::ttml;
pub use webvtt::webvtt;
