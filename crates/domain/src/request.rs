//! The source request: one order for exactly one asset of one title.

mod action;
mod bulk;
mod change;
mod date;
pub mod import;
mod next_step;
mod order;
mod page;
mod redelivery;
#[cfg(test)]
pub(crate) mod sample;
mod source_type;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use action::{Offer, RequestAction};
pub use bulk::{BulkAction, Change};
pub use change::{Previous, Stands};
pub use date::{DateReason, EstimatedDate, Moment, YEARS, Zone};
pub use next_step::{Expected, Party, WaitingOn};
pub use order::{Birth, Order};
pub use page::{Kin, Progress, RequestPage, TabCounts};
pub use redelivery::{RedeliveryReason, WantedAgain};
pub use source_type::{Family, Files, LanguageRule, SourceType};

use crate::{
    id::{OrganizationId, PackageId, RequestId, TitleId, TransferId},
    key::keyed,
    language::Language,
    people::{Actor, OrganizationKind},
};

keyed! {
    /// Where a request stands between being asked for and being on the service.
    pub enum RequestStatus {
        Open = "open", "Open";
        Delivered = "delivered", "Delivered";
        Processed = "processed", "Processed";
        Accepted = "accepted", "Accepted";
        RedeliveryRequested = "redelivery_requested", "Redelivery Requested";
        Upgraded = "upgraded", "Upgraded";
        Canceled = "canceled", "Canceled";
    }
}

impl RequestStatus {
    /// Only these two are waiting for a file.
    pub const fn awaits_file(self) -> bool {
        matches!(self, Self::Open | Self::RedeliveryRequested)
    }

    /// Whether the request is one of those of which there is one for each asset: it was neither called off nor
    /// replaced by a better one.
    pub const fn stands(self) -> bool {
        !matches!(self, Self::Canceled | Self::Upgraded)
    }

    /// Whether the asset has arrived and passed: what progress counts.
    pub const fn is_fulfilled(self) -> bool {
        matches!(self, Self::Processed | Self::Accepted | Self::Upgraded)
    }

    /// What the status means, in one sentence.
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Open => {
                "Ready to receive a file. It stays Open while a file is uploaded and inspected, and when inspection fails."
            }
            Self::Delivered => {
                "A file was received, but overridden inspection errors wait for the platform to verify them."
            }
            Self::Processed => {
                "A file was received and passed automated inspection. Quality control may still follow."
            }
            Self::Accepted => "Processed, and quality control passed. Nothing more to do.",
            Self::RedeliveryRequested => {
                "An earlier delivery was rejected by quality control or by a person. Ready to receive a new file."
            }
            Self::Upgraded => "A newer request was created for an upgraded version of this asset.",
            Self::Canceled => "Canceled by a person or by an automated workflow.",
        }
    }
}

keyed! {
    /// Whether the asset is made or fitted.
    pub enum ServiceType {
        /// Authored from scratch: transcribed, translated, recorded.
        Create = "create", "Create";
        /// An existing asset is fitted to the platform's picture.
        Conform = "conform", "Conform";
    }
}

keyed! {
    /// What the fulfillment partner says of the material it works from.
    pub enum MaterialStatus {
        NotReceived = "not_received", "Not Received";
        Received = "received", "Received";
        Accepted = "accepted", "Accepted";
        Rejected = "rejected", "Rejected";
    }
}

keyed! {
    /// What a deployment demands of the material before a file is taken.
    pub enum MaterialDemand {
        /// It is there, looked through or not.
        Received = "received", "Received or Accepted";
        /// Somebody has looked through it, and it will do.
        Accepted = "accepted", "Accepted";
    }
}

impl MaterialStatus {
    /// Whether a delivery may follow from it, by what the deployment demands.
    pub const fn suffices(self, demand: MaterialDemand) -> bool {
        match demand {
            MaterialDemand::Received => self.is_there(),
            MaterialDemand::Accepted => matches!(self, Self::Accepted),
        }
    }

    /// Whether it has come, and nobody has rejected it.
    pub const fn is_there(self) -> bool {
        matches!(self, Self::Received | Self::Accepted)
    }

    /// What the status means, in one sentence.
    pub const fn definition(self) -> &'static str {
        match self {
            Self::NotReceived => "The partner has not said that any material has come.",
            Self::Received => "The material has come. Nobody has said yet whether it is usable.",
            Self::Accepted => "The material is complete, and a file can be made from it.",
            Self::Rejected => {
                "The material has come and is not usable. The comment says what is wrong with it."
            }
        }
    }
}

/// One order for one asset (type and language) of one title, with its own date, assignee and status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRequest {
    pub id: RequestId,
    /// The number people say and search for, shown as `R-20418`.
    pub number: i64,
    pub title: TitleId,
    pub package: PackageId,
    pub source_type: SourceType,
    /// Absent where the source type has none.
    pub language: Option<Language>,
    pub status: RequestStatus,
    pub content_partner: OrganizationId,
    /// The assigned fulfillment partner.
    pub partner: Option<OrganizationId>,
    pub subassignee: Option<OrganizationId>,
    /// Contractual; partners never change it.
    pub due: Moment,
    pub estimated: EstimatedDate,
    pub service_type: Option<ServiceType>,
    /// Absent where the source type has none.
    pub material_status: Option<MaterialStatus>,
    /// The transfer that stands for this request: the newest one that succeeded or was overridden.
    pub current_transfer: Option<TransferId>,
    /// The request of which this one asks a better version.
    pub upgrade_of: Option<RequestId>,
    pub created_at: DateTime<Utc>,
    pub delivered_at: Option<DateTime<Utc>>,
    pub processed_at: Option<DateTime<Utc>>,
    /// Counts changes, so that the second of two who change it is told.
    pub version: i64,
}

/// What an organization is to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Platform,
    ContentPartner,
    Assignee,
    Subassignee,
    /// For a stranger the request does not exist.
    Stranger,
}

impl SourceRequest {
    /// What the actor's organization is to this request. Whoever is assigned is the assignee, also a
    /// content partner that delivers itself.
    pub fn relation(&self, actor: &Actor) -> Relation {
        let own = actor.organization.id;
        match actor.organization.kind {
            OrganizationKind::Platform => Relation::Platform,
            OrganizationKind::ContentPartner | OrganizationKind::FulfillmentPartner => {
                if self.partner == Some(own) {
                    Relation::Assignee
                } else if self.subassignee == Some(own) {
                    Relation::Subassignee
                } else if self.content_partner == own {
                    Relation::ContentPartner
                } else {
                    Relation::Stranger
                }
            }
        }
    }

    /// Whether this request exists for the actor.
    pub fn visible_to(&self, actor: &Actor) -> bool {
        self.relation(actor) != Relation::Stranger
    }

    /// The number as people write it.
    pub fn label(&self) -> String {
        format!("R-{}", self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::{sample::*, *};
    use crate::people::Role;

    #[test]
    fn a_request_exists_for_those_who_work_on_it_and_for_nobody_else() {
        let request = request(SourceType::Subtitle);
        assert_eq!(request.relation(&platform()), Relation::Platform);
        assert_eq!(request.relation(&owner()), Relation::ContentPartner);
        assert_eq!(request.relation(&partner()), Relation::Assignee);
        assert_eq!(request.relation(&subassignee()), Relation::Subassignee);
        assert!(!request.visible_to(&stranger()));
    }

    #[test]
    fn a_content_partner_that_delivers_itself_is_the_assignee() {
        let own = owner();
        let request =
            SourceRequest { partner: Some(own.organization.id), ..request(SourceType::Subtitle) };
        assert_eq!(request.relation(&own), Relation::Assignee);
    }

    #[test]
    fn an_unassigned_request_is_hidden_from_every_fulfillment_partner() {
        let request =
            SourceRequest { partner: None, subassignee: None, ..request(SourceType::Subtitle) };
        assert!(!request.visible_to(&partner()));
        assert!(request.visible_to(&actor(OrganizationKind::Platform, Role::ReadOnly)));
    }
}
