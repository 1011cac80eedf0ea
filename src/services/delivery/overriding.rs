//! Overriding what inspection found, and what the platform says to it.

use domain::{
    delivery::{Effect, Explained, Milestone, Step, Transfer, TransferStatus},
    history::Happening,
    id::TransferId,
    job::Job,
    people::Actor,
    request::SourceRequest,
    text::storable,
};
use storage::{delivery, request};

use super::{first_name, note};
use crate::{
    error::AppError,
    portal::{Portal, Work},
    services::sight,
};

/// Accepts a failed file, because its errors are meant: for the platform to verify, or at once if it is the
/// platform that says so.
pub async fn override_errors(
    portal: &Portal,
    actor: &Actor,
    id: TransferId,
    explained: Vec<Explained>,
) -> Result<Transfer, AppError> {
    let mut work = portal.begin().await?;
    let (transfer, request) = sight::held_transfer(&mut work, actor, id).await?;
    let details = delivery::details(&mut work, id).await?.ok_or(AppError::NotFound)?;
    let (from, before) = (transfer.status, request.status);
    let now = work.now();

    let effect = transfer.overridden(request, actor, &details.findings, &explained, now)?;

    let sentences: Vec<_> = explained.iter().map(Explained::sentence).collect();
    let reason = storable(&sentences.join("; "));
    let to = TransferStatus::Overridden;
    delivery::advance(&mut work, id, Step { from, to }).await?;
    let milestone =
        if actor.is_platform() { Milestone::Overridden } else { Milestone::OverrideRequested };
    note(&mut work, id, milestone, Some(reason.clone())).await?;
    request::save(&mut work, &effect.request).await?;

    let file = first_name(&effect.transfer)?;
    let mut codes: Vec<_> = details.findings.iter().map(|it| it.code).collect();
    codes.dedup();
    let overridden = Happening::ErrorsOverridden { transfer: id, file, codes, reason };
    work.tell(actor, effect.request.id, overridden).await?;
    let changed = Happening::StatusChanged { from: before, to: effect.request.status };
    work.tell(actor, effect.request.id, changed).await?;
    if actor.is_platform() {
        release(&mut work, &effect.request).await?;
    }
    work.finish().await?;
    Ok(effect.transfer)
}

/// Lets an override stand.
pub async fn approve(
    portal: &Portal,
    actor: &Actor,
    id: TransferId,
    comment: &str,
) -> Result<SourceRequest, AppError> {
    let mut work = portal.begin().await?;
    let (transfer, request) = sight::held_transfer(&mut work, actor, id).await?;
    let from = request.status;

    let request = transfer.approved(request, actor, work.now())?;

    request::save(&mut work, &request).await?;
    let comment = storable(comment);
    let said = Some(comment.clone()).filter(|it| !it.is_empty());
    note(&mut work, id, Milestone::Overridden, said).await?;

    let file = first_name(&transfer)?;
    let approved = Happening::OverrideApproved { transfer: id, file, comment };
    work.tell(actor, request.id, approved).await?;
    work.tell(actor, request.id, Happening::StatusChanged { from, to: request.status }).await?;
    release(&mut work, &request).await?;
    work.finish().await?;
    Ok(request)
}

/// Does not let an override stand: another file is wanted.
pub async fn decline(
    portal: &Portal,
    actor: &Actor,
    id: TransferId,
    reason: &str,
) -> Result<SourceRequest, AppError> {
    let mut work = portal.begin().await?;
    let (transfer, request) = sight::held_transfer(&mut work, actor, id).await?;
    let earlier = delivery::of_request(&mut work, request.id).await?;
    let (was, from) = (transfer.status, request.status);

    let Effect { transfer, request } = transfer.declined(request, actor, reason, &earlier)?;

    delivery::advance(&mut work, id, Step { from: was, to: transfer.status }).await?;
    let reason = storable(reason);
    note(&mut work, id, transfer.status.milestone(), Some(reason.clone())).await?;
    request::save(&mut work, &request).await?;

    let file = first_name(&transfer)?;
    let declined = Happening::OverrideDeclined { transfer: id, file, reason };
    work.tell(actor, request.id, declined).await?;
    work.tell(actor, request.id, Happening::StatusChanged { from, to: request.status }).await?;
    work.finish().await?;
    Ok(request)
}

/// A primary that is processed lets those go on that wait for it.
async fn release(work: &mut Work, request: &SourceRequest) -> Result<(), AppError> {
    if request.source_type.is_primary() {
        work.push(&Job::Release { package: request.package }).await?;
    }
    Ok(())
}
