//! Articles on what a picture shows and how it is coded.

pub(super) mod dark;
pub(super) mod form;
pub(super) mod motion;
pub(super) mod stream;
