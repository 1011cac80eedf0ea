//! A table of requests to begin with, as a file.

use axum::{http::header, response::IntoResponse};
use domain::request::import::EXAMPLE;

pub async fn table() -> impl IntoResponse {
    let kind = (header::CONTENT_TYPE, "text/csv; charset=utf-8");
    let name = (header::CONTENT_DISPOSITION, "attachment; filename=\"requests.csv\"");
    ([kind, name], EXAMPLE)
}
