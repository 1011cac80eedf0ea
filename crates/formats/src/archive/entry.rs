//! One row of the list of contents, and where that list stands.

use crate::container::{Slices, Wanted, fields::Little};

/// Where the list of contents stands, and what it holds by its own account.
pub(super) struct Place {
    pub from: u64,
    pub length: u64,
    pub files: u64,
}

impl Place {
    /// Reads the end of the list in the last bytes of the file, which begin at `from`.
    pub fn in_tail(tail: &[u8], from: u64, file: &mut impl Slices) -> Result<Option<Self>, Wanted> {
        let Some(at) = tail.windows(4).rposition(|it| it == b"PK\x05\x06") else { return Ok(None) };
        let end = tail.get(at..).unwrap_or_default();
        let (Some(files), Some(length), Some(place)) = (end.le16(10), end.le32(12), end.le32(16))
        else {
            return Ok(None);
        };
        let short = Self { from: place.into(), length: length.into(), files: files.into() };
        if files != u16::MAX && length != u32::MAX && place != u32::MAX {
            return Ok(Some(short.in_front_of(from.saturating_add(at as u64), file)?));
        }
        // Larger numbers stand in another record, which a third one points to.
        let pointer = at.checked_sub(20).and_then(|it| tail.get(it..)).unwrap_or_default();
        let Some(record) = pointer.le64(8).filter(|_| pointer.starts_with(b"PK\x06\x07")) else {
            return Ok(Some(short));
        };
        let large = file.at(record, 56)?;
        let numbers = large.le64(32).zip(large.le64(40)).zip(large.le64(48));
        Ok(numbers
            .filter(|_| large.starts_with(b"PK\x06\x06"))
            .map(|((files, length), from)| Self { from, length, files }))
    }

    /// Where something was put in front of the archive, its places are too low: the list ends where its end begins.
    fn in_front_of(self, end: u64, file: &mut impl Slices) -> Result<Self, Wanted> {
        let moved = end.saturating_sub(self.length);
        if moved == self.from || file.at(self.from, 4)? == b"PK\x01\x02" {
            return Ok(self);
        }
        Ok(Self { from: moved, ..self })
    }
}

/// How an entry is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Stored,
    Deflated,
}

/// One row of the list.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    name: &'a [u8],
    pub packed: u64,
    pub unpacked: u64,
    pub offset: u64,
    method: u16,
    locked: bool,
    /// Type and rights, where a system of the family of Unix wrote the archive.
    mode: Option<u32>,
}

impl<'a> Entry<'a> {
    /// The first row of `list`, and what follows it.
    pub fn first(list: &'a [u8]) -> Option<(Self, &'a [u8])> {
        if !list.starts_with(b"PK\x01\x02") {
            return None;
        }
        let length = |at| list.le16(at).map(usize::from);
        let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
        let fields = list.get(46 + name..46 + name + extra)?;
        let system = *list.get(5)?;
        let mut entry = Self {
            name: list.get(46..46 + name)?,
            packed: list.le32(20)?.into(),
            unpacked: list.le32(24)?.into(),
            offset: list.le32(42)?.into(),
            method: list.le16(10)?,
            locked: list.le16(8)? & 1 == 1,
            mode: matches!(system, 3 | 19).then_some(list.le32(38)? >> 16),
        };
        entry.enlarge(fields);
        Some((entry, list.get(46 + name + extra + comment..)?))
    }

    /// Numbers that do not fit stand in a field of their own, in this order.
    fn enlarge(&mut self, mut fields: &[u8]) {
        while let (Some(kind), Some(length)) = (fields.le16(0), fields.le16(2)) {
            let body = fields.get(4..4 + usize::from(length)).unwrap_or_default();
            if kind == 1 {
                let mut large = body.as_chunks::<8>().0.iter().map(|it| u64::from_le_bytes(*it));
                for number in [&mut self.unpacked, &mut self.packed, &mut self.offset] {
                    if *number == u64::from(u32::MAX) {
                        *number = large.next().unwrap_or(*number);
                    }
                }
            }
            fields = fields.get(4 + usize::from(length)..).unwrap_or_default();
        }
    }

    /// Its name, fit to be shown.
    pub fn shown(&self) -> String {
        let name = String::from_utf8_lossy(self.name);
        name.chars().filter(|it| !it.is_control()).take(200).collect()
    }

    pub fn is_folder(&self) -> bool {
        self.name.ends_with(b"/")
    }

    /// Links, devices, pipes and sockets: everything that is neither a file nor a folder.
    pub fn stands_for_another(&self) -> bool {
        self.mode.is_some_and(|it| !matches!(it & 0o170_000, 0 | 0o100_000 | 0o040_000))
    }

    /// Whether its path leads out of the folder into which the archive is unpacked, on any system.
    pub fn escapes(&self) -> bool {
        let parts = |it: &u8| matches!(it, b'/' | b'\\');
        let absolute = self.name.first().is_some_and(parts);
        let drive = self.name.get(1) == Some(&b':');
        absolute || drive || self.name.contains(&0) || self.name.split(parts).any(|it| it == b"..")
    }

    /// Nothing where it needs a password, or is packed in a way that is not read here.
    pub fn method(&self) -> Option<Method> {
        match self.method {
            0 if !self.locked => Some(Method::Stored),
            8 if !self.locked => Some(Method::Deflated),
            _ => None,
        }
    }
}

/// How many bytes stand before the content of an entry.
pub(super) fn local_header(local: &[u8]) -> Option<u64> {
    if !local.starts_with(b"PK\x03\x04") {
        return None;
    }
    Some(30 + u64::from(local.le16(26)?) + u64::from(local.le16(28)?))
}
