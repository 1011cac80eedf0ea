//! The files of a package, read one by one and put together.

use domain::inspection::{
    Imf,
    imf::{ContentDigest, Part},
};

use super::List;
use crate::{Bounds, Objection, mxf, sniff, text};

/// A file of a package.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// Its name, with folders where they are known.
    pub name: &'a str,
    /// Bytes.
    pub size: u64,
    /// The digests that were computed.
    pub digests: &'a [ContentDigest],
    /// What of it is there to be read.
    pub content: Content<'a>,
}

/// What of a file is there to be read.
#[derive(Clone, Copy, Debug)]
pub enum Content<'a> {
    /// All of it: lists.
    Whole(&'a [u8]),
    /// The beginning, and the end where it was needed: track files.
    Ends(&'a [u8], Option<&'a [u8]>),
    /// Nothing.
    Unread,
}

/// A package that grows file by file.
#[derive(Debug, Default)]
pub struct Package {
    parts: Vec<Kept>,
}

#[derive(Debug)]
struct Kept {
    name: String,
    size: u64,
    digests: Vec<ContentDigest>,
    read: Option<Imf>,
}

impl Kept {
    fn part(&self) -> Part<'_> {
        let Self { name, size, digests, read } = self;
        Part { name, size: *size, digests, read: read.as_ref() }
    }
}

impl Package {
    /// Adds a file.
    ///
    /// # Errors
    ///
    /// When it cannot be read; it then counts as one that is there, with unknown content.
    pub fn add(&mut self, file: &File<'_>, bounds: &Bounds) -> Result<(), Objection> {
        let read = match file.content {
            Content::Unread => Ok(None),
            Content::Whole(bytes) => whole(bytes, bounds).map(Some),
            Content::Ends(head, tail) => mxf::read(head, tail)
                .map(|it| Some(Imf { track_files: vec![it], ..Imf::default() })),
        };
        let (read, result) = match read {
            Ok(read) => (read, Ok(())),
            Err(objection) => (None, Err(objection)),
        };
        let (name, digests) = (file.name.to_owned(), file.digests.to_vec());
        self.parts.push(Kept { name, size: file.size, digests, read });
        result
    }

    /// The package that the files are together.
    pub fn facts(&self) -> Imf {
        Imf::package(self.parts.iter().map(Kept::part))
    }
}

/// A list, or a blank where it is another document.
fn whole(bytes: &[u8], bounds: &Bounds) -> Result<Imf, Objection> {
    let decoded = text::decode(bytes);
    match sniff::root_name(decoded.text.trim_start()).and_then(List::of) {
        Some(kind) => super::list(&decoded, kind, bounds),
        None => Ok(Imf::default()),
    }
}
