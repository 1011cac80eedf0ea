//! Every query, on SQLite and on PostgreSQL.

mod dashboard;
mod dashboard_pages;
mod db;
mod delivery;
mod event;
mod history;
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
