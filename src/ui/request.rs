//! The Source Request Details page: header, overview, tabs.

pub mod action_bar;
pub mod family;
pub mod header;
pub mod overview;
pub mod page;
pub mod status_badge;
pub mod tab;

pub use page::DetailsPage;
