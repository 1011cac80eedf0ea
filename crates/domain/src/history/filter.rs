//! What of a history is looked for.

use chrono::{DateTime, Utc};
use strum::IntoEnumIterator;

use super::HappeningKind;
use crate::{id::PersonId, key::keyed};

keyed! {
    /// What sort of happening people look for.
    pub enum Topic {
        Status = "status", "Status";
        Partner = "partner", "Partners";
        Dates = "dates", "Dates";
        Edit = "edit", "Edits";
        Delivery = "delivery", "Deliveries";
        Inspection = "inspection", "Inspection";
        Override = "override", "Overrides";
        Comment = "comment", "Comments";
        Material = "material", "Downloads";
    }
}

/// Whose doings are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Person(PersonId),
    /// What the portal did by its rules.
    Rule,
}

/// What of a history is looked for; everything where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HistoryFilter {
    pub topic: Option<Topic>,
    pub by: Option<By>,
    /// The first moment.
    pub from: Option<DateTime<Utc>>,
    /// The moment after the last.
    pub until: Option<DateTime<Utc>>,
}

impl Topic {
    /// The words of all happenings of this sort, as they are kept.
    pub fn kinds(self) -> Vec<&'static str> {
        HappeningKind::iter().filter(|it| it.topic() == self).map(Into::into).collect()
    }
}

impl HappeningKind {
    /// What people look for when they look for this.
    pub const fn topic(self) -> Topic {
        match self {
            Self::RequestCreated
            | Self::RequestImported
            | Self::UpgradeCreated
            | Self::RequestUpgraded
            | Self::RequestCanceled
            | Self::RequestUncanceled
            | Self::StatusChanged
            | Self::StatusSet
            | Self::RedeliveryRequested => Topic::Status,
            Self::PartnerAssigned | Self::PartnerSubassigned | Self::SubassignmentEnded => {
                Topic::Partner
            }
            Self::DatesEdited | Self::DueDateChanged => Topic::Dates,
            Self::ServiceTypeEdited
            | Self::MaterialStatusEdited
            | Self::TitleAmended
            | Self::PackageEdited
            | Self::ExpectationsSet => Topic::Edit,
            Self::DeliveryBegun
            | Self::DeliverySuperseded
            | Self::DeliveryAbandoned
            | Self::DeliveryExpired
            | Self::DeliveryIgnored
            | Self::FileReceived
            | Self::HandedIn
            | Self::HandInReleased
            | Self::HandInSentBack
            | Self::WaitingForPrimary
            | Self::ReleasedFromWaiting => Topic::Delivery,
            Self::InspectionStarted
            | Self::InspectionPassed
            | Self::InspectionFailed
            | Self::InspectionBroke
            | Self::InspectedAgain => Topic::Inspection,
            Self::ErrorsOverridden | Self::OverrideApproved | Self::OverrideDeclined => {
                Topic::Override
            }
            Self::CommentAdded | Self::CommentEdited | Self::CommentDeleted => Topic::Comment,
            Self::MaterialDownloaded | Self::AttachmentDownloaded => Topic::Material,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_happening_belongs_to_one_topic_and_every_topic_has_some() {
        let of_topics: Vec<_> = Topic::ALL.iter().map(|it| it.kinds()).collect();
        assert!(of_topics.iter().all(|it| !it.is_empty()));
        assert_eq!(of_topics.concat().len(), HappeningKind::iter().count());
        assert_eq!(
            Topic::Edit.kinds(),
            [
                "title_amended",
                "package_edited",
                "expectations_set",
                "service_type_edited",
                "material_status_edited"
            ]
        );
    }
}
