//! A history as people read it: sentences instead of happenings, so that who only reads need not know them all.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Author, Clock, Happening, HistoryEntry, HistoryPage};
use crate::request::RequestStatus;

/// A stretch of history, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    pub lines: Vec<HistoryLine>,
    /// The number to ask for what is older; absent at the end.
    pub older: Option<i64>,
}

/// One happening, told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryLine {
    /// Grows with every line of the portal.
    pub number: i64,
    pub at: DateTime<Utc>,
    /// Who did it; nobody if the portal did, by one of its rules.
    pub who: Option<Who>,
    /// What happened: reads on after the name of who did it, or is a whole sentence.
    pub words: String,
    pub kind: Kind,
}

/// Somebody who did something, as they were called then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    pub name: String,
    pub organization: String,
}

/// What sort of thing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Created,
    /// The request has this status from here on.
    Became(RequestStatus),
    Reopened,
    Assigned,
    Dates,
    Edited,
    Begun,
    Received,
    Superseded,
    Abandoned,
    Expired,
    Ignored,
    Waiting,
    Released,
    Inspecting,
    Passed,
    Failed,
    Broke,
    Overridden,
    Commented,
    Downloaded,
}

impl Happening {
    pub const fn kind(&self) -> Kind {
        match self {
            Self::RequestCreated | Self::RequestImported { .. } | Self::UpgradeCreated { .. } => {
                Kind::Created
            }
            Self::RequestUpgraded { .. } => Kind::Became(RequestStatus::Upgraded),
            Self::DueDateChanged { .. } => Kind::Dates,
            Self::TitleAmended { .. }
            | Self::PackageEdited { .. }
            | Self::ExpectationsSet { .. } => Kind::Edited,
            Self::RequestCanceled { .. } => Kind::Became(RequestStatus::Canceled),
            Self::RequestUncanceled { .. } => Kind::Reopened,
            Self::StatusChanged { to, .. } | Self::StatusSet { to, .. } => Kind::Became(*to),
            Self::RedeliveryRequested { .. } => Kind::Became(RequestStatus::RedeliveryRequested),
            Self::PartnerAssigned { .. }
            | Self::PartnerSubassigned { .. }
            | Self::SubassignmentEnded { .. } => Kind::Assigned,
            Self::DatesEdited { .. } => Kind::Dates,
            Self::ServiceTypeEdited { .. } | Self::MaterialStatusEdited { .. } => Kind::Edited,
            Self::DeliveryBegun { .. } => Kind::Begun,
            Self::FileReceived { .. } | Self::HandedIn { .. } => Kind::Received,
            Self::HandInReleased { .. } => Kind::Begun,
            Self::HandInSentBack { .. } => Kind::Failed,
            Self::DeliverySuperseded { .. } => Kind::Superseded,
            Self::DeliveryAbandoned { .. } => Kind::Abandoned,
            Self::DeliveryExpired { .. } => Kind::Expired,
            Self::DeliveryIgnored { .. } => Kind::Ignored,
            Self::WaitingForPrimary { .. } => Kind::Waiting,
            Self::ReleasedFromWaiting { .. } => Kind::Released,
            Self::InspectionStarted { .. } | Self::InspectedAgain { .. } => Kind::Inspecting,
            Self::InspectionPassed { .. } => Kind::Passed,
            Self::InspectionFailed { .. } => Kind::Failed,
            Self::InspectionBroke { .. } => Kind::Broke,
            Self::ErrorsOverridden { .. } => Kind::Overridden,
            Self::OverrideApproved { .. } => Kind::Passed,
            Self::OverrideDeclined { .. } => Kind::Failed,
            Self::CommentAdded { .. }
            | Self::CommentEdited { .. }
            | Self::CommentDeleted { .. } => Kind::Commented,
            Self::MaterialDownloaded { .. } | Self::AttachmentDownloaded { .. } => Kind::Downloaded,
        }
    }
}

impl HistoryLine {
    /// An entry as somebody reads it whose `clock` spells moments.
    pub fn told(entry: HistoryEntry, clock: Clock<'_>) -> Self {
        let words = entry.happening.words_by(&entry.author, clock);
        let who = match entry.author {
            Author::Person { name, organization, .. } => Some(Who { name, organization }),
            Author::Rule => None,
        };
        Self { number: entry.number, at: entry.at, who, words, kind: entry.happening.kind() }
    }
}

impl History {
    /// A stretch as somebody reads it whose `clock` spells moments.
    pub fn told(page: HistoryPage, clock: Clock<'_>) -> Self {
        let lines = page.entries.into_iter().map(|it| HistoryLine::told(it, clock)).collect();
        Self { lines, older: page.older }
    }
}
