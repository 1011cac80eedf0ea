//! Receiving a piece of an upload.

use std::time::Duration;

use domain::{id::UploadId, people::Actor};
use futures::{Stream, StreamExt};
use storage::upload::{self, Upload, UploadKind};
use tokio::time::timeout;
use tokio_util::bytes::Bytes;

use super::{
    checksum::Checksum,
    creation::ensure_room,
    error::UploadError,
    finish,
    flow::Flow,
    inflow::{End, Inflow},
    intake::Intake,
    lease::Lease,
    sight::{self, Standing, Warrant},
    staging,
    streams::{Pass, Streams},
};
use crate::{error::AppError, portal::Portal, services::failure::broken};

/// Whoever is refused in the middle of sending is listened to a little longer, so that the answer is read.
const DRAINED: usize = 8 << 20;
const DRAINING: Duration = Duration::from_secs(3);

/// What the sender says about a piece.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The byte at which it begins.
    pub at: u64,
    /// Its bytes, where they were counted in advance.
    pub length: Option<u64>,
    pub checksum: Option<Checksum>,
}

/// Receives a piece, in a task of its own: a broken connection ends the request, but what has arrived by
/// then is still put away and acknowledged.
pub async fn append<S, E>(
    portal: &Portal,
    streams: &Streams,
    actor: &Actor,
    id: UploadId,
    piece: Piece,
    body: S,
) -> Result<Standing, UploadError>
where
    S: Stream<Item = Result<Bytes, E>> + Send + Unpin + 'static,
    E: Send + 'static,
{
    let (portal, streams, actor) = (portal.clone(), streams.clone(), actor.clone());
    let receiving = tokio::spawn(async move {
        let mut body = body;
        let outcome = receive(&portal, &streams, &actor, id, &piece, &mut body).await;
        if outcome.is_err() {
            tokio::spawn(timeout(DRAINING, drain(body)));
        }
        outcome
    });
    receiving.await.map_err(|error| broken(&error))?
}

async fn drain<S, E>(mut body: S)
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let mut drained = 0;
    while let Some(Ok(piece)) = body.next().await {
        drained += piece.len();
        if drained > DRAINED {
            return;
        }
    }
}

async fn receive<S, E>(
    portal: &Portal,
    streams: &Streams,
    actor: &Actor,
    id: UploadId,
    piece: &Piece,
    body: &mut S,
) -> Result<Standing, UploadError>
where
    S: Stream<Item = Result<Bytes, E>> + Send + Unpin,
    E: Send,
{
    let upload = permitted(portal, actor, id).await?;
    if upload.kind == UploadKind::Final {
        return Err(UploadError::Joined);
    }
    let most = portal.settings.uploads_at_once;
    let pass = streams.enter(id, actor.organization.id, most).await?;
    let upload = if sight::is_complete(&upload) {
        take_nothing(upload, piece)?
    } else {
        let mut lease = Lease::take(portal, id).await?;
        let outcome = under(portal, actor, &mut lease, &pass, piece, body).await;
        lease.release().await?;
        outcome?
    };
    drop(pass);
    let standing = sight::standing(&upload)?;
    if upload.kind == UploadKind::Whole && sight::is_complete(&upload) {
        finish::soon(portal, id).await;
    }
    Ok(standing)
}

/// The upload, if it is there, alive, and the actor may send to it now.
async fn permitted(portal: &Portal, actor: &Actor, id: UploadId) -> Result<Upload, UploadError> {
    let mut conn = portal.read().await?;
    let (upload, delivered) = sight::upload(&mut conn, actor, id).await?;
    sight::ensure_alive(&upload, portal.now())?;
    delivered.permits_upload(portal, actor)?;
    Ok(upload)
}

/// Nothing is missing: the only piece that fits is an empty one at the end.
fn take_nothing(upload: Upload, piece: &Piece) -> Result<Upload, UploadError> {
    if piece.at != upload.offset {
        return Err(UploadError::WrongOffset { stored: upload.offset, claimed: piece.at });
    }
    if piece.length == Some(0) {
        Ok(upload)
    } else {
        Err(UploadError::TooLong { announced: upload.offset })
    }
}

async fn under<S, E>(
    portal: &Portal,
    actor: &Actor,
    lease: &mut Lease,
    pass: &Pass,
    piece: &Piece,
    body: &mut S,
) -> Result<Upload, UploadError>
where
    S: Stream<Item = Result<Bytes, E>> + Send + Unpin,
{
    // Only now nobody else moves the offset.
    let upload = find(portal, lease.upload).await?;
    let length = upload.length.unwrap_or_default();
    if piece.at != upload.offset {
        return Err(UploadError::WrongOffset { stored: upload.offset, claimed: piece.at });
    }
    let room = length - upload.offset;
    if piece.length.is_some_and(|it| it > room) {
        return Err(UploadError::TooLong { announced: length });
    }
    ensure_room(portal, piece.length.unwrap_or(0))?;

    let file = staging::open(portal, upload.id, upload.offset).await?;
    let intake = Intake::new(file, sight::hashes(&upload)?, piece.checksum.as_ref());
    let warrant = Warrant::new(actor, upload.file);
    let mut inflow =
        Inflow::new(body, pass, portal.stop.clone(), portal.settings.upload_silence(), room);
    let end = Flow::new(portal, lease, intake, Some(warrant))
        .run(&mut inflow, piece.checksum.as_ref())
        .await?;
    match end {
        End::Done => find(portal, lease.upload).await,
        End::Cut => Err(UploadError::Cut),
        End::Stalled => {
            Err(UploadError::Stalled { seconds: portal.settings.upload_silence().as_secs() })
        }
        End::Stopping => Err(UploadError::Stopping),
        End::Ousted => Err(UploadError::Locked),
        End::TooLong => Err(UploadError::TooLong { announced: length }),
    }
}

async fn find(portal: &Portal, id: UploadId) -> Result<Upload, UploadError> {
    let mut conn = portal.read().await?;
    let upload = upload::find(&mut conn, id).await?.ok_or(AppError::NotFound)?;
    sight::ensure_alive(&upload, portal.now())?;
    Ok(upload)
}
