//! Errors as answers to programs: the status, and the sentence. The error itself goes along, for whoever makes a page
//! of it.

use axum::response::{IntoResponse, Response};

use crate::{error::AppError, visitor::status_of};

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let mut answer = (status_of(&self), self.to_string()).into_response();
        answer.extensions_mut().insert(self);
        answer
    }
}
