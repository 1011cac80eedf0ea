//! Looking after the organizations: the platform's administrators do.

use domain::{
    id::OrganizationId,
    people::{AccountEvent, Actor, ApprovedPartners, Grants, Organization, OrganizationKind, name},
    refusal::{Refusal, ensure},
};
use storage::{
    Conn,
    people::{self, approval},
};

use super::managing::administrators;
use crate::{
    error::AppError,
    portal::{Portal, Work},
};

/// Name and rights of an organization, as an administrator types them.
#[derive(Clone, Debug)]
pub struct Amendment {
    pub name: String,
    pub grants: Grants,
}

/// All organizations, by name.
pub async fn roster(portal: &Portal, actor: &Actor) -> Result<Vec<Organization>, AppError> {
    let mut conn = portal.read().await?;
    ensure_manages(&mut conn, actor).await?;
    Ok(people::organizations(&mut conn).await?)
}

/// Adds an organization that works for the platform.
pub async fn enroll(
    portal: &Portal,
    actor: &Actor,
    kind: OrganizationKind,
    new: Amendment,
) -> Result<Organization, AppError> {
    let mut work = begin(portal, actor).await?;
    // Whoever belongs to the platform sees everything: that is decided at the console.
    ensure(kind != OrganizationKind::Platform, Refusal::UnknownKind)?;
    let name = free_name(&mut work, &new.name, None).await?;
    let id = OrganizationId(work.new_id());
    let organization = Organization { id, kind, name, grants: new.grants };

    people::insert_organization(&mut work, &organization).await?;

    let name = organization.name.clone();
    let done = AccountEvent::OrganizationAdded { name, organization_kind: kind };
    work.note(actor, id, done).await?;
    work.finish().await?;
    Ok(organization)
}

/// Gives an organization another name and other rights than those `seen`.
pub async fn amend(
    portal: &Portal,
    actor: &Actor,
    id: OrganizationId,
    seen: &Amendment,
    to: Amendment,
) -> Result<Organization, AppError> {
    let mut work = begin(portal, actor).await?;
    let former = people::find_organization(&mut work, id).await?.ok_or(AppError::NotFound)?;
    former.ensure_seen(&seen.name, seen.grants)?;
    let name = free_name(&mut work, &to.name, Some(id)).await?;
    let organization = Organization { name, grants: to.grants, ..former.clone() };
    ensure(organization != former, Refusal::NothingChanged)?;

    people::save_organization(&mut work, &organization).await?;

    if organization.name != former.name {
        let (from, to) = (former.name, organization.name.clone());
        work.note(actor, id, AccountEvent::OrganizationRenamed { from, to }).await?;
    }
    if organization.grants != former.grants {
        let done = AccountEvent::GrantsChanged { to: organization.grants };
        work.note(actor, id, done).await?;
    }
    work.finish().await?;
    Ok(organization)
}

/// Says to which partners an organization may give work, instead of those `seen`.
pub async fn approve(
    portal: &Portal,
    actor: &Actor,
    id: OrganizationId,
    seen: &ApprovedPartners,
    approved: ApprovedPartners,
) -> Result<(), AppError> {
    let mut work = begin(portal, actor).await?;
    people::find_organization(&mut work, id).await?.ok_or(AppError::NotFound)?;
    let former = approval::approved_by(&mut work, id).await?;
    let all = people::organizations(&mut work).await?;
    let name = |id| {
        let found = all.iter().find(|it| it.id == id);
        found.map_or_else(|| "another organization".to_owned(), |it| it.name.clone())
    };
    former.ensure_seen(seen, name)?;
    ensure(approved != former, Refusal::NothingChanged)?;
    let names = match &approved {
        ApprovedPartners::All => None,
        ApprovedPartners::These(partners) => {
            let mut names = Vec::new();
            for partner in partners {
                let found = people::find_organization(&mut work, *partner).await?;
                let partner = found.ok_or(Refusal::UnknownOrganization)?;
                ApprovedPartners::All.permit(&partner)?;
                names.push(partner.name);
            }
            Some(names)
        }
    };
    let now = work.now();

    approval::approve(&mut work, id, &approved, now).await?;

    work.note(actor, id, AccountEvent::PartnersApproved { names }).await?;
    work.finish().await
}

/// One unit of work of those who look after organizations; they wait for each other.
async fn begin(portal: &Portal, actor: &Actor) -> Result<Work, AppError> {
    let mut work = portal.begin().await?;
    ensure_manages(&mut work, actor).await?;
    people::hold_organization(&mut work, actor.organization.id).await?;
    Ok(work)
}

async fn ensure_manages(conn: &mut Conn, actor: &Actor) -> Result<(), AppError> {
    Ok(actor.permits_organizations(administrators(conn, actor).await?)?)
}

/// The name, if no other organization has it: partners are chosen by their names.
async fn free_name(
    conn: &mut Conn,
    typed: &str,
    own: Option<OrganizationId>,
) -> Result<String, AppError> {
    let name = name(typed)?;
    let all = people::organizations(conn).await?;
    let is_other =
        |it: &&Organization| Some(it.id) != own && it.name.to_lowercase() == name.to_lowercase();
    ensure(!all.iter().any(|it| is_other(&it)), Refusal::NameTaken)?;
    Ok(name)
}
