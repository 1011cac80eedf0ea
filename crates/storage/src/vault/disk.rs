//! The vault in a folder: `objects/ab/cd/abcd…`.

use std::{
    fs::{self, File},
    io::{self, SeekFrom},
    ops::Range,
    path::{Path, PathBuf},
};

use futures::{StreamExt, TryStreamExt};
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

use super::{Content, Key, Staged, missing, staging::sync_folder_of};
use crate::error::{Result, StorageError};

/// Bytes read from the disk at once.
const PIECE: usize = 256 * 1024;

#[derive(Clone, Debug)]
pub(super) struct Disk {
    objects: PathBuf,
}

impl Disk {
    pub async fn open(objects: &Path) -> Result<Self> {
        tokio::fs::create_dir_all(objects).await?;
        Ok(Self { objects: objects.to_owned() })
    }

    pub async fn keep(&self, staged: &Staged, key: &Key) -> Result<()> {
        let (staged, target) = (staged.clone(), self.place_of(key));
        let done = tokio::task::spawn_blocking(move || keep(&staged, &target)).await;
        done.map_err(|error| StorageError::Vault(io::Error::other(error)))?
    }

    pub async fn size_of(&self, key: &Key) -> Result<Option<u64>> {
        match tokio::fs::metadata(self.place_of(key)).await {
            Ok(it) => Ok(Some(it.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub async fn read(&self, key: &Key, stretch: Range<u64>) -> Result<Content> {
        let mut file = match tokio::fs::File::open(self.place_of(key)).await {
            Ok(it) => it,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(missing(key)),
            Err(error) => return Err(error.into()),
        };
        file.seek(SeekFrom::Start(stretch.start)).await?;
        let part = file.take(stretch.end.saturating_sub(stretch.start));
        Ok(ReaderStream::with_capacity(part, PIECE).map_err(Into::into).boxed())
    }

    pub async fn path_of(&self, key: &Key) -> Result<PathBuf> {
        self.size_of(key).await?.ok_or_else(|| missing(key))?;
        Ok(self.place_of(key))
    }

    fn place_of(&self, key: &Key) -> PathBuf {
        self.objects.join(key.place())
    }
}

/// Renaming is what makes it atomic: the place holds nothing, or all of the content. Every step may be repeated.
/// Where the content lies already, the fresh bytes take its place: they were summed up just now, and what has
/// lain there for years may have gone bad.
fn keep(staged: &Staged, target: &Path) -> Result<()> {
    let kept = Staged::new(target.to_owned()).len()?;
    if staged.len()?.is_some() || kept.is_none() {
        File::open(staged.path())?.sync_all()?;
        make_folders_of(target)?;
        fs::rename(staged.path(), target)?;
    }
    // Also after a crash between the renaming and this.
    sync_folder_of(target)?;
    sync_folder_of(staged.path())
}

fn make_folders_of(target: &Path) -> Result<()> {
    let Some(folder) = target.parent().filter(|it| !it.exists()) else { return Ok(()) };
    fs::create_dir_all(folder)?;
    // The folder itself and the one above it are new names too.
    sync_folder_of(folder)?;
    folder.parent().map_or(Ok(()), sync_folder_of)
}
