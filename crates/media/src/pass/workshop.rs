//! The folder in which a decoder works, with the pipes through which it tells what it sees.

use std::{
    env, fs,
    io::{self, ErrorKind},
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU64, Ordering},
};

use rustix::fs::{CWD, Mode, mkfifoat};
use tokio::net::unix::pipe::{OpenOptions, Receiver, Sender};

use crate::Failure;

/// So many names are tried.
const ATTEMPTS: usize = 1000;

/// A folder of its own; removed with all that is in it when this value goes.
pub(super) struct Workshop {
    folder: PathBuf,
    /// Our own ends for writing. While they are held, no pipe ends before the decoder has opened it.
    held: Vec<Sender>,
}

impl Workshop {
    /// In `parent`, or where temporary files go.
    pub fn new(parent: Option<&Path>) -> Result<Self, Failure> {
        let parent = parent.map_or_else(env::temp_dir, Path::to_path_buf);
        let folder = (0..ATTEMPTS).map(|_| parent.join(next_name())).find_map(made);
        let folder = folder.unwrap_or_else(|| Err(ErrorKind::AlreadyExists.into()));
        let folder = folder.map_err(|error| Failure::machinery("no folder to work in", &error))?;
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

/// A name that this process has not used yet. One that ran before may have had the same number and may have left its
/// folder behind.
fn next_name() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!(".reelgate-{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The folder, when it could be made or never will be; nothing where there is one of this name.
fn made(folder: PathBuf) -> Option<io::Result<PathBuf>> {
    match fs::DirBuilder::new().mode(0o700).create(&folder) {
        Ok(()) => Some(Ok(folder)),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => None,
        Err(error) => Some(Err(error)),
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            tracing::warn!(%error, "a folder that a decoder worked in could not be removed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_left_behind_is_in_nobodys_way() {
        let parent = tempfile::tempdir().unwrap();
        let number = next_name().rsplit_once('-').and_then(|(_, it)| it.parse::<u64>().ok());
        for ahead in 0..50 {
            let name = format!(".reelgate-{}-{}", process::id(), number.unwrap() + ahead);
            fs::create_dir(parent.path().join(name)).unwrap();
        }
        let workshop = Workshop::new(Some(parent.path())).unwrap();
        assert!(workshop.folder().is_dir());
        let folder = workshop.folder().to_path_buf();
        drop(workshop);
        assert!(!folder.exists());
        assert!(matches!(Workshop::new(Some(&folder)), Err(Failure::Machinery(_))));
    }
}
