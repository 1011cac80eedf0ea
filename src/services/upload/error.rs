//! What can go wrong with an upload: one sentence each, which the sending program shows to its person.

use thiserror::Error;

use crate::error::AppError;

#[derive(Debug, Error)]
pub enum UploadError {
    #[error(transparent)]
    App(#[from] AppError),
    #[error(
        "The upload stands at byte {stored}, not at byte {claimed}. Ask for its offset and go on from there."
    )]
    WrongOffset { stored: u64, claimed: u64 },
    #[error(
        "The checksum of this piece does not agree with what arrived. Nothing of it was kept; send it again."
    )]
    WrongChecksum,
    #[error("This upload is over: it was stopped, or nothing came for too long. Start it again.")]
    Gone,
    #[error("This upload is arriving over another connection. Wait a few seconds and try again.")]
    Locked,
    #[error(
        "Your organization sends {most} files at the same time already, and this portal takes no more. Wait until one has arrived."
    )]
    TooManyStreams { most: usize },
    #[error("{announced} bytes were announced, and more were sent. Nothing beyond them was kept.")]
    TooLong { announced: u64 },
    #[error("This portal takes files of at most {limit} bytes; {announced} were announced.")]
    TooLarge { announced: u64, limit: u64 },
    #[error("No byte has come for {seconds} seconds. Everything before is safe; go on from there.")]
    Stalled { seconds: u64 },
    #[error("The connection broke. Everything before is safe; go on from there.")]
    Cut,
    #[error(
        "The portal is being restarted. Everything that has arrived is safe; go on in a minute."
    )]
    Stopping,
    #[error("A joined upload takes no bytes: its parts were sent already.")]
    Joined,
    #[error(
        "Byte for byte the file was announced with {announced}, but this upload has {found}. Choose the same file, or start a new delivery."
    )]
    AnotherSize { announced: u64, found: u64 },
    #[error("{0}")]
    Unfit(&'static str),
}

impl From<UploadError> for AppError {
    /// For callers that do not speak the protocol of uploads.
    fn from(error: UploadError) -> Self {
        match error {
            UploadError::App(error) => error,
            other => Self::Unreadable(other.to_string()),
        }
    }
}

impl From<storage::StorageError> for UploadError {
    fn from(error: storage::StorageError) -> Self {
        Self::App(error.into())
    }
}
