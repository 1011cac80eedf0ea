//! The right to write to an upload: one holder at a time, also when several servers share the database.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::id::UploadId;
use storage::{StorageError, upload};
use tokio::time::{Instant, interval};
use uuid::Uuid;

use crate::portal::{Portal, new_id};
use crate::services::upload::UploadError;

/// After a server has died, its uploads are free again so soon.
const HELD: TimeDelta = TimeDelta::seconds(6);
const RENEWED: Duration = Duration::from_secs(2);

/// A lease on one upload, written into the database.
pub struct Lease {
    portal: Portal,
    pub upload: UploadId,
    /// Made for this one stream: whoever comes back is somebody else.
    pub holder: Uuid,
    renewed: Instant,
}

impl Lease {
    pub async fn take(portal: &Portal, upload: UploadId) -> Result<Self, UploadError> {
        let holder = new_id();
        let mut conn = portal.db.begin().await?;
        let taken = upload::lease(&mut conn, upload, holder, portal.now(), until(portal)).await?;
        conn.commit().await?;
        let lease = Self { portal: portal.clone(), upload, holder, renewed: Instant::now() };
        if taken { Ok(lease) } else { Err(UploadError::Locked) }
    }

    /// To be called before something is written: a lease that ran out while nothing came may be another's now.
    pub async fn keep(&mut self) -> Result<(), UploadError> {
        if self.renewed.elapsed() < RENEWED {
            return Ok(());
        }
        let mut conn = self.portal.db.begin().await?;
        match upload::renew(&mut conn, self.upload, self.holder, until(&self.portal)).await {
            Err(StorageError::MovedOn) => return Err(UploadError::Locked),
            renewed => renewed?,
        }
        conn.commit().await?;
        self.renewed = Instant::now();
        Ok(())
    }

    /// Keeps the lease while `work` lasts, however long that is.
    pub async fn during<T>(&mut self, work: impl Future<Output = T>) -> Result<T, UploadError> {
        let mut beat = interval(RENEWED);
        tokio::pin!(work);
        loop {
            tokio::select! {
                done = &mut work => return Ok(done),
                _ = beat.tick() => self.keep().await?,
            }
        }
    }

    pub async fn release(self) -> Result<(), UploadError> {
        let mut conn = self.portal.db.begin().await?;
        upload::release(&mut conn, self.upload, self.holder).await?;
        Ok(conn.commit().await?)
    }
}

fn until(portal: &Portal) -> DateTime<Utc> {
    portal.now() + HELD
}
