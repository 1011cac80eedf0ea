//! How long the samples of a track last, and what of them is played.

use domain::{inspection::Runtime, timecode::Fraction};

use super::{
    super::{Slices, Wanted, fields::Big, length},
    atom::Atom,
};

/// Rows of a table that are read: a track of constant rate has one, one with a shorter last sample two.
const ROWS: usize = 4096;

/// The times of one track.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Timing {
    /// Units of time in a second.
    pub per_second: u64,
    /// By the header of the track, in those units.
    pub announced: u64,
    /// Samples, and the units they last together.
    pub samples: Option<(u64, u64)>,
    /// How many units every sample lasts, but perhaps the last one.
    pub step: Option<u64>,
    /// What of it is played, in those units.
    pub played: Option<u64>,
}

impl Timing {
    /// With the table of sample lengths.
    pub fn with_table(mut self, file: &mut impl Slices, table: Atom) -> Result<Self, Wanted> {
        let rows = table.bytes(file, 8 + ROWS * 8)?;
        let count = rows.be32(4).unwrap_or_default() as usize;
        if count == 0 || count > ROWS {
            return Ok(self);
        }
        let row = |at: usize| {
            Some((u64::from(rows.be32(8 + at * 8)?), u64::from(rows.be32(12 + at * 8)?)))
        };
        let all: Option<Vec<_>> = (0..count).map(row).collect();
        let Some(all) = all else { return Ok(self) };
        let sum = all.iter().fold((0_u64, 0_u64), |(samples, units), (count, each)| {
            (samples.saturating_add(*count), units.saturating_add(count.saturating_mul(*each)))
        });
        self.samples = Some(sum);
        self.step = match all.as_slice() {
            [(_, each)] | [(_, each), (1, _)] => Some(*each).filter(|it| *it > 0),
            _ => None,
        };
        Ok(self)
    }

    /// With the edit list, which counts in units of the movie, of which `per_second` make a second.
    pub fn with_edits(
        mut self,
        file: &mut impl Slices,
        edits: Atom,
        per_second: u64,
    ) -> Result<Self, Wanted> {
        let list = edits.bytes(file, 8 + 20 * 64)?;
        let (Some(version), Some(count)) = (list.first(), list.be32(4)) else { return Ok(self) };
        let step = if *version == 1 { 20 } else { 12 };
        let mut sum = 0_u64;
        for at in (0..(count as usize).min(64)).map(|it| 8 + it * step) {
            let (played, from) = if *version == 1 {
                (list.be64(at), list.be64(at + 8))
            } else {
                (list.be32(at).map(u64::from), list.be32(at + 4).map(|it| it as i32 as i64 as u64))
            };
            let (Some(played), Some(from)) = (played, from) else { return Ok(self) };
            // An empty edit, which only puts off the beginning, comes from -1.
            if from != u64::MAX {
                sum = sum.saturating_add(played);
            }
        }
        let units = u128::from(sum) * u128::from(self.per_second) / u128::from(per_second.max(1));
        self.played = u64::try_from(units).ok().filter(|it| *it > 0);
        Ok(self)
    }

    /// How long the track lasts.
    pub fn duration(&self) -> Option<Runtime> {
        let whole = match self.samples {
            Some((_, units)) if units > 0 => units,
            _ => self.announced,
        };
        let units = self.played.map_or(whole, |it| it.min(whole));
        length(units, self.per_second).filter(|_| units > 0)
    }

    /// Frames per second, where every frame lasts as long as the others.
    pub fn rate(&self) -> Option<Fraction> {
        Fraction::new(i64::try_from(self.per_second).ok()?, i64::try_from(self.step?).ok()?)
    }

    /// Frames divided by length.
    pub fn average(&self) -> Option<Fraction> {
        let (samples, units) =
            self.samples.filter(|(samples, units)| *samples > 0 && *units > 0)?;
        let count = samples.checked_mul(self.per_second)?;
        Fraction::new(i64::try_from(count).ok()?, i64::try_from(units).ok()?)
    }
}
