//! Resumable uploads: the bytes of a delivery, from the first piece to the finished file in the vault.
//!
//! Reading order: [`create`](creation) makes an upload for a file of a delivery; [`append`] receives pieces
//! under a [`lease`](lease::Lease) through an [`inflow`], an [`intake`] and a [`flow`]; when the last byte is
//! acknowledged, [`finish`] puts the file into the vault and lets the transfer move on. Everything can be
//! killed between any two steps: what the database says is true, and what it does not say is done again.

mod append;
mod checksum;
mod creation;
mod digest;
mod error;
mod expiry;
mod finish;
mod flow;
mod hand;
mod hashes;
mod inflow;
mod intake;
mod joining;
mod lease;
mod metadata;
mod progress;
mod sight;
mod staging;
mod streams;
mod xxh3;

pub use append::{Piece, append};
pub use checksum::{Algorithm, Checksum};
pub use creation::{Announcement, Form, create};
pub use digest::announce_digest;
pub use error::UploadError;
pub use expiry::{expire, terminate};
pub use finish::resume_unfinished;
pub use metadata::{Metadata, SentDigest};
pub use progress::{file_of, progress, standing};
pub use sight::{Kind, Standing};
pub use streams::Streams;
