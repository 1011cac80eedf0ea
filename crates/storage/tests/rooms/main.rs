//! Every query, on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so and stops")]

mod comment;
mod dashboard;
mod dashboard_pages;
mod db;
mod delivery;
mod event;
mod history;
mod history_chain;
mod inspection;
mod job;
mod people;
mod request;
mod schema;
mod session;
mod support;
mod title;
mod upload;
mod vault;
