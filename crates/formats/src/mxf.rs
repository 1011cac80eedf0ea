//! The headers of MXF files: what a track file is, how long, in which rate, with which channels. SMPTE ST 377-1.
//!
//! Only the header partition is read, and the footer partition where the header was never finished. Essence is not
//! looked at.

mod item;
mod klv;
mod metadata;
mod partition;

use domain::inspection::imf::TrackFile;

use crate::Objection;
use metadata::Metadata;
use partition::Partition;

/// Where the parts of a file are that have to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// So many bytes from the beginning hold the header.
    pub header: u64,
    /// Where the footer begins, where the header says.
    pub footer: Option<u64>,
    /// Whether the header says all that there is to say, so that the footer need not be read.
    pub settled: bool,
}

/// No header is larger: 4 MiB. Those of features have some dozen kB; a few writers reserve 1 MiB.
pub const LARGEST_HEADER: u64 = 4 << 20;

/// What has to be read, by the first 64 KiB of a file; nothing if this is no MXF file.
pub fn extent(head: &[u8]) -> Option<Extent> {
    let (run_in, partition) = partition::first(head)?;
    let header = (partition.end as u64).saturating_add(partition.header_bytes);
    let footer = (partition.footer != 0).then(|| partition.footer.saturating_add(run_in as u64));
    let settled = partition.closed && partition.complete;
    Some(Extent { header: header.min(LARGEST_HEADER), footer, settled })
}

/// That a file of `size` bytes ends before its footer, by its own account.
pub fn cut_short(footer: u64, size: u64) -> Objection {
    let why = format!(
        "it is cut short: its header announces a footer behind {footer} bytes, {size} are there."
    );
    Objection::Unreadable { why }
}

/// What the header says: that of `head`, the beginning of a file, or that of `tail`, which begins with its footer,
/// where the header was never finished.
///
/// # Errors
///
/// When there is no header, or it does not say what is in the file.
pub fn read(head: &[u8], tail: Option<&[u8]>) -> Result<TrackFile, Objection> {
    let unreadable = |why: &str| Objection::Unreadable { why: why.to_owned() };
    let Some((_, header)) = partition::first(head) else {
        return Err(unreadable("it has no MXF header."));
    };
    let footer = tail.and_then(|it| Some((it, partition::at(it, 0)?)));
    let later = footer.filter(|(_, it)| it.header_bytes > 0 && !(header.closed && header.complete));
    let of = |bytes: &[u8], partition: &Partition| {
        Metadata::read(bytes.get(partition.end..).unwrap_or_default()).track_file()
    };
    later
        .and_then(|(bytes, partition)| of(bytes, &partition))
        .or_else(|| of(head, &header))
        .ok_or_else(|| unreadable("its MXF header does not say what is in the file."))
}
