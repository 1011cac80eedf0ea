//! Errors as HTTP statuses.

use axum::http::StatusCode;
use domain::refusal::Refusal;

use crate::error::AppError;

/// The status that says best what went wrong.
pub fn status_of(error: &AppError) -> StatusCode {
    match error {
        AppError::Refused(refusal) => status_of_refusal(refusal),
        AppError::MovedOn => StatusCode::CONFLICT,
        AppError::NotFound => StatusCode::NOT_FOUND,
        AppError::SignedOut => StatusCode::UNAUTHORIZED,
        AppError::Unreadable(_) => StatusCode::BAD_REQUEST,
        AppError::NoRoom => StatusCode::INSUFFICIENT_STORAGE,
        AppError::Broken { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        AppError::Unreachable => StatusCode::BAD_GATEWAY,
    }
}

/// Not for this person, not at this moment, or not in this form.
fn status_of_refusal(refusal: &Refusal) -> StatusCode {
    use Refusal as R;
    match refusal {
        R::NotAssigned
        | R::Unassigned
        | R::SubassigneeCannotDeliver
        | R::RoleTooNarrow
        | R::NotGranted => StatusCode::FORBIDDEN,
        R::PlatformOnly | R::NotYourDelivery | R::WrongCredentials | R::Deactivated => {
            StatusCode::FORBIDDEN
        }
        R::WrongStatus(_) | R::MaterialsMissing(_) | R::NeverCanceled(_) | R::NothingToEdit => {
            StatusCode::CONFLICT
        }
        R::TooManyDeliveries { .. } => StatusCode::CONFLICT,
        R::NoServiceType(_)
        | R::NoMaterialStatus(_)
        | R::AlreadyTheirs
        | R::NotAFulfillmentPartner => StatusCode::CONFLICT,
        R::NotOverridable(_)
        | R::WrongTransferStatus(_)
        | R::NoSuchMove { .. }
        | R::AnotherFile { .. } => StatusCode::CONFLICT,
        R::ReasonMissing | R::CommentMissing | R::UnknownZone(_) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        R::NoFile | R::TooManyFiles { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        R::BadFileName | R::BadMetadata { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        R::FileTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        R::SlowDown { .. } => StatusCode::TOO_MANY_REQUESTS,
    }
}
