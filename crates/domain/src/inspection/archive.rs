//! Facts about a ZIP archive, read from its table of contents.

use serde::{Deserialize, Serialize};

use super::Image;

/// What an archive says it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Archive {
    /// Files in it; folders are not counted.
    pub files: u64,
    /// Bytes that they take inside the archive, by its own list.
    pub packed: u64,
    /// Bytes of all of them together, once unpacked, by the same list.
    pub unpacked: u64,
    /// The still pictures that could be read, among the first [`Archive::KEPT`] files.
    pub pictures: Vec<Archived>,
    /// How many of those files are still pictures, readable or not.
    pub picture_count: u64,
    /// Names of files that are no pictures; the first ones. What systems put into archives by themselves is not among
    /// them.
    pub others: Vec<String>,
}

/// A still picture inside an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archived {
    /// Its path inside the archive.
    pub name: String,
    /// What its header says.
    pub image: Image,
}

impl Archive {
    /// So many files are looked into: far more than a delivery of dub cards has.
    pub const KEPT: usize = 200;
}
