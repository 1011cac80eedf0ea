//! Track files of an IMF package: their MXF headers, and what ffprobe makes of them.

use std::{io::SeekFrom, path::Path};

use domain::inspection::{Imf, Measurement, Tool, imf::TrackFile};
use formats::mxf::{self, Extent};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt},
};

use crate::{Failure, Limits, Tools, probe};

/// What the header of a track file says, and what ffprobe finds in its essence. ffprobe does not know every kind (text,
/// ACES); what it cannot read may be in order.
pub(crate) async fn track_file(
    tools: &Tools,
    path: &Path,
    file: &mut File,
    extent: Extent,
    limits: &Limits,
) -> Result<Measurement, Failure> {
    let track_file = header(file, extent).await?;
    let mut found = match probe::essence(tools, path, limits).await {
        Ok(found) => found,
        Err(Failure::Unreadable { .. }) => Measurement::default(),
        Err(other) => return Err(other),
    };
    found.tools.push(Tool {
        name: "Reelgate MXF reader".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    });
    found.imf = Some(Imf { track_files: vec![track_file], ..Imf::default() });
    Ok(found)
}

/// The header, or the footer where the header was never finished.
async fn header(file: &mut File, extent: Extent) -> Result<TrackFile, Failure> {
    let facts = file.metadata().await;
    let size = facts.map_err(|it| Failure::machinery("the file cannot be looked at", &it))?.len();
    if let Some(footer) = extent.footer.filter(|it| *it >= size) {
        return Err(mxf::cut_short(footer, size).into());
    }
    let head = part(file, 0, extent.header).await?;
    let tail = match extent.footer.filter(|_| !extent.settled) {
        Some(footer) => Some(part(file, footer, mxf::LARGEST_HEADER).await?),
        None => None,
    };
    Ok(mxf::read(&head, tail.as_deref())?)
}

async fn part(file: &mut File, from: u64, most: u64) -> Result<Vec<u8>, Failure> {
    let broken = |error: std::io::Error| Failure::machinery("the file cannot be read", &error);
    file.seek(SeekFrom::Start(from)).await.map_err(broken)?;
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes).await.map_err(broken)?;
    Ok(bytes)
}
