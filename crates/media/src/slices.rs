//! A file on disk as slices, for the readers of the crate `formats`.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::Path,
};

use formats::container::{Slices, Wanted};

use crate::Failure;

/// A file on disk, with the trouble that reading it made.
pub(crate) struct OnDisk {
    file: File,
    size: u64,
    trouble: Option<io::Error>,
}

impl Slices for OnDisk {
    fn size(&self) -> u64 {
        self.size
    }

    fn at(&mut self, from: u64, len: usize) -> Result<Vec<u8>, Wanted> {
        let mut read = || {
            let mut bytes = Vec::with_capacity(len.min(1 << 20));
            self.file.seek(SeekFrom::Start(from))?;
            (&self.file).take(len as u64).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        read().map_err(|error| {
            self.trouble = Some(error);
            Wanted { from, len }
        })
    }
}

/// What `question` finds in the file, asked on a thread of its own. Only the disk can make it fail.
pub(crate) async fn ask<T: Send + 'static>(
    path: &Path,
    question: impl FnOnce(&mut OnDisk) -> Result<T, Wanted> + Send + 'static,
) -> Result<T, Failure> {
    let path = path.to_owned();
    let answer = tokio::task::spawn_blocking(move || {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        let mut file = OnDisk { file, size, trouble: None };
        question(&mut file)
            .map_err(|_| file.trouble.unwrap_or_else(|| io::ErrorKind::UnexpectedEof.into()))
    });
    let answered =
        answer.await.map_err(|error| Failure::machinery("a reader broke off", &error))?;
    answered.map_err(|error| Failure::machinery("the file cannot be read", &error))
}
