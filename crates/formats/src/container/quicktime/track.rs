//! One track of the table of contents.

use domain::{
    inspection::{AudioTrack, VideoTrack},
    timecode::{Counting, Fraction, FrameRate, Timecode},
};

use super::{
    super::{Slices, Wanted, fields::Big},
    atom::{Atom, body_of, in_range},
    sample,
    timing::Timing,
};

/// Bytes of a sample description that are read: those with the parameters of a codec have a few thousand.
const DESCRIPTION: usize = 64 * 1024;

/// Languages of QuickTime by their number (Inside Macintosh), those that are delivered.
const MACINTOSH: [(u32, &str); 25] = [
    (0, "eng"),
    (1, "fra"),
    (2, "ger"),
    (3, "ita"),
    (4, "dut"),
    (5, "sve"),
    (6, "spa"),
    (7, "dan"),
    (8, "por"),
    (9, "nor"),
    (10, "heb"),
    (11, "jpn"),
    (12, "ara"),
    (13, "fin"),
    (14, "gre"),
    (15, "ice"),
    (17, "tur"),
    (19, "chi"),
    (20, "urd"),
    (21, "hin"),
    (22, "tha"),
    (23, "kor"),
    (25, "pol"),
    (26, "hun"),
    (32, "rus"),
];

/// What the table of contents says about a track.
#[derive(Debug, Default)]
pub(super) struct Track {
    pub number: u32,
    pub video: Option<VideoTrack>,
    pub audio: Option<AudioTrack>,
    /// The number of the track with the timecode of this one.
    pub timecode: Option<u32>,
    /// The first label, where this is a track of timecode.
    pub first_label: Option<String>,
}

impl Track {
    /// Nothing where a part is missing that every track has.
    pub fn read(
        file: &mut impl Slices,
        atom: Atom,
        movie_units: u64,
    ) -> Result<Option<Self>, Wanted> {
        let parts = Parts::read(file, atom)?;
        let Some(timing) = parts.timing(file, movie_units)? else { return Ok(None) };
        let (Some(kind), Some(table)) = (parts.kind, parts.table.description) else {
            return Ok(None);
        };
        let description = table.bytes(file, DESCRIPTION)?;
        // Version and flags, the number of descriptions, then the first of them.
        let entry = description.get(8..).unwrap_or_default();
        let mut track = Self { number: parts.number, timecode: parts.timecode, ..Self::default() };
        match &kind {
            b"vide" => {
                track.video = sample::picture(entry).map(|it| VideoTrack {
                    frame_rate: timing.rate(),
                    average_rate: timing.average(),
                    frame_count: timing.samples.map(|it| it.0).filter(|it| *it > 0),
                    duration: timing.duration(),
                    language: parts.language,
                    ..it
                })
            }
            b"soun" => {
                track.audio = sample::sound(entry).map(|it| AudioTrack {
                    duration: timing.duration(),
                    language: parts.language,
                    ..it
                })
            }
            b"tmcd" => track.first_label = parts.first_label(file, entry)?,
            _ => {}
        }
        Ok(Some(track))
    }
}

/// The boxes of a track that matter here.
#[derive(Default)]
struct Parts {
    number: u32,
    kind: Option<[u8; 4]>,
    timecode: Option<u32>,
    header: Vec<u8>,
    language: Option<String>,
    edits: Option<Atom>,
    table: Table,
}

#[derive(Default)]
struct Table {
    description: Option<Atom>,
    lengths: Option<Atom>,
    places: Option<(Atom, usize)>,
}

impl Parts {
    fn read(file: &mut impl Slices, atom: Atom) -> Result<Self, Wanted> {
        let mut parts = Self::default();
        for part in in_range(file, atom.body, atom.end)? {
            match &part.kind {
                b"tkhd" => {
                    let header = part.bytes(file, 32)?;
                    let place = if header.first() == Some(&1) { 20 } else { 12 };
                    parts.number = header.be32(place).unwrap_or_default();
                }
                b"tref" => {
                    let references = part.bytes(file, 1024)?;
                    parts.timecode = body_of(&references, b"tmcd").and_then(|it| it.be32(0));
                }
                b"edts" => {
                    let inner = in_range(file, part.body, part.end)?;
                    parts.edits = inner.into_iter().find(|it| &it.kind == b"elst");
                }
                b"mdia" => parts.media(file, part)?,
                _ => {}
            }
        }
        Ok(parts)
    }

    fn media(&mut self, file: &mut impl Slices, atom: Atom) -> Result<(), Wanted> {
        for part in in_range(file, atom.body, atom.end)? {
            match &part.kind {
                b"mdhd" => {
                    self.header = part.bytes(file, 40)?;
                    let place = if self.header.first() == Some(&1) { 32 } else { 20 };
                    self.language = self.header.be16(place).and_then(language);
                }
                b"hdlr" => {
                    let handler = part.bytes(file, 12)?;
                    self.kind = handler.get(8..).and_then(|it| it.first_chunk().copied());
                }
                b"minf" => {
                    let inner = in_range(file, part.body, part.end)?;
                    if let Some(table) = inner.iter().find(|it| &it.kind == b"stbl") {
                        self.table = Table::read(file, *table)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn timing(&self, file: &mut impl Slices, movie_units: u64) -> Result<Option<Timing>, Wanted> {
        let header = &self.header;
        let times = match header.first() {
            Some(0) => header.be32(12).zip(header.be32(16).map(u64::from)),
            Some(1) => header.be32(20).zip(header.be64(24)),
            Some(_) | None => None,
        };
        let Some((per_second, announced)) = times.filter(|(it, _)| *it > 0) else {
            return Ok(None);
        };
        let mut timing = Timing { per_second: per_second.into(), announced, ..Timing::default() };
        if let Some(table) = self.table.lengths {
            timing = timing.with_table(file, table)?;
        }
        if let Some(edits) = self.edits {
            timing = timing.with_edits(file, edits, movie_units)?;
        }
        Ok(Some(timing))
    }

    /// The label of the first frame: its number stands in the only sample of a timecode track.
    fn first_label(&self, file: &mut impl Slices, entry: &[u8]) -> Result<Option<String>, Wanted> {
        let Some((places, width)) = self.table.places else { return Ok(None) };
        let list = places.bytes(file, 16)?;
        let place = if width == 8 { list.be64(8) } else { list.be32(8).map(u64::from) };
        let Some(place) = place else { return Ok(None) };
        let frame = file.at(place, 4)?.be32(0);
        let label = || {
            let (flags, units, step) = (entry.be32(20)?, entry.be32(24)?, entry.be32(28)?);
            let rate = FrameRate::from_fraction(Fraction::new(units.into(), step.into())?)?;
            let counting = if flags & 1 == 1 { Counting::Drop } else { Counting::NonDrop };
            Some(Timecode::of_frame(frame?.into(), rate, counting).ok()?.to_string())
        };
        Ok(label())
    }
}

impl Table {
    fn read(file: &mut impl Slices, atom: Atom) -> Result<Self, Wanted> {
        let mut table = Self::default();
        for part in in_range(file, atom.body, atom.end)? {
            match &part.kind {
                b"stsd" => table.description = Some(part),
                b"stts" => table.lengths = Some(part),
                b"stco" => table.places = Some((part, 4)),
                b"co64" => table.places = Some((part, 8)),
                _ => {}
            }
        }
        Ok(table)
    }
}

/// Three letters of five bits each, or a number of the Macintosh.
fn language(code: u16) -> Option<String> {
    if code < 0x400 {
        let known = MACINTOSH.iter().find(|(number, _)| *number == u32::from(code));
        return known.map(|(_, tag)| (*tag).to_owned());
    }
    let letter = |shift: u16| {
        let number = u8::try_from(code >> shift & 0x1f).unwrap_or_default();
        (1..=26).contains(&number).then(|| char::from(0x60 + number))
    };
    let tag: Option<String> = [10, 5, 0].into_iter().map(letter).collect();
    tag.filter(|it| it != "und")
}
