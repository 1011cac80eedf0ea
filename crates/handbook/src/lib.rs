//! The handbook: guides as they are written in `help/`, the meaning of every status, and what answers a search.
//!
//! It knows no addresses: what it refers to is a [`Reference`], and whoever shows it says where that is.

mod glossary;
mod guide;
mod markdown;
mod reference;
mod search;

pub use glossary::{List, Status, lists};
pub use guide::{Guide, Section, Shelf, guide, guides};
pub use reference::Reference;
pub use search::{Answer, Found, Kind, Piece, search};
