//! Creating requests, and what the platform sets by hand.

use domain::{
    history::Happening,
    id::{OrganizationId, RequestId},
    job::Job,
    language::Language,
    people::{Ability, Actor},
    refusal::{Refusal, ensure},
    request::{
        EstimatedDate, MaterialStatus, Moment, RedeliveryReason, RequestStatus, ServiceType,
        SourceRequest, SourceType,
    },
    text::storable,
    title::Package,
};
use storage::request;

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
    pub material_status: MaterialStatus,
    pub upgrade_of: Option<RequestId>,
}

/// Asks for an asset of a package.
pub async fn create(
    portal: &Portal,
    actor: &Actor,
    package: &Package,
    new: NewRequest,
) -> Result<SourceRequest, AppError> {
    ensure(actor.may_ever(Ability::CreateRequest), Refusal::PlatformOnly)?;
    let mut work = portal.begin().await?;
    let has_material_status = new.source_type.has_material_status();
    let request = SourceRequest {
        id: RequestId(work.new_id()),
        number: request::next_number(&mut work).await?,
        title: package.title,
        package: package.id,
        source_type: new.source_type,
        language: new.language,
        status: RequestStatus::Open,
        content_partner: new.content_partner,
        partner: new.partner,
        subassignee: None,
        estimated: EstimatedDate::as_due(&new.due),
        due: new.due,
        service_type: new.service_type.filter(|_| new.source_type.has_service_type()),
        material_status: has_material_status.then_some(new.material_status),
        current_transfer: None,
        upgrade_of: new.upgrade_of,
        created_at: work.now(),
        delivered_at: None,
        processed_at: None,
        version: 1,
    };

    request::insert(&mut work, &request).await?;

    work.tell(actor, request.id, Happening::RequestCreated).await?;
    work.finish().await?;
    Ok(request)
}

/// Sets the status of a request by hand.
pub async fn set_status(
    portal: &Portal,
    actor: &Actor,
    id: RequestId,
    to: RequestStatus,
    comment: &str,
) -> Result<SourceRequest, AppError> {
    let mut work = portal.begin().await?;
    let request = sight::held_request(&mut work, actor, id).await?;
    let from = request.status;

    let request = request.with_status(actor, to)?;

    request::save(&mut work, &request).await?;

    let comment = storable(comment);
    work.tell(actor, id, Happening::StatusSet { from, to, comment }).await?;
    release(&mut work, &request).await?;
    work.finish().await?;
    Ok(request)
}

/// Asks for a new file, because the one that arrived will not do.
pub async fn request_redelivery(
    portal: &Portal,
    actor: &Actor,
    id: RequestId,
    reasons: Vec<RedeliveryReason>,
    comment: &str,
) -> Result<SourceRequest, AppError> {
    let mut work = portal.begin().await?;
    let request = sight::held_request(&mut work, actor, id).await?;

    let request = request.request_redelivery(actor, &reasons, comment)?;

    request::save(&mut work, &request).await?;

    let comment = storable(comment);
    work.tell(actor, id, Happening::RedeliveryRequested { reasons, comment }).await?;
    work.finish().await?;
    Ok(request)
}

/// Cancels a request: its file is not wanted any more.
pub async fn cancel(
    portal: &Portal,
    actor: &Actor,
    id: RequestId,
    reason: String,
) -> Result<SourceRequest, AppError> {
    let mut work = portal.begin().await?;
    let request = sight::held_request(&mut work, actor, id).await?;

    let request = request.cancel(actor)?;

    request::save(&mut work, &request).await?;

    let reason = storable(&reason);
    work.tell(actor, id, Happening::RequestCanceled { reason }).await?;
    release(&mut work, &request).await?;
    work.finish().await?;
    Ok(request)
}

/// Reopens a canceled request.
pub async fn uncancel(
    portal: &Portal,
    actor: &Actor,
    id: RequestId,
    reason: String,
) -> Result<SourceRequest, AppError> {
    let mut work = portal.begin().await?;
    let request = sight::held_request(&mut work, actor, id).await?;

    let request = request.uncancel(actor)?;

    request::save(&mut work, &request).await?;

    let reason = storable(&reason);
    work.tell(actor, id, Happening::RequestUncanceled { reason }).await?;
    work.finish().await?;
    Ok(request)
}

/// Has it looked again who waits for a primary that may not be wanted any more.
async fn release(work: &mut Work, request: &SourceRequest) -> Result<(), AppError> {
    if request.source_type.is_primary() {
        work.push(&Job::Release { package: request.package }).await?;
    }
    Ok(())
}
