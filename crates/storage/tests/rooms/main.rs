//! Every query, on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so and stops")]

mod account;
mod comment;
mod dashboard;
mod dashboard_pages;
mod db;
mod delivery;
mod event;
mod handin;
mod history;
mod history_chain;
mod import;
mod inspection;
mod job;
mod letter;
mod material;
mod notice;
mod overrides;
mod people;
mod product;
mod profile;
mod request;
mod run;
mod schema;
mod session;
mod support;
mod ticket;
mod title;
mod upload;
mod vault;
