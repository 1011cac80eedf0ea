//! Errors as answers to programs: the status, and the sentence.

use axum::response::{IntoResponse, Response};

use crate::{error::AppError, visitor::status_of};

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        (status_of(&self), self.to_string()).into_response()
    }
}
