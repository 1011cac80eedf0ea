//! Parts that were sent side by side are put together (tus extension "concatenation").

use std::{collections::HashSet, io};

use domain::id::{FileId, UploadId};
use futures::{StreamExt, TryStreamExt, stream, stream::BoxStream};
use storage::{
    Conn,
    upload::{self, Upload, UploadKind},
};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt},
};
use tokio_util::{bytes::Bytes, io::ReaderStream, sync::CancellationToken};

use super::{
    error::UploadError,
    flow::Flow,
    inflow::{Batch, End, Source},
    intake::Intake,
    lease::Lease,
    sight, staging,
};
use crate::{error::AppError, portal::Portal, services::failure::broken};

/// Read from the disk at once.
const READ: usize = 1 << 20;

/// The length of the parts together, if each is a complete part of the file.
pub async fn length(conn: &mut Conn, file: FileId, parts: &[UploadId]) -> Result<u64, UploadError> {
    let mut seen = HashSet::new();
    let mut length = 0;
    for id in parts {
        let part = upload::find(conn, *id)
            .await?
            .filter(|it| it.file == file)
            .ok_or(AppError::NotFound)?;
        if part.terminated_at.is_some() {
            return Err(UploadError::Gone);
        }
        if part.kind != UploadKind::Partial || !seen.insert(*id) {
            return Err(UploadError::Unfit("Only parts can be joined, and each of them once."));
        }
        if !sight::is_complete(&part) {
            return Err(UploadError::Unfit(
                "A part that has not arrived wholly cannot be joined yet.",
            ));
        }
        length += part.offset;
    }
    Ok(length)
}

/// Puts the parts together, going on where it was left the last time.
pub async fn join(portal: &Portal, lease: &mut Lease, joined: &Upload) -> Result<(), UploadError> {
    let mut parts = Parts { bytes: read(portal, joined).await?, stop: portal.stop.clone() };
    let file = staging::open(portal, joined.id, joined.offset).await?;
    let intake = Intake::new(file, sight::hashes(joined)?, None);
    match Flow::new(portal, lease, intake, None).run(&mut parts, None).await? {
        End::Done => Ok(()),
        End::Stopping => Err(UploadError::Stopping),
        End::Cut | End::Stalled | End::Ousted | End::TooLong => Err(UploadError::App(broken(
            &format!("the parts of upload {} cannot be read", joined.id),
        ))),
    }
}

/// The bytes of the parts in order.
struct Parts {
    bytes: BoxStream<'static, io::Result<Bytes>>,
    stop: CancellationToken,
}

impl Source for Parts {
    fn is_crowded(&self) -> bool {
        false
    }

    async fn gather(&mut self) -> Batch {
        if self.stop.is_cancelled() {
            return Batch { pieces: Vec::new(), end: Some(End::Stopping) };
        }
        match self.bytes.next().await {
            Some(Ok(piece)) => Batch { pieces: vec![piece], end: None },
            Some(Err(error)) => {
                tracing::error!(%error, "a part of an upload cannot be read");
                Batch { pieces: Vec::new(), end: Some(End::Cut) }
            }
            None => Batch { pieces: Vec::new(), end: Some(End::Done) },
        }
    }
}

/// Gives up what cannot be put together any more, so that nobody tries again and again.
async fn give_up<T>(portal: &Portal, joined: &Upload) -> Result<T, UploadError> {
    let mut conn = portal.db.begin().await?;
    upload::terminate(&mut conn, joined.id, portal.now()).await?;
    conn.commit().await?;
    staging::remove(portal, joined.id).await?;
    Err(UploadError::Gone)
}

/// What of the parts is not in the joined file yet.
async fn read(
    portal: &Portal,
    joined: &Upload,
) -> Result<BoxStream<'static, io::Result<Bytes>>, UploadError> {
    let mut conn = portal.read().await?;
    let (mut before, mut files) = (0, Vec::new());
    for id in &joined.parts {
        let part = upload::find(&mut conn, *id).await?.ok_or(AppError::NotFound)?;
        if part.terminated_at.is_some() {
            drop(conn);
            return give_up(portal, joined).await;
        }
        let skipped = joined.offset.saturating_sub(before).min(part.offset);
        files.push((portal.vault.stage(part.id).path().to_owned(), skipped, part.offset - skipped));
        before += part.offset;
    }
    let opened = stream::iter(files).filter(|(_, _, left)| std::future::ready(*left > 0));
    let opened = opened.then(|(path, skipped, left)| async move {
        let mut file = File::open(path).await?;
        file.seek(io::SeekFrom::Start(skipped)).await?;
        // Bytes beyond what was acknowledged were never promised.
        io::Result::Ok(ReaderStream::with_capacity(file.take(left), READ))
    });
    Ok(opened.try_flatten().boxed())
}
