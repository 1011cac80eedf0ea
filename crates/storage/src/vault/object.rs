//! The vault in an object store that speaks S3, or another that `object_store` knows.

use std::{ops::Range, path::Path as FilePath, sync::Arc};

use futures::{StreamExt, TryStreamExt, stream};
use object_store::{Error, GetOptions, ObjectStore, ObjectStoreExt, WriteMultipart, path::Path};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{Content, Key, Staged, missing};
use crate::error::Result;

/// Bytes of a part, at least; S3 demands 5 MiB.
const PART: u64 = 8 * 1024 * 1024;
/// S3 allows 10,000 parts; some are left over.
const MOST_PARTS: u64 = 9000;
/// Parts under way at once. Together with [`PART`] this bounds the memory of one file.
const AT_ONCE: usize = 2;
/// Bytes read from the disk at once.
const PIECE: usize = 256 * 1024;

#[derive(Clone, Debug)]
pub(super) struct Objects {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
}

impl Objects {
    pub fn new(store: Arc<dyn ObjectStore>, prefix: &str) -> Self {
        Self { store, prefix: Path::from(prefix) }
    }

    pub async fn keep(&self, staged: &Staged, key: &Key) -> Result<()> {
        let there = self.size_of(key).await?;
        match (local_size(staged).await?, there) {
            (None, Some(_)) => return Ok(()),
            (Some(size), Some(there)) if size == there => {}
            (size, _) => self.upload(staged, key, size.unwrap_or_default()).await?,
        }
        tokio::fs::remove_file(staged.path()).await?;
        Ok(())
    }

    /// An object appears whole when its last part is confirmed, or not at all.
    async fn upload(&self, staged: &Staged, key: &Key, size: u64) -> Result<()> {
        let mut file = tokio::fs::File::open(staged.path()).await?;
        let part = PART.max(size.div_ceil(MOST_PARTS)) as usize;
        let begun = self.store.put_multipart(&self.place_of(key)).await?;
        let mut upload = WriteMultipart::new_with_chunk_size(begun, part);
        let mut piece = vec![0; PIECE];
        loop {
            let read = file.read(&mut piece).await?;
            if read == 0 {
                break;
            }
            if let Err(error) = upload.wait_for_capacity(AT_ONCE).await {
                upload.abort().await?;
                return Err(error.into());
            }
            upload.write(&piece[..read]);
        }
        upload.finish().await?;
        Ok(())
    }

    pub async fn size_of(&self, key: &Key) -> Result<Option<u64>> {
        match self.store.head(&self.place_of(key)).await {
            Ok(it) => Ok(Some(it.size)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub async fn read(&self, key: &Key, stretch: Range<u64>) -> Result<Content> {
        if stretch.is_empty() {
            return Ok(stream::empty().boxed());
        }
        let wanted = GetOptions { range: Some(stretch.into()), ..GetOptions::default() };
        match self.store.get_opts(&self.place_of(key), wanted).await {
            Ok(it) => Ok(it.into_stream().map_err(Into::into).boxed()),
            Err(Error::NotFound { .. }) => Err(missing(key)),
            Err(error) => Err(error.into()),
        }
    }

    /// Copies an object to the local disk.
    pub async fn fetch(&self, key: &Key, path: &FilePath) -> Result<()> {
        let mut content = match self.store.get(&self.place_of(key)).await {
            Ok(it) => it.into_stream(),
            Err(Error::NotFound { .. }) => return Err(missing(key)),
            Err(error) => return Err(error.into()),
        };
        let mut file = tokio::fs::File::create(path).await?;
        while let Some(piece) = content.try_next().await? {
            file.write_all(&piece).await?;
        }
        file.flush().await?;
        Ok(())
    }

    fn place_of(&self, key: &Key) -> Path {
        key.place().split('/').fold(self.prefix.clone(), |path, part| path.join(part))
    }
}

async fn local_size(staged: &Staged) -> Result<Option<u64>> {
    match tokio::fs::metadata(staged.path()).await {
        Ok(it) => Ok(Some(it.len())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}
