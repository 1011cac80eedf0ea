//! The streams that this process is receiving: who sends which upload, and how to make one of them stop.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use domain::id::{OrganizationId, UploadId};
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use crate::services::upload::UploadError;

/// A stream that was silent for so long is taken for a broken connection by whoever comes back.
const SILENT: Duration = Duration::from_secs(2);
/// A stream that was told to stop puts its bytes on the disk first; that takes no longer.
const LEAVING: Duration = Duration::from_secs(10);
/// All streams together hold no more than this in memory.
const MEMORY: usize = 8 << 20;
const LARGEST_BATCH: usize = 2 << 20;
const SMALLEST_BATCH: usize = 64 << 10;
/// From here on the streams keep the processor busy without working ahead.
const CROWD: usize = 8;

/// All streams of this process. Cheap to clone.
#[derive(Clone, Default)]
pub struct Streams(Arc<Mutex<HashMap<UploadId, Live>>>);

struct Live {
    organization: OrganizationId,
    /// When bytes came last; absent once no more will come.
    heard: Option<Instant>,
    stop: CancellationToken,
    left: CancellationToken,
}

/// The right to receive one upload in this process; given back when dropped.
pub struct Pass {
    streams: Streams,
    upload: UploadId,
    /// Canceled when somebody else wants to go on with the upload.
    pub stop: CancellationToken,
    left: CancellationToken,
}

impl Streams {
    /// Lets one more stream in, unless a lively one sends the same upload or the organization has its fill.
    pub async fn enter(
        &self,
        upload: UploadId,
        organization: OrganizationId,
        most: usize,
    ) -> Result<Pass, UploadError> {
        self.quiet(upload).await;
        let mut streams = self.lock();
        if streams.contains_key(&upload) {
            return Err(UploadError::Locked);
        }
        if streams.values().filter(|it| it.organization == organization).count() >= most {
            return Err(UploadError::TooManyStreams { most });
        }
        let (stop, left) = (CancellationToken::new(), CancellationToken::new());
        let live = Live {
            organization,
            heard: Some(Instant::now()),
            stop: stop.clone(),
            left: left.clone(),
        };
        streams.insert(upload, live);
        Ok(Pass { streams: self.clone(), upload, stop, left })
    }

    /// Has a stream of this upload stopped that has fallen silent, and waits until its bytes are safe; so too
    /// for one that has come to its end and is only not done yet.
    pub async fn quiet(&self, upload: UploadId) {
        let left = match self.lock().get(&upload) {
            Some(live) if live.heard.is_none_or(|it| it.elapsed() >= SILENT) => {
                live.stop.cancel();
                live.left.clone()
            }
            Some(_) | None => return,
        };
        // Whether it has left is seen afterwards, by whoever asks.
        let _ = timeout(LEAVING, left.cancelled()).await;
    }

    /// Has the stream of this upload stopped, lively or not: it is terminated.
    pub async fn end(&self, upload: UploadId) {
        let left = self.lock().get(&upload).map(|live| {
            live.stop.cancel();
            live.left.clone()
        });
        if let Some(left) = left {
            let _ = timeout(LEAVING, left.cancelled()).await;
        }
    }

    /// How many bytes one stream gathers before it hands them on: fewer when there are many streams.
    pub fn batch(&self) -> usize {
        (MEMORY / self.lock().len().max(1)).clamp(SMALLEST_BATCH, LARGEST_BATCH)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<UploadId, Live>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pass {
    /// Notes that bytes have come just now.
    pub fn hear(&self) {
        self.note(Some(Instant::now()));
    }

    /// Notes that no more bytes will come.
    pub fn close(&self) {
        self.note(None);
    }

    fn note(&self, heard: Option<Instant>) {
        if let Some(live) = self.streams.lock().get_mut(&self.upload) {
            live.heard = heard;
        }
    }

    pub fn batch(&self) -> usize {
        self.streams.batch()
    }

    /// Whether there are so many streams that a batch is not gathered while another one is worked on.
    pub fn is_crowded(&self) -> bool {
        self.streams.lock().len() > CROWD
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        self.streams.lock().remove(&self.upload);
        self.left.cancel();
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn upload(number: u128) -> UploadId {
        UploadId(Uuid::from_u128(number))
    }

    fn organization(number: u128) -> OrganizationId {
        OrganizationId(Uuid::from_u128(number))
    }

    #[tokio::test]
    async fn a_lively_stream_is_left_alone() {
        let streams = Streams::default();
        let first = streams.enter(upload(1), organization(1), 9).await.unwrap();
        assert!(matches!(
            streams.enter(upload(1), organization(1), 9).await,
            Err(UploadError::Locked)
        ));
        assert!(!first.stop.is_cancelled());
        drop(first);
        assert!(streams.enter(upload(1), organization(1), 9).await.is_ok());
    }

    #[tokio::test]
    async fn whoever_comes_back_waits_for_a_stream_that_is_ending() {
        let streams = Streams::default();
        let first = streams.enter(upload(1), organization(1), 9).await.unwrap();
        first.close();
        let told = first.stop.clone();
        let leaving = tokio::spawn(async move {
            told.cancelled().await;
            drop(first);
        });
        assert!(streams.enter(upload(1), organization(1), 9).await.is_ok());
        leaving.await.unwrap();
    }

    #[tokio::test]
    async fn an_organization_cannot_take_all_the_room() {
        let streams = Streams::default();
        let _first = streams.enter(upload(1), organization(1), 2).await.unwrap();
        let _second = streams.enter(upload(2), organization(1), 2).await.unwrap();
        let third = streams.enter(upload(3), organization(1), 2).await;
        assert!(matches!(third, Err(UploadError::TooManyStreams { most: 2 })));
        assert!(streams.enter(upload(4), organization(2), 2).await.is_ok());
    }

    #[tokio::test]
    async fn many_streams_share_the_memory() {
        let streams = Streams::default();
        assert_eq!(streams.batch(), LARGEST_BATCH);
        let mut passes = Vec::new();
        for number in 0..64 {
            passes.push(streams.enter(upload(number), organization(number), 1).await.unwrap());
        }
        assert_eq!(streams.batch(), MEMORY / 64);
    }
}
