//! Asking for assets: new requests, better versions of what has arrived, and until when they are owed.

use domain::{
    history::Happening,
    id::{OrganizationId, PackageId, RequestId},
    language::Language,
    people::{Actor, Organization},
    refusal::Refusal,
    request::{Birth, MaterialStatus, Moment, Order, ServiceType, SourceRequest, SourceType},
    text::storable,
};
use storage::{
    Conn,
    people::{self, approval},
    request, title,
};

use crate::{
    error::AppError,
    portal::{Portal, Work},
    services::sight,
};

/// A request about to be made.
#[derive(Clone, Debug)]
pub struct NewRequest {
    pub source_type: SourceType,
    pub language: Option<Language>,
    pub content_partner: OrganizationId,
    pub partner: Option<OrganizationId>,
    pub due: Moment,
    pub service_type: Option<ServiceType>,
    pub material_status: Option<MaterialStatus>,
}

/// What is another in the better version of an asset.
#[derive(Clone, Debug)]
pub struct Upgrade {
    pub partner: Option<OrganizationId>,
    pub due: Moment,
    /// What is to be better.
    pub comment: String,
}

/// Asks for an asset of a package.
pub async fn create(
    portal: &Portal,
    actor: &Actor,
    package: PackageId,
    new: NewRequest,
) -> Result<SourceRequest, AppError> {
    actor.permits_asking()?;
    let mut work = portal.begin().await?;
    let package = title::hold_package(&mut work, package).await?.ok_or(AppError::NotFound)?;
    let siblings = request::of_package(&mut work, package.id).await?;
    let order = ordered(&mut work, new).await?;
    let approved = approval::approved_by(&mut work, actor.organization.id).await?;
    let birth = birth(&mut work).await?;

    let request = order.place(actor, &package, &siblings, &approved, birth)?;

    request::insert(&mut work, &request).await?;

    work.tell(actor, request.id, Happening::RequestCreated).await?;
    work.finish().await?;
    Ok(request)
}

/// Asks for a better version of an asset that has arrived; answers the new request.
pub async fn upgrade(
    portal: &Portal,
    actor: &Actor,
    id: RequestId,
    wanted: Upgrade,
) -> Result<SourceRequest, AppError> {
    let mut work = portal.begin().await?;
    let old = sight::held_request(&mut work, actor, id).await?;
    let package = title::hold_package(&mut work, old.package).await?.ok_or(AppError::NotFound)?;
    let siblings = request::of_package(&mut work, package.id).await?;
    let owner = organization(&mut work, old.content_partner).await?;
    let partner = found(&mut work, wanted.partner).await?;
    let approved = approval::approved_by(&mut work, actor.organization.id).await?;
    let birth = birth(&mut work).await?;

    let order = old.better(owner, partner, wanted.due);
    let old = old.upgrade(actor)?;
    let new = order.place(actor, &package, &siblings, &approved, birth)?;

    request::save(&mut work, &old).await?;
    request::insert(&mut work, &new).await?;

    let comment = storable(&wanted.comment);
    let upgraded = Happening::RequestUpgraded { by: new.label(), comment: comment.clone() };
    work.tell(actor, old.id, upgraded).await?;
    work.tell(actor, new.id, Happening::UpgradeCreated { of: old.label(), comment }).await?;
    work.finish().await?;
    Ok(new)
}

/// Moves the date until which an asset is owed.
pub async fn edit_due_date(
    portal: &Portal,
    actor: &Actor,
    id: RequestId,
    due: Moment,
    comment: &str,
) -> Result<SourceRequest, AppError> {
    let mut work = portal.begin().await?;
    let request = sight::held_request(&mut work, actor, id).await?;
    let from = request.due.clone();

    let request = request.edit_due_date(actor, due.clone())?;

    request::save(&mut work, &request).await?;

    let comment = storable(comment);
    work.tell(actor, id, Happening::DueDateChanged { from, to: due, comment }).await?;
    work.finish().await?;
    Ok(request)
}

async fn ordered(conn: &mut Conn, new: NewRequest) -> Result<Order, AppError> {
    Ok(Order {
        source_type: new.source_type,
        language: new.language,
        content_partner: organization(conn, new.content_partner).await?,
        partner: found(conn, new.partner).await?,
        due: new.due,
        service_type: new.service_type,
        material_status: new.material_status,
        upgrade_of: None,
    })
}

async fn birth(work: &mut Work) -> Result<Birth, AppError> {
    let (id, at) = (RequestId(work.new_id()), work.now());
    Ok(Birth { id, number: request::next_number(work).await?, at })
}

async fn found(
    conn: &mut Conn,
    id: Option<OrganizationId>,
) -> Result<Option<Organization>, AppError> {
    match id {
        Some(id) => Ok(Some(organization(conn, id).await?)),
        None => Ok(None),
    }
}

/// An organization that somebody chose.
pub(super) async fn organization(
    conn: &mut Conn,
    id: OrganizationId,
) -> Result<Organization, AppError> {
    let found = people::find_organization(conn, id).await?;
    Ok(found.ok_or(Refusal::UnknownOrganization)?)
}
