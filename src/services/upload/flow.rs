//! Bytes flow from a sender into a growing file, and are acknowledged as soon as the disk has them.

use std::{io, time::Duration};

use chrono::TimeDelta;
use domain::id::UploadId;
use storage::{
    Conn, StorageError, delivery, event,
    upload::{self, Advance, UploadKind},
};
use tokio::{task::JoinHandle, time::Instant};
use tokio_util::bytes::Bytes;
use uuid::Uuid;

use super::{
    checksum::Checksum,
    error::UploadError,
    inflow::{End, Source},
    intake::Intake,
    lease::Lease,
    sight::Warrant,
};
use crate::{portal::Portal, services::failure::broken};

/// So much is written before the disk is told to keep it, while more is coming: the last sync is then short,
/// and a server that dies loses no more than this.
const SYNCED_BYTES: u64 = 64 << 20;
/// A slow line is acknowledged so often.
const SYNCED_AFTER: Duration = Duration::from_secs(3);
/// Open pages hear of a file that is arriving at most so often.
const TOLD_AFTER: Duration = Duration::from_secs(2);

/// One flow into one file, under a lease.
pub struct Flow<'a> {
    pub portal: &'a Portal,
    pub lease: &'a mut Lease,
    pub intake: Intake,
    warrant: Option<Warrant>,
    /// Bytes that the database knows of.
    acknowledged: u64,
    syncing: Option<Syncing>,
    /// Whether the disk still keeps what it is given.
    disk: Disk,
    synced: Instant,
    told: Instant,
}

/// A disk says only once that bytes were lost on the way to it: asked again, it would say that all is well.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Disk {
    Sound,
    Failed,
}

/// Whether the open pages hear of an acknowledgment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pages {
    Told,
    Spared,
}

/// A stretch that the disk has, and the state of the hashes behind it.
struct Reached {
    from: u64,
    to: u64,
    state: Vec<u8>,
}

struct Syncing {
    to: u64,
    /// What the disk said, and then the database.
    work: JoinHandle<io::Result<Result<(), UploadError>>>,
}

impl<'a> Flow<'a> {
    /// Goes on where the intake stands, which the database knows of.
    pub fn new(
        portal: &'a Portal,
        lease: &'a mut Lease,
        intake: Intake,
        warrant: Option<Warrant>,
    ) -> Self {
        let (acknowledged, now) = (intake.at(), Instant::now());
        let disk = Disk::Sound;
        let (syncing, synced, told) = (None, now, now);
        Self { portal, lease, intake, warrant, acknowledged, syncing, disk, synced, told }
    }

    /// Takes in what comes until the end of it. Nothing is acknowledged on the way where a checksum decides
    /// at the end whether anything is kept.
    pub async fn run(
        &mut self,
        source: &mut impl Source,
        checksum: Option<&Checksum>,
    ) -> Result<End, UploadError> {
        let outcome = self.take_all(source, checksum).await;
        let ended = match (outcome, checksum) {
            (Ok(end), Some(checksum)) => self.judge(end, checksum).await,
            (Err(error), Some(_)) => Err(error),
            // Whatever ended it: what has arrived is kept. Of two things that went wrong, the first is told.
            (outcome, None) => {
                let settled = self.settle().await;
                outcome.and_then(|end| settled.map(|()| end))
            }
        };
        // Whoever goes on finds nobody writing any more. What went wrong was told above.
        let _ = self.intake.failure().await;
        ended
    }

    async fn take_all(
        &mut self,
        source: &mut impl Source,
        checksum: Option<&Checksum>,
    ) -> Result<End, UploadError> {
        let mut batch = source.gather().await;
        loop {
            let end = batch.end;
            let taking = self.take(batch.pieces);
            let Some(end) = end else {
                let next = if source.is_crowded() {
                    taking.await?;
                    self.intake.idle().await.map_err(StorageError::from)?;
                    source.gather().await
                } else {
                    let (taken, next) = tokio::join!(taking, source.gather());
                    taken?;
                    next
                };
                if checksum.is_none() {
                    self.acknowledge_on_the_way().await?;
                }
                batch = next;
                continue;
            };
            taking.await?;
            return Ok(end);
        }
    }

    async fn take(&mut self, pieces: Vec<Bytes>) -> Result<(), UploadError> {
        if pieces.is_empty() {
            return Ok(());
        }
        self.lease.keep().await?;
        if let Some(warrant) = &mut self.warrant {
            warrant.show(self.portal).await?;
        }
        if let Err(error) = self.intake.take(pieces).await {
            self.disk = Disk::Failed;
            // What was marked before may still be kept. The room behind it is given back at once, if the file is
            // still ours; whoever goes on cuts it off in any case.
            if self.wait_for_sync().await.is_ok() && self.lease.keep().await.is_ok() {
                let _tried = self.intake.cut(self.acknowledged).await;
            }
            return Err(StorageError::from(error).into());
        }
        Ok(())
    }

    async fn judge(&mut self, end: End, checksum: &Checksum) -> Result<End, UploadError> {
        let sum = self.intake.sum().await.map_err(StorageError::from)?;
        if end == End::Done && sum.as_ref() == Some(&checksum.value) {
            self.settle().await?;
            return Ok(end);
        }
        self.intake.cut(self.acknowledged).await.map_err(StorageError::from)?;
        if end == End::Done { Err(UploadError::WrongChecksum) } else { Ok(end) }
    }

    /// Has the disk keep what is written so far, while more is coming.
    async fn acknowledge_on_the_way(&mut self) -> Result<(), UploadError> {
        if self.syncing.as_ref().is_some_and(|it| it.work.is_finished()) {
            self.wait_for_sync().await?;
        }
        let waiting = self.intake.at() - self.acknowledged;
        let due = waiting >= SYNCED_BYTES || waiting > 0 && self.synced.elapsed() >= SYNCED_AFTER;
        if self.syncing.is_none() && due {
            let spared = self.told.elapsed() < TOLD_AFTER;
            self.begin_sync(if spared { Pages::Spared } else { Pages::Told }).await?;
        }
        Ok(())
    }

    /// Has the disk keep everything, and the database know of it. After a failure of the disk nothing more is
    /// acknowledged: whoever goes on sends again what lies behind the last acknowledgment.
    async fn settle(&mut self) -> Result<(), UploadError> {
        self.wait_for_sync().await?;
        if self.disk == Disk::Sound && self.intake.at() > self.acknowledged {
            self.begin_sync(Pages::Told).await?;
            self.wait_for_sync().await?;
            // The last block was written whole.
            self.intake.cut(self.acknowledged).await.map_err(StorageError::from)?;
        }
        Ok(())
    }

    async fn begin_sync(&mut self, pages: Pages) -> Result<(), UploadError> {
        let mark = self.intake.mark().await.map_err(StorageError::from)?;
        let (to, from) = (mark.at, self.acknowledged);
        let (portal, upload, holder) = (self.portal.clone(), self.lease.upload, self.lease.holder);
        if pages == Pages::Told {
            self.told = Instant::now();
        }
        let work = tokio::spawn(async move {
            let reached = Reached { from, to, state: mark.keep().await? };
            Ok(acknowledge(&portal, upload, holder, reached, pages).await)
        });
        self.syncing = Some(Syncing { to, work });
        self.synced = Instant::now();
        Ok(())
    }

    async fn wait_for_sync(&mut self) -> Result<(), UploadError> {
        let Some(Syncing { to, work }) = self.syncing.take() else { return Ok(()) };
        let acknowledged = work.await.map_err(|error| UploadError::App(broken(&error)))?;
        let acknowledged = match acknowledged {
            Ok(acknowledged) => acknowledged,
            Err(error) => {
                self.disk = Disk::Failed;
                let error = self.intake.failure().await.unwrap_or(error);
                return Err(StorageError::from(error).into());
            }
        };
        acknowledged?;
        self.acknowledged = to;
        Ok(())
    }
}

/// Writes down how far the disk has everything.
async fn acknowledge(
    portal: &Portal,
    upload: UploadId,
    holder: Uuid,
    Reached { from, to, state }: Reached,
    pages: Pages,
) -> Result<(), UploadError> {
    let patience: TimeDelta = portal.settings.upload_patience();
    let advance = Advance { from, to, state, expires_at: portal.now() + patience };
    let mut conn = portal.db.begin().await?;
    match upload::advance_offset(&mut conn, upload, holder, &advance).await {
        // Taken over, or stopped: what was written is nobody's.
        Err(StorageError::MovedOn) => {
            let row = upload::find(&mut conn, upload).await?;
            let over = row.is_none_or(|it| it.terminated_at.is_some());
            return Err(if over { UploadError::Gone } else { UploadError::Locked });
        }
        advanced => advanced?,
    }
    note_received(&mut conn, portal, upload, pages).await?;
    conn.commit().await?;
    if pages == Pages::Told {
        portal.bell.ring();
    }
    Ok(())
}

/// What the cards show while a file arrives: the farthest upload of all of it, or its parts together.
async fn note_received(
    conn: &mut Conn,
    portal: &Portal,
    id: UploadId,
    pages: Pages,
) -> Result<(), UploadError> {
    let Some(advanced) = upload::find(conn, id).await? else { return Ok(()) };
    let living = upload::of_file(conn, advanced.file).await?;
    let (parts, wholes): (Vec<_>, Vec<_>) =
        living.iter().partition(|it| it.kind == UploadKind::Partial);
    let together = parts.iter().map(|it| it.offset).sum();
    let farthest = wholes.iter().map(|it| it.offset).max().unwrap_or_default();
    delivery::note_received(conn, advanced.file, farthest.max(together)).await?;
    if pages == Pages::Told
        && let Some(transfer) = delivery::find_by_file(conn, advanced.file).await?
    {
        event::insert(conn, transfer.request, portal.now());
    }
    Ok(())
}
