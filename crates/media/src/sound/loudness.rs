//! Loudness of a mix by ITU-R BS.1770-4 and its range by EBU Tech 3342.

use domain::inspection::Level;

/// Hundredths of a second in a step.
const BLOCKS: u32 = 10;
/// Steps of a tenth of a second in a measuring block: 400 ms.
const BLOCK: usize = 4;
/// Steps in a block of the loudness range: 3 s.
const LONG_BLOCK: usize = 30;
/// Nothing quieter counts, LKFS.
const ABSOLUTE_GATE: f64 = -70.0;
/// A day of sound; steps behind it are not kept.
const MOST_STEPS: usize = 24 * 3600 * 10;

/// The power of a mix in steps of a tenth of a second, all channels weighted and added up.
#[derive(Debug, Default)]
pub(super) struct Meter {
    steps: Vec<f32>,
    now: f64,
    blocks: u32,
}

impl Meter {
    /// The mean square of the next hundredth of a second.
    pub fn add(&mut self, power: f64) {
        self.now += power;
        self.blocks += 1;
        if self.blocks == BLOCKS {
            if self.steps.len() < MOST_STEPS {
                self.steps.push((self.now / f64::from(BLOCKS)) as f32);
            }
            (self.now, self.blocks) = (0.0, 0);
        }
    }

    /// How many tenths of a second were measured.
    pub fn steps(&self) -> usize {
        self.steps.len()
    }

    /// Integrated loudness, LKFS: what is more than 10 LU below the average does not count.
    pub fn integrated(&self) -> Option<Level> {
        let loud: Vec<f64> = self.blocks(BLOCK).collect();
        let gate = lkfs(mean(loud.iter().copied())?) - 10.0;
        lkfs_of(loud.into_iter().filter(|it| lkfs(*it) > gate))
    }

    /// Loudness of the blocks that are speech from end to end, LKFS.
    pub fn during(&self, speech: &[bool]) -> Option<Level> {
        let blocks = self.steps.windows(BLOCK).zip(speech.windows(BLOCK));
        let all = |speaks: &[bool]| speaks.iter().all(|it| *it);
        let spoken = blocks.filter(|(_, speaks)| all(speaks)).map(|(steps, _)| power(steps));
        lkfs_of(spoken.filter(|it| lkfs(*it) > ABSOLUTE_GATE))
    }

    /// Loudness range, LU: from the quietest tenth to the loudest twentieth of all blocks of 3 s that are at most 20 LU
    /// below the average.
    pub fn range(&self) -> Option<Level> {
        let loud: Vec<f64> = self.blocks(LONG_BLOCK).collect();
        let gate = lkfs(mean(loud.iter().copied())?) - 20.0;
        let mut levels: Vec<f64> = loud.into_iter().map(lkfs).filter(|it| *it > gate).collect();
        levels.sort_by(f64::total_cmp);
        let at = |share: f64| levels.get(((levels.len() - 1) as f64 * share).round() as usize);
        let (low, high) = (levels.first().and_then(|_| at(0.10))?, at(0.95)?);
        Level::from_decibels(high - low)
    }

    /// The power of every block of so many steps that is above the absolute gate.
    fn blocks(&self, steps: usize) -> impl Iterator<Item = f64> {
        self.steps.windows(steps).map(power).filter(|it| lkfs(*it) > ABSOLUTE_GATE)
    }
}

fn power(steps: &[f32]) -> f64 {
    steps.iter().map(|it| f64::from(*it)).sum::<f64>() / steps.len() as f64
}

fn lkfs(power: f64) -> f64 {
    -0.691 + 10.0 * power.log10()
}

fn lkfs_of(powers: impl Iterator<Item = f64>) -> Option<Level> {
    Level::from_decibels(lkfs(mean(powers)?))
}

fn mean(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = numbers.fold((0.0, 0_u32), |(sum, count), it| (sum + it, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seconds of a level, LKFS.
    fn meter(parts: &[(u32, f64)]) -> Meter {
        let mut meter = Meter::default();
        for (seconds, level) in parts {
            for _ in 0..seconds * 100 {
                meter.add(10_f64.powf((level + 0.691) / 10.0));
            }
        }
        meter
    }

    fn near(found: Option<Level>, wanted: f64, off: f64) {
        let found = f64::from(found.unwrap().hundredths()) / 100.0;
        assert!((found - wanted).abs() <= off, "{found} is not {wanted}");
    }

    /// The signals of EBU Tech 3342, cases 1 to 4; each may be off by 1 LU.
    #[test]
    fn the_range_is_that_of_ebu_tech_3342() {
        for (parts, range) in [
            (&[(20, -20.0), (20, -30.0)][..], 10.0),
            (&[(20, -20.0), (20, -15.0)], 5.0),
            (&[(20, -40.0), (20, -20.0)], 20.0),
            (&[(20, -50.0), (20, -35.0), (20, -20.0), (20, -35.0), (20, -50.0)], 15.0),
        ] {
            near(meter(parts).range(), range, 1.0);
        }
    }

    #[test]
    fn what_is_far_below_the_average_does_not_count() {
        near(meter(&[(10, -36.0), (60, -23.0), (10, -36.0)]).integrated(), -23.0, 0.1);
        near(meter(&[(10, -72.0), (10, -36.0), (60, -23.0)]).integrated(), -23.0, 0.1);
        assert_eq!(meter(&[(10, -80.0)]).integrated(), None);
        assert_eq!(meter(&[(10, f64::NEG_INFINITY)]).range(), None);
        assert_eq!(meter(&[]).integrated(), None);
    }

    #[test]
    fn only_blocks_with_speech_count_for_the_speech() {
        let meter = meter(&[(5, -20.0), (5, -30.0)]);
        let speaks: Vec<bool> = (0..100).map(|it| it >= 50).collect();
        near(meter.during(&speaks), -30.0, 0.01);
        assert_eq!(meter.during(&[false; 100]), None);
        assert_eq!(meter.steps(), 100);
    }
}
