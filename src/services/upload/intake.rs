//! Bytes on their way in: hashed and written in batches, the hashes beside the disk.

use std::{
    fs::File,
    io::{self, Write},
    sync::{Arc, LazyLock},
    thread::available_parallelism,
};

use sha2::Digest;
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
    /// Its cursor stands at `at`; everything is written in order.
    file: Arc<File>,
    hashes: Hashes,
    sum: Option<Sum>,
    at: u64,
}

/// A place up to which the bytes are written and their hashes known.
pub struct Mark {
    pub at: u64,
    /// As [`Hashes::save`] gives it.
    pub state: Vec<u8>,
}

impl Intake {
    /// Goes on with a file whose cursor stands at byte `at`, up to where its hashes are `hashes`.
    pub fn new(file: File, at: u64, hashes: Hashes, checksum: Option<&Checksum>) -> Self {
        Self { file: Arc::new(file), hashes, sum: checksum.map(|it| it.algorithm.into()), at }
    }

    pub fn at(&self) -> u64 {
        self.at
    }

    pub fn mark(&self) -> Mark {
        Mark { at: self.at, state: self.hashes.save() }
    }

    /// The sum of all that was taken, if one was asked for.
    pub fn sum(&mut self) -> Option<Vec<u8>> {
        self.sum.take().map(Sum::value)
    }

    /// Takes a batch, or nothing of it. The disk and the two slow hashes work at the same time.
    pub async fn take(&mut self, batch: Vec<Bytes>) -> io::Result<()> {
        let _turn = HANDS.acquire().await.map_err(io::Error::other)?;
        let batch: Arc<[Bytes]> = batch.into();
        let len: u64 = batch.iter().map(|it| it.len() as u64).sum();
        let Hashes { sha1, sha256, xxh3 } = self.hashes.clone();
        let sum = self.sum.take();

        let file = Arc::clone(&self.file);
        let writing = over(&batch, file, |file, piece| (&**file).write_all(piece));
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

        written??;
        let (sha1, xxh3, sum) = rest??;
        (self.hashes, self.sum) = (Hashes { sha1, sha256: sha256??, xxh3 }, sum);
        self.at += len;
        Ok(())
    }

    /// Puts everything written so far on the disk, while more may be written.
    pub fn sync(&self) -> impl Future<Output = io::Result<()>> + Send + use<> {
        let file = Arc::clone(&self.file);
        async move {
            let _turn = SYNCS.acquire().await.map_err(io::Error::other)?;
            spawn_blocking(move || file.sync_data()).await?
        }
    }

    /// Forgets the bytes behind `at`.
    pub async fn cut(&self, at: u64) -> io::Result<()> {
        let file = Arc::clone(&self.file);
        spawn_blocking(move || file.set_len(at)).await?
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
