//! The way of a file from its first bytes to its measurement.

use std::{io::SeekFrom, path::Path};

use domain::{
    inspection::{Defect, DefectKind, FileFacts, Image, ImageFormat, Measurement},
    request::Family,
};
use formats::{
    container, mxf,
    sniff::{self, Sniffed},
};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt},
};

use crate::{
    Exhausted, Failure, Limits, Tools, package, probe,
    slices::{self, OnDisk},
    tools,
};

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
    let measured = match sniff::first_bytes(&head) {
        Sniffed::Essence if let Some(extent) = extent => {
            package::track_file(tools, path, &mut file, extent, limits).await
        }
        Sniffed::Essence => essence(tools, path, limits).await,
        Sniffed::Image(format) => image(tools, path, limits, format).await,
        Sniffed::Document(document) => {
            let asked = move |file: &mut OnDisk| formats::sliced_document(file, document);
            slices::ask(path, asked).await?.map_err(Failure::from)
        }
        Sniffed::Foreign(why) => Err(Failure::Unreadable { why }),
        Sniffed::Text => text_document(&mut file, plain.file.size, limits, hint).await,
    };
    let unseen = hint == Family::Project;
    match measured {
        // Nobody looks into project files, so there is nothing they have to be.
        Err(Failure::Unreadable { .. }) if unseen => Ok(plain),
        Ok(it) if unseen && it.announced.is_some() => Ok(plain),
        Ok(it) => Ok(Measurement { file: plain.file, ..it }),
        Err(failure) => Err(failure),
    }
}

/// Picture and sound; what is cut short is not worth opening.
async fn essence(tools: &Tools, path: &Path, limits: &Limits) -> Result<Measurement, Failure> {
    let announced = slices::ask(path, container::missing_end).await?;
    if announced.is_some() {
        return Ok(Measurement { announced, ..Measurement::default() });
    }
    probe::essence(tools, path, limits).await
}

/// A still picture by its header; ffprobe is asked whether it holds what the header says, unless that would be too
/// much for anybody's memory.
async fn image(
    tools: &Tools,
    path: &Path,
    limits: &Limits,
    format: ImageFormat,
) -> Result<Measurement, Failure> {
    let read = slices::ask(path, move |file| container::still(file, format)).await?;
    let small =
        read.image.as_ref().is_some_and(|it| (1..=Image::MOST_PIXELS).contains(&it.pixels()));
    if !small {
        return Ok(read);
    }
    match probe::image(tools, path, limits).await {
        Ok(tool) => Ok(Measurement { tools: vec![tool], ..read }),
        Err(Failure::Unreadable { why }) => {
            let defects = vec![Defect::new(DefectKind::Image, why)];
            Ok(Measurement { defects, ..Measurement::default() })
        }
        Err(failure) => Err(failure),
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
    size: u64,
    limits: &Limits,
    hint: Family,
) -> Result<Measurement, Failure> {
    if size > limits.documents.text_bytes {
        return Err(Failure::too_costly(Exhausted::TextSize));
    }
    let rewound = file.seek(SeekFrom::Start(0)).await;
    rewound.map_err(|error| Failure::machinery("the file cannot be read", &error))?;
    let bytes = start_of(file, limits.documents.text_bytes).await?;
    let bounds = limits.documents;
    // A large document takes a second or two, too long for a thread that others are waiting for.
    let reading = tokio::task::spawn_blocking(move || formats::document(&bytes, &bounds, hint));
    let read = reading.await.map_err(|error| Failure::machinery("a reader broke off", &error))?;
    Ok(read?)
}
