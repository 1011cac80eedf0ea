//! The tops of a channel: how often they are flat, and how the loudest samples are spread.

use domain::inspection::{Level, Tops};

/// Samples closer than this are the same: half a step of 14 bits, so that dither does not hide a flat top.
const SAME: f32 = 1.0 / 16_384.0;
/// A flat top is reached in one step of at least this, which no smooth top is.
const STEEP: f32 = 1.0 / 1_024.0;
/// So many samples that are the same are a flat top.
const FLAT: u32 = 3;
/// The level from which on a flat top is one at the ceiling: -0.45 dBFS.
const CEILING: f32 = 0.949_511;
/// The largest positive sample of 16 bits, less half a step.
const FULL_SCALE: f32 = 32_766.5 / 32_768.0;
/// Nothing is said about the tops of a channel that stays below -40 dBFS: the steps of its samples are too coarse.
const TOO_QUIET: f32 = 0.01;
/// So many samples have to be at the loudest level before the gap below them says anything.
const SOME: u64 = 10;

/// The first bits of a floating point number, down to here, are the scale of the histogram: 64 steps an octave.
const SHIFT: u32 = 17;
/// The step of 2^-10.
const FIRST_STEP: u32 = (127 - 10) << 6;
/// Up to 16, which is the loudest sample there is.
const STEPS: usize = 14 * 64 + 1;

/// One channel being looked at.
#[derive(Debug)]
pub(super) struct Watch {
    spread: Vec<u64>,
    full_scale: u64,
    heard: u64,
    at_ceiling: u32,
    first_at_ceiling: Option<u64>,
    above: Side,
    below: Side,
    before: f32,
    run: Run,
}

/// The positive or the negative tops.
#[derive(Debug, Default)]
struct Side {
    loudest: f32,
    flat: u32,
    first: Option<u64>,
}

/// Samples that are the same.
#[derive(Debug, Default)]
struct Run {
    level: f32,
    length: u32,
    is_steep: bool,
}

impl Watch {
    pub fn new() -> Self {
        Self {
            spread: vec![0; STEPS],
            full_scale: 0,
            heard: 0,
            at_ceiling: 0,
            first_at_ceiling: None,
            above: Side::default(),
            below: Side::default(),
            before: 0.0,
            run: Run::default(),
        }
    }

    /// The next samples.
    pub fn see(&mut self, samples: &[f32]) {
        for sample in samples {
            let size = sample.abs();
            self.heard += 1;
            // Far below the tops nothing counts, and most of a program is there.
            if size * 4.0 < self.above.loudest.min(self.below.loudest) {
                self.end_run();
                (self.run.length, self.before) = (0, *sample);
                continue;
            }
            let step = (size.to_bits() >> SHIFT).checked_sub(FIRST_STEP);
            if let Some(count) = step.and_then(|it| self.spread.get_mut(it as usize)) {
                *count += 1;
            }
            if size >= FULL_SCALE {
                self.full_scale += 1;
            }
            if self.run.length > 0 && (sample - self.run.level).abs() <= SAME {
                self.run.length = self.run.length.saturating_add(1);
            } else {
                self.end_run();
                let outward = size > self.before.abs() || sample * self.before < 0.0;
                let is_steep = outward && (sample - self.before).abs() >= STEEP;
                self.run = Run { level: *sample, length: 1, is_steep };
                let side = if *sample > 0.0 { &mut self.above } else { &mut self.below };
                side.rise(size);
            }
            self.before = *sample;
        }
    }

    fn end_run(&mut self) {
        let Run { level, length, is_steep } = self.run;
        if length < FLAT || !is_steep {
            return;
        }
        // The run ended with the sample before this one.
        let at = self.heard.saturating_sub(u64::from(length) + 1);
        let size = level.abs();
        if size >= CEILING {
            self.at_ceiling = self.at_ceiling.saturating_add(1);
            self.first_at_ceiling.get_or_insert(at);
        }
        let side = if level > 0.0 { &mut self.above } else { &mut self.below };
        if size >= side.loudest - SAME && size >= TOO_QUIET {
            side.flat = side.flat.saturating_add(1);
            side.first.get_or_insert(at);
        }
    }

    /// What was seen, at so many samples a second.
    pub fn told(&mut self, rate: u32) -> Tops {
        self.end_run();
        self.run = Run::default();
        let first = self.above.first.into_iter().chain(self.below.first).min();
        let (gap, excess) = self.spread_of_the_loudest().unwrap_or_default();
        let share = self.full_scale.saturating_mul(1_000_000).checked_div(self.heard);
        Tops {
            at_ceiling: self.at_ceiling,
            at_loudest: self.above.flat.saturating_add(self.below.flat),
            full_scale: share.and_then(|it| u32::try_from(it).ok()).unwrap_or_default(),
            gap,
            excess,
            first: self.first_at_ceiling.or(first).map(|it| super::block::time(it, rate)),
        }
    }

    /// How far the rest lies below the loudest samples, and how many more those are than the next.
    fn spread_of_the_loudest(&self) -> Option<(Option<Level>, u32)> {
        let highest = self.spread.iter().rposition(|it| *it > 0)?;
        if step_begins(highest) < f64::from(TOO_QUIET) {
            return None;
        }
        // Two steps each: full scale is a step higher below zero than above.
        let count = |from: usize| self.spread.iter().take(from + 1).rev().take(2).sum::<u64>();
        let (loudest, next) = (count(highest), count(highest.checked_sub(2)?));
        let below = self.spread.iter().take(highest - 1).rposition(|it| *it > 0);
        let gap = below.filter(|_| loudest >= SOME).and_then(|it| {
            Level::from_decibels(20.0 * (step_begins(highest - 1) / step_begins(it + 1)).log10())
        });
        let more = loudest.saturating_sub(next).saturating_mul(100) / next.max(1);
        Some((gap, u32::try_from(more).unwrap_or(u32::MAX)))
    }
}

/// The sample with which a step of the histogram begins.
fn step_begins(step: usize) -> f64 {
    let bits = u32::try_from(step).unwrap_or_default().saturating_add(FIRST_STEP) << SHIFT;
    f64::from(f32::from_bits(bits))
}

impl Side {
    /// A louder sample makes the tops before it ordinary ones.
    fn rise(&mut self, size: f32) {
        if size > self.loudest + SAME {
            (self.flat, self.first) = (0, None);
        }
        self.loudest = self.loudest.max(size);
    }
}

#[cfg(test)]
mod tests {
    use std::f32::consts::TAU;

    use domain::inspection::Runtime;

    use super::*;

    fn tops(samples: impl IntoIterator<Item = f32>) -> Tops {
        let samples: Vec<f32> = samples.into_iter().collect();
        let mut watch = Watch::new();
        samples.chunks(480).for_each(|it| watch.see(it));
        watch.told(48_000)
    }

    fn tone(hertz: f32, size: f32) -> impl Iterator<Item = f32> {
        (0..48_000).map(move |it| size * (TAU * hertz * it as f32 / 48_000.0).sin())
    }

    fn noise() -> impl Iterator<Item = f32> {
        let mut seed = 1_u32;
        (0..96_000).map(move |_| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as f32 / (1 << 23) as f32 - 1.0
        })
    }

    /// As a file of so many bits would hold it.
    fn rounded(bits: u32) -> impl Fn(f32) -> f32 {
        let steps = (1_u32 << (bits - 1)) as f32;
        move |it| (it * steps).round().min(steps - 1.0) / steps
    }

    #[test]
    fn clipped_sound_has_flat_tops_wherever_it_was_turned_to() {
        for (gain, at_ceiling) in [(1.0, true), (0.9, false), (0.1, false)] {
            let clipped = |it: f32| (it * 4.0).clamp(-1.0, 1.0) * gain;
            let found = tops(tone(440.0, 0.5).map(clipped).map(rounded(24)));
            assert_eq!(found.at_ceiling > 800, at_ceiling, "{gain}: {found:?}");
            assert!(found.at_loudest >= 800, "{gain}: {found:?}");
            assert!(found.excess > 1000, "{gain}: {found:?}");
            assert_eq!(found.full_scale > 600_000, at_ceiling, "{gain}: {found:?}");
            assert!(found.first.is_some_and(|it| it < Runtime::from_millis(2)), "{found:?}");
        }
    }

    #[test]
    fn tones_and_noise_have_none_at_any_depth() {
        for hertz in [20.0, 60.0, 110.0, 440.0, 997.0, 6000.0, 12_000.0] {
            for bits in [16, 24] {
                for size in [0.99, 0.5, 0.02, 0.001] {
                    let found = tops(tone(hertz, size).map(rounded(bits)));
                    let flat = (found.at_ceiling, found.at_loudest, found.gap.unwrap_or_default());
                    let gap = Level::from_decibels(1.0).unwrap_or_default();
                    assert!(flat.0 == 0 && flat.1 == 0, "{hertz} {bits} {size}: {found:?}");
                    // A tone at a divisor of the sample rate has a handful of values only.
                    assert!(flat.2 <= gap || hertz >= 6000.0, "{hertz} {bits} {size}: {found:?}");
                }
            }
        }
        let found = tops(noise().map(|it| it * 0.7));
        assert_eq!((found.at_ceiling, found.at_loudest, found.full_scale), (0, 0, 0), "{found:?}");
        assert!(found.gap.is_none_or(|it| it <= Level::whole(1)), "{found:?}");
    }

    #[test]
    fn samples_far_above_the_rest_leave_a_gap() {
        let spiked =
            noise().enumerate().map(|(at, it)| if at % 4000 == 7 { 0.9 } else { it * 0.3 });
        let found = tops(spiked);
        assert!(found.gap.is_some_and(|it| it > Level::whole(8)), "{found:?}");
        let one = noise().enumerate().map(|(at, it)| if at == 7 { 0.9 } else { it * 0.3 });
        assert_eq!(tops(one).gap, None, "one click is no clipping");
    }
}
