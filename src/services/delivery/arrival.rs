//! A file has arrived: inspected next, or parked until the primary has succeeded.

use chrono::TimeDelta;
use domain::{
    delivery::{Begun, Digests, Milestone, Transfer, TransferFile, TransferStatus, Verification},
    history::{Author, Happening},
    id::{FileId, HandInId, PackageId},
    job::Job,
    people::Actor,
    request::SourceRequest,
};
use storage::{delivery, people, request, vault::Key};

use super::{pass, set_out, step, supersede};
use crate::{
    error::AppError,
    portal::{Portal, Work},
    services::sight,
};

/// A file parked in the very moment in which the primary succeeds would be overlooked: it is looked for again.
const SECOND_LOOK: TimeDelta = TimeDelta::seconds(10);

/// A file of which every byte lies in the vault.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub file: FileId,
    pub bytes: u64,
    pub digests: Digests,
    /// Where it lies.
    pub key: Key,
}

/// Takes note of a file that has arrived, and tells of it. With the last file of a transfer, the transfer moves
/// on. All of it happens at once; doing it again does nothing.
pub async fn receive(portal: &Portal, arrival: Arrival) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    let found = delivery::find_by_file(&mut work, arrival.file).await?.ok_or(AppError::NotFound)?;
    // Held: of two files that arrive at once, the later one sees the earlier one.
    let (mut transfer, request) = sight::held(&mut work, found.id).await?;
    let waiting = transfer.status == TransferStatus::WaitingForUpload;
    let known = transfer.files.iter().any(|it| it.id == arrival.file && it.digests.is_some());
    if known && !(waiting && transfer.is_complete()) {
        return Ok(());
    }

    let fresh = |it: &&mut TransferFile| it.id == arrival.file && it.digests.is_none();
    if let Some(file) = transfer.files.iter_mut().find(fresh) {
        file.received = arrival.bytes;
        file.digests = Some(arrival.digests);
        delivery::save_file(&mut work, file, Some(&arrival.key)).await?;
    }

    tell_received(&mut work, &transfer, arrival.file).await?;
    if waiting && transfer.is_complete() {
        moved_on(&mut work, transfer, &request).await?;
    }
    work.finish().await
}

/// A hand-in becomes the delivery that was begun for it. All its bytes are here: it moves on at once.
pub async fn adopt(
    work: &mut Work,
    actor: &Actor,
    begun: Begun,
    hand_in: HandInId,
    request: &SourceRequest,
) -> Result<(), AppError> {
    if let Some(old) = &begun.superseded {
        supersede(work, actor, old).await?;
    }
    delivery::insert_released(work, &begun.transfer, hand_in).await?;
    set_out(work, begun.transfer.id).await?;
    moved_on(work, begun.transfer, request).await
}

async fn tell_received(work: &mut Work, transfer: &Transfer, file: FileId) -> Result<(), AppError> {
    let file = transfer.files.iter().find(|it| it.id == file).ok_or(AppError::NotFound)?;
    let (name, bytes) = (file.name.clone(), file.size);
    // Whoever has left the organization since is not named; the file counts all the same.
    let sender = people::actor(work, transfer.initiated_by).await?;
    let author = sender.as_ref().map_or(Author::Rule, Author::from);
    let received = Happening::FileReceived { transfer: transfer.id, file: name, bytes };
    work.tell(author, transfer.request, received).await
}

async fn moved_on(
    work: &mut Work,
    transfer: Transfer,
    request: &SourceRequest,
) -> Result<(), AppError> {
    let from = transfer.status;
    let verified = verified(work, &transfer).await?;
    let primary = request::primary_of(work, request.package).await?;

    let transfer = transfer.uploaded(request.source_type, primary, work.now())?;

    pass(work, transfer.id, Milestone::Uploaded).await?;
    if verified {
        pass(work, transfer.id, Milestone::Verified).await?;
    }
    let at = work.now();
    delivery::set_uploaded_at(work, transfer.id, at).await?;
    step(work, transfer.id, from, transfer.status).await?;

    if transfer.status == TransferStatus::WaitingForPrimary {
        let parked = Happening::WaitingForPrimary { transfer: transfer.id, primary };
        work.tell(Author::Rule, request.id, parked).await?;
        work.push_at(&Job::Release { package: request.package }, at + SECOND_LOOK).await?;
    } else {
        work.push(&Job::Inspect { transfer: transfer.id }).await?;
    }
    Ok(())
}

/// Whether sender and receiver saw the same bytes of every file.
async fn verified(work: &mut Work, transfer: &Transfer) -> Result<bool, AppError> {
    for file in &transfer.files {
        let sent = delivery::sent_digest(work, file.id).await?;
        let outcome = file.digests.as_ref().map(|it| it.verify(sent.as_deref()));
        if outcome != Some(Verification::Same) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Lets the transfers go on that waited for the primary of `package`, if they need not wait any longer.
pub async fn release(portal: &Portal, package: PackageId) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    let primary = request::primary_of(&mut work, package).await?;
    let waiting = request::waiting_transfers_of(&mut work, package).await?;
    let mut released = 0;

    for id in waiting {
        let (transfer, request) = sight::held(&mut work, id).await?;
        let goes_on = !request.source_type.waits_for(primary);
        if transfer.status != TransferStatus::WaitingForPrimary || !goes_on {
            continue;
        }
        let from = transfer.status;
        let transfer = transfer.released()?;
        step(&mut work, id, from, transfer.status).await?;
        work.tell(Author::Rule, request.id, Happening::ReleasedFromWaiting { transfer: id })
            .await?;
        work.push(&Job::Inspect { transfer: id }).await?;
        released += 1;
    }
    if released == 0 { work.finish_untold().await } else { work.finish().await }
}
