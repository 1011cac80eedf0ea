//! Every byte is here: the file goes into the vault, and its transfer moves on. Each step can be done again,
//! so whatever kills it in between, the next attempt brings it to its end.

use std::time::Duration;

use chrono::TimeDelta;
use domain::id::UploadId;
use storage::{
    delivery,
    upload::{self, Upload, UploadKind},
};
use tokio::time::timeout;

use super::{
    error::UploadError,
    joining,
    lease::Lease,
    metadata::SentDigest,
    sight::{self, Delivered, Parcel},
    staging,
};
use crate::{
    error::AppError,
    portal::Portal,
    services::{self, delivery::Arrival},
};

/// The sender waits so long for the file to be put away. What takes longer goes on without it.
const AWAITED: Duration = Duration::from_secs(5);
/// A sender that promised a digest and fell silent is not waited for any longer.
const DIGEST_PATIENCE: TimeDelta = TimeDelta::minutes(15);
/// So many uploads are looked after in one round.
const ROUND: u32 = 100;

/// Finishes an upload in a task of its own, and waits a moment for it. What goes wrong is logged where it
/// arose; [`resume_unfinished`] tries again.
pub async fn soon(portal: &Portal, id: UploadId) {
    let portal = portal.clone();
    let finishing = tokio::spawn(async move { finish(&portal, id).await });
    let _outcome = timeout(AWAITED, finishing).await;
}

/// Brings to their end what arrived wholly and was not put away: the server was killed, the vault was out of
/// reach, or a digest was promised and never came. For the start and for every round of housekeeping, which
/// is not held up by files that take long.
pub async fn resume_unfinished(portal: &Portal) -> Result<(), AppError> {
    let arrived = upload::arrived(&mut portal.read().await?, portal.now(), ROUND).await?;
    let portal = portal.clone();
    let finishing = tokio::spawn(async move {
        for upload in arrived {
            // Logged where it arose; the next round tries again, and the others are not kept waiting.
            let _outcome = finish(&portal, upload.id).await;
        }
    });
    let _outcome = timeout(AWAITED, finishing).await;
    Ok(())
}

/// Puts a complete upload away, if nobody else is at it.
pub async fn finish(portal: &Portal, id: UploadId) -> Result<(), UploadError> {
    let mut lease = match Lease::take(portal, id).await {
        Err(UploadError::Locked) => return Ok(()),
        lease => lease?,
    };
    let outcome = put_away(portal, &mut lease).await;
    lease.release().await?;
    outcome
}

async fn put_away(portal: &Portal, lease: &mut Lease) -> Result<(), UploadError> {
    let (mut upload, delivered) = found(portal, lease.upload).await?;
    if delivered.parcel.awaits_bytes() {
        if upload.kind == UploadKind::Final && !sight::is_complete(&upload) {
            joining::join(portal, lease, &upload).await?;
            upload = found(portal, lease.upload).await?.0;
        }
        if !sight::is_complete(&upload) || awaits_digest(portal, &upload).await? {
            return Ok(());
        }
        hand_over(portal, lease, &upload, &delivered.parcel).await?;
    }
    clear(portal, &upload).await
}

async fn found(portal: &Portal, id: UploadId) -> Result<(Upload, Delivered), UploadError> {
    let mut conn = portal.read().await?;
    let upload = upload::find(&mut conn, id).await?.ok_or(AppError::NotFound)?;
    let delivered = sight::found(&mut conn, upload.file).await?;
    Ok((upload, delivered))
}

/// Whether the sender promised a digest that has not come and is still waited for.
async fn awaits_digest(portal: &Portal, upload: &Upload) -> Result<bool, UploadError> {
    if sight::metadata(upload)?.digest != Some(SentDigest::Pending) {
        return Ok(false);
    }
    let mut conn = portal.read().await?;
    let arrived_at = upload.expires_at - portal.settings.upload_patience();
    let known = delivery::sent_digest(&mut conn, upload.file).await?.is_some();
    Ok(!known && portal.now() < arrived_at + DIGEST_PATIENCE)
}

/// Moves the bytes into the vault, writes down what they are, and lets the transfer or the hand-in move on.
async fn hand_over(
    portal: &Portal,
    lease: &mut Lease,
    upload: &Upload,
    parcel: &Parcel,
) -> Result<(), UploadError> {
    let digests = sight::hashes(upload)?.digests();
    if upload.offset == 0 {
        // Nothing was ever written: even an empty file has to be there to be kept.
        staging::open(portal, upload.id, 0).await?;
    }
    // A crash may have left the last block whole, which is more than was sent.
    staging::cut(portal, upload.id, upload.offset).await?;
    let key =
        lease.during(portal.vault.keep(&portal.vault.stage(upload.id), &digests.sha256)).await??;

    let arrival = Arrival { file: upload.file, bytes: upload.offset, digests, key };
    match parcel {
        Parcel::Delivery(_) => services::delivery::receive(portal, arrival).await?,
        Parcel::HandIn(_) => services::handin::receive(portal, arrival).await?,
    }
    Ok(())
}

/// Takes away what is no longer needed: the other uploads of the file, and everything that was staged. The
/// parts of a joined upload have arrived too, and are remembered so.
async fn clear(portal: &Portal, upload: &Upload) -> Result<(), UploadError> {
    let mut work = portal.begin().await?;
    let at = work.now();
    let living = upload::of_file(&mut work, upload.file).await?;
    let others: Vec<_> =
        living.into_iter().filter(|it| it.id != upload.id && it.finished_at.is_none()).collect();
    for other in &others {
        if upload.parts.contains(&other.id) {
            upload::finish(&mut work, other.id, at).await?;
        } else {
            upload::terminate(&mut work, other.id, at).await?;
        }
    }
    upload::finish(&mut work, upload.id, at).await?;
    work.finish_untold().await?;
    for id in others.iter().map(|it| it.id).chain([upload.id]) {
        staging::remove(portal, id).await?;
    }
    Ok(())
}
