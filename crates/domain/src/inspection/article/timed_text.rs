//! Articles on subtitles and captions, by what is looked at.

pub(super) mod document;
pub(super) mod form;
pub(super) mod identity;
pub(super) mod place;
pub(super) mod style;
pub(super) mod time;
