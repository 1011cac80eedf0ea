//! What keeps a file from being read as it was meant, as the readers found it.

use serde::{Deserialize, Serialize};

use crate::key::keyed;

/// One thing that is wrong with the file itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Defect {
    /// What kind of thing.
    pub kind: DefectKind,
    /// Where: an entry of an archive, a line. Nothing where it is the whole file.
    pub place: Option<String>,
    /// What is wrong there, in a sentence.
    pub what: String,
}

keyed! {
    /// What is wrong with a file itself.
    pub enum DefectKind {
        /// An entry of an archive that stands for another file.
        Link = "link", "Link";
        /// An entry of an archive that would be written outside its folder.
        Escape = "escape", "Path";
        /// An XML document that declares entities.
        Entities = "entities", "Entities";
        /// A still picture that cannot be read.
        Image = "image", "Picture";
        /// A document that cannot be read.
        Document = "document", "Document";
        /// A document that only opens with a password.
        Encrypted = "encrypted", "Encryption";
    }
}

impl Defect {
    /// So many of a kind are kept, the first ones.
    pub const KEPT: usize = 20;

    /// Something that is wrong with the whole file.
    pub fn new(kind: DefectKind, what: impl Into<String>) -> Self {
        Self { kind, place: None, what: what.into() }
    }

    /// Something that is wrong in one place.
    pub fn at(self, place: impl Into<String>) -> Self {
        Self { place: Some(place.into()), ..self }
    }

    /// Adds it to those that were found before, unless there are enough of its kind.
    pub fn note(self, found: &mut Vec<Self>) {
        if found.iter().filter(|it| it.kind == self.kind).count() < Self::KEPT {
            found.push(self);
        }
    }
}
