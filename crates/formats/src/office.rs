//! Office documents in the older, binary wrapper: whether they are locked (MS-OFFCRYPTO, MS-CFB).

use domain::inspection::{Defect, DefectKind, Measurement};

use crate::container::{HEAD, Slices, Wanted, fields::Little};

/// How the binary wrapper begins.
pub(crate) const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The stream that holds a locked document.
const LOCKED: &str = "EncryptedPackage";

/// Bytes of an entry of the directory, with its name at the beginning.
const ENTRY: usize = 128;

/// A document with a lock is the whole content of a wrapper, so its name stands among the first entries.
///
/// # Errors
///
/// When a slice is not at hand.
pub(crate) fn read(file: &mut impl Slices) -> Result<Measurement, Wanted> {
    let header = file.at(0, 76)?;
    // Sectors are counted behind the first one, which is the header.
    let (Some(shift), Some(sector)) = (header.le16(30).filter(|it| *it <= 16), header.le32(48))
    else {
        return Ok(Measurement::default());
    };
    let from = (u64::from(sector) + 1) << shift;
    let directory = file.at(from, HEAD.min(1 << shift))?;
    let name: Vec<u8> = LOCKED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let locked = directory.chunks(ENTRY).any(|it| it.starts_with(&name));
    let defect = Defect::new(DefectKind::Encrypted, "The document is locked with a password.");
    Ok(Measurement {
        defects: locked.then_some(defect).into_iter().collect(),
        ..Measurement::default()
    })
}
