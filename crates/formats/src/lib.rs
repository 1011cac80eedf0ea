//! Reading formats from their bytes alone, without any tool and without a clock, a disk or a network: what a file is by
//! its first bytes, timed text, the lists of IMF packages, the headers of MXF files. The server and the browser ask the same readers.
//!
//! Every byte is hostile: a reader takes anything without panicking, in linear time, expands no entity, and opens no
//! other file. Nothing here judges: that is the domain's part.

mod bounds;
mod document;
pub mod imf;
pub mod mxf;
mod objection;
pub mod sniff;
pub mod text;
mod xml;

pub use bounds::Bounds;
pub use document::document;
pub use objection::{Objection, Outgrown};
