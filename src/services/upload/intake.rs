//! Bytes on their way in: written and hashed batch by batch, by hands that do not wait for each other.

use std::{io, sync::Arc};

use sha1::Sha1;
use sha2::{Digest, Sha256};
use storage::vault::Growing;
use tokio::{
    sync::{Semaphore, oneshot},
    task::spawn_blocking,
};
use tokio_util::bytes::Bytes;

use super::{
    checksum::{Checksum, Sum},
    hand::Hand,
    hashes::Hashes,
    xxh3::Xxh3,
};

/// The disk is asked to keep so many files at once.
static SYNCS: Semaphore = Semaphore::const_new(8);

/// A file that grows, and the hashes of what is in it.
pub struct Intake {
    at: u64,
    file: Growing,
    writer: Hand<Growing>,
    sha256: Hand<Sha256>,
    rest: Hand<Rest>,
}

/// What together costs about as much as SHA-256 alone.
#[derive(Clone)]
struct Rest {
    sha1: Sha1,
    xxh3: Xxh3,
    sum: Option<Sum>,
}

/// A place up to which the bytes will be written and their hashes known.
pub struct Mark {
    pub at: u64,
    written: oneshot::Receiver<Growing>,
    sha256: oneshot::Receiver<Sha256>,
    rest: oneshot::Receiver<Rest>,
}

impl Intake {
    /// Goes on with a file, the hashes of whose bytes so far are `hashes`.
    pub fn new(file: Growing, hashes: Hashes, checksum: Option<&Checksum>) -> Self {
        let Hashes { sha1, sha256, xxh3 } = hashes;
        let sum = checksum.map(|it| it.algorithm.into());
        Self {
            at: file.at(),
            writer: Hand::new(file.clone()),
            file,
            sha256: Hand::new(sha256),
            rest: Hand::new(Rest { sha1, xxh3, sum }),
        }
    }

    /// Where the next byte goes.
    pub fn at(&self) -> u64 {
        self.at
    }

    /// Takes a batch: it is worked on when those before it are done with. The error may be that of an earlier
    /// one; then nothing behind the last mark is worth anything.
    pub async fn take(&mut self, batch: Vec<Bytes>) -> io::Result<()> {
        self.at += batch.iter().map(|it| it.len() as u64).sum::<u64>();
        let batch: Arc<[Bytes]> = batch.into();
        let (for_disk, for_sha256) = (Arc::clone(&batch), Arc::clone(&batch));
        let writing = self.writer.order(move |file| file.append(&for_disk));
        let hashing = self.sha256.order(move |sha256| {
            for_sha256.iter().for_each(|piece| sha256.update(piece));
            Ok(())
        });
        let summing = self.rest.order(move |rest| {
            batch.iter().for_each(|piece| rest.update(piece));
            Ok(())
        });
        tokio::try_join!(writing, hashing, summing).map(|_| ())
    }

    /// Marks the place reached. What the file keeps back of it is written before more is.
    pub async fn mark(&mut self) -> io::Result<Mark> {
        Ok(Mark {
            at: self.at,
            written: self.writer.show(|file| file.write_tail()).await?,
            sha256: self.sha256.show(|_| Ok(())).await?,
            rest: self.rest.show(|_| Ok(())).await?,
        })
    }

    /// Waits until everything taken so far is done with.
    pub async fn idle(&mut self) -> io::Result<()> {
        let written = self.writer.show(|_| Ok(())).await?;
        let (sha256, rest) =
            (self.sha256.show(|_| Ok(())).await?, self.rest.show(|_| Ok(())).await?);
        // Who fails here says why when it is asked next.
        let _ = tokio::join!(written, sha256, rest);
        Ok(())
    }

    /// Takes nothing more; what went wrong, if anything did.
    pub async fn failure(&mut self) -> Option<io::Error> {
        let rested = [self.writer.rest().await, self.sha256.rest().await, self.rest.rest().await];
        rested.into_iter().find_map(Result::err)
    }

    /// The sum of all that was taken, if one was asked for.
    pub async fn sum(&mut self) -> io::Result<Option<Vec<u8>>> {
        let rest = self.rest.show(|_| Ok(())).await?.await.map_err(io::Error::other)?;
        Ok(rest.sum.map(Sum::value))
    }

    /// Takes nothing more and forgets the bytes behind `at`.
    pub async fn cut(&mut self, at: u64) -> io::Result<()> {
        // Failed or not: it does not write any longer.
        let _ = self.writer.rest().await;
        let file = self.file.clone();
        spawn_blocking(move || file.cut(at)).await?
    }
}

impl Mark {
    /// Has the disk keep everything up to the mark, while more may be written; gives the state of the hashes
    /// there, as [`Hashes::save`] gives it.
    pub async fn keep(self) -> io::Result<Vec<u8>> {
        let file = self.written.await.map_err(io::Error::other)?;
        let sha256 = self.sha256.await.map_err(io::Error::other)?;
        let Rest { sha1, xxh3, .. } = self.rest.await.map_err(io::Error::other)?;
        let _turn = SYNCS.acquire().await.map_err(io::Error::other)?;
        spawn_blocking(move || file.sync()).await??;
        Ok(Hashes { sha1, sha256, xxh3 }.save())
    }
}

impl Rest {
    fn update(&mut self, piece: &[u8]) {
        self.sha1.update(piece);
        self.xxh3.update(piece);
        if let Some(sum) = &mut self.sum {
            sum.update(piece);
        }
    }
}
