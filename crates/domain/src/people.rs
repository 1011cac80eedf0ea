//! Who acts: organizations, persons, and what each of them may ever do.

mod ability;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use ability::Ability;

use crate::{
    id::{OrganizationId, PersonId},
    key::keyed,
};

keyed! {
    /// What an organization is in the field.
    pub enum OrganizationKind {
        /// Asks for the files, verifies overrides, checks quality.
        Platform = "platform", "Platform";
        /// Owns the title: licensor or producer.
        ContentPartner = "content_partner", "Content Partner";
        /// Makes and delivers the files: lab, dubbing house, subtitler.
        FulfillmentPartner = "fulfillment_partner", "Fulfillment Partner";
    }
}

keyed! {
    /// What a person is in their organization.
    pub enum Role {
        /// Does all the organization may do, and looks after its people.
        Administrator = "administrator", "Administrator";
        /// Does the daily work.
        Operations = "operations", "Operations";
        /// Checks quality, frame by frame.
        QcOperator = "qc_operator", "QC Operator";
        /// Looks, and changes nothing.
        ReadOnly = "read_only", "Read-only";
    }
}

/// Rights that some partners have and others have not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grants {
    /// May cancel and uncancel the source types that partners may cancel.
    pub cancel: bool,
    /// May hand work on to another approved partner.
    pub subassign: bool,
}

/// An organization that works with the portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    pub id: OrganizationId,
    pub kind: OrganizationKind,
    pub name: String,
    pub grants: Grants,
}

/// A person with an account. Everybody belongs to exactly one organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    pub organization: OrganizationId,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// IANA name of the zone in which this person reads times.
    pub time_zone: String,
    pub deactivated_at: Option<DateTime<Utc>>,
}

/// A signed-in person together with the organization they act for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    pub person: PersonId,
    pub name: String,
    pub role: Role,
    pub organization: Organization,
}

impl Actor {
    /// Whether this person acts for `organization`.
    pub fn works_for(&self, organization: OrganizationId) -> bool {
        self.organization.id == organization
    }

    /// Whether this person acts for the platform.
    pub fn is_platform(&self) -> bool {
        self.organization.kind == OrganizationKind::Platform
    }
}
