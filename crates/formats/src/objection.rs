//! Why a document was not read.

use std::fmt;

use thiserror::Error;

use crate::Bounds;

/// Why a reader gave up. Both are the file's fault and will not go away by trying again.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Objection {
    /// It is larger or deeper than [`Bounds`](crate::Bounds) allow.
    #[error("the document is over the limit of the {0}")]
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

impl Outgrown {
    /// How much of it there is, as people read it.
    pub fn limit(self, bounds: &Bounds) -> String {
        match self {
            Self::TextSize => format!("{} MiB", bounds.text_bytes >> 20),
            Self::Structure => {
                format!("{} elements, {} levels", bounds.xml_elements, bounds.xml_depth)
            }
        }
    }
}

impl fmt::Display for Outgrown {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::TextSize => "size of a text document",
            Self::Structure => "structure of a text document",
        })
    }
}
