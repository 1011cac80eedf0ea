//! A growing file, open at its end. Everything here blocks: call it where blocking is allowed.
//!
//! What is written goes straight to the disk and not through the memory of the operating system (`O_DIRECT`): a
//! master of a terabyte would push everything else out of that memory, and filling it costs more than computing
//! the digests. In return whole blocks must be written from whole blocks of memory; what is behind the last whole
//! block is kept back, and written when it is asked to be safe.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read, Seek, SeekFrom},
    os::unix::fs::{FileExt, OpenOptionsExt},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use rustix::{
    fs::{OFlags, fcntl_getfl, fcntl_setfl},
    io::Errno,
};
use tokio_util::bytes::Bytes;

/// The blocks of disks and file systems divide this, in bytes.
const BLOCK: usize = 4096;
/// Bytes written at once.
const STRETCH: usize = 1 << 20;
/// Stretches of memory that are kept for the next writer.
const KEPT: usize = 4;

/// Past the memory of the operating system, where it knows how.
#[cfg(target_os = "linux")]
const DIRECT: OFlags = OFlags::DIRECT;
#[cfg(not(target_os = "linux"))]
const DIRECT: OFlags = OFlags::empty();

static STRETCHES: Mutex<Vec<Stretch>> = Mutex::new(Vec::new());

/// A growing file. A copy is cheap and writes the same file; of two copies only one may go on.
#[derive(Clone, Debug)]
pub struct Growing {
    file: Arc<File>,
    at: u64,
    /// What is behind the last whole block.
    tail: Vec<u8>,
}

impl Growing {
    /// Opens the file at byte `at`, which is no farther than its end.
    pub(super) fn open(path: &Path, at: u64) -> io::Result<Self> {
        let mut tail = vec![0; usize::try_from(at % BLOCK as u64).unwrap_or(0)];
        let mut file =
            OpenOptions::new().create(true).truncate(false).read(true).write(true).open(path)?;
        file.seek(SeekFrom::Start(at - tail.len() as u64))?;
        file.read_exact(&mut tail)?;
        Ok(Self { file: Arc::new(past_memory(path).unwrap_or(file)), at, tail })
    }

    /// Where the next byte goes.
    pub fn at(&self) -> u64 {
        self.at
    }

    /// Adds the pieces, in order. After an error a copy from before still knows what it knew.
    pub fn append(&mut self, pieces: &[Bytes]) -> io::Result<()> {
        let mut stretch = Stretch::take();
        let memory = stretch.memory();
        let (mut filled, mut start) = (self.tail.len(), self.at - self.tail.len() as u64);
        memory[..filled].copy_from_slice(&self.tail);
        for piece in pieces {
            let mut rest = &piece[..];
            while !rest.is_empty() {
                let (now, later) = rest.split_at(rest.len().min(STRETCH - filled));
                memory[filled..filled + now.len()].copy_from_slice(now);
                filled += now.len();
                rest = later;
                if filled == STRETCH {
                    self.write(memory, start)?;
                    start += STRETCH as u64;
                    filled = 0;
                }
            }
        }
        let whole = filled - filled % BLOCK;
        self.write(&memory[..whole], start)?;
        self.tail = memory[whole..filled].to_vec();
        self.at = start + filled as u64;
        stretch.give_back();
        Ok(())
    }

    /// Writes what was kept back, in a block of its own. Nobody may append meanwhile.
    pub fn write_tail(&self) -> io::Result<()> {
        if self.tail.is_empty() {
            return Ok(());
        }
        let mut stretch = Stretch::take();
        let block = &mut stretch.memory()[..BLOCK];
        block.fill(0);
        block[..self.tail.len()].copy_from_slice(&self.tail);
        self.write(block, self.at - self.tail.len() as u64)?;
        stretch.give_back();
        Ok(())
    }

    /// Has the disk keep everything written so far.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    /// Forgets everything from byte `at` on.
    pub fn cut(&self, at: u64) -> io::Result<()> {
        self.file.set_len(at)
    }

    fn write(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        match self.file.write_all_at(bytes, at) {
            // Larger blocks than any we know: then by way of the memory after all.
            Err(error) if error.raw_os_error() == Some(Errno::INVAL.raw_os_error()) => {
                let flags = fcntl_getfl(&self.file)?;
                fcntl_setfl(&self.file, flags.difference(DIRECT))?;
                self.file.write_all_at(bytes, at)
            }
            written => written,
        }
    }
}

/// The file, open past the memory of the operating system; not every file system can.
fn past_memory(path: &Path) -> io::Result<File> {
    let flags = i32::try_from(DIRECT.bits()).map_err(io::Error::other)?;
    OpenOptions::new().write(true).custom_flags(flags).open(path)
}

/// Memory that begins where a block may begin.
struct Stretch {
    bytes: Vec<u8>,
    from: usize,
}

impl Stretch {
    fn take() -> Self {
        let kept = STRETCHES.lock().unwrap_or_else(PoisonError::into_inner).pop();
        kept.unwrap_or_else(|| {
            let bytes = vec![0; STRETCH + BLOCK];
            let from = bytes.as_ptr().align_offset(BLOCK);
            Self { bytes, from }
        })
    }

    fn memory(&mut self) -> &mut [u8] {
        &mut self.bytes[self.from..self.from + STRETCH]
    }

    fn give_back(self) {
        let mut kept = STRETCHES.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT {
            kept.push(self);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Bytes that are not the same anywhere near each other.
    fn bytes(from: usize, len: usize) -> Bytes {
        (from..from + len).map(|at| (at * 31 % 251) as u8).collect()
    }

    #[test]
    fn pieces_of_any_size_come_out_in_order() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("growing");
        let mut growing = Growing::open(&path, 0)?;
        let mut all = 0;
        for len in [1, 4095, 4096, 1, 5000, STRETCH - 7, STRETCH, 3 * STRETCH + 11, 2, 4093] {
            growing.append(&[bytes(all, len / 2), bytes(all + len / 2, len - len / 2)])?;
            all += len;
            growing.write_tail()?;
            growing.sync()?;
            let present = fs::read(&path)?;
            assert!(present[..all] == bytes(0, all)[..], "after {all} bytes");
        }
        growing.cut(all as u64)?;
        assert_eq!(fs::metadata(&path)?.len(), all as u64);
        Ok(())
    }

    #[test]
    fn it_goes_on_in_the_middle_of_a_block() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("growing");
        for (at, to) in [(0, 6000), (5000, 5001), (5001, 20_000), (8192, 30_000)] {
            let mut growing = Growing::open(&path, at as u64)?;
            growing.append(&[bytes(at, to - at)])?;
            growing.write_tail()?;
            assert!(fs::read(&path)?[..to] == bytes(0, to)[..], "from {at} to {to}");
        }
        Ok(())
    }

    #[test]
    fn a_copy_from_before_an_error_still_knows_its_tail() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("growing");
        let mut before = Growing::open(&path, 0)?;
        before.append(&[bytes(0, 100)])?;
        let mut lost = before.clone();
        lost.append(&[bytes(100, 10_000)])?;
        before.cut(100)?;
        before.write_tail()?;
        assert!(fs::read(&path)?[..100] == bytes(0, 100)[..]);
        Ok(())
    }
}
