//! Articles on IMF packages.

pub(super) mod composition;
pub(super) mod essence;
pub(super) mod files;
pub(super) mod lists;
pub(super) mod time;
