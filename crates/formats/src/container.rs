//! Headers of containers, read from slices of a file: the same code looks at a file in the browser before it is sent and
//! on the server after it has arrived.
//!
//! A reader asks for the slices it needs through [`Slices`]; the largest part of a file, its pictures and sound, is never
//! asked for. What it answers are the types that ffprobe's answer is turned into as well, so both sides can be held
//! against the same rules. A field that the header does not say stays open.

mod codec;
mod dolby;
pub(crate) mod fields;
mod jpeg;
mod layout;
mod png;
mod quicktime;
mod slices;
mod stream;
mod wave;

use domain::inspection::{Container, FileFacts, Image, ImageFormat, Measurement, Runtime, Tool};
use domain::timecode::Fraction;

pub use slices::{Parts, Slices, Wanted, Whole};

/// Enough of a file to tell what it is, and all of most headers.
pub const HEAD: usize = 64 * 1024;

/// What the header of a file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// What it says, in the words of the measuring on the server.
    pub measurement: Measurement,
    /// How much of the file it tells.
    pub extent: Extent,
}

/// How much of a file its header tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Every track, or the whole of a picture: what there is can be held against the rules.
    Tracks,
    /// Which format it is and no more: the absence of tracks means nothing.
    Format,
}

/// Reads the header; nothing where no reader knows the format, or where the header leaves open what matters.
///
/// # Errors
///
/// When a slice is not at hand. The caller fetches it and asks again.
pub fn read(file: &mut impl Slices) -> Result<Option<Header>, Wanted> {
    let head = file.at(0, HEAD)?;
    let header = if quicktime::begins(&head) {
        quicktime::read(file)?
    } else if wave::begins(&head) {
        wave::read(file)?.map(tracks)
    } else if dolby::begins(&head) {
        dolby::read(&head, file.size()).map(tracks)
    } else if head.starts_with(png::SIGNATURE) {
        Some(tracks(png::read(file)?))
    } else if head.starts_with(jpeg::START) {
        Some(tracks(jpeg::read(file)?))
    } else {
        stream::recognized(&head).map(format_only)
    };
    Ok(header.map(|it| signed(it, file.size())))
}

/// The facts of a still picture of this `format`.
///
/// # Errors
///
/// When a slice is not at hand.
pub fn still(file: &mut impl Slices, format: ImageFormat) -> Result<Measurement, Wanted> {
    match format {
        ImageFormat::Png => png::read(file),
        ImageFormat::Jpeg => jpeg::read(file),
        ImageFormat::Gif
        | ImageFormat::Tiff
        | ImageFormat::WebP
        | ImageFormat::Bmp
        | ImageFormat::Photoshop => {
            Ok(Measurement { image: Some(Image::foreign(format)), ..Measurement::default() })
        }
    }
}

/// What the header of a still picture says, whatever becomes of the rest.
///
/// # Errors
///
/// When a slice is not at hand.
pub(crate) fn still_header(
    file: &mut impl Slices,
    format: ImageFormat,
) -> Result<Option<Image>, Wanted> {
    match format {
        ImageFormat::Png => Ok(png::image(&file.at(8, 25)?)),
        ImageFormat::Jpeg => jpeg::header(file),
        ImageFormat::Gif
        | ImageFormat::Tiff
        | ImageFormat::WebP
        | ImageFormat::Bmp
        | ImageFormat::Photoshop => Ok(Some(Image::foreign(format))),
    }
}

/// How long the file would have to be by its own account, where it is shorter than that.
///
/// # Errors
///
/// When a slice is not at hand.
pub fn missing_end(file: &mut impl Slices) -> Result<Option<u64>, Wanted> {
    let head = file.at(0, HEAD)?;
    if quicktime::begins(&head) {
        return Ok(quicktime::walk(file)?.announced);
    }
    if wave::begins(&head) {
        return Ok(wave::read(file)?.and_then(|it| it.announced));
    }
    Ok(None)
}

fn tracks(measurement: Measurement) -> Header {
    Header { measurement, extent: Extent::Tracks }
}

fn format_only(container: Container) -> Header {
    let measurement = Measurement { container: Some(container), ..Measurement::default() };
    Header { measurement, extent: Extent::Format }
}

fn signed(header: Header, size: u64) -> Header {
    let reader = Tool {
        name: "Reelgate header reader".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let file = FileFacts { size, sha256: None };
    Header {
        measurement: Measurement { file, tools: vec![reader], ..header.measurement },
        ..header
    }
}

/// A count of units, of which `per_second` make a second.
fn length(count: u64, per_second: u64) -> Option<Runtime> {
    let seconds = Fraction::new(i64::try_from(count).ok()?, i64::try_from(per_second).ok()?)?;
    Some(Runtime::from_seconds(seconds))
}

/// Bits per second of a file of `size` bytes.
fn bit_rate(size: u64, duration: Option<Runtime>) -> Option<u64> {
    let micros = u128::try_from(duration?.micros()).ok().filter(|it| *it > 0)?;
    u64::try_from(u128::from(size) * 8_000_000 / micros).ok()
}
