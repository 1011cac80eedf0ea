//! What a transfer has passed through: four steps shown, the rest counted; on an error only the error, until asked.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::TransferStatus;
use crate::key::keyed;

keyed! {
    /// A step that a transfer can pass.
    pub enum Milestone {
        Created = "created", "Created";
        WaitingForUpload = "waiting_for_upload", "Waiting for Upload";
        Uploading = "uploading", "Uploading";
        Uploaded = "uploaded", "Uploaded";
        Verified = "verified", "Bytes Verified";
        WaitingForPrimary = "waiting_for_primary", "Waiting for Primary";
        PendingInspection = "pending_inspection", "Pending Inspection";
        Inspecting = "inspecting", "Inspecting";
        FailedInspection = "failed_inspection", "Failed Inspection";
        OverrideRequested = "override_requested", "Override Requested";
        Overridden = "overridden", "Overridden";
        Ingesting = "ingesting", "Ingesting";
        Succeeded = "succeeded", "Succeeded";
        Superseded = "superseded", "Superseded";
        Ignored = "ignored", "Ignored";
        Canceled = "canceled", "Stopped";
        Error = "error", "Error";
        InternalError = "internal_error", "Internal Error";
    }
}

impl Milestone {
    /// Whether the delivery went wrong here.
    pub const fn is_error(self) -> bool {
        matches!(self, Self::FailedInspection | Self::Error | Self::InternalError | Self::Canceled)
    }
}

/// A milestone with the instant at which it was passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    pub milestone: Milestone,
    pub at: DateTime<Utc>,
    pub note: Option<String>,
}

/// What of a transfer's way is shown at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline<'a> {
    /// In order of time.
    pub shown: Vec<&'a Passage>,
    /// How many more there are, behind the link "X more items".
    pub more: usize,
    /// Whether the rest is held back because the error comes first.
    pub only_error: bool,
}

/// More steps than these would not be taken in at a glance.
const SHOWN: usize = 4;

/// Whether the person has asked to see the whole way of a failed transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    No,
    Yes,
}

impl<'a> Timeline<'a> {
    /// The steps to show of `passages` (in order of time) for a transfer in `status`.
    pub fn of(passages: &'a [Passage], status: TransferStatus, asked: Asked) -> Self {
        let failed = matches!(
            status,
            TransferStatus::FailedInspection
                | TransferStatus::Error
                | TransferStatus::InternalError
        );
        if failed && asked == Asked::No {
            let shown: Vec<_> =
                passages.iter().rev().find(|it| it.milestone.is_error()).into_iter().collect();
            return Self { more: passages.len() - shown.len(), shown, only_error: true };
        }
        let more = passages.len().saturating_sub(SHOWN);
        Self { shown: passages[more..].iter().collect(), more, only_error: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::sample::instant;

    fn way(milestones: &[Milestone]) -> Vec<Passage> {
        let at = instant("2026-11-11T14:03:18Z");
        milestones.iter().map(|it| Passage { milestone: *it, at, note: None }).collect()
    }

    #[test]
    fn the_last_four_are_shown_and_the_rest_is_counted() {
        use Milestone::*;
        let passages =
            way(&[Created, WaitingForUpload, Uploading, Uploaded, Verified, Inspecting, Succeeded]);
        let timeline = Timeline::of(&passages, TransferStatus::Succeeded, Asked::No);
        let shown: Vec<_> = timeline.shown.iter().map(|it| it.milestone).collect();
        assert_eq!((shown, timeline.more), (vec![Uploaded, Verified, Inspecting, Succeeded], 3));
    }

    #[test]
    fn four_or_fewer_leave_nothing_over() {
        for count in 0..=4 {
            let passages = way(&vec![Milestone::Created; count]);
            let timeline = Timeline::of(&passages, TransferStatus::Processing, Asked::No);
            assert_eq!((timeline.shown.len(), timeline.more), (count, 0));
        }
    }

    #[test]
    fn on_an_error_only_the_error_shows_until_asked() {
        use Milestone::*;
        let passages = way(&[Created, Uploading, Inspecting, FailedInspection]);
        let quiet = Timeline::of(&passages, TransferStatus::FailedInspection, Asked::No);
        assert_eq!(
            (quiet.shown.len(), quiet.shown[0].milestone, quiet.more),
            (1, FailedInspection, 3)
        );
        assert!(quiet.only_error);
        let asked = Timeline::of(&passages, TransferStatus::FailedInspection, Asked::Yes);
        assert_eq!((asked.shown.len(), asked.more), (4, 0));
    }
}
