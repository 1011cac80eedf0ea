//! An invitation: the way to an account.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::Role;
use crate::id::{InvitationId, OrganizationId};

/// A link leads to an account for so many days.
pub const INVITATION_DAYS: i64 = 7;

/// Somebody who was asked to join an organization. The link holds a secret of which only the digest is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub id: InvitationId,
    pub organization: OrganizationId,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// The zone in which they probably read times: that of who invited.
    pub time_zone: String,
    /// The name of who invited.
    pub invited_by: String,
    pub invited_at: DateTime<Utc>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub withdrawn_at: Option<DateTime<Utc>>,
}

/// What has become of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InvitationStanding {
    /// The link works.
    Open,
    Expired,
    Accepted,
    Withdrawn,
}

impl Invitation {
    /// The moment from which on the link leads nowhere.
    pub fn expires_at(&self) -> DateTime<Utc> {
        self.invited_at + TimeDelta::days(INVITATION_DAYS)
    }

    /// What has become of it by `now`.
    pub fn standing(&self, now: DateTime<Utc>) -> InvitationStanding {
        match (self.accepted_at, self.withdrawn_at) {
            (Some(_), _) => InvitationStanding::Accepted,
            (None, Some(_)) => InvitationStanding::Withdrawn,
            (None, None) if self.expires_at() <= now => InvitationStanding::Expired,
            (None, None) => InvitationStanding::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::request::sample::instant;

    #[test]
    fn a_link_works_once_and_for_seven_days() {
        let invited_at = instant("2026-11-11T14:00:00Z");
        let open = Invitation {
            id: InvitationId(Uuid::nil()),
            organization: OrganizationId(Uuid::nil()),
            name: "Lea".into(),
            email: "lea@studionord.example".into(),
            role: Role::Operations,
            time_zone: "Europe/Oslo".into(),
            invited_by: "Nora".into(),
            invited_at,
            accepted_at: None,
            withdrawn_at: None,
        };
        let last = invited_at + TimeDelta::days(7) - TimeDelta::microseconds(1);
        assert_eq!(open.standing(last), InvitationStanding::Open);
        assert_eq!(open.standing(open.expires_at()), InvitationStanding::Expired);
        let accepted = Invitation { accepted_at: Some(last), ..open.clone() };
        assert_eq!(accepted.standing(last), InvitationStanding::Accepted);
        let withdrawn = Invitation { withdrawn_at: Some(last), ..open };
        assert_eq!(withdrawn.standing(last), InvitationStanding::Withdrawn);
    }
}
