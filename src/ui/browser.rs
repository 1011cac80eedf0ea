//! What the browser itself offers, behind functions that do nothing where it offers nothing.

pub mod blame;
pub mod clipboard;
pub mod clock;
pub mod events;
pub mod focus;
pub mod form;
pub mod leaf;
pub mod limit;
pub mod mention;
pub mod pointer;
pub mod preflight;
pub mod root;
pub mod store;
pub mod upload;
