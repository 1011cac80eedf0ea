//! The one error that crosses the wire.

use domain::refusal::Refusal;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::json::JsonText;

/// What can go wrong, as far as the person at the other end needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum AppError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("This is not here, or not for you to see.")]
    NotFound,
    #[error("Please sign in again.")]
    SignedOut,
    #[error("Somebody else changed this meanwhile. Have another look and try again.")]
    MovedOn,
    #[error("The request could not be read: {0}")]
    Unreadable(String),
    #[error(
        "There is no room left on the portal's disk. What has arrived is safe; ask the platform to make room, then go on."
    )]
    NoRoom,
    #[error("The portal stumbled. If it keeps happening, mention {reference}.")]
    Broken { reference: String },
    #[error("The portal cannot be reached. Check your connection and try again.")]
    Unreachable,
}

impl FromServerFnError for AppError {
    type Encoder = JsonText;

    /// Only the road there can fail this way: the server itself answers in our own words.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(why)
            | ServerFnErrorErr::MissingArg(why)
            | ServerFnErrorErr::Deserialization(why) => Self::Unreadable(why),
            _ => Self::Unreachable,
        }
    }
}
