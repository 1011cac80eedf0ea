//! Organizations and the people who act for them.

use domain::{
    id::{OrganizationId, PersonId},
    people::{Grants, Organization, OrganizationKind, Person, Role},
};
use storage::people;

use super::session;
use crate::{error::AppError, portal::Portal};

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

/// Whether somebody signs in with this e-mail address.
pub async fn is_taken(portal: &Portal, email: &str) -> Result<bool, AppError> {
    let mut conn = portal.read().await?;
    Ok(people::credentials(&mut conn, email).await?.is_some())
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
    work.finish_untold().await?;
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
    work.finish_untold().await?;
    Ok(person)
}
