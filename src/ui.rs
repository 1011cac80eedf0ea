//! The pages.

pub mod app;
pub mod browser;
pub mod change;
pub mod context;
pub mod dashboard;
pub mod delivery;
pub mod kit;
pub mod leaf;
pub mod people;
pub mod preference;
pub mod request;
pub mod sheet_panel;
