//! Track files of an IMF package: their MXF headers, and what ffprobe makes of them.

use std::{io::SeekFrom, path::Path};

use domain::inspection::{Imf, Measurement, Tool, TrackFile};
use formats::mxf::{self, Extent};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt},
};

use crate::{Failure, Limits, Tools, probe};

/// What the header says, or the footer where the header was never finished.
pub(crate) async fn track_file(
    file: &mut File,
    size: u64,
    extent: Extent,
) -> Result<TrackFile, Failure> {
    if let Some(footer) = extent.footer.filter(|it| *it >= size) {
        return Err(Failure::unreadable(format!(
            "it is cut short: its header announces a footer behind {footer} bytes, {size} are there."
        )));
    }
    let head = part(file, 0, extent.header).await?;
    let tail = match extent.footer.filter(|_| !extent.settled) {
        Some(footer) => Some(part(file, footer, mxf::LARGEST_HEADER).await?),
        None => None,
    };
    Ok(mxf::read(&head, tail.as_deref())?)
}

/// The same with what ffprobe finds in the essence, which it does not know of every kind: text, ACES.
pub(crate) async fn essence(
    tools: &Tools,
    path: &Path,
    limits: &Limits,
    track_file: TrackFile,
) -> Result<Measurement, Failure> {
    let imf = Some(Imf { track_files: vec![track_file], ..Imf::default() });
    let reader = Tool {
        name: "Reelgate MXF reader".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    match probe::essence(tools, path, limits).await {
        Ok(mut found) => {
            found.tools.push(reader);
            Ok(Measurement { imf, ..found })
        }
        Err(Failure::Unreadable { .. }) => {
            Ok(Measurement { imf, tools: vec![reader], ..Measurement::default() })
        }
        Err(other) => Err(other),
    }
}

async fn part(file: &mut File, from: u64, most: u64) -> Result<Vec<u8>, Failure> {
    let broken = |error: std::io::Error| Failure::machinery("the file cannot be read", &error);
    file.seek(SeekFrom::Start(from)).await.map_err(broken)?;
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes).await.map_err(broken)?;
    Ok(bytes)
}
