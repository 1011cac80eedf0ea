//! What those who work on a request say of it: dates, service type, material; and who works on it.

use domain::{
    history::Happening,
    id::{OrganizationId, RequestId},
    people::Actor,
    refusal::Refusal,
    request::{EstimatedDate, MaterialStatus, ServiceType, SourceRequest},
    text::storable,
};
use storage::{
    people::{self, approval},
    request,
};

use super::asking::organization;
use crate::{error::AppError, portal::Portal, services::sight};

/// What is to become another; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct Edits {
    pub service_type: Option<ServiceType>,
    pub material_status: Option<MaterialStatus>,
    /// About the material.
    pub comment: String,
}

/// Moves the estimated delivery date, with its reason.
pub async fn edit_dates(
    portal: &Portal,
    actor: &Actor,
    id: RequestId,
    estimated: EstimatedDate,
) -> Result<SourceRequest, AppError> {
    let mut work = portal.begin().await?;
    let request = sight::held_request(&mut work, actor, id).await?;
    let from = request.estimated.clone();
    let estimated =
        EstimatedDate { comment: estimated.comment.as_deref().map(storable), ..estimated };

    let request = request.edit_dates(actor, estimated.clone())?;

    request::save(&mut work, &request).await?;

    work.tell(actor, id, Happening::DatesEdited { from, to: estimated }).await?;
    work.finish().await?;
    Ok(request)
}

/// Changes service type and material status, both or neither.
pub async fn edit(
    portal: &Portal,
    actor: &Actor,
    id: RequestId,
    edits: Edits,
) -> Result<SourceRequest, AppError> {
    let mut work = portal.begin().await?;
    let mut request = sight::held_request(&mut work, actor, id).await?;
    let comment = storable(&edits.comment);
    let mut told = Vec::new();

    if let Some(to) = edits.service_type.filter(|it| request.service_type != Some(*it)) {
        let from = request.service_type;
        request = request.edit_service_type(actor, to)?;
        told.push(Happening::ServiceTypeEdited { from, to, comment: comment.clone() });
    }
    if let Some(to) = edits.material_status.filter(|it| request.material_status != Some(*it)) {
        let from = request.material_status;
        request = request.edit_material_status(actor, to, &comment)?;
        // Said once, with what it is about.
        if let Some(Happening::ServiceTypeEdited { comment, .. }) = told.first_mut() {
            comment.clear();
        }
        told.push(Happening::MaterialStatusEdited { from, to, comment });
    }
    if told.is_empty() {
        return Err(Refusal::NothingChanged.into());
    }

    request::save(&mut work, &request).await?;

    for happening in told {
        work.tell(actor, id, happening).await?;
    }
    work.finish().await?;
    Ok(request)
}

/// Gives a request to a partner.
pub async fn assign(
    portal: &Portal,
    actor: &Actor,
    id: RequestId,
    partner: OrganizationId,
) -> Result<SourceRequest, AppError> {
    let mut work = portal.begin().await?;
    let request = sight::held_request(&mut work, actor, id).await?;
    let partner = organization(&mut work, partner).await?;
    let approved = approval::approved_by(&mut work, actor.organization.id).await?;

    let request = request.assign(actor, &partner, &approved)?;

    request::save(&mut work, &request).await?;

    work.tell(actor, id, Happening::PartnerAssigned { partner: partner.name }).await?;
    work.finish().await?;
    Ok(request)
}

/// Hands a request on to another partner.
pub async fn subassign(
    portal: &Portal,
    actor: &Actor,
    id: RequestId,
    partner: OrganizationId,
    note: &str,
) -> Result<SourceRequest, AppError> {
    let mut work = portal.begin().await?;
    let request = sight::held_request(&mut work, actor, id).await?;
    let partner = organization(&mut work, partner).await?;
    let approved = approval::approved_by(&mut work, actor.organization.id).await?;

    let request = request.subassign(actor, &partner, &approved)?;

    request::save(&mut work, &request).await?;

    let (partner, note) = (partner.name, storable(note));
    work.tell(actor, id, Happening::PartnerSubassigned { partner, note }).await?;
    work.finish().await?;
    Ok(request)
}

/// Takes a request back from whom it was handed on to.
pub async fn take_back(
    portal: &Portal,
    actor: &Actor,
    id: RequestId,
    note: &str,
) -> Result<SourceRequest, AppError> {
    let mut work = portal.begin().await?;
    let request = sight::held_request(&mut work, actor, id).await?;
    let former = people::parties_of(&mut work, &request).await?.subassignee;

    let request = request.take_back(actor)?;

    request::save(&mut work, &request).await?;

    let (partner, note) = (former.unwrap_or_default(), storable(note));
    work.tell(actor, id, Happening::SubassignmentEnded { partner, note }).await?;
    work.finish().await?;
    Ok(request)
}
