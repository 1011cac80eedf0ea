//! Articles on what was heard in a file.

pub(super) mod alike;
pub(super) mod channel;
pub(super) mod level;
pub(super) mod place;
pub(super) mod silence;
