//! Organizations and the people who act for them.

mod account;
mod invitation;
mod managing;
mod organization;

use domain::{
    history::Author,
    id::{OrganizationId, PersonId},
    people::{
        AccountEvent, Actor, ApprovedPartners, Grants, Organization, OrganizationKind, Person, Role,
    },
};
use storage::people::{self, approval};

pub use account::{Account, account, set_reading, time_zone};
pub use invitation::{Acceptance, Invitee, Welcome, accept, invite, sweep, welcome, withdraw};
pub use managing::{Directory, change, directory};
pub use organization::{Amendment, amend, approve, enroll, roster};

use super::session;
use crate::{error::AppError, portal::Portal, preference::Preference};

/// Somebody who is to get an account.
#[derive(Clone, Debug)]
pub struct Newcomer {
    pub organization: OrganizationId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub time_zone: String,
    pub password: String,
}

/// All organizations, by name.
pub async fn organizations(portal: &Portal) -> Result<Vec<Organization>, AppError> {
    let mut conn = portal.read().await?;
    Ok(people::organizations(&mut conn).await?)
}

/// Whether there is an account with this e-mail address, open or closed.
pub async fn is_taken(portal: &Portal, email: &str) -> Result<bool, AppError> {
    let mut conn = portal.read().await?;
    Ok(people::is_taken(&mut conn, email).await?)
}

/// Closes the account with this e-mail address and ends its sessions, if there is such an account.
pub async fn close(portal: &Portal, email: &str) -> Result<Option<Actor>, AppError> {
    let mut work = portal.begin().await?;
    let Some(known) = people::credentials(&mut work, email).await? else { return Ok(None) };
    let at = work.now();

    people::deactivate(&mut work, known.actor.person, at).await?;
    storage::session::remove_all_of(&mut work, known.actor.person).await?;
    invitation::withdraw_of(&mut work, Author::Rule, known.actor.person).await?;

    let done = AccountEvent::PersonDeactivated { name: known.actor.name.clone() };
    work.note(Author::Rule, known.actor.organization.id, done).await?;
    work.finish().await?;
    Ok(Some(known.actor))
}

/// Gives the account with this e-mail address another password and ends its sessions, if there is such an account.
pub async fn renew_password(
    portal: &Portal,
    email: &str,
    password: String,
) -> Result<Option<Actor>, AppError> {
    let hash = session::hash_password(portal, password).await?;
    let mut work = portal.begin().await?;
    let Some(known) = people::credentials(&mut work, email).await? else { return Ok(None) };

    // Held, so that whoever signs in with the old one is either out with the rest or not let in.
    let person = known.actor.person;
    let former = people::hold_password_hash(&mut work, person).await?;
    let Some(former) = former else { return Ok(None) };
    people::set_password(&mut work, person, &former, &hash).await?;
    storage::session::remove_all_of(&mut work, known.actor.person).await?;

    let done = AccountEvent::PasswordRenewed { name: known.actor.name.clone() };
    work.note(Author::Rule, known.actor.organization.id, done).await?;
    work.finish().await?;
    Ok(Some(known.actor))
}

/// The partners to whom the actor's organization may give work.
pub async fn approved_partners(
    portal: &Portal,
    actor: &Actor,
) -> Result<ApprovedPartners, AppError> {
    let mut conn = portal.read().await?;
    Ok(approval::approved_by(&mut conn, actor.organization.id).await?)
}

/// Keeps what a person chose about how pages look.
pub async fn remember(portal: &Portal, actor: &Actor, chosen: Preference) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    people::set_preference(&mut work, actor.person, &chosen.to_words()).await?;
    work.finish_untold().await
}

/// A new organization.
pub async fn add_organization(
    portal: &Portal,
    kind: OrganizationKind,
    name: &str,
    grants: Grants,
) -> Result<Organization, AppError> {
    let mut work = portal.begin().await?;
    let organization = Organization {
        id: OrganizationId(work.new_id()),
        kind,
        name: name.trim().to_owned(),
        grants,
    };
    people::insert_organization(&mut work, &organization).await?;

    let name = organization.name.clone();
    let done = AccountEvent::OrganizationAdded { name, organization_kind: kind };
    work.note(Author::Rule, organization.id, done).await?;
    work.finish().await?;
    Ok(organization)
}

/// A new person with a password of their own.
pub async fn add_person(portal: &Portal, newcomer: Newcomer) -> Result<Person, AppError> {
    let hash = session::hash_password(portal, newcomer.password).await?;
    let mut work = portal.begin().await?;
    let person = Person {
        id: PersonId(work.new_id()),
        organization: newcomer.organization,
        name: newcomer.name.trim().to_owned(),
        email: session::spelled(&newcomer.email),
        role: newcomer.role,
        time_zone: newcomer.time_zone,
        deactivated_at: None,
    };
    people::insert_person(&mut work, &person, &hash).await?;

    let (name, email) = (person.name.clone(), person.email.clone());
    let done = AccountEvent::PersonAdded { name, email, role: person.role };
    work.note(Author::Rule, person.organization, done).await?;
    work.finish().await?;
    Ok(person)
}
