//! The door for our own pages: each function is a translation to one service.

pub mod dashboard;
pub mod delivery;
pub mod handin;
pub mod people;
pub mod request;
