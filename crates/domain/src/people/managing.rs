//! Who looks after whom, and what is done to an account.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Ability, Actor, Person, Role};
use crate::{
    id::OrganizationId,
    refusal::{Refusal, ensure},
};

/// What an administrator does to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PersonChange {
    Become(Role),
    Deactivate,
    Reactivate,
}

impl Actor {
    /// Whether the people of `organization` exist for this person as an administrator: their own organization's,
    /// and for the platform everybody's.
    pub fn oversees(&self, organization: OrganizationId) -> bool {
        self.works_for(organization) || self.is_platform()
    }

    /// Whether this person may look after people at all; `administrators` are those of their organization.
    pub fn permits_managing(&self, administrators: Vec<String>) -> Result<(), Refusal> {
        let needed = Refusal::RoleNeeded { role: Role::Administrator, givers: administrators };
        ensure(self.may_ever(Ability::ManagePeople), needed)
    }

    /// Whether this person may add and change organizations.
    pub fn permits_organizations(&self, administrators: Vec<String>) -> Result<(), Refusal> {
        ensure(self.is_platform(), Refusal::PlatformOnly)?;
        let needed = Refusal::RoleNeeded { role: Role::Administrator, givers: administrators };
        ensure(self.may_ever(Ability::ManageOrganizations), needed)
    }
}

impl Person {
    pub const fn is_active(&self) -> bool {
        self.deactivated_at.is_none()
    }

    /// Whether `actor`, who looks after this person, may do this to the account now. The organization has
    /// `others` as active administrators beside this person.
    pub fn permits(&self, change: PersonChange, actor: &Actor, others: u32) -> Result<(), Refusal> {
        ensure(self.id != actor.person, Refusal::OwnAccount)?;
        let is_last = self.is_active() && self.role == Role::Administrator && others == 0;
        match change {
            PersonChange::Reactivate => ensure(!self.is_active(), Refusal::AccountActive),
            PersonChange::Deactivate => {
                ensure(self.is_active(), Refusal::AccountInactive)?;
                ensure(!is_last, Refusal::LastAdministrator)
            }
            PersonChange::Become(role) => {
                ensure(self.is_active(), Refusal::AccountInactive)?;
                ensure(self.role != role, Refusal::NothingChanged)?;
                ensure(!is_last, Refusal::LastAdministrator)
            }
        }
    }

    /// The account after the change.
    pub fn change(
        self,
        change: PersonChange,
        actor: &Actor,
        others: u32,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        self.permits(change, actor, others)?;
        Ok(match change {
            PersonChange::Become(role) => Self { role, ..self },
            PersonChange::Deactivate => Self { deactivated_at: Some(now), ..self },
            PersonChange::Reactivate => Self { deactivated_at: None, ..self },
        })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        id::PersonId,
        people::OrganizationKind,
        request::sample::{actor, instant},
    };

    fn person(number: u128, role: Role) -> Person {
        Person {
            id: PersonId(Uuid::from_u128(number)),
            organization: OrganizationId(Uuid::from_u128(3)),
            name: "Lea".into(),
            email: "lea@studionord.example".into(),
            role,
            time_zone: "UTC".into(),
            deactivated_at: None,
        }
    }

    fn administrator() -> Actor {
        actor(OrganizationKind::FulfillmentPartner, Role::Administrator)
    }

    #[test]
    fn only_the_platform_looks_beyond_its_own_organization() {
        let other = OrganizationId(Uuid::from_u128(99));
        for kind in OrganizationKind::ALL {
            let actor = actor(*kind, Role::Administrator);
            assert!(actor.oversees(actor.organization.id), "{kind:?}");
            assert_eq!(actor.oversees(other), *kind == OrganizationKind::Platform, "{kind:?}");
        }
    }

    #[test]
    fn whoever_is_no_administrator_is_told_whom_to_ask() {
        for kind in OrganizationKind::ALL {
            for role in Role::ALL {
                let actor = actor(*kind, *role);
                let needed = Refusal::RoleNeeded {
                    role: Role::Administrator,
                    givers: vec!["Nora".to_owned()],
                };
                let expected = (*role != Role::Administrator).then(|| needed.clone());
                assert_eq!(actor.permits_managing(vec!["Nora".to_owned()]).err(), expected);
                let expected = match kind {
                    OrganizationKind::Platform => expected,
                    OrganizationKind::ContentPartner | OrganizationKind::FulfillmentPartner => {
                        Some(Refusal::PlatformOnly)
                    }
                };
                assert_eq!(actor.permits_organizations(vec!["Nora".to_owned()]).err(), expected);
            }
        }
    }

    #[test]
    fn nobody_changes_their_own_account_as_an_administrator() {
        let own = Person { id: administrator().person, ..person(1, Role::Administrator) };
        for change in [
            PersonChange::Become(Role::ReadOnly),
            PersonChange::Deactivate,
            PersonChange::Reactivate,
        ] {
            assert_eq!(own.permits(change, &administrator(), 5), Err(Refusal::OwnAccount));
        }
    }

    #[test]
    fn the_last_administrator_stays_one() {
        for change in [PersonChange::Become(Role::Operations), PersonChange::Deactivate] {
            for (role, others, answer) in [
                (Role::Administrator, 0, Err(Refusal::LastAdministrator)),
                (Role::Administrator, 1, Ok(())),
                (Role::ReadOnly, 0, Ok(())),
            ] {
                let asked = person(1, role).permits(change, &administrator(), others);
                assert_eq!(asked, answer, "{change:?} {role:?} {others}");
            }
        }
    }

    #[test]
    fn an_account_is_closed_and_opened_again() {
        let at = instant("2026-11-11T14:00:00Z");
        let open = person(1, Role::Operations);
        let change = |it: Person, change| it.change(change, &administrator(), 1, at);
        let closed = change(open.clone(), PersonChange::Deactivate).unwrap();
        assert_eq!(closed.deactivated_at, Some(at));
        let refused = Err(Refusal::AccountInactive);
        assert_eq!(change(closed.clone(), PersonChange::Deactivate), refused);
        assert_eq!(change(closed.clone(), PersonChange::Become(Role::ReadOnly)), refused);
        assert_eq!(change(closed, PersonChange::Reactivate), Ok(open.clone()));
        assert_eq!(change(open.clone(), PersonChange::Reactivate), Err(Refusal::AccountActive));
        let same = change(open, PersonChange::Become(Role::Operations));
        assert_eq!(same, Err(Refusal::NothingChanged));
    }
}
