//! The records of a ZIP (APPNOTE 6.3, section 4.3): heads, descriptors, the directory at the end.

use chrono::{DateTime, Datelike, Timelike, Utc};
use tokio_util::bytes::{BufMut, Bytes, BytesMut};

/// A file about to be written.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place in the archive, folders divided by `/`.
    pub name: String,
    pub size: u64,
    pub at: DateTime<Utc>,
}

/// What has been written so far, to be told again at the end.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    /// Bytes before the next record.
    at: u64,
    records: BytesMut,
    count: u64,
    /// Where the file begins that is being written.
    begun_at: u64,
}

/// From here on a size or a place stands in a field of its own, of eight bytes.
const LARGE: u64 = u32::MAX as u64;
const MANY: u64 = u16::MAX as u64;
/// Names are in UTF-8, and what is not known before a file stands behind it.
const FLAGS: u16 = 1 << 11 | 1 << 3;
/// The oldest version of the format that knows folders; and the one that knows large files.
const PLAIN: u16 = 20;
const ZIP64: u16 = 45;
/// Made under Unix, so that permissions are those of the directory's record.
const MADE_BY: u16 = 3 << 8 | ZIP64;
/// A file that its owner may change and everybody read.
const PERMISSIONS: u32 = 0o100_644 << 16;

/// The bytes that an archive of these files has.
pub fn length(entries: &[Entry]) -> u64 {
    let mut directory = Directory::default();
    for entry in entries {
        directory.head(entry);
        directory.close(entry.clone(), 0);
    }
    let end = directory.end();
    directory.at + end.len() as u64
}

impl Entry {
    const fn is_large(&self) -> bool {
        self.size >= LARGE
    }
}

impl Directory {
    /// What stands before a file.
    pub fn head(&mut self, entry: &Entry) -> Bytes {
        let mut out = BytesMut::new();
        out.put_u32_le(0x0403_4b50);
        out.put_u16_le(if entry.is_large() { ZIP64 } else { PLAIN });
        put_common(&mut out, entry);
        out.put_u32_le(0);
        // Sizes stand behind the file; that they have eight bytes there is said here.
        let (size, extra) = if entry.is_large() { (u32::MAX, 20) } else { (0, 0) };
        out.put_u32_le(size);
        out.put_u32_le(size);
        out.put_u16_le(length_of(&entry.name));
        out.put_u16_le(extra);
        out.put_slice(entry.name.as_bytes());
        if entry.is_large() {
            out.put_u16_le(1);
            out.put_u16_le(16);
            out.put_u64_le(0);
            out.put_u64_le(0);
        }
        self.begun_at = self.at;
        self.at += out.len() as u64;
        out.freeze()
    }

    /// What stands behind a file.
    pub fn close(&mut self, entry: Entry, sum: u32) -> Bytes {
        let mut out = BytesMut::new();
        out.put_u32_le(0x0807_4b50);
        out.put_u32_le(sum);
        if entry.is_large() {
            out.put_u64_le(entry.size);
            out.put_u64_le(entry.size);
        } else {
            out.put_u32_le(short(entry.size));
            out.put_u32_le(short(entry.size));
        }
        self.record(&entry, sum);
        self.at += entry.size + out.len() as u64;
        out.freeze()
    }

    fn record(&mut self, entry: &Entry, sum: u32) {
        let mut large = BytesMut::new();
        if entry.is_large() {
            large.put_u64_le(entry.size);
            large.put_u64_le(entry.size);
        }
        if self.begun_at >= LARGE {
            large.put_u64_le(self.begun_at);
        }
        let out = &mut self.records;
        out.put_u32_le(0x0201_4b50);
        out.put_u16_le(MADE_BY);
        out.put_u16_le(if large.is_empty() { PLAIN } else { ZIP64 });
        put_common(out, entry);
        out.put_u32_le(sum);
        out.put_u32_le(short(entry.size));
        out.put_u32_le(short(entry.size));
        out.put_u16_le(length_of(&entry.name));
        // At most three fields of eight bytes, and a head of four.
        let extra = if large.is_empty() { 0 } else { large.len() + 4 };
        out.put_u16_le(u16::try_from(extra).unwrap_or(u16::MAX));
        out.put_bytes(0, 6);
        out.put_u32_le(PERMISSIONS);
        out.put_u32_le(short(self.begun_at));
        out.put_slice(entry.name.as_bytes());
        if !large.is_empty() {
            out.put_u16_le(1);
            out.put_u16_le(u16::try_from(large.len()).unwrap_or(u16::MAX));
            out.put_slice(&large);
        }
        self.count += 1;
    }

    /// What stands at the end: the records of all files, and where they begin.
    pub fn end(&mut self) -> Bytes {
        let mut out = std::mem::take(&mut self.records);
        let (from, size) = (self.at, out.len() as u64);
        if from >= LARGE || size >= LARGE || self.count >= MANY {
            out.put_u32_le(0x0606_4b50);
            out.put_u64_le(44);
            out.put_u16_le(MADE_BY);
            out.put_u16_le(ZIP64);
            out.put_bytes(0, 8);
            out.put_u64_le(self.count);
            out.put_u64_le(self.count);
            out.put_u64_le(size);
            out.put_u64_le(from);
            out.put_u32_le(0x0706_4b50);
            out.put_u32_le(0);
            out.put_u64_le(from + size);
            out.put_u32_le(1);
        }
        let count = u16::try_from(self.count).unwrap_or(u16::MAX);
        out.put_u32_le(0x0605_4b50);
        out.put_u32_le(0);
        out.put_u16_le(count);
        out.put_u16_le(count);
        out.put_u32_le(short(size));
        out.put_u32_le(short(from));
        out.put_u16_le(0);
        out.freeze()
    }
}

/// Flags, no compression, time and date.
fn put_common(out: &mut BytesMut, entry: &Entry) {
    out.put_u16_le(FLAGS);
    out.put_u16_le(0);
    let (date, time) = (entry.at.date_naive(), entry.at.time());
    let years = u16::try_from(date.year() - 1980).unwrap_or(0).min(127);
    let of = |number: u32| u16::try_from(number).unwrap_or(0);
    out.put_u16_le(of(time.hour()) << 11 | of(time.minute()) << 5 | of(time.second() / 2));
    out.put_u16_le(years << 9 | of(date.month()) << 5 | of(date.day()));
}

/// In four bytes; all ones say that it stands elsewhere.
fn short(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Names were made fit for disks, so that they are far shorter.
fn length_of(name: &str) -> u16 {
    u16::try_from(name.len()).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read, Seek, SeekFrom};

    use super::*;

    fn entry(name: &str, size: u64) -> Entry {
        Entry { name: name.into(), size, at: "2026-11-11T14:05:06Z".parse().unwrap() }
    }

    /// An archive in which long stretches of zeros take no room.
    #[derive(Default)]
    struct Sparse {
        /// Where each stretch begins, and what is in it beyond zeros.
        stretches: Vec<(u64, Bytes)>,
        length: u64,
        at: u64,
    }

    impl Sparse {
        fn put(&mut self, bytes: Bytes) {
            self.length += bytes.len() as u64;
            self.stretches.push((self.length - bytes.len() as u64, bytes));
        }

        fn put_zeros(&mut self, count: u64) {
            self.length += count;
        }
    }

    impl Read for Sparse {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let left = usize::try_from(self.length - self.at).unwrap_or(usize::MAX);
            let count = buffer.len().min(left);
            buffer[..count].fill(0);
            for (from, bytes) in &self.stretches {
                for (at, byte) in (*from..).zip(bytes) {
                    if at >= self.at && at < self.at + count as u64 {
                        buffer[usize::try_from(at - self.at).unwrap()] = *byte;
                    }
                }
            }
            self.at += count as u64;
            Ok(count)
        }
    }

    impl Seek for Sparse {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            let at = match to {
                SeekFrom::Start(at) => i64::try_from(at).unwrap(),
                SeekFrom::End(by) => i64::try_from(self.length).unwrap() + by,
                SeekFrom::Current(by) => i64::try_from(self.at).unwrap() + by,
            };
            self.at = u64::try_from(at).map_err(|_| io::ErrorKind::InvalidInput)?;
            Ok(self.at)
        }
    }

    /// The checksum of so many zeros, without reading them all.
    fn sum_of_zeros(count: u64) -> u32 {
        let mut sum = crc32fast::Hasher::new();
        let mut block = crc32fast::Hasher::new();
        block.update(&[0]);
        let mut left = count;
        while left > 0 {
            if left & 1 == 1 {
                sum.combine(&block);
            }
            let same = block.clone();
            block.combine(&same);
            left >>= 1;
        }
        sum.finalize()
    }

    fn written(entries: &[Entry]) -> Sparse {
        let (mut archive, mut directory) = (Sparse::default(), Directory::default());
        for entry in entries {
            archive.put(directory.head(entry));
            archive.put_zeros(entry.size);
            archive.put(directory.close(entry.clone(), sum_of_zeros(entry.size)));
        }
        archive.put(directory.end());
        archive
    }

    #[test]
    fn an_archive_over_four_gibibytes_is_read_by_others() {
        let entries = [
            entry("large.mov", 5 << 30),
            entry("R-7/Señor 日本.wav", 70_000),
            entry("exactly.mov", LARGE),
            entry("below.mov", LARGE - 1),
        ];
        let archive = written(&entries);
        assert_eq!(archive.length, length(&entries));
        let mut archive = ::zip::ZipArchive::new(archive).unwrap();
        for (at, entry) in entries.iter().enumerate() {
            let found = archive.by_index_raw(at).unwrap();
            assert_eq!((found.name(), found.size()), (entry.name.as_str(), entry.size));
            assert_eq!(found.crc32(), sum_of_zeros(entry.size));
            assert_eq!(found.compression(), ::zip::CompressionMethod::Stored);
        }
        // Read to its end, which compares the checksum.
        let count = io::copy(&mut archive.by_name("R-7/Señor 日本.wav").unwrap(), &mut io::sink());
        assert_eq!(count.unwrap(), 70_000);
    }

    #[test]
    fn more_files_than_two_bytes_can_count_are_read_by_others() {
        let entries: Vec<_> = (0..70_000).map(|it| entry(&format!("{it}.txt"), 0)).collect();
        let mut directory = Directory::default();
        let mut whole = BytesMut::new();
        for entry in &entries {
            whole.put(directory.head(entry));
            whole.put(directory.close(entry.clone(), 0));
        }
        whole.put(directory.end());
        assert_eq!(whole.len() as u64, length(&entries));
        let archive = ::zip::ZipArchive::new(io::Cursor::new(whole.freeze())).unwrap();
        assert_eq!(archive.len(), 70_000);
    }

    #[test]
    fn an_empty_archive_is_one() {
        let archive = ::zip::ZipArchive::new(written(&[])).unwrap();
        assert!(archive.is_empty());
    }
}
