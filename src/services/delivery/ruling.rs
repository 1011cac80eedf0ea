//! What the platform decides about a transfer.

use domain::{
    delivery::{Earlier, Step, Transfer, TransferStatus},
    history::Happening,
    id::TransferId,
    job::Job,
    people::Actor,
};
use storage::{delivery, request};

use super::{first_name, pass, step};
use crate::{error::AppError, portal::Portal, services::sight};

/// Takes a transfer out of account; the previous one that succeeded stands again.
pub async fn ignore(portal: &Portal, actor: &Actor, id: TransferId) -> Result<Transfer, AppError> {
    let mut work = portal.begin().await?;
    let (transfer, request) = sight::held_transfer(&mut work, actor, id).await?;
    let transfers = delivery::of_request(&mut work, request.id).await?;
    let approved = delivery::approved_of(&mut work, request.id).await?;
    let (from, before) = (transfer.status, request.clone());

    let earlier = Earlier { transfers: &transfers, approved: &approved };
    let effect = transfer.ignored(actor, request, earlier)?;

    // Whoever inspects it just now finds out, and stops.
    delivery::break_off_runs(&mut work, id).await?;
    step(&mut work, id, from, effect.transfer.status).await?;
    if effect.request != before {
        request::save(&mut work, &effect.request).await?;
    }

    let file = first_name(&effect.transfer)?;
    work.tell(actor, before.id, Happening::DeliveryIgnored { transfer: id, file }).await?;
    if effect.request.status != before.status {
        let changed = Happening::StatusChanged { from: before.status, to: effect.request.status };
        work.tell(actor, before.id, changed).await?;
    }
    work.finish().await?;
    Ok(effect.transfer)
}

/// Has the stored files of a transfer inspected once more.
pub async fn inspect_again(
    portal: &Portal,
    actor: &Actor,
    id: TransferId,
) -> Result<Transfer, AppError> {
    let mut work = portal.begin().await?;
    let (transfer, request) = sight::held_transfer(&mut work, actor, id).await?;
    let from = transfer.status;

    transfer.permits_inspect_again(actor)?;
    let transfer = transfer.moved(TransferStatus::Processing)?;

    delivery::advance(&mut work, id, Step { from, to: transfer.status }).await?;
    pass(&mut work, id, transfer.status.milestone()).await?;
    work.push(&Job::Inspect { transfer: id }).await?;

    work.tell(actor, request.id, Happening::InspectedAgain { transfer: id }).await?;
    work.finish().await?;
    Ok(transfer)
}
