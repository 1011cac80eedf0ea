//! The desk: one function per thing that people or machines do. Load, ask, write, tell.

pub mod comment;
pub mod dashboard;
pub mod delivery;
pub mod event;
pub mod failure;
pub mod handin;
pub mod history;
pub mod import;
pub mod inspection;
pub mod job;
pub mod letter;
pub mod material;
pub mod notice;
pub mod people;
pub mod profile;
pub mod request;
pub mod review;
pub mod session;
mod sight;
pub mod ticket;
pub mod title;
pub mod upload;
