//! The folder in which a decoder works, with the pipes through which it tells what it sees.

use std::{
    env, fs,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU64, Ordering},
};

use rustix::fs::{CWD, Mode, mkfifoat};
use tokio::net::unix::pipe::{OpenOptions, Receiver, Sender};

use crate::Failure;

/// A folder of its own; removed with all that is in it when this value goes.
pub(super) struct Workshop {
    folder: PathBuf,
    /// Our own ends for writing. While they are held, no pipe ends before the decoder has opened it.
    held: Vec<Sender>,
}

impl Workshop {
    /// In `parent`, or where temporary files go.
    pub fn new(parent: Option<&Path>) -> Result<Self, Failure> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!(".reelgate-{}-{number}", process::id());
        let folder = parent.map_or_else(env::temp_dir, Path::to_path_buf).join(name);
        let made = fs::DirBuilder::new().mode(0o700).create(&folder);
        made.map_err(|error| Failure::machinery("no folder to work in", &error))?;
        // What runs inside is told absolute paths, whatever the folder we were started in.
        let folder =
            folder.canonicalize().map_err(|error| Failure::machinery("no folder", &error))?;
        Ok(Self { folder, held: Vec::new() })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A pipe of this name: the decoder writes to it as to a file.
    pub fn pipe(&mut self, name: &str) -> Result<Receiver, Failure> {
        let path = self.folder.join(name);
        let broken = |error: &dyn std::fmt::Display| Failure::machinery("no pipe", error);
        mkfifoat(CWD, &path, Mode::RUSR | Mode::WUSR).map_err(|error| broken(&error))?;
        let receiver = OpenOptions::new().open_receiver(&path).map_err(|error| broken(&error))?;
        self.held.push(OpenOptions::new().open_sender(&path).map_err(|error| broken(&error))?);
        Ok(receiver)
    }

    /// Lets the pipes end with what the decoder has written.
    pub fn release(&mut self) {
        self.held.clear();
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            tracing::warn!(%error, "a folder that a decoder worked in could not be removed");
        }
    }
}
