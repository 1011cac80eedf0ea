//! The desk: one function per thing that people or machines do. Load, ask, write, tell.

pub mod comment;
pub mod dashboard;
pub mod delivery;
pub mod event;
pub mod failure;
pub mod history;
pub mod inspection;
pub mod job;
pub mod people;
pub mod request;
pub mod session;
mod sight;
pub mod title;
pub mod upload;
