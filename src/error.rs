//! The one error that crosses the wire.

use domain::refusal::{Grounds, Refusal};
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize, Serializer};
use thiserror::Error;

use crate::json::JsonText;

/// What can go wrong, as far as the person at the other end needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum AppError {
    #[error(transparent)]
    #[serde(rename = "Told", serialize_with = "tell", skip_deserializing)]
    Refused(#[from] Refusal),
    /// A refusal as it arrives at the other end: a sentence, so that whoever only shows it need not know them all.
    #[error("{said}")]
    Told { grounds: Grounds, said: String },
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

/// As [`AppError::Told`].
fn tell<S: Serializer>(refusal: &Refusal, to: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Told {
        grounds: Grounds,
        said: String,
    }
    Told { grounds: refusal.grounds(), said: refusal.to_string() }.serialize(to)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_arrives_as_the_sentence_it_is() {
        let refusal = Refusal::SlowDown { seconds: 7 };
        let wire = serde_json::to_string(&AppError::from(refusal.clone())).unwrap();
        let arrived: AppError = serde_json::from_str(&wire).unwrap();
        let (grounds, said) = (refusal.grounds(), refusal.to_string());
        assert_eq!(arrived, AppError::Told { grounds, said });
    }
}
