//! Why a document was not read.

use thiserror::Error;

/// Why a reader gave up. Both are the file's fault and will not go away by trying again.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Objection {
    /// It is larger or deeper than [`Bounds`](crate::Bounds) allow.
    #[error("the document is over the limit of its {0:?}")]
    TooCostly(Outgrown),
    /// Its content makes no sense.
    #[error("the file cannot be read: {why}")]
    Unreadable {
        /// What the reader objected to, in words fit for a partner.
        why: String,
    },
}

/// The bound that a document outgrew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outgrown {
    /// The size of a text document.
    TextSize,
    /// Elements, nesting and attributes of a text document.
    Structure,
}
