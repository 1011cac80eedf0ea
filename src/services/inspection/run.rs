//! What a run of inspection says of itself while it goes on: how far it has come, and what it has read first.

use domain::inspection::{Advance, Measurement};
use futures::TryStreamExt;
use storage::{
    StorageError,
    delivery::{self, Product},
    request,
};

use super::Run;
use crate::{
    error::AppError,
    portal::{Portal, Work},
};

/// More than six hours at a byte each millisecond.
const LARGEST_ENVELOPE: u64 = 32 << 20;

/// Notes how far a run has come. Nobody is told: open cards look by themselves, as they do while bytes arrive.
/// `MovedOn` means that the run is over, and need not go on.
pub async fn note_advance(portal: &Portal, run: Run, advance: Advance) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    delivery::note_advance(&mut work, run.transfer, run.id, advance).await?;
    work.finish_untold().await
}

/// Notes what a run has read in the headers of the first file, and has the open pages of the request show it.
/// `MovedOn` means that the run is over, and need not go on.
pub async fn note_facts(portal: &Portal, run: Run, facts: &Measurement) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    delivery::note_facts(&mut work, run.transfer, run.id, facts).await?;
    if let Some(transfer) = delivery::find(&mut work, run.transfer).await? {
        work.show(transfer.request);
    }
    work.finish_untold().await
}

/// What was made under this name of the primary of the package that the transfer belongs to; nothing for the primary
/// itself, and where it was made by another recipe or is too large for a memory.
pub async fn envelope_of_primary(
    portal: &Portal,
    run: Run,
    name: &str,
    recipe: u32,
) -> Result<Option<Vec<u8>>, AppError> {
    let mut conn = portal.read().await?;
    let Some(transfer) = delivery::find(&mut conn, run.transfer).await? else { return Ok(None) };
    let Some(request) = request::find(&mut conn, transfer.request).await? else { return Ok(None) };
    if request.source_type.is_primary() {
        return Ok(None);
    }
    let made = delivery::product_of_primary(&mut conn, request.package, name).await?;
    let fits = |it: &Product| it.recipe == recipe && it.size <= LARGEST_ENVELOPE;
    let Some(made) = made.filter(fits) else { return Ok(None) };
    let mut content = portal.vault.read(&made.key, 0..made.size).await?;
    let mut bytes = Vec::new();
    while let Some(piece) = content.try_next().await? {
        bytes.extend_from_slice(&piece);
    }
    Ok(Some(bytes))
}

/// Ends a run, if it is still the one that counts.
pub(super) async fn is_ended(work: &mut Work, run: Run) -> Result<bool, AppError> {
    match delivery::end_run(work, run.transfer, run.id).await {
        Ok(()) => Ok(true),
        Err(StorageError::MovedOn) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
