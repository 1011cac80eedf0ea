//! What a partner wants to deliver, before a transfer exists.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{DeliveryMetadata, DeliveryMethod, FileName};
use crate::{
    refusal::{Refusal, ensure},
    request::{Files, MaterialDemand, SourceRequest},
};

/// A delivery about to begin: the files as the sender sees them, and what was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub files: Vec<DraftFile>,
    /// Entries of the metadata form by key.
    pub metadata: BTreeMap<String, String>,
    pub method: DeliveryMethod,
    pub client: Option<String>,
}

/// A file about to be uploaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftFile {
    pub name: FileName,
    /// Bytes.
    pub size: u64,
}

/// What this deployment takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The largest file, in bytes.
    pub file_size: u64,
    /// The most files of one delivery.
    pub files: usize,
    /// How the material must stand before a file is taken.
    pub material: MaterialDemand,
}

/// Characters of the name and version by which a delivering program calls itself.
const LONGEST_CLIENT: usize = 100;

impl Draft {
    fn long_client() -> Refusal {
        Refusal::BadMetadata {
            key: "client".into(),
            label: "Client".into(),
            problem: format!("at most {LONGEST_CLIENT} characters."),
        }
    }

    /// Whether `request` can take these files, and with what metadata; without regard to who asks.
    ///
    /// An empty file may be announced: inspection finds it and says so.
    pub fn check(
        &self,
        request: &SourceRequest,
        limits: &Limits,
    ) -> Result<DeliveryMetadata, Refusal> {
        let source_type = request.source_type;
        let count = self.files.len();
        let most = match source_type.files() {
            Files::One => 1,
            Files::Many | Files::Package => limits.files,
        };
        ensure(count > 0, Refusal::NoFile)?;
        let client = self.client.as_deref().unwrap_or_default();
        ensure(client.chars().count() <= LONGEST_CLIENT, Self::long_client())?;
        ensure(count <= most, Refusal::TooManyFiles { source_type, count })?;
        for file in &self.files {
            let too_large = Refusal::FileTooLarge {
                name: file.name.to_string(),
                size: file.size,
                limit: limits.file_size,
            };
            ensure(file.size <= limits.file_size, too_large)?;
        }
        DeliveryMetadata::check(source_type, &self.metadata).map_err(|problems| {
            match problems.into_iter().next() {
                Some(it) => {
                    Refusal::BadMetadata { key: it.key, label: it.label, problem: it.problem }
                }
                None => Refusal::NoFile,
            }
        })
    }
}
