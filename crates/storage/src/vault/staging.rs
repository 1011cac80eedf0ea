//! Files that are still growing. Everything here blocks: call it where blocking is allowed.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use super::Growing;
use crate::error::{Result, StorageError};

/// A growing file, by the upload that fills it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staged {
    path: PathBuf,
}

impl Staged {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes it has now, those included that nobody was promised; `None` if it was not begun.
    pub fn len(&self) -> Result<Option<u64>> {
        match fs::metadata(&self.path) {
            Ok(it) => Ok(Some(it.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Opens it to go on at `acknowledged`, the bytes the sender was promised are safe. What a crash left behind
    /// them is cut off; should any of them be missing, nothing is opened. What is written is safe only once it is synced.
    pub fn grow(&self, acknowledged: u64) -> Result<Growing> {
        let begun = self.len()?;
        if begun.unwrap_or_default() < acknowledged {
            let why = format!(
                "{} is shorter than the {acknowledged} bytes that were acknowledged",
                self.path.display()
            );
            return Err(StorageError::Vault(io::Error::new(io::ErrorKind::UnexpectedEof, why)));
        }
        let growing = Growing::open(&self.path, acknowledged)?;
        if begun.is_none() {
            sync_folder_of(&self.path)?;
        }
        self.cut(acknowledged)?;
        Ok(growing)
    }

    /// Takes away what is behind `size`, if anything is.
    pub fn cut(&self, size: u64) -> Result<()> {
        if self.len()?.is_some_and(|it| it > size) {
            OpenOptions::new().write(true).open(&self.path)?.set_len(size)?;
        }
        Ok(())
    }

    /// Removes it. Nothing happens if it is not there.
    pub fn remove(&self) -> Result<()> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

/// Makes the names in the folder of `path` safe: a new file without it may be gone after a crash.
pub(super) fn sync_folder_of(path: &Path) -> Result<()> {
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
