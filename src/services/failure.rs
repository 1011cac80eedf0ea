//! What storage cannot do, told to people; the details go to the log, once, under a reference.

use std::fmt::Display;

use storage::StorageError;

use crate::{error::AppError, portal::new_reference};

impl From<StorageError> for AppError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::MovedOn => Self::MovedOn,
            StorageError::NoRoom => Self::NoRoom,
            error => broken(&error),
        }
    }
}

/// The portal's own fault: logged here, and nowhere above.
pub fn broken(error: &dyn Display) -> AppError {
    let reference = new_reference();
    tracing::error!(reference, "{error}");
    AppError::Broken { reference }
}
