//! Delivering: a transfer is begun, stopped, received, taken out of account.

mod arrival;
mod overriding;
mod ruling;

use std::collections::BTreeMap;

use domain::{
    delivery::{
        Birth, Consignment, Deliverable, Draft, Milestone, Passage, Step, Transfer,
        TransferDetails, TransferStatus,
    },
    handin::Purpose,
    history::Happening,
    id::{FileId, RequestId, TransferId},
    people::Actor,
    request::SourceRequest,
};
use storage::{Conn, delivery, handin, title};

pub(super) use arrival::adopt;
pub use arrival::{Arrival, receive, release};
pub use overriding::{approve, decline, override_errors};
pub use ruling::{ignore, inspect_again};

use super::{failure::broken, inspection, sight};
use crate::{
    error::AppError,
    portal::{Portal, Work},
};

/// The delivery page takes so many requests at once.
const MOST_DELIVERABLES: usize = 100;

/// The inside of a card.
pub async fn details(
    portal: &Portal,
    actor: &Actor,
    id: TransferId,
) -> Result<TransferDetails, AppError> {
    let mut conn = portal.read().await?;
    let mut details =
        delivery::details(&mut conn, id, actor.person).await?.ok_or(AppError::NotFound)?;
    let request = sight::request(&mut conn, actor, details.transfer.request).await?;
    let heads = delivery::heads_of(&mut conn, request.id).await?;
    details.offers = details.offers_to(&request, actor, &heads);
    Ok(details)
}

/// The requests of the delivery page, in the order asked for; what does not exist for the actor is left out.
pub async fn deliverables(
    portal: &Portal,
    actor: &Actor,
    ids: &[RequestId],
) -> Result<Vec<Deliverable>, AppError> {
    let mut conn = portal.read().await?;
    let mut found: Vec<Deliverable> = Vec::new();
    for id in ids.iter().take(MOST_DELIVERABLES) {
        if found.iter().any(|it| it.request.id == *id) {
            continue;
        }
        match sight::request(&mut conn, actor, *id).await {
            Ok(request) => found.push(deliverable(portal, &mut conn, actor, request).await?),
            Err(AppError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

async fn deliverable(
    portal: &Portal,
    conn: &mut Conn,
    actor: &Actor,
    request: SourceRequest,
) -> Result<Deliverable, AppError> {
    let title = title::find_title(conn, request.title).await?.ok_or(AppError::NotFound)?;
    let package = title::find_package(conn, request.package).await?.ok_or(AppError::NotFound)?;
    // Only who has begun it can go on with it.
    let own = actor.organization.id;
    let unfinished = match request.purpose(actor) {
        Purpose::Delivery => delivery::unfinished_of(conn, request.id)
            .await?
            .filter(|it| it.organization == own)
            .map(Consignment::from),
        Purpose::HandIn => handin::unfinished_of(conn, request.id)
            .await?
            .filter(|it| it.organization == own)
            .map(Consignment::from),
    };
    let brief = inspection::brief(conn, &request).await?;
    let told = brief.expectation(&BTreeMap::new(), 1).told();
    Ok(Deliverable {
        profile: brief.profile.title(),
        request,
        title,
        package_number: package.number,
        unfinished,
        limits: portal.limits,
        expects: told.into_iter().map(|it| (it.label, it.value)).collect(),
        brief: serde_json::to_string(&brief).map_err(|it| broken(&it.to_string()))?,
    })
}

/// Begins a delivery, and supersedes the one whose upload has not finished. Of two who begin at once, the later
/// one waits for the request and then supersedes the earlier one.
pub async fn begin(
    portal: &Portal,
    actor: &Actor,
    id: RequestId,
    draft: Draft,
) -> Result<Transfer, AppError> {
    let mut work = portal.begin().await?;
    let request = sight::held_request(&mut work, actor, id).await?;
    let unfinished = delivery::unfinished_of(&mut work, id).await?;
    let deliveries = delivery::count_of(&mut work, id).await?;

    let files = draft.files.iter().map(|_| FileId(work.new_id())).collect();
    let number = delivery::next_number(&mut work).await?;
    let birth = Birth { id: TransferId(work.new_id()), number, files, at: work.now() };
    let begun = request.begin_delivery(actor, &draft, &portal.limits, unfinished, birth)?;
    request.permits_delivery_after(deliveries)?;

    if let Some(old) = &begun.superseded {
        supersede(&mut work, actor, old).await?;
    }
    delivery::insert(&mut work, &begun.transfer).await?;
    set_out(&mut work, begun.transfer.id).await?;

    let (file, files) = (
        first_name(&begun.transfer)?,
        u32::try_from(begun.transfer.files.len()).unwrap_or(u32::MAX),
    );
    work.tell(actor, id, Happening::DeliveryBegun { transfer: begun.transfer.id, file, files })
        .await?;
    work.finish().await?;
    Ok(begun.transfer)
}

/// The unfinished delivery gives way to a new one.
async fn supersede(work: &mut Work, actor: &Actor, old: &Transfer) -> Result<(), AppError> {
    step(work, old.id, TransferStatus::WaitingForUpload, TransferStatus::Superseded).await?;
    let happening = Happening::DeliverySuperseded { transfer: old.id, file: first_name(old)? };
    work.tell(actor, old.request, happening).await
}

/// The first two milestones of every delivery.
async fn set_out(work: &mut Work, id: TransferId) -> Result<(), AppError> {
    pass(work, id, Milestone::Created).await?;
    pass(work, id, TransferStatus::WaitingForUpload.milestone()).await
}

/// Stops a delivery whose upload has not finished.
pub async fn abandon(portal: &Portal, actor: &Actor, id: TransferId) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    let (transfer, request) = sight::held_transfer(&mut work, actor, id).await?;
    let from = transfer.status;

    let stopped = transfer.abandoned(actor)?;

    delivery::advance(&mut work, id, Step { from, to: stopped.status }).await?;
    pass(&mut work, id, Milestone::Canceled).await?;

    let file = first_name(&stopped)?;
    work.tell(actor, request.id, Happening::DeliveryAbandoned { transfer: id, file }).await?;
    work.finish().await
}

/// Moves a transfer on and notes the milestone that it passes.
async fn step(
    work: &mut Work,
    id: TransferId,
    from: TransferStatus,
    to: TransferStatus,
) -> Result<(), AppError> {
    delivery::advance(work, id, Step { from, to }).await?;
    pass(work, id, to.milestone()).await
}

async fn pass(work: &mut Work, id: TransferId, milestone: Milestone) -> Result<(), AppError> {
    note(work, id, milestone, None).await
}

async fn note(
    work: &mut Work,
    id: TransferId,
    milestone: Milestone,
    note: Option<String>,
) -> Result<(), AppError> {
    let passage = Passage { milestone, at: work.now(), note };
    Ok(delivery::note_passage(work, id, &passage).await?)
}

/// The name by which a transfer is told of.
pub(super) fn first_name(transfer: &Transfer) -> Result<domain::delivery::FileName, AppError> {
    let name = transfer.files.first().map(|it| it.name.clone());
    name.ok_or_else(|| broken(&format!("transfer {} has no file", transfer.id)))
}
