//! The delivery: one transfer is one attempt to supply the files of a request.

mod card;
mod change;
mod consignment;
mod digest;
mod draft;
mod file_name;
mod matching;
mod metadata;
mod overrides;
mod parts;
mod review;
mod timeline;
mod waiting;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use card::{
    Deliverable, OpenCards, Ruling, TransferAction, TransferDetails, TransferHead, TransferOffer,
};
pub use change::{Begun, Birth, Earlier, Effect, Step};
pub use consignment::{Consignment, Sent};
pub use digest::{Digests, Progress, Verification};
pub use draft::{Draft, DraftFile, Limits};
pub use file_name::FileName;
pub use matching::{Candidate, Match, best_match, matches};
pub use metadata::{DeliveryMetadata, Entry, Field, FieldKind, Problem, fields};
pub use overrides::{Explained, OverrideReason, Situation, Verdict};
pub use parts::parts;
pub use review::{Patience, Precedent, Review, ReviewHead, Reviews, patience};
pub use timeline::{Asked, Milestone, Passage, Timeline};
pub use waiting::Primary;

use crate::{
    id::{FileId, OrganizationId, PersonId, RequestId, TransferId},
    key::keyed,
};

keyed! {
    /// Where a transfer stands.
    pub enum TransferStatus {
        Error = "error", "Error";
        InternalError = "internal_error", "Internal Error";
        Ignored = "ignored", "Ignored";
        Overridden = "overridden", "Overridden";
        Processing = "processing", "Processing";
        FailedInspection = "failed_inspection", "Failed Inspection";
        Superseded = "superseded", "Superseded";
        Succeeded = "succeeded", "Succeeded";
        WaitingForPrimary = "waiting_for_primary", "Waiting for Primary";
        WaitingForUpload = "waiting_for_upload", "Waiting for Upload";
    }
}

impl TransferStatus {
    /// Whether its file is still to be inspected.
    pub const fn awaits_inspection(self) -> bool {
        matches!(self, Self::WaitingForUpload | Self::WaitingForPrimary | Self::Processing)
    }

    /// What the status means, in one sentence.
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Error => "Something unexpected broke the delivery. Deliver the file again.",
            Self::InternalError => {
                "Our own machinery failed after the file arrived. There is nothing for the partner to fix."
            }
            Self::Ignored => {
                "The platform does not want this transfer processed. The previous one stands."
            }
            Self::Overridden => "An inspection error was overridden. The platform verifies it.",
            Self::Processing => "The file has arrived and is being inspected and ingested.",
            Self::FailedInspection => "Inspection found an error in the delivered file.",
            Self::Superseded => {
                "Another delivery to the same request was started before this one had finished uploading."
            }
            Self::Succeeded => "The delivery was processed successfully.",
            Self::WaitingForPrimary => {
                "The file has arrived and waits until the primary video of the title is processed."
            }
            Self::WaitingForUpload => {
                "The delivery was started; its file has not arrived yet, or not wholly."
            }
        }
    }
}

keyed! {
    /// The door through which a delivery came.
    pub enum DeliveryMethod {
        Ui = "ui", "UI";
        Api = "api", "API";
    }
}

/// One attempt to supply the files of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    pub id: TransferId,
    /// The number people say, shown as `T-88213`.
    pub number: i64,
    pub request: RequestId,
    pub status: TransferStatus,
    pub method: DeliveryMethod,
    /// The program that delivers and its version, as it names itself.
    pub client: Option<String>,
    pub initiated_by: PersonId,
    pub organization: OrganizationId,
    pub initiated_at: DateTime<Utc>,
    /// When the last byte had arrived and was verified.
    pub uploaded_at: Option<DateTime<Utc>>,
    /// When inspection had come to an end.
    pub processed_at: Option<DateTime<Utc>>,
    pub metadata: DeliveryMetadata,
    pub files: Vec<TransferFile>,
}

/// One file of a transfer. Its name is data and never a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferFile {
    pub id: FileId,
    pub name: FileName,
    /// Bytes announced when the delivery was started.
    pub size: u64,
    /// Bytes received and safely stored.
    pub received: u64,
    /// Known once the last byte has arrived.
    pub digests: Option<Digests>,
}

impl Transfer {
    /// The number as people write it.
    pub fn label(&self) -> String {
        format!("T-{}", self.number)
    }

    /// Bytes announced, over all files.
    pub fn size(&self) -> u64 {
        self.files.iter().map(|it| it.size).sum()
    }

    /// Whether every announced byte has arrived.
    pub fn is_complete(&self) -> bool {
        self.files.iter().all(|it| it.digests.is_some())
    }
}
