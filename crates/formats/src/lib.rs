//! Reading formats from their bytes alone, without any tool and without a clock, a disk or a network: what a file is by
//! its first bytes, headers of containers, timed text, documents, lists of archives, the lists of IMF packages. The
//! server and the browser ask the same readers.
//!
//! Every byte is hostile: a reader takes anything without panicking, in linear time, expands no entity, and opens no
//! other file. Nothing here judges: that is the domain's part.

mod archive;
mod bounds;
pub mod container;
mod document;
pub mod imf;
mod json;
pub mod mxf;
mod objection;
mod office;
mod pdf;
mod preview;
pub mod sniff;
pub mod text;
mod xml;

pub use bounds::Bounds;
pub use document::{document, sliced_document};
pub use objection::{Objection, Outgrown};
pub use preview::preview;
