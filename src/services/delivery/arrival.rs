//! A file has arrived: inspected next, or parked until the primary has succeeded.

use chrono::TimeDelta;
use domain::{
    delivery::{Milestone, Transfer, TransferStatus, Verification},
    history::{Author, Happening},
    id::{FileId, PackageId},
    job::Job,
    request::SourceRequest,
};
use storage::{delivery, request};

use super::{pass, step};
use crate::{
    error::AppError,
    portal::{Portal, Work},
    services::failure::broken,
};

/// A file parked in the very moment in which the primary succeeds would be overlooked: it is looked for again.
const SECOND_LOOK: TimeDelta = TimeDelta::seconds(10);

/// Takes note that the last byte of `file` is in the vault and its digests are stored. With the last file
/// of a transfer, the transfer moves on. Doing it again does nothing.
pub async fn receive(
    portal: &Portal,
    author: impl Into<Author>,
    file: FileId,
) -> Result<Transfer, AppError> {
    let mut work = portal.begin().await?;
    let found = delivery::find_by_file(&mut work, file).await?.ok_or(AppError::NotFound)?;
    let request = request::hold(&mut work, found.request).await?.ok_or(AppError::NotFound)?;
    // Read again: of two files that arrive at once, the later one sees the earlier one.
    let transfer = delivery::find(&mut work, found.id).await?.ok_or(AppError::NotFound)?;
    if transfer.status != TransferStatus::WaitingForUpload {
        return Ok(transfer);
    }
    let arrived = transfer.files.iter().find(|it| it.id == file && it.digests.is_some());
    let (name, bytes) = arrived
        .map(|it| (it.name.clone(), it.size))
        .ok_or_else(|| broken(&format!("file {file} has no digests yet")))?;

    let received = Happening::FileReceived { transfer: transfer.id, file: name, bytes };
    work.tell(author, request.id, received).await?;
    let transfer = if transfer.is_complete() {
        moved_on(&mut work, transfer, &request).await?
    } else {
        transfer
    };
    work.finish().await?;
    Ok(transfer)
}

async fn moved_on(
    work: &mut Work,
    transfer: Transfer,
    request: &SourceRequest,
) -> Result<Transfer, AppError> {
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
    Ok(transfer)
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
        let Some(transfer) = delivery::find(&mut work, id).await? else { continue };
        let Some(request) = request::hold(&mut work, transfer.request).await? else { continue };
        if request.source_type.waits_for(primary) {
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
