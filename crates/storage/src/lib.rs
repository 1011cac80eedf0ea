//! Where things are kept: tables on SQLite or PostgreSQL, and files by their content.
//!
//! A room of the domain has a room of the same name here; its queries are plain functions on a [`Conn`].
//! To add a query, in four steps:
//!
//! 1. A column or table it needs: one migration of the next number in `migrations/sqlite` **and** in
//!    `migrations/postgres`, with the same tables, columns and nullability (a test compares them).
//! 2. The query in the room's file, written once for both engines: a function that takes `&mut Conn`, its
//!    SQL as a constant with `$1`, `$2`, run by `find!` (one row or none), `list!` (all rows) or `change!`
//!    (how many rows changed). Values of the domain are wrapped in `Col` on their way in and out; every time
//!    is bound from outside, none is read from the database's clock.
//! 3. A change says what it expects (`… WHERE id = $1 AND status = $2`, or a version) and answers
//!    [`StorageError::MovedOn`] when that no longer holds. Whatever changes a request, its parties or its
//!    newest transfer ends with `dashboard::relist`, so that the list stays true.
//! 4. Its test in `tests/rooms/`, inside `on_each_engine`: without one it is not finished.
//!
//! What differs between the engines stands in `db.rs` and `dialect.rs` and nowhere else.

mod column;
mod db;
mod dialect;
mod error;
mod number;

pub mod attempt;
pub mod comment;
pub mod dashboard;
pub mod delivery;
pub mod event;
pub mod handin;
pub mod history;
pub mod import;
pub mod job;
pub mod letter;
pub mod material;
pub mod notice;
pub mod people;
pub mod profile;
pub mod request;
pub mod session;
pub mod ticket;
pub mod title;
pub mod upload;
pub mod vault;

pub use db::{Conn, Db, Options, WakeUp};
pub use error::{Result, StorageError};
pub use vault::Vault;
