//! Why a file could not be measured.

use std::fmt;

use formats::{Objection, Outgrown};
use thiserror::Error;

use crate::Limits;

/// Why there is no measurement. The first two are the file's fault and will not go away by trying again.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Failure {
    /// Reading it used up something that one file may use only so much of.
    #[error("reading the file used up its {which}")]
    TooCostly {
        /// What ran out.
        which: Exhausted,
    },
    /// Its content makes no sense to anything that reads files here.
    #[error("the file cannot be read: {why}")]
    Unreadable {
        /// What the reader objected to, in words fit for a partner.
        why: String,
    },
    /// Our own tools are missing or broken; the file may be fine.
    #[error("measuring is out of order: {0}")]
    Machinery(String),
}

/// Something that one file may use only so much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exhausted {
    /// Time on the clock.
    WallTime,
    /// Time of computing.
    CpuTime,
    /// Memory.
    Memory,
    /// What the reader may say about the file.
    Output,
    /// The size of a text document.
    TextSize,
    /// Elements, nesting and attributes of a text document.
    Structure,
}

impl Exhausted {
    /// How much of it there is, as people read it.
    pub fn limit(self, limits: &Limits) -> String {
        const MEBI: u64 = 1024 * 1024;
        match self {
            Self::WallTime => format!("{} seconds", limits.wall_time.as_secs()),
            Self::CpuTime => format!("{} seconds of computing", limits.cpu_seconds),
            Self::Memory if limits.memory_bytes >= 1024 * MEBI => {
                format!("{} GiB", limits.memory_bytes / (1024 * MEBI))
            }
            Self::Memory => format!("{} MiB", limits.memory_bytes / MEBI),
            Self::Output => format!("{} MiB", limits.output_bytes / MEBI),
            Self::TextSize => Outgrown::TextSize.limit(&limits.documents),
            Self::Structure => Outgrown::Structure.limit(&limits.documents),
        }
    }
}

impl fmt::Display for Exhausted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WallTime | Self::CpuTime => out.write_str("time"),
            Self::Memory => out.write_str("memory"),
            Self::Output => out.write_str("output"),
            Self::TextSize => Outgrown::TextSize.fmt(out),
            Self::Structure => Outgrown::Structure.fmt(out),
        }
    }
}

impl Failure {
    pub(crate) fn unreadable(why: impl Into<String>) -> Self {
        Self::Unreadable { why: why.into() }
    }

    pub(crate) const fn too_costly(which: Exhausted) -> Self {
        Self::TooCostly { which }
    }

    pub(crate) fn machinery(what: &str, error: &dyn fmt::Display) -> Self {
        Self::Machinery(format!("{what}: {error}"))
    }
}

impl From<Objection> for Failure {
    fn from(objection: Objection) -> Self {
        match objection {
            Objection::Unreadable { why } => Self::Unreadable { why },
            Objection::TooCostly(Outgrown::TextSize) => Self::too_costly(Exhausted::TextSize),
            Objection::TooCostly(Outgrown::Structure) => Self::too_costly(Exhausted::Structure),
        }
    }
}
