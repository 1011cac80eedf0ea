//! Dates of a request: the due date, and the estimated delivery date with its reason.
//!
//! An instant is kept in UTC together with the zone in which it was said. Which instant a wall-clock time
//! in a zone means is worked out on the server, where the zone rules are.

use std::ops::Range;

use chrono::{DateTime, Datelike, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    key::keyed,
    refusal::{Refusal, ensure},
};

/// An IANA time zone by name, such as `Europe/Berlin`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Zone(String);

impl Zone {
    /// A zone whose name was checked against the zone rules (on the server), or read back from storage.
    pub fn trusted(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    pub fn name(&self) -> &str {
        &self.0
    }
}

/// Years that people mean.
pub const YEARS: Range<i32> = 1970..2200;

/// An instant, and the zone in which people said it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    pub at: DateTime<Utc>,
    pub zone: Zone,
}

impl Moment {
    /// Dates are near: neither before computers nor after everybody.
    pub fn ensure_in_range(&self) -> Result<(), Refusal> {
        ensure(YEARS.contains(&self.at.year()), Refusal::DateOutOfRange)
    }
}

keyed! {
    /// Why the estimated delivery date moved, and so who is late.
    pub enum DateReason {
        AwaitingMaterials = "awaiting_materials", "Waiting for source materials";
        MaterialsRejected = "materials_rejected", "Materials rejected, new source requested";
        AwaitingProxy = "awaiting_proxy", "Waiting for locked or final proxy, or an upstream asset";
        CreativeChanges = "creative_changes", "Creative or editorial change, picture not locked";
        TalentScheduling = "talent_scheduling", "Talent or recording schedule";
        Capacity = "capacity", "Fulfillment capacity or scheduling";
        TechnicalIssue = "technical_issue", "Technical problem at the facility or in transfer";
        QcFixes = "qc_fixes", "Fixes after QC";
        ApprovalPending = "approval_pending", "Waiting for approval of translation, script or mix";
        BroadcastSchedule = "broadcast_schedule", "Broadcast date moved";
        ScopeChange = "scope_change", "Request changed or added late";
        Holiday = "holiday", "Regional holiday or closure";
        Early = "early", "Delivering earlier than planned";
        Other = "other", "Other";
    }
}

/// When the partner expects to deliver. It tells of a slip and never moves the due date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EstimatedDate {
    pub at: DateTime<Utc>,
    pub zone: Zone,
    /// Absent as long as nobody has moved it off the due date.
    pub reason: Option<DateReason>,
    pub comment: Option<String>,
}

impl EstimatedDate {
    /// The estimate before anybody has said otherwise.
    pub fn as_due(due: &Moment) -> Self {
        Self { at: due.at, zone: due.zone.clone(), reason: None, comment: None }
    }

    /// A moved date needs a reason, and "Other" needs words.
    pub fn ensure_explained(&self) -> Result<(), Refusal> {
        let reason = self.reason.ok_or(Refusal::ReasonMissing)?;
        let said = self.comment.as_deref().is_some_and(|it| !it.trim().is_empty());
        ensure(reason != DateReason::Other || said, Refusal::CommentMissing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::sample::instant;

    fn estimated(reason: Option<DateReason>, comment: Option<&str>) -> EstimatedDate {
        let zone = Zone::trusted("UTC");
        EstimatedDate {
            at: instant("2026-12-01T00:00:00Z"),
            zone,
            reason,
            comment: comment.map(Into::into),
        }
    }

    #[test]
    fn a_moved_date_needs_a_reason_and_other_needs_words() {
        assert_eq!(estimated(None, Some("soon")).ensure_explained(), Err(Refusal::ReasonMissing));
        for reason in DateReason::ALL {
            let expected =
                if *reason == DateReason::Other { Err(Refusal::CommentMissing) } else { Ok(()) };
            assert_eq!(
                estimated(Some(*reason), Some("  ")).ensure_explained(),
                expected,
                "{reason:?}"
            );
            assert_eq!(estimated(Some(*reason), Some("Flood")).ensure_explained(), Ok(()));
        }
    }
}
