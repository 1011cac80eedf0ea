//! Looking after the people of an organization.

use domain::{
    id::{OrganizationId, PersonId},
    people::{
        AccountEvent, AccountLog, Actor, ApprovedPartners, Invitation, Member, Organization,
        Person, PersonChange, Role,
    },
};
use storage::{
    Conn,
    people::{self, account_event, approval, invitation, member},
    session,
};

use super::invitation::withdraw_of;
use crate::{error::AppError, portal::Portal};

/// So many events are told at once.
const EVENTS: u32 = 50;

/// The people of one organization, as those see them who look after them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory {
    pub organization: Organization,
    /// By name, also those whose accounts are closed.
    pub members: Vec<Member>,
    /// Those that wait to be accepted, and those that waited too long; the newest first.
    pub invitations: Vec<Invitation>,
    /// To whom the organization may give work.
    pub approved: ApprovedPartners,
    /// What was done, newest first.
    pub log: AccountLog,
}

impl Directory {
    /// How many active administrators there are beside this person.
    pub fn administrators_beside(&self, person: PersonId) -> u32 {
        let others = self
            .members
            .iter()
            .map(|it| &it.person)
            .filter(|it| it.id != person && it.is_active() && it.role == Role::Administrator);
        u32::try_from(others.count()).unwrap_or(u32::MAX)
    }
}

/// The people of an organization, of the actor's own if none is named; and what was done before the event
/// numbered `before`.
pub async fn directory(
    portal: &Portal,
    actor: &Actor,
    organization: Option<OrganizationId>,
    before: Option<i64>,
) -> Result<Directory, AppError> {
    let mut conn = portal.read().await?;
    ensure_manages(&mut conn, actor).await?;
    let id = overseen(actor, organization.unwrap_or(actor.organization.id))?;
    let organization = people::find_organization(&mut conn, id).await?.ok_or(AppError::NotFound)?;
    Ok(Directory {
        organization,
        members: member::of_organization(&mut conn, id).await?,
        invitations: invitation::waiting_of(&mut conn, id).await?,
        approved: approval::approved_by(&mut conn, id).await?,
        log: account_event::of_organization(&mut conn, id, before, EVENTS).await?,
    })
}

/// Gives a person another role, closes the account or opens it again. A closed account is signed out everywhere.
pub async fn change(
    portal: &Portal,
    actor: &Actor,
    id: PersonId,
    change: PersonChange,
) -> Result<Person, AppError> {
    let mut work = portal.begin().await?;
    ensure_manages(&mut work, actor).await?;
    let organization = overseen(actor, found(&mut work, id).await?.organization)?;
    people::hold_organization(&mut work, organization).await?;
    // Read again: while we waited for the organization, the account may have changed.
    let person = found(&mut work, id).await?;
    let from = person.role;
    let administrators = member::administrators_of(&mut work, organization).await?;
    let others = administrators.iter().filter(|(it, _)| *it != id).count();
    let others = u32::try_from(others).unwrap_or(u32::MAX);

    let person = person.change(change, actor, others, work.now())?;

    member::save_standing(&mut work, &person).await?;
    if !person.is_active() {
        session::remove_all_of(&mut work, id).await?;
    }
    if !person.is_active() || person.role != Role::Administrator {
        withdraw_of(&mut work, actor.into(), id).await?;
    }

    let name = person.name.clone();
    let done = match change {
        PersonChange::Become(to) => AccountEvent::RoleChanged { name, from, to },
        PersonChange::Deactivate => AccountEvent::PersonDeactivated { name },
        PersonChange::Reactivate => AccountEvent::PersonReactivated { name },
    };
    work.note(actor, organization, done).await?;
    work.finish().await?;
    Ok(person)
}

async fn found(conn: &mut Conn, id: PersonId) -> Result<Person, AppError> {
    Ok(member::find(conn, id).await?.ok_or(AppError::NotFound)?.person)
}

/// Refuses whoever does not look after people, and tells them who does.
pub(super) async fn ensure_manages(conn: &mut Conn, actor: &Actor) -> Result<(), AppError> {
    Ok(actor.permits_managing(administrators(conn, actor).await?)?)
}

/// The names of those who look after the people of the actor's organization.
pub(super) async fn administrators(
    conn: &mut Conn,
    actor: &Actor,
) -> Result<Vec<String>, AppError> {
    let administrators = member::administrators_of(conn, actor.organization.id).await?;
    Ok(administrators.into_iter().map(|(_, name)| name).collect())
}

/// The organization, if its people exist for the actor.
pub(super) fn overseen(
    actor: &Actor,
    organization: OrganizationId,
) -> Result<OrganizationId, AppError> {
    if actor.oversees(organization) { Ok(organization) } else { Err(AppError::NotFound) }
}
