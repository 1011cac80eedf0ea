//! The way of a file from its first bytes to its measurement.

use std::{io::SeekFrom, path::Path};

use domain::{
    inspection::{FileFacts, Measurement},
    request::Family,
};
use formats::{
    mxf,
    sniff::{self, Sniffed},
};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt},
};

use crate::{Exhausted, Failure, Limits, Tools, atoms, package, probe, tools};

/// Enough of a file to tell what it is.
const HEAD: u64 = 64 * 1024;

/// Reads what is in `file`, going by its content; `hint` decides only where the content leaves it open.
///
/// The digest is not computed here: whoever took the file in has computed it on the way.
pub async fn measure(file: &Path, limits: &Limits, hint: Family) -> Result<Measurement, Failure> {
    measure_with(&tools().await, file, limits, hint).await
}

/// The same with these `tools`.
pub async fn measure_with(
    tools: &Tools,
    path: &Path,
    limits: &Limits,
    hint: Family,
) -> Result<Measurement, Failure> {
    let mut file = File::open(path)
        .await
        .map_err(|error| Failure::machinery("the file cannot be opened", &error))?;
    let facts = file
        .metadata()
        .await
        .map_err(|error| Failure::machinery("the file cannot be looked at", &error))?;
    if !facts.is_file() {
        return Err(Failure::Machinery("what is to be measured is not a file".to_owned()));
    }
    let plain = Measurement {
        file: FileFacts { size: facts.len(), sha256: None },
        ..Measurement::default()
    };
    if plain.file.size == 0 {
        return Ok(plain);
    }
    let head = start_of(&mut file, HEAD).await?;
    let extent = if hint == Family::Package { mxf::extent(&head) } else { None };
    let measured = match sniff::first_bytes(&head, plain.file.size) {
        Sniffed::Essence if let Some(extent) = extent => {
            let read = package::track_file(tools, path, &mut file, extent, limits).await;
            read.map(|it| Measurement { file: plain.file.clone(), ..it })
        }
        Sniffed::Essence => match atoms::check(&mut file, &head, plain.file.size).await {
            Ok(()) => {
                let read = probe::essence(tools, path, limits).await;
                read.map(|it| Measurement { file: plain.file.clone(), ..it })
            }
            Err(cut) => Err(cut),
        },
        Sniffed::Image(format) => {
            let read = probe::image(tools, path, limits, format).await;
            read.map(|it| Measurement { file: plain.file.clone(), ..it })
        }
        Sniffed::Document(document) => {
            Ok(Measurement { document: Some(document), ..plain.clone() })
        }
        Sniffed::Foreign(why) => Err(Failure::Unreadable { why }),
        Sniffed::Text => text_document(&mut file, plain.clone(), limits, hint).await,
    };
    match measured {
        // Nobody looks into project files, so there is nothing they have to be.
        Err(Failure::Unreadable { .. }) if hint == Family::Project => Ok(plain),
        other => other,
    }
}

async fn start_of(file: &mut File, most: u64) -> Result<Vec<u8>, Failure> {
    let mut start = Vec::new();
    let read = file.take(most).read_to_end(&mut start).await;
    read.map_err(|error| Failure::machinery("the file cannot be read", &error))?;
    Ok(start)
}

async fn text_document(
    file: &mut File,
    plain: Measurement,
    limits: &Limits,
    hint: Family,
) -> Result<Measurement, Failure> {
    if plain.file.size > limits.documents.text_bytes {
        return Err(Failure::too_costly(Exhausted::TextSize));
    }
    let rewound = file.seek(SeekFrom::Start(0)).await;
    rewound.map_err(|error| Failure::machinery("the file cannot be read", &error))?;
    let bytes = start_of(file, limits.documents.text_bytes).await?;
    let bounds = limits.documents;
    // A large document takes a second or two, too long for a thread that others are waiting for.
    let reading = tokio::task::spawn_blocking(move || formats::document(&bytes, &bounds, hint));
    let read = reading.await.map_err(|error| Failure::machinery("a reader broke off", &error))?;
    Ok(Measurement { file: plain.file, ..read? })
}
