//! Bytes on their way in: hashed and written in batches, the hashes beside the disk.

use std::{
    io,
    sync::{Arc, LazyLock},
    thread::available_parallelism,
};

use sha2::Digest;
use storage::vault::Growing;
use tokio::{
    sync::Semaphore,
    task::{JoinHandle, spawn_blocking},
};
use tokio_util::bytes::Bytes;

use super::{
    checksum::{Checksum, Sum},
    hashes::Hashes,
};

/// So many batches are worked on at once, in all uploads of this process. More than the processor has hands
/// for would only cost a thread and its memory each.
static HANDS: LazyLock<Semaphore> = LazyLock::new(|| {
    let cores = available_parallelism().map_or(1, |it| it.get());
    Semaphore::new(cores.max(4))
});
/// The disk is asked to keep so many files at once.
static SYNCS: Semaphore = Semaphore::const_new(8);

/// A file that grows, and the hashes of what is in it.
pub struct Intake {
    growing: Growing,
    hashes: Hashes,
    sum: Option<Sum>,
}

/// A place up to which the bytes are written and their hashes known.
pub struct Mark {
    pub at: u64,
    /// As [`Hashes::save`] gives it.
    pub state: Vec<u8>,
}

impl Intake {
    /// Goes on with a file, the hashes of whose bytes so far are `hashes`.
    pub fn new(growing: Growing, hashes: Hashes, checksum: Option<&Checksum>) -> Self {
        Self { growing, hashes, sum: checksum.map(|it| it.algorithm.into()) }
    }

    pub fn at(&self) -> u64 {
        self.growing.at()
    }

    pub fn mark(&self) -> Mark {
        Mark { at: self.at(), state: self.hashes.save() }
    }

    /// The sum of all that was taken, if one was asked for.
    pub fn sum(&mut self) -> Option<Vec<u8>> {
        self.sum.take().map(Sum::value)
    }

    /// Takes a batch, or nothing of it. The disk and the two slow hashes work at the same time.
    pub async fn take(&mut self, batch: Vec<Bytes>) -> io::Result<()> {
        let _turn = HANDS.acquire().await.map_err(io::Error::other)?;
        let batch: Arc<[Bytes]> = batch.into();
        let Hashes { sha1, sha256, xxh3 } = self.hashes.clone();
        let sum = self.sum.take();

        // A copy: after an error what is known of the bytes before still holds.
        let (mut growing, pieces) = (self.growing.clone(), Arc::clone(&batch));
        let writing = spawn_blocking(move || growing.append(&pieces).map(|()| growing));
        let hashing = over(&batch, sha256, |sha256, piece| {
            sha256.update(piece);
            Ok(())
        });
        let summing = over(&batch, (sha1, xxh3, sum), |(sha1, xxh3, sum), piece| {
            sha1.update(piece);
            xxh3.update(piece);
            if let Some(sum) = sum {
                sum.update(piece);
            }
            Ok(())
        });
        let (written, sha256, rest) = tokio::join!(writing, hashing, summing);

        let growing = written??;
        let (sha1, xxh3, sum) = rest??;
        (self.hashes, self.sum) = (Hashes { sha1, sha256: sha256??, xxh3 }, sum);
        self.growing = growing;
        Ok(())
    }

    /// Writes what the file keeps back until it must be safe.
    pub async fn write_tail(&self) -> io::Result<()> {
        let growing = self.growing.clone();
        spawn_blocking(move || growing.write_tail()).await?
    }

    /// Puts everything written so far on the disk, while more may be written.
    pub fn sync(&self) -> impl Future<Output = io::Result<()>> + Send + use<> {
        let growing = self.growing.clone();
        async move {
            let _turn = SYNCS.acquire().await.map_err(io::Error::other)?;
            spawn_blocking(move || growing.sync()).await?
        }
    }

    /// Forgets the bytes behind `at`.
    pub async fn cut(&self, at: u64) -> io::Result<()> {
        let growing = self.growing.clone();
        spawn_blocking(move || growing.cut(at)).await?
    }
}

/// Does `work` with every piece of the batch, apart from the tasks that wait for the network.
fn over<T: Send + 'static>(
    batch: &Arc<[Bytes]>,
    mut state: T,
    work: impl Fn(&mut T, &[u8]) -> io::Result<()> + Send + 'static,
) -> JoinHandle<io::Result<T>> {
    let batch = Arc::clone(batch);
    spawn_blocking(move || {
        batch.iter().try_for_each(|piece| work(&mut state, piece))?;
        Ok(state)
    })
}
