//! What of a file can be told before it is sent: by its header, or, where it is text, by all of it.
//!
//! It goes the way of the measuring on the server, asks the same readers, and leaves out what takes a tool. The test
//! `preflight` of the crate `media` holds both ways against each other.

use domain::{
    inspection::{Container, Finding, Imf, Measurement, Sight, imf::TrackFile},
    request::Family,
};

use crate::{
    Bounds, Objection, Outgrown,
    container::{self, Extent, HEAD, Parts, Slices, Wanted},
    document, mxf, sliced_document,
    sniff::{self, Sniffed},
};

/// What can be seen of a file; `hint` decides only where its content leaves open what it is.
///
/// # Errors
///
/// When a slice is not at hand. The caller fetches it and asks again.
pub fn preview(parts: &mut Parts, bounds: &Bounds, hint: Family) -> Result<Sight, Wanted> {
    let seen = look(parts, bounds, hint)?;
    // A reader that ran out of slices took the file to be shorter than it is.
    if parts.is_cut() {
        return Ok(Sight::Dim(Measurement::default()));
    }
    Ok(match seen {
        // Nobody looks into project files, so there is nothing they have to be.
        Seen::Clear(it) if hint == Family::Project && it.announced.is_some() => plain(parts),
        Seen::Objected(Objection::Unreadable { .. }) if hint == Family::Project => plain(parts),
        Seen::Clear(mut it) => {
            it.file.size = parts.size();
            Sight::Clear(it)
        }
        Seen::Dim(it) => Sight::Dim(it),
        Seen::Objected(objection) => Sight::Hopeless(finding(&objection, bounds)),
    })
}

enum Seen {
    Clear(Measurement),
    Dim(Measurement),
    Objected(Objection),
}

fn look(file: &mut Parts, bounds: &Bounds, hint: Family) -> Result<Seen, Wanted> {
    let size = file.size();
    if size == 0 {
        return Ok(Seen::Clear(Measurement::default()));
    }
    let head = file.at(0, HEAD)?;
    Ok(match sniff::first_bytes(&head) {
        Sniffed::Essence => match mxf::extent(&head) {
            Some(extent) => material(file, extent, hint)?,
            None => essence(file)?,
        },
        Sniffed::Image(format) => Seen::Clear(container::still(file, format)?),
        Sniffed::Document(document) => of(sliced_document(file, document)?),
        Sniffed::Foreign(why) => Seen::Objected(Objection::Unreadable { why }),
        Sniffed::Text => {
            if size > bounds.text_bytes {
                return Ok(Seen::Objected(Objection::TooCostly(Outgrown::TextSize)));
            }
            let bytes = file.at(0, usize::try_from(size).unwrap_or(usize::MAX))?;
            of(document(&bytes, bounds, hint))
        }
    })
}

fn of(read: Result<Measurement, Objection>) -> Seen {
    match read {
        Ok(measurement) => Seen::Clear(measurement),
        Err(objection) => Seen::Objected(objection),
    }
}

/// Picture and sound.
fn essence(file: &mut Parts) -> Result<Seen, Wanted> {
    let announced = container::missing_end(file)?;
    if announced.is_some() {
        return Ok(Seen::Clear(Measurement { announced, ..Measurement::default() }));
    }
    Ok(match container::read(file)? {
        Some(header) if header.extent == Extent::Tracks && is_whole(&header.measurement) => {
            Seen::Clear(header.measurement)
        }
        Some(header) => Seen::Dim(header.measurement),
        None => Seen::Dim(Measurement::default()),
    })
}

/// Whether every track says how large or how fast it is; ffprobe may still find that out of what does not.
fn is_whole(file: &Measurement) -> bool {
    file.video.iter().all(|it| it.width > 0 && it.height > 0)
        && file.audio.iter().all(|it| it.sample_rate > 0 && it.channels > 0)
        && !(file.video.is_empty() && file.audio.is_empty())
}

/// An MXF file: a part of a package by its header, anything else only as far as it can be shown.
fn material(file: &mut Parts, extent: mxf::Extent, hint: Family) -> Result<Seen, Wanted> {
    let size = file.size();
    if let Some(footer) = extent.footer.filter(|it| *it >= size) {
        return Ok(match hint {
            Family::Package => Seen::Objected(mxf::cut_short(footer, size)),
            _ => Seen::Dim(Measurement::default()),
        });
    }
    let head = file.at(0, usize::try_from(extent.header).unwrap_or(usize::MAX))?;
    let most = usize::try_from(mxf::LARGEST_HEADER).unwrap_or(usize::MAX);
    let tail = match extent.footer.filter(|_| !extent.settled) {
        Some(footer) => Some(file.at(footer, most)?),
        None => None,
    };
    Ok(match (mxf::read(&head, tail.as_deref()), hint) {
        (Ok(track_file), Family::Package) => Seen::Clear(part(track_file)),
        (Err(objection), Family::Package) => Seen::Objected(objection),
        (Ok(track_file), _) => Seen::Dim(Measurement {
            container: Some(Container {
                format: "mxf".to_owned(),
                name: "MXF (Material eXchange Format)".to_owned(),
                ..Container::default()
            }),
            ..part(track_file)
        }),
        (Err(_), _) => Seen::Dim(Measurement::default()),
    })
}

fn part(track_file: TrackFile) -> Measurement {
    Measurement {
        imf: Some(Imf { track_files: vec![track_file], ..Imf::default() }),
        ..Measurement::default()
    }
}

fn plain(parts: &Parts) -> Sight {
    let mut plain = Measurement::default();
    plain.file.size = parts.size();
    Sight::Clear(plain)
}

/// What follows from it that a reader gave up.
fn finding(objection: &Objection, bounds: &Bounds) -> Finding {
    match objection {
        Objection::Unreadable { why } => Finding::unreadable(why),
        Objection::TooCostly(which) => {
            Finding::too_costly(&which.to_string(), &which.limit(bounds))
        }
    }
}
