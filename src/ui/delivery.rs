//! Deliveries: the tab with a card per transfer, and the page on which files are delivered.

pub mod card;
pub mod deck;
pub mod details;
pub mod error_summary;
pub mod inside;
pub mod metadata;
pub mod status_badge;
pub mod tab;
pub mod timeline;
pub mod timeline_panel;
pub mod under_way;
pub mod upload_page;
