//! The shape of a sound track in several resolutions: what is drawn as a waveform.
//!
//! A file of its own kind, all numbers with the low byte first:
//!
//! | Bytes | What |
//! |---|---|
//! | 4 | `RGPK` |
//! | 2, 2 | version 1; channels |
//! | 4, 4 | samples per second; number of resolutions |
//! | 16 each | samples in a bin (4), reserved (4), number of bins (8), finest resolution first |
//! | 2 × channels a bin | per channel the lowest and the highest sample, from −127 to 127 for −1 to 1 |
//!
//! The bins follow each other, resolution after resolution. Eight bins of one resolution are one of the next.

use std::{
    fs::File,
    io::{self, BufWriter, Seek, SeekFrom, Write},
    path::Path,
};

use crate::Failure;

/// Bins of the finest resolution in a second.
const A_SECOND: u32 = 100;
/// So many bins are one of the next resolution.
const STEP: usize = 8;
const RESOLUTIONS: usize = 4;
const MARK: &[u8; 4] = b"RGPK";
const VERSION: u16 = 1;
/// No resolution but the finest is kept in memory, and that of none beyond a day.
const MOST_BINS: u64 = 86_400 * A_SECOND as u64;

/// Lowest and highest sample of one channel.
type Span = (f32, f32);
const NOTHING: Span = (f32::INFINITY, f32::NEG_INFINITY);

/// Takes the samples of one track in and writes the file.
pub(crate) struct Peaks {
    file: BufWriter<File>,
    channels: usize,
    sample_rate: u32,
    in_a_bin: u32,
    levels: Vec<Level>,
    /// The first thing that went wrong with the file.
    trouble: Option<io::Error>,
}

/// One resolution.
struct Level {
    bin: Vec<Span>,
    /// Frames, or bins of the finer resolution, that are in the bin.
    filled: usize,
    full: usize,
    bins: u64,
    /// The finest is written at once, the others when all is known.
    waiting: Vec<u8>,
}

impl Peaks {
    pub fn new(path: &Path, channels: usize, sample_rate: u32) -> Result<Self, Failure> {
        let channels = channels.max(1);
        let in_a_bin = (sample_rate / A_SECOND).max(1);
        let level = |place: usize| Level {
            bin: vec![NOTHING; channels],
            filled: 0,
            full: if place == 0 { usize::try_from(in_a_bin).unwrap_or(1) } else { STEP },
            bins: 0,
            waiting: Vec::new(),
        };
        let file = File::create(path).map_err(|error| broken(&error))?;
        let mut peaks = Self {
            file: BufWriter::new(file),
            channels,
            sample_rate,
            in_a_bin,
            levels: (0..RESOLUTIONS).map(level).collect(),
            trouble: None,
        };
        // Room for the header, which tells how many bins there are.
        let header = peaks.header();
        peaks.file.write_all(&header).map_err(|error| broken(&error))?;
        Ok(peaks)
    }

    /// Whole frames, interleaved.
    pub fn hear(&mut self, samples: &[f32]) {
        for frame in samples.chunks_exact(self.channels) {
            let Some(finest) = self.levels.first_mut() else { return };
            for (span, &sample) in finest.bin.iter_mut().zip(frame) {
                // What is no number makes no difference.
                *span = (span.0.min(sample), span.1.max(sample));
            }
            finest.filled += 1;
            if finest.filled == finest.full {
                self.close(0);
            }
        }
    }

    /// Closes the bin of a resolution and hands it on to the next.
    fn close(&mut self, place: usize) {
        let Some((level, coarser)) = self.levels.get_mut(place..).and_then(<[_]>::split_first_mut)
        else {
            return;
        };
        level.filled = 0;
        if level.bins >= MOST_BINS {
            return;
        }
        level.bins += 1;
        let bytes: Vec<u8> = level.bin.iter().flat_map(|it| [small(it.0), small(it.1)]).collect();
        let mut next_is_full = false;
        if let Some(next) = coarser.first_mut() {
            for (wide, narrow) in next.bin.iter_mut().zip(&level.bin) {
                *wide = (wide.0.min(narrow.0), wide.1.max(narrow.1));
            }
            next.filled += 1;
            next_is_full = next.filled == next.full;
        }
        level.bin.fill(NOTHING);
        if place == 0 {
            if let Err(error) = self.file.write_all(&bytes) {
                self.trouble.get_or_insert(error);
            }
        } else {
            level.waiting.extend(bytes);
        }
        if next_is_full {
            self.close(place + 1);
        }
    }

    /// Writes what is left, and how much there is.
    pub fn finish(mut self) -> Result<(), Failure> {
        for place in 0..self.levels.len() {
            if self.levels.get(place).is_some_and(|it| it.filled > 0) {
                self.close(place);
            }
        }
        let written = self.trouble.take().map_or(Ok(()), Err).and_then(|()| {
            for level in &self.levels {
                self.file.write_all(&level.waiting)?;
            }
            self.file.seek(SeekFrom::Start(0))?;
            let header = self.header();
            self.file.write_all(&header)?;
            self.file.flush()
        });
        written.map_err(|error| broken(&error))
    }

    fn header(&self) -> Vec<u8> {
        let mut header = MARK.to_vec();
        header.extend(VERSION.to_le_bytes());
        header.extend(u16::try_from(self.channels).unwrap_or(u16::MAX).to_le_bytes());
        header.extend(self.sample_rate.to_le_bytes());
        header.extend((RESOLUTIONS as u32).to_le_bytes());
        let mut samples = self.in_a_bin;
        for level in &self.levels {
            header.extend(samples.to_le_bytes());
            header.extend([0; 4]);
            header.extend(level.bins.to_le_bytes());
            samples = samples.saturating_mul(STEP as u32);
        }
        header
    }
}

fn broken(error: &io::Error) -> Failure {
    Failure::machinery("the waveform was not kept", error)
}

/// A sample in seven bits and a sign; nothing at all is silence.
fn small(sample: f32) -> u8 {
    let scaled = if sample.is_finite() { (sample.clamp(-1.0, 1.0) * 127.0).round() } else { 0.0 };
    (scaled as i8).to_le_bytes()[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_resolution_holds_the_extremes_of_the_finer_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("peaks");
        let mut peaks = Peaks::new(&path, 2, 1000).unwrap();
        // 1,005 frames: 101 bins of 10, the last of 5; left is silent but for two samples, right rises.
        let mut wave: Vec<f32> = (0..1005).flat_map(|it| [0.0, it as f32 / 1005.0]).collect();
        (wave[2 * 17], wave[2 * 1000]) = (-1.0, f32::NAN);
        wave.chunks(2 * 99).for_each(|it| peaks.hear(it));
        peaks.finish().unwrap();
        let file = std::fs::read(&path).unwrap();
        assert_eq!(
            &file[..16],
            [b"RGPK".as_slice(), &[1, 0, 2, 0, 0xe8, 3, 0, 0, 4, 0, 0, 0]].concat()
        );
        let number = |at: usize| u64::from_le_bytes(file[at..at + 8].try_into().unwrap());
        let bins: Vec<_> = (0..4).map(|it| number(16 + 16 * it + 8)).collect();
        let samples: Vec<_> = (0..4).map(|it| number(16 + 16 * it)).collect();
        assert_eq!(
            (bins.as_slice(), samples.as_slice()),
            ([101, 13, 2, 1].as_slice(), [10, 80, 640, 5120].as_slice())
        );
        let data = 16 + 4 * 16;
        assert_eq!(file.len(), data + 4 * (101 + 13 + 2 + 1));
        let bin = |at: usize| {
            file[data + 4 * at..data + 4 * at + 4].iter().map(|it| *it as i8).collect::<Vec<_>>()
        };
        assert_eq!(bin(0), [0, 0, 0, 1]);
        assert_eq!(bin(1), [-127, 0, 1, 2]);
        assert_eq!(bin(101), [-127, 0, 0, 10]);
        assert_eq!(bin(116), [-127, 0, 0, 127]);
    }

    #[test]
    fn samples_of_any_kind_have_a_size() {
        for (sample, expected) in
            [(1.0, 127), (-1.0, -127), (8.0, 127), (f32::NAN, 0), (f32::INFINITY, 0), (-0.5, -64)]
        {
            assert_eq!(small(sample) as i8, expected, "{sample}");
        }
    }
}
