//! Uploads that end without a file: stopped by their sender, or given up because nothing came.

use chrono::TimeDelta;
use domain::{
    delivery::{Passage, Step, Transfer, TransferFile, TransferStatus},
    handin::HandIn,
    history::{Author, Happening},
    id::{HandInId, TransferId, UploadId},
    people::Actor,
};
use storage::{
    delivery, handin, request,
    upload::{self, Upload},
};

use super::{
    error::UploadError,
    sight::{self, Parcel},
    staging,
    streams::Streams,
};
use crate::{
    error::AppError,
    portal::{Portal, Work},
    services::{self, delivery::first_name, sight::held},
};

/// So many uploads are cleared away in one round.
const ROUND: u32 = 100;
/// A growing file that a crash left behind is looked for so long.
const SWEPT: TimeDelta = TimeDelta::hours(1);

/// Stops an upload for good and frees what it held.
pub async fn terminate(
    portal: &Portal,
    streams: &Streams,
    actor: &Actor,
    id: UploadId,
) -> Result<(), UploadError> {
    let mut work = portal.begin().await?;
    let (upload, delivered) = sight::upload(&mut work, actor, id).await?;
    sight::ensure_alive(&upload, work.now())?;
    delivered.permits_abandon(actor)?;

    let at = work.now();
    upload::terminate(&mut work, id, at).await?;
    work.finish_untold().await?;

    streams.end(id).await;
    staging::remove(portal, id).await
}

/// Clears away the uploads that nobody went on with, and those of transfers that are over. For every round
/// of housekeeping.
pub async fn expire(portal: &Portal) -> Result<(), AppError> {
    let mut conn = portal.read().await?;
    let expired = upload::expired(&mut conn, portal.now(), ROUND).await?;
    let left = upload::left_over(&mut conn, portal.now(), ROUND).await?;
    drop(conn);
    for upload in expired.iter().chain(&left) {
        // What has arrived wholly is not given up: it is only not put away yet.
        if sight::is_complete(upload) && !left.contains(upload) {
            continue;
        }
        // Logged where it arose; the next round tries again, and the others are not kept waiting.
        let _outcome = clear(portal, upload).await;
    }
    let before = portal.now() - portal.settings.upload_patience();
    for transfer in upload::never_sent(&mut portal.read().await?, before, ROUND).await? {
        let _outcome = give_up_unsent(portal, transfer).await;
    }
    for hand_in in handin::never_sent(&mut portal.read().await?, before, ROUND).await? {
        let _outcome = give_up_hand_in(portal, hand_in).await;
    }
    sweep(portal).await
}

/// Gives up a delivery that was begun, and to which nobody sends anything.
async fn give_up_unsent(portal: &Portal, id: TransferId) -> Result<(), UploadError> {
    let mut work = portal.begin().await?;
    let (transfer, _request) = held(&mut work, id).await?;
    if transfer.status != TransferStatus::WaitingForUpload {
        return Ok(());
    }
    give_up(&mut work, transfer).await?;
    Ok(work.finish().await?)
}

/// The same for a hand-in. Nobody was told of it, so nobody is told that it is over.
async fn give_up_hand_in(portal: &Portal, id: HandInId) -> Result<(), UploadError> {
    let mut work = portal.begin().await?;
    let found = handin::find(&mut work, id).await?.ok_or(AppError::NotFound)?;
    let hand_in = held_hand_in(&mut work, &found).await?;
    if !hand_in.awaits_bytes() {
        return Ok(());
    }
    services::handin::give_up(&mut work, hand_in).await?;
    Ok(work.finish_untold().await?)
}

/// A hand-in as it is once nobody else changes it.
async fn held_hand_in(work: &mut Work, found: &HandIn) -> Result<HandIn, UploadError> {
    request::hold(work, found.request).await?;
    Ok(handin::find(work, found.id).await?.ok_or(AppError::NotFound)?)
}

/// Between the word that an upload has ended and the removal of its file lies a moment in which a server can die.
async fn sweep(portal: &Portal) -> Result<(), AppError> {
    let ended = upload::ended_since(&mut portal.read().await?, portal.now() - SWEPT).await?;
    for id in ended {
        // Logged where it arose; one file that will not go keeps none of the others.
        let _outcome = staging::remove(portal, id).await;
    }
    Ok(())
}

async fn clear(portal: &Portal, upload: &Upload) -> Result<(), UploadError> {
    let mut work = portal.begin().await?;
    let at = work.now();
    match sight::found(&mut work, upload.file).await?.parcel {
        Parcel::Delivery(found) => {
            let (transfer, _request) = held(&mut work, found.id).await?;
            upload::terminate(&mut work, upload.id, at).await?;
            let waits = transfer.status == TransferStatus::WaitingForUpload;
            if waits && is_deserted(&mut work, &transfer.files).await? {
                give_up(&mut work, transfer).await?;
                work.finish().await?;
            } else {
                work.finish_untold().await?;
            }
        }
        Parcel::HandIn(found) => {
            let hand_in = held_hand_in(&mut work, &found).await?;
            upload::terminate(&mut work, upload.id, at).await?;
            if hand_in.awaits_bytes() && is_deserted(&mut work, &hand_in.files).await? {
                services::handin::give_up(&mut work, hand_in).await?;
            }
            work.finish_untold().await?;
        }
    }
    staging::remove(portal, upload.id).await
}

/// Whether some of the files are missing, and nobody sends them any longer.
async fn is_deserted(work: &mut Work, files: &[TransferFile]) -> Result<bool, UploadError> {
    for file in files {
        if file.digests.is_none() && !upload::of_file(work, file.id).await?.is_empty() {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn give_up(work: &mut Work, transfer: Transfer) -> Result<(), UploadError> {
    let (id, request, from, file) =
        (transfer.id, transfer.request, transfer.status, first_name(&transfer)?);

    let over = transfer.moved(TransferStatus::Error).map_err(AppError::from)?;

    delivery::advance(work, id, Step { from, to: over.status }).await?;
    let passage = Passage { milestone: over.status.milestone(), at: work.now(), note: None };
    delivery::note_passage(work, id, &passage).await?;
    work.tell(Author::Rule, request, Happening::DeliveryExpired { transfer: id, file }).await?;
    Ok(())
}
