//! Everything that can happen, in one list; who did it, and when.

mod filter;
mod line;
mod sentence;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumIter, IntoStaticStr};

pub use filter::{By, HistoryFilter, Topic};
pub use line::{History, HistoryLine, Kind, Who};
pub use sentence::Clock;
pub(crate) use sentence::package_changes;
#[cfg(test)]
pub(crate) use sentence::tests::everything;

use crate::{
    delivery::{FileName, Primary},
    id::{AttachmentId, CommentId, HandInId, PersonId, RequestId, TransferId},
    inspection::ErrorCode,
    language::Country,
    people::Actor,
    request::{
        EstimatedDate, MaterialStatus, Moment, RedeliveryReason, RequestStatus, ServiceType,
    },
    title::{Correction, PackageFact},
};

/// Something that happened to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, EnumDiscriminants)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[strum_discriminants(name(HappeningKind), doc = "A happening without its particulars.")]
#[strum_discriminants(derive(EnumIter, IntoStaticStr), strum(serialize_all = "snake_case"))]
pub enum Happening {
    RequestCreated,
    /// Out of a line of a file.
    RequestImported {
        file: String,
        line: u64,
    },
    /// As a better version of another.
    UpgradeCreated {
        of: String,
        comment: String,
    },
    RequestUpgraded {
        by: String,
        comment: String,
    },
    DueDateChanged {
        from: Moment,
        to: Moment,
        comment: String,
    },
    /// Of the title of the request: told to each request of it.
    TitleAmended {
        corrections: Vec<Correction>,
    },
    /// Of the package of the request: told to each request of it.
    PackageEdited {
        package: String,
        /// Of its name and its launch; earlier entries know of none.
        #[serde(default)]
        corrections: Vec<Correction<PackageFact>>,
        /// As they are now; absent where they stayed.
        tags: Option<Vec<String>>,
        added: Vec<Country>,
        removed: Vec<Country>,
    },
    /// Of all requests of the package for the same source type: told to each of them.
    ExpectationsSet {
        package: String,
        /// Of the profile, as results name it.
        version: String,
        /// What is set otherwise than before.
        changes: Vec<String>,
    },
    RequestCanceled {
        reason: String,
    },
    RequestUncanceled {
        reason: String,
    },
    StatusChanged {
        from: RequestStatus,
        to: RequestStatus,
    },
    StatusSet {
        from: RequestStatus,
        to: RequestStatus,
        comment: String,
    },
    RedeliveryRequested {
        reasons: Vec<RedeliveryReason>,
        comment: String,
    },
    PartnerAssigned {
        partner: String,
    },
    PartnerSubassigned {
        partner: String,
        note: String,
    },
    /// The work was taken back from them.
    SubassignmentEnded {
        partner: String,
        note: String,
    },
    DatesEdited {
        from: EstimatedDate,
        to: EstimatedDate,
    },
    ServiceTypeEdited {
        from: Option<ServiceType>,
        to: ServiceType,
        #[serde(default)]
        comment: String,
    },
    MaterialStatusEdited {
        from: Option<MaterialStatus>,
        to: MaterialStatus,
        #[serde(default)]
        comment: String,
    },
    DeliveryBegun {
        transfer: TransferId,
        file: FileName,
        files: u32,
    },
    DeliverySuperseded {
        transfer: TransferId,
        file: FileName,
    },
    DeliveryAbandoned {
        transfer: TransferId,
        file: FileName,
    },
    DeliveryExpired {
        transfer: TransferId,
        file: FileName,
    },
    FileReceived {
        transfer: TransferId,
        file: FileName,
        bytes: u64,
    },
    WaitingForPrimary {
        transfer: TransferId,
        primary: Primary,
    },
    ReleasedFromWaiting {
        transfer: TransferId,
    },
    InspectionStarted {
        transfer: TransferId,
    },
    InspectionPassed {
        transfer: TransferId,
        file: FileName,
    },
    InspectionFailed {
        transfer: TransferId,
        file: FileName,
        codes: Vec<ErrorCode>,
    },
    InspectionBroke {
        transfer: TransferId,
        reference: String,
    },
    InspectedAgain {
        transfer: TransferId,
    },
    DeliveryIgnored {
        transfer: TransferId,
        file: FileName,
    },
    HandedIn {
        hand_in: HandInId,
        file: FileName,
        files: u32,
    },
    HandInReleased {
        hand_in: HandInId,
        transfer: TransferId,
        file: FileName,
    },
    HandInSentBack {
        hand_in: HandInId,
        file: FileName,
        reason: String,
    },
    OverrideApproved {
        transfer: TransferId,
        file: FileName,
        comment: String,
    },
    OverrideDeclined {
        transfer: TransferId,
        file: FileName,
        reason: String,
    },
    ErrorsOverridden {
        transfer: TransferId,
        file: FileName,
        codes: Vec<ErrorCode>,
        reason: String,
    },
    /// Its words are not told: a history is for ever, and a comment may be deleted.
    CommentAdded {
        comment: CommentId,
        answers: Option<CommentId>,
        /// Who is called in it.
        mentioned: Vec<PersonId>,
    },
    CommentEdited {
        comment: CommentId,
        /// Who is called in it now and was not before.
        mentioned: Vec<PersonId>,
    },
    CommentDeleted {
        comment: CommentId,
        /// Whose comment it was.
        author: PersonId,
    },
    /// The files of a transfer of another request, to work from.
    MaterialDownloaded {
        material: TransferId,
        file: FileName,
        files: u32,
        bytes: u64,
    },
    /// A file beside a comment that everybody reads.
    AttachmentDownloaded {
        attachment: AttachmentId,
        comment: CommentId,
        file: FileName,
        bytes: u64,
    },
}

impl Happening {
    /// The comment that it is about, if it is about any.
    pub const fn comment(&self) -> Option<CommentId> {
        if let Self::CommentAdded { comment, .. }
        | Self::CommentEdited { comment, .. }
        | Self::CommentDeleted { comment, .. } = self
        {
            Some(*comment)
        } else {
            None
        }
    }
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    Person {
        id: PersonId,
        name: String,
        organization: String,
    },
    /// The portal itself, by one of its rules.
    Rule,
}

impl Author {
    /// The person, if it was one.
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person { id, .. } => Some(*id),
            Self::Rule => None,
        }
    }
}

impl From<&Actor> for Author {
    fn from(actor: &Actor) -> Self {
        Self::Person {
            id: actor.person,
            name: actor.name.clone(),
            organization: actor.organization.name.clone(),
        }
    }
}

/// One happening of a request, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Grows with every entry of the portal.
    pub number: i64,
    pub request: RequestId,
    pub at: DateTime<Utc>,
    pub author: Author,
    pub happening: Happening,
}

/// A stretch of history, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryPage {
    pub entries: Vec<HistoryEntry>,
    /// The number to ask for what is older; absent at the end.
    pub older: Option<i64>,
}

impl Happening {
    /// The transfer it is about, if it is about one.
    pub const fn transfer(&self) -> Option<TransferId> {
        match self {
            Self::RequestCreated
            | Self::RequestImported { .. }
            | Self::UpgradeCreated { .. }
            | Self::RequestUpgraded { .. }
            | Self::DueDateChanged { .. }
            | Self::TitleAmended { .. }
            | Self::PackageEdited { .. }
            | Self::ExpectationsSet { .. }
            | Self::RequestCanceled { .. }
            | Self::RequestUncanceled { .. }
            | Self::StatusChanged { .. }
            | Self::StatusSet { .. }
            | Self::RedeliveryRequested { .. }
            | Self::PartnerAssigned { .. }
            | Self::PartnerSubassigned { .. }
            | Self::SubassignmentEnded { .. }
            | Self::DatesEdited { .. }
            | Self::ServiceTypeEdited { .. }
            | Self::MaterialStatusEdited { .. }
            | Self::CommentAdded { .. }
            | Self::CommentEdited { .. }
            | Self::CommentDeleted { .. }
            | Self::HandedIn { .. }
            | Self::HandInSentBack { .. }
            | Self::MaterialDownloaded { .. }
            | Self::AttachmentDownloaded { .. } => None,
            Self::DeliveryBegun { transfer, .. }
            | Self::DeliverySuperseded { transfer, .. }
            | Self::DeliveryAbandoned { transfer, .. }
            | Self::DeliveryExpired { transfer, .. }
            | Self::FileReceived { transfer, .. }
            | Self::WaitingForPrimary { transfer, .. }
            | Self::ReleasedFromWaiting { transfer }
            | Self::DeliveryIgnored { transfer, .. }
            | Self::InspectionStarted { transfer }
            | Self::InspectionPassed { transfer, .. }
            | Self::InspectionFailed { transfer, .. }
            | Self::InspectionBroke { transfer, .. }
            | Self::HandInReleased { transfer, .. }
            | Self::OverrideApproved { transfer, .. }
            | Self::OverrideDeclined { transfer, .. }
            | Self::ErrorsOverridden { transfer, .. }
            | Self::InspectedAgain { transfer } => Some(*transfer),
        }
    }
}
