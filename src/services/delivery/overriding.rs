//! Overriding what inspection found, and what the platform says to it.

use domain::{
    delivery::{
        Earlier, Effect, Explained, Milestone, Situation, Step, Transfer, TransferStatus, Verdict,
    },
    history::Happening,
    id::TransferId,
    inspection::Finding,
    people::Actor,
    request::SourceRequest,
    text::storable,
};
use storage::{
    delivery::{self, Asked, Decision},
    request,
};

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
    let spelled = |it: Explained| Explained { comment: storable(&it.comment), ..it };
    let explained: Vec<_> = explained.into_iter().map(spelled).collect();
    let mut work = portal.begin().await?;
    let (transfer, request) = sight::held_transfer(&mut work, actor, id).await?;
    let details =
        delivery::details(&mut work, id, actor.person).await?.ok_or(AppError::NotFound)?;
    let heads = delivery::heads_of(&mut work, request.id).await?;
    let (from, before) = (transfer.status, request.status);
    let now = work.now();

    let situation = Situation { findings: &details.findings, heads: &heads };
    let effect = transfer.overridden(request, actor, situation, &explained, now)?;

    keep(&mut work, actor, id, &explained).await?;
    let sentences: Vec<_> = explained.iter().map(Explained::sentence).collect();
    let reason = sentences.join("; ");
    let to = TransferStatus::Overridden;
    delivery::advance(&mut work, id, Step { from, to }).await?;
    let milestone =
        if actor.is_platform() { Milestone::Overridden } else { Milestone::OverrideRequested };
    note(&mut work, id, milestone, Some(reason.clone())).await?;
    request::save(&mut work, &effect.request).await?;

    let file = first_name(&effect.transfer)?;
    let codes = Finding::blocking(&details.findings);
    let overridden = Happening::ErrorsOverridden { transfer: id, file, codes, reason };
    work.tell(actor, effect.request.id, overridden).await?;
    let changed = Happening::StatusChanged { from: before, to: effect.request.status };
    work.tell(actor, effect.request.id, changed).await?;
    if actor.is_platform() {
        work.release(&effect.request).await?;
    }
    work.finish().await?;
    Ok(effect.transfer)
}

/// Keeps who has asked, and why. What the platform overrides itself is decided with it.
async fn keep(
    work: &mut Work,
    actor: &Actor,
    id: TransferId,
    explained: &[Explained],
) -> Result<(), AppError> {
    let asked = Asked { transfer: id, by: actor.person, at: work.now() };
    delivery::insert_override(work, &asked, explained).await?;
    if actor.is_platform() {
        decide(work, actor, id, Verdict::Approved, "").await?;
    }
    Ok(())
}

async fn decide(
    work: &mut Work,
    actor: &Actor,
    id: TransferId,
    verdict: Verdict,
    comment: &str,
) -> Result<(), AppError> {
    let (by, at) = (actor.person, work.now());
    let decision = Decision { verdict, by, at, comment };
    Ok(delivery::decide_override(work, id, &decision).await?)
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
    let (undecided, from) = (is_undecided(&mut work, id).await?, request.status);

    let request = transfer.approved(request, actor, undecided, work.now())?;

    request::save(&mut work, &request).await?;
    let comment = storable(comment);
    decide(&mut work, actor, id, Verdict::Approved, &comment).await?;
    let said = Some(comment.clone()).filter(|it| !it.is_empty());
    note(&mut work, id, Milestone::Overridden, said).await?;

    let file = first_name(&transfer)?;
    let approved = Happening::OverrideApproved { transfer: id, file, comment };
    work.tell(actor, request.id, approved).await?;
    work.tell(actor, request.id, Happening::StatusChanged { from, to: request.status }).await?;
    work.release(&request).await?;
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
    let transfers = delivery::of_request(&mut work, request.id).await?;
    let approved = delivery::approved_of(&mut work, request.id).await?;
    let (was, from) = (transfer.status, request.status);
    let undecided = is_undecided(&mut work, id).await?;

    let earlier = Earlier { transfers: &transfers, approved: &approved };
    let Effect { transfer, request } =
        transfer.declined(request, actor, undecided, reason, earlier)?;

    delivery::advance(&mut work, id, Step { from: was, to: transfer.status }).await?;
    let reason = storable(reason);
    decide(&mut work, actor, id, Verdict::Declined, &reason).await?;
    note(&mut work, id, transfer.status.milestone(), Some(reason.clone())).await?;
    request::save(&mut work, &request).await?;

    let file = first_name(&transfer)?;
    let declined = Happening::OverrideDeclined { transfer: id, file, reason };
    work.tell(actor, request.id, declined).await?;
    work.tell(actor, request.id, Happening::StatusChanged { from, to: request.status }).await?;
    work.finish().await?;
    Ok(request)
}

/// Whether nobody has said yet whether the newest override of a transfer stands.
async fn is_undecided(work: &mut Work, id: TransferId) -> Result<bool, AppError> {
    Ok(!delivery::undecided_among(work, &[id]).await?.is_empty())
}
