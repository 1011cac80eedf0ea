//! Resumable upload through the real door, on SQLite always and on PostgreSQL where `TEST_POSTGRES_URL` is set.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what stands around the laws fails as loudly as they do"
)]

mod cast;
mod crash;
mod digest;
mod film;
mod joining;
mod permission;
mod protocol;
mod recovery;
mod room;
mod servers;
mod stream;
mod support;
