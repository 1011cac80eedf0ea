//! Where the bytes come from: a body that may break, stall, or never end; gathered into batches.

use std::time::Duration;

use futures::{Stream, StreamExt};
use tokio::time::{Instant, sleep_until};
use tokio_util::{bytes::Bytes, sync::CancellationToken};

use super::streams::Pass;

/// A slow line fills no batch; what it brought is handed on after so long.
const GATHERED: Duration = Duration::from_secs(1);

/// Whatever bytes come out of, batch by batch.
pub trait Source {
    /// Whether the next batch is better not gathered before the last one is done with.
    fn is_crowded(&self) -> bool;

    /// The next batch: full, or what came within a second, or what came before the end.
    fn gather(&mut self) -> impl Future<Output = Batch> + Send;
}

/// A body, and everything that may end it.
pub struct Inflow<'a, S> {
    body: S,
    pass: &'a Pass,
    /// The portal stops.
    stop: CancellationToken,
    /// How long nothing may come.
    patience: Duration,
    /// Bytes that may still come.
    room: u64,
    heard: Instant,
}

/// Why nothing more comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Done,
    /// The connection broke.
    Cut,
    /// Nothing came for too long.
    Stalled,
    /// The portal stops.
    Stopping,
    /// Somebody else goes on with the upload.
    Ousted,
    /// More came than was announced.
    TooLong,
}

/// Some bytes in order, and the end if this was it.
#[derive(Default)]
pub struct Batch {
    pub pieces: Vec<Bytes>,
    pub end: Option<End>,
}

impl<'a, S> Inflow<'a, S> {
    pub fn new(
        body: S,
        pass: &'a Pass,
        stop: CancellationToken,
        patience: Duration,
        room: u64,
    ) -> Self {
        Self { body, pass, stop, patience, room, heard: Instant::now() }
    }
}

impl<S, E> Source for Inflow<'_, S>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin + Send,
{
    fn is_crowded(&self) -> bool {
        self.pass.is_crowded()
    }

    async fn gather(&mut self) -> Batch {
        let (mut batch, mut gathered, most) = (Batch::default(), 0, self.pass.batch());
        let soon = Instant::now() + GATHERED;
        while gathered < most && batch.end.is_none() {
            let deadline = soon.min(self.heard + self.patience);
            let next = tokio::select! {
                biased;
                () = self.stop.cancelled() => Err(End::Stopping),
                () = self.pass.stop.cancelled() => Err(End::Ousted),
                next = self.body.next() => next.map_or(Err(End::Done), |it| it.map_err(|_| End::Cut)),
                () = sleep_until(deadline) => {
                    batch.end = (self.heard.elapsed() >= self.patience).then_some(End::Stalled);
                    return batch;
                }
            };
            match next {
                Ok(piece) if piece.len() as u64 > self.room => batch.end = Some(End::TooLong),
                Ok(piece) => {
                    self.heard = Instant::now();
                    self.pass.hear();
                    self.room -= piece.len() as u64;
                    gathered += piece.len();
                    batch.pieces.push(piece);
                }
                Err(end) => batch.end = Some(end),
            }
        }
        if batch.end.is_some() {
            self.pass.close();
        }
        batch
    }
}
