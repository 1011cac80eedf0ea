//! Errors as HTTP statuses.

use axum::http::StatusCode;
use domain::refusal::Grounds;

use crate::error::AppError;

/// The status that says best what went wrong.
pub fn status_of(error: &AppError) -> StatusCode {
    match error {
        AppError::Refused(refusal) => status_on(refusal.grounds()),
        AppError::Told { grounds, .. } => status_on(*grounds),
        AppError::MovedOn => StatusCode::CONFLICT,
        AppError::NotFound => StatusCode::NOT_FOUND,
        AppError::SignedOut => StatusCode::UNAUTHORIZED,
        AppError::Unreadable(_) => StatusCode::BAD_REQUEST,
        AppError::NoRoom => StatusCode::INSUFFICIENT_STORAGE,
        AppError::Broken { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        AppError::Unreachable => StatusCode::BAD_GATEWAY,
    }
}

const fn status_on(grounds: Grounds) -> StatusCode {
    match grounds {
        Grounds::Person => StatusCode::FORBIDDEN,
        Grounds::Moment => StatusCode::CONFLICT,
        Grounds::Form => StatusCode::UNPROCESSABLE_ENTITY,
        Grounds::Size => StatusCode::PAYLOAD_TOO_LARGE,
        Grounds::Pace => StatusCode::TOO_MANY_REQUESTS,
    }
}
