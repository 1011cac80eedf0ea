//! ZIP archives (APPNOTE 6.3): the list of contents at the end, and the headers of the still pictures that it names.
//! Nothing is unpacked but the first 64 KiB of a picture.

mod entry;

use domain::inspection::{Archive, Archived, Defect, DefectKind, Image, ImageFormat, Measurement};
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

use crate::{
    container::{self, HEAD, Slices, Wanted, Whole},
    sniff,
};
use entry::{Entry, Method, Place};

/// The end of the list may be followed by a comment of so many bytes.
const TAIL: usize = 22 + 0xffff + 20;

/// Bytes of the list that are read; an entry takes about a hundred.
const LIST: u64 = 16 << 20;

/// Names that systems put into archives by themselves.
const UNASKED: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// So many names of other files are kept.
const NAMES: usize = 20;

/// What the archive says it holds; nothing where its list of contents cannot be found.
///
/// # Errors
///
/// When a slice is not at hand.
pub(crate) fn read(file: &mut impl Slices) -> Result<Option<Measurement>, Wanted> {
    let size = file.size();
    let from = size.saturating_sub(TAIL as u64);
    let tail = file.at(from, TAIL)?;
    let Some(place) = Place::in_tail(&tail, from, file)? else { return Ok(None) };
    let length = place.length.min(LIST).min(size.saturating_sub(place.from));
    let list = file.at(place.from, usize::try_from(length).unwrap_or_default())?;
    let mut seen = Seen::default();
    let mut rest = list.as_slice();
    while let Some((entry, after)) = Entry::first(rest) {
        seen.entry(&entry, file)?;
        rest = after;
    }
    // Of an archive with a longer list than is read, at least its own count is known.
    seen.archive.files = seen.archive.files.max(place.files.saturating_sub(seen.folders));
    let Seen { archive, defects, .. } = seen;
    Ok(Some(Measurement { archive: Some(archive), defects, ..Measurement::default() }))
}

#[derive(Default)]
struct Seen {
    archive: Archive,
    defects: Vec<Defect>,
    folders: u64,
    /// Files that were looked into.
    looked: usize,
}

impl Seen {
    fn entry(&mut self, entry: &Entry<'_>, file: &mut impl Slices) -> Result<(), Wanted> {
        let name = entry.shown();
        if entry.stands_for_another() {
            let what = "An entry of the archive is a link or a device instead of a file.";
            Defect::new(DefectKind::Link, what).at(name.as_str()).note(&mut self.defects);
        }
        if entry.escapes() {
            let what = "The path of an entry leads out of the folder of the archive.";
            Defect::new(DefectKind::Escape, what).at(name.as_str()).note(&mut self.defects);
        }
        let Archive { files, packed, unpacked, .. } = &mut self.archive;
        *packed = packed.saturating_add(entry.packed);
        *unpacked = unpacked.saturating_add(entry.unpacked);
        if entry.is_folder() {
            self.folders += 1;
            return Ok(());
        }
        *files += 1;
        let last = name.rsplit('/').next().unwrap_or_default();
        if name.starts_with("__MACOSX/") || UNASKED.contains(&last) {
            return Ok(());
        }
        self.picture(entry, name, file)
    }

    /// Looks whether the entry is a still picture, and which.
    fn picture(
        &mut self,
        entry: &Entry<'_>,
        name: String,
        file: &mut impl Slices,
    ) -> Result<(), Wanted> {
        self.looked += 1;
        if self.looked > Archive::KEPT {
            return Ok(());
        }
        let Some(start) = start_of(entry, file)? else {
            let what =
                "An entry of the archive is locked with a password, or packed in an unusual way.";
            Defect::new(DefectKind::Image, what).at(name).note(&mut self.defects);
            return Ok(());
        };
        let Some(format) = sniff::picture(&start) else {
            if self.archive.others.len() < NAMES {
                self.archive.others.push(name);
            }
            return Ok(());
        };
        self.archive.picture_count += 1;
        match header(&start, format) {
            Some(image) => self.archive.pictures.push(Archived { name, image }),
            None if entry.unpacked <= start.len() as u64 => {
                let what = "A picture of the archive has no header that makes sense.";
                Defect::new(DefectKind::Image, what).at(name).note(&mut self.defects);
            }
            // The header lies behind what was unpacked.
            None => {}
        }
        Ok(())
    }
}

fn header(start: &[u8], format: ImageFormat) -> Option<Image> {
    // The whole of it is at hand, so nothing more is wanted.
    container::still_header(&mut Whole(start), format).ok().flatten()
}

/// The first bytes of an entry, unpacked; nothing where that needs a password or another method.
fn start_of(entry: &Entry<'_>, file: &mut impl Slices) -> Result<Option<Vec<u8>>, Wanted> {
    let Some(method) = entry.method() else { return Ok(None) };
    let local = file.at(entry.offset, 30)?;
    let Some(skipped) = entry::local_header(&local) else { return Ok(None) };
    let length = usize::try_from(entry.packed).unwrap_or(HEAD).min(HEAD);
    let packed = file.at(entry.offset.saturating_add(skipped), length)?;
    Ok(Some(match method {
        Method::Stored => packed,
        Method::Deflated => inflated(&packed),
    }))
}

/// As much as there is in `packed`, and at most 64 KiB.
fn inflated(packed: &[u8]) -> Vec<u8> {
    let mut unpacked = vec![0; HEAD];
    let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let mut state = Box::<DecompressorOxide>::default();
    // How it ended does not matter: what came out before is the beginning of the file.
    let (_, _, written) = decompress(&mut state, packed, &mut unpacked, 0, flags);
    unpacked.truncate(written);
    unpacked
}

#[cfg(test)]
mod tests;
