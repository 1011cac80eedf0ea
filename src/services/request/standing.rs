//! Whether a file is wanted: canceling, reopening, asking once more, and the status set by hand.

use domain::{
    history::Happening,
    id::RequestId,
    people::Actor,
    request::{RedeliveryReason, RequestStatus, SourceRequest},
    text::storable,
};
use storage::{request, title};

use crate::{
    error::AppError,
    portal::{Portal, Work},
    services::sight,
};

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
    let siblings = siblings(&mut work, &request).await?;

    let request = request.with_status(actor, to, &siblings)?;

    request::save(&mut work, &request).await?;

    let comment = storable(comment);
    work.tell(actor, id, Happening::StatusSet { from, to, comment }).await?;
    work.release(&request).await?;
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
    work.release(&request).await?;
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
    let siblings = siblings(&mut work, &request).await?;

    let request = request.uncancel(actor, &siblings)?;

    request::save(&mut work, &request).await?;

    let reason = storable(&reason);
    work.tell(actor, id, Happening::RequestUncanceled { reason }).await?;
    work.finish().await?;
    Ok(request)
}

/// The requests of the same package, with the package held: nobody else asks for anything in it meanwhile.
pub(super) async fn siblings(
    work: &mut Work,
    request: &SourceRequest,
) -> Result<Vec<SourceRequest>, AppError> {
    title::hold_package(work, request.package).await?;
    Ok(request::of_package(work, request.package).await?)
}
