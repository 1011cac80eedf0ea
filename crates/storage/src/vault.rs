//! The vault: delivered files, kept by their content and never by their name.
//!
//! A file grows in the staging folder, always on the local disk, while its bytes arrive. Once it is complete it
//! is *kept*: it moves, whole or not at all, to the place that its SHA-256 names. The same content delivered
//! twice is stored once. The vault is a folder, or any object store that speaks S3.

mod bench;
mod disk;
mod growing;
mod object;
mod staging;

use std::{
    fmt, io,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use futures::stream::BoxStream;
use object_store::{ObjectStore, aws::AmazonS3Builder};
use tokio_util::bytes::Bytes;
use uuid::Uuid;

pub use bench::Bench;
pub use growing::Growing;
pub use staging::Staged;

use crate::error::{Result, StorageError};
use disk::Disk;
use domain::id::UploadId;
use object::Objects;

/// What the names of fetched copies begin with; no upload is called like this.
const FETCHED: &str = "fetched-";
/// What the names of small files begin with, which come and go in one piece and belong to no upload.
const PASSING: &str = "passing-";
/// What the names of folders begin with in which something is made.
const MAKING: &str = "making-";
/// Bytes that stay free beside a fetched copy, for the uploads that grow on the same disk.
const SPARED: u64 = 1 << 30;

/// Where a stored file is: the SHA-256 of its content in lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key(String);

/// The bytes of a stored file as they are read.
pub type Content = BoxStream<'static, Result<Bytes>>;

/// Where delivered files are kept. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Vault {
    staging: PathBuf,
    place: Place,
}

#[derive(Clone, Debug)]
enum Place {
    Disk(Disk),
    Objects(Objects),
}

/// A stored file as a file of the local disk; a copy, fetched for the purpose, is removed when this is dropped.
#[derive(Debug)]
pub struct LocalFile {
    path: PathBuf,
    #[expect(dead_code, reason = "it is here to be dropped with the file")]
    copy: Option<Fetched>,
}

/// A copy that goes when it is no longer needed.
#[derive(Debug)]
struct Fetched(PathBuf);

impl Key {
    /// A key out of a digest; `None` if it is not the SHA-256 of anything.
    pub fn parse(sha256: &str) -> Option<Self> {
        let fits =
            sha256.len() == 64 && sha256.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
        fits.then(|| Self(sha256.to_owned()))
    }

    /// The digest.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where it lies: `ab/cd/abcd…`, so that no folder grows too large.
    fn place(&self) -> String {
        format!("{}/{}/{}", &self.0[..2], &self.0[2..4], self.0)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Vault {
    /// Opens what a setting names: `disk:PATH`, or `s3://BUCKET/PREFIX` with the usual `AWS_…` variables. What
    /// is still growing lies in the vault's own folder on disk, or in `data` beside an object store.
    pub async fn open(setting: &str, data: &Path) -> Result<Self> {
        if let Some(path) = setting.strip_prefix("disk:") {
            return Self::on_disk(Path::new(path)).await;
        }
        let Some(address) = setting.strip_prefix("s3://") else {
            return Err(StorageError::Setting(format!(
                "The vault is disk:PATH or s3://BUCKET, not {setting}"
            )));
        };
        // Refused where a provider is there already: that one serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (bucket, prefix) = address.split_once('/').unwrap_or((address, ""));
        let store = AmazonS3Builder::from_env().with_bucket_name(bucket).build()?;
        Self::in_object_store(&data.join("staging"), Arc::new(store), prefix).await
    }

    /// A vault in a folder of the local disk, which is made if it is not there.
    pub async fn on_disk(root: &Path) -> Result<Self> {
        let staging = root.join("staging");
        tokio::fs::create_dir_all(&staging).await?;
        Ok(Self { staging, place: Place::Disk(Disk::open(&root.join("objects")).await?) })
    }

    /// A vault in an object store, below `prefix`; what still grows lies in the folder `staging`.
    pub async fn in_object_store(
        staging: &Path,
        store: Arc<dyn ObjectStore>,
        prefix: &str,
    ) -> Result<Self> {
        tokio::fs::create_dir_all(staging).await?;
        Ok(Self { staging: staging.to_owned(), place: Place::Objects(Objects::new(store, prefix)) })
    }

    /// The growing file of an upload, whether it has begun or not.
    pub fn stage(&self, upload: UploadId) -> Staged {
        Staged::new(self.staging.join(upload.to_string()))
    }

    /// The growing file of something small that comes in one piece and belongs to no upload.
    pub fn stage_passing(&self) -> Staged {
        Staged::new(self.staging.join(format!("{PASSING}{}", Uuid::new_v4())))
    }

    /// Keeps a file that is complete, under the SHA-256 of its content, and takes it out of staging. Asked again
    /// after a crash, it finishes what was begun.
    pub async fn keep(&self, staged: &Staged, sha256: &str) -> Result<Key> {
        let key =
            Key::parse(sha256).ok_or_else(|| invalid("a file is kept under its SHA-256 only"))?;
        match &self.place {
            Place::Disk(disk) => disk.keep(staged, &key).await?,
            Place::Objects(objects) => objects.keep(staged, &key).await?,
        }
        Ok(key)
    }

    /// How many bytes a stored file has; `None` if it is not there.
    pub async fn size_of(&self, key: &Key) -> Result<Option<u64>> {
        match &self.place {
            Place::Disk(disk) => disk.size_of(key).await,
            Place::Objects(objects) => objects.size_of(key).await,
        }
    }

    /// A stretch of a stored file, piece after piece: nothing is read before it is asked for.
    pub async fn read(&self, key: &Key, stretch: Range<u64>) -> Result<Content> {
        match &self.place {
            Place::Disk(disk) => disk.read(key, stretch).await,
            Place::Objects(objects) => objects.read(key, stretch).await,
        }
    }

    /// A stored file as a file of the local disk, for programs that measure.
    pub async fn path_of(&self, key: &Key) -> Result<LocalFile> {
        match &self.place {
            Place::Disk(disk) => Ok(LocalFile { path: disk.path_of(key).await?, copy: None }),
            Place::Objects(objects) => {
                let size = objects.size_of(key).await?.ok_or_else(|| missing(key))?;
                if self.free_space()? < size.saturating_add(SPARED) {
                    return Err(StorageError::NoRoom);
                }
                let path = self.staging.join(format!("{FETCHED}{}", Uuid::new_v4()));
                let copy = Fetched(path.clone());
                objects.fetch(key, &path).await?;
                Ok(LocalFile { path, copy: Some(copy) })
            }
        }
    }

    /// A folder in which something can be made out of a stored file.
    pub fn bench(&self) -> Result<Bench> {
        Bench::in_folder(&self.staging)
    }

    /// Removes the copies that were fetched longer ago, and the folders in which something was made: whoever measured
    /// them was killed over it.
    pub async fn sweep_copies(&self, older_than: Duration) -> Result<()> {
        self.sweep(FETCHED, older_than).await?;
        self.sweep(MAKING, older_than).await
    }

    /// Removes the small files that were begun longer ago: whoever brought them was killed over it.
    pub async fn sweep_passing(&self, older_than: Duration) -> Result<()> {
        self.sweep(PASSING, older_than).await
    }

    async fn sweep(&self, prefix: &str, older_than: Duration) -> Result<()> {
        let mut entries = tokio::fs::read_dir(&self.staging).await?;
        while let Some(entry) = entries.next_entry().await? {
            let is_meant = entry.file_name().to_string_lossy().starts_with(prefix);
            let age = entry.metadata().await.ok().and_then(|it| it.modified().ok()?.elapsed().ok());
            if is_meant && age.is_some_and(|it| it >= older_than) {
                // The next round tries again; the others are not kept waiting.
                let _ = match entry.file_type().await {
                    Ok(it) if it.is_dir() => tokio::fs::remove_dir_all(entry.path()).await,
                    Ok(_) | Err(_) => tokio::fs::remove_file(entry.path()).await,
                };
            }
        }
        Ok(())
    }

    /// Bytes left on the disk on which files grow.
    pub fn free_space(&self) -> Result<u64> {
        let disk = rustix::fs::statvfs(&self.staging).map_err(io::Error::from)?;
        Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
    }
}

impl LocalFile {
    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Fetched {
    fn drop(&mut self) {
        // What cannot be removed is cleared away with the staging folder; nobody waits for it.
        let _ = std::fs::remove_file(&self.0);
    }
}

fn invalid(why: &str) -> StorageError {
    StorageError::Vault(io::Error::new(io::ErrorKind::InvalidInput, why))
}

fn missing(key: &Key) -> StorageError {
    StorageError::Vault(io::Error::new(
        io::ErrorKind::NotFound,
        format!("{key} is not in the vault"),
    ))
}
