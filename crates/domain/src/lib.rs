//! The ground floor: what the portal knows and what it allows. Pure values and rules, no clock, no file,
//! no network, no randomness; compiled for the browser and the server alike.
//!
//! Reading order: [`people`] act on a [`request`] of a [`title`]; a partner makes a [`delivery`] (or a
//! [`handin`]), which an [`inspection`] judges; in a [`comment`] they talk about it; [`history`] tells what
//! happened; a [`notice`] tells whom it concerns, by [`letter`] too; every "no" is a [`refusal`].

mod key;

pub mod comment;
pub mod csv;
pub mod dashboard;
pub mod delivery;
pub mod handin;
pub mod history;
pub mod id;
pub mod inspection;
pub mod job;
pub mod language;
pub mod letter;
pub mod material;
pub mod notice;
pub mod people;
pub mod quantity;
pub mod refusal;
pub mod request;
pub mod text;
pub mod ticket;
pub mod timecode;
pub mod title;

pub use key::Keyed;
