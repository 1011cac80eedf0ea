//! Who acts: organizations, persons, and what each of them may ever do.

mod ability;
mod approval;
mod browser;
mod event;
mod invitation;
mod managing;
mod meanwhile;
mod typed;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use ability::Ability;
pub use approval::ApprovedPartners;
pub use browser::Browser;
pub use event::{AccountEntry, AccountEvent, AccountLog};
pub use invitation::{INVITATION_DAYS, Invitation, InvitationStanding};
pub use managing::PersonChange;
pub use typed::{
    LONGEST_EMAIL, LONGEST_NAME, LONGEST_PASSWORD, SHORTEST_PASSWORD, email, ensure_password, name,
};

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

impl Role {
    /// What somebody with this role does, for whoever gives it.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Administrator => "Does all the organization may do, and looks after its people.",
            Self::Operations => "Does the daily work: delivers, edits, comments.",
            Self::QcOperator => "Looks at requests, checks quality and downloads what that takes.",
            Self::ReadOnly => "Looks, and changes nothing.",
        }
    }
}

keyed! {
    /// How a person reads the address of a frame.
    pub enum TimecodeStyle {
        /// The label of the frame.
        Timecode = "timecode", "Timecode, 01:00:10:05";
        /// The time since midnight.
        Milliseconds = "milliseconds", "Milliseconds, 01:00:10.208";
        /// The number of the frame since midnight.
        Frames = "frames", "Frame number, 86645";
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

/// A person as they themselves see their account, and administrators see their people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub person: Person,
    pub timecode_style: TimecodeStyle,
    /// When they last signed in, if they ever have.
    pub signed_in_at: Option<DateTime<Utc>>,
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
