//! A folder in which something is made out of a stored file.

use std::{
    fs,
    path::{Path, PathBuf},
};

use uuid::Uuid;

use super::{MAKING, Staged};
use crate::error::Result;

/// A folder on the disk on which files grow, so that what is made in it is kept without being copied. Removed with all
/// that is still in it when this is dropped.
#[derive(Debug)]
pub struct Bench(PathBuf);

impl Bench {
    pub(super) fn in_folder(staging: &Path) -> Result<Self> {
        let folder = staging.join(format!("{MAKING}{}", Uuid::new_v4()));
        fs::create_dir(&folder)?;
        Ok(Self(folder))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Takes away what is in it: it was not made to the end.
    pub fn clear(&self) -> Result<()> {
        fs::remove_dir_all(&self.0)?;
        Ok(fs::create_dir(&self.0)?)
    }

    /// What was made in it under this name, which is never that of a person's file.
    pub fn made(&self, name: &str) -> Staged {
        Staged::new(self.0.join(name))
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        // What cannot be removed is cleared away with the staging folder; nobody waits for it.
        let _ = fs::remove_dir_all(&self.0);
    }
}
