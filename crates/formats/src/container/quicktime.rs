//! QuickTime and MP4 (ISO/IEC 14496-12): the table of contents, wherever in the file it stands.

mod atom;
mod sample;
mod timing;
mod track;

use domain::inspection::{Container, Measurement};

use super::{Extent, Header, Slices, Wanted, bit_rate, fields::Big, length};
use atom::{Atom, in_range};
use track::Track;

/// More parts than even a long fragmented file has; after them the walk gives up without an objection.
const MOST: usize = 20_000;

/// Tracks that are looked at.
const TRACKS: usize = 64;

/// The parts that such files begin with.
const FIRST: [&[u8]; 7] = [b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"];

/// Whether a file that begins like this is QuickTime or MP4.
pub(super) fn begins(head: &[u8]) -> bool {
    head.get(4..8).is_some_and(|kind| FIRST.contains(&kind))
}

/// The outermost parts.
#[derive(Debug, Default)]
pub(super) struct Walk {
    contents: Option<Atom>,
    /// Where the last part ends, when that is beyond the end of the file.
    pub announced: Option<u64>,
}

/// Goes through the outermost parts to the end of the file.
pub(super) fn walk(file: &mut impl Slices) -> Result<Walk, Wanted> {
    let (mut place, mut walk) = (0, Walk::default());
    for _ in 0..MOST {
        // A header that is cut in two, or stray bytes at the end, are for others to object to.
        let Some(part) = Atom::at(file, place)? else { break };
        if part.end > file.size() {
            walk.announced = Some(part.end);
            break;
        }
        place = part.end;
        if &part.kind == b"moov" && walk.contents.is_none() {
            walk.contents = Some(part);
        }
    }
    Ok(walk)
}

/// What the table of contents says; nothing where there is none.
pub(super) fn read(file: &mut impl Slices) -> Result<Option<Header>, Wanted> {
    let walk = walk(file)?;
    let Some(contents) = walk.contents else {
        // Where the end is missing, the table of contents is too.
        return Ok(walk.announced.map(|announced| Header {
            measurement: Measurement { announced: Some(announced), ..Measurement::default() },
            extent: Extent::Format,
        }));
    };
    let parts = in_range(file, contents.body, contents.end)?;
    let movie = match parts.iter().find(|it| &it.kind == b"mvhd") {
        Some(it) => it.bytes(file, 64)?,
        None => Vec::new(),
    };
    let Some(clock) = Clock::of(&movie) else { return Ok(None) };
    let mut tracks = Vec::new();
    for part in parts.iter().filter(|it| &it.kind == b"trak").take(TRACKS) {
        tracks.extend(Track::read(file, *part, clock.per_second)?);
    }
    // The lengths of a fragmented file stand in its fragments.
    let fragmented = parts.iter().any(|it| &it.kind == b"mvex");
    let size = file.size();
    let measurement = gathered(&tracks, clock, size, fragmented);
    Ok(Some(Header {
        measurement: Measurement { announced: walk.announced, ..measurement },
        extent: Extent::Tracks,
    }))
}

/// How the movie counts time.
#[derive(Clone, Copy, Debug)]
struct Clock {
    per_second: u64,
    duration: u64,
}

impl Clock {
    fn of(header: &[u8]) -> Option<Self> {
        let (per_second, duration) = match header.first()? {
            0 => (header.be32(12)?, header.be32(16)?.into()),
            1 => (header.be32(20)?, header.be64(24)?),
            _ => return None,
        };
        (per_second > 0).then_some(Self { per_second: per_second.into(), duration })
    }
}

fn gathered(tracks: &[Track], clock: Clock, size: u64, fragmented: bool) -> Measurement {
    let labels = |it: &Track| {
        let named = tracks.iter().find(|other| it.timecode == Some(other.number))?;
        named.first_label.clone()
    };
    let video: Vec<_> = tracks
        .iter()
        .filter_map(|it| {
            let mut picture = it.video.clone()?;
            picture.start_timecode = labels(it);
            Some(picture)
        })
        .collect();
    let audio: Vec<_> = tracks.iter().filter_map(|it| it.audio.clone()).collect();
    let duration =
        length(clock.duration, clock.per_second).filter(|it| !fragmented && it.micros() > 0);
    let container = Container {
        format: "mov".to_owned(),
        name: "QuickTime / MOV".to_owned(),
        duration,
        bit_rate: bit_rate(size, duration),
        start_timecode: None,
    };
    Measurement { container: Some(container), video, audio, ..Measurement::default() }
}
