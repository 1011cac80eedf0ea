//! True peak: the height of the wave itself, which may lie between two samples.

use std::{f64::consts::PI, sync::LazyLock};

use domain::inspection::Level;

/// Samples that one value between them is made of.
const TAPS: usize = 16;
/// Values between two samples: with the samples themselves, four times as many (ITU-R BS.1770-4, annex 2).
const BETWEEN: usize = 3;

/// Samples that are looked at together, or not at all.
const SEGMENT: usize = 32;

/// How a value between two samples is made of those around: a sine cardinal under a window of cosine.
static PHASES: LazyLock<[[f32; TAPS]; BETWEEN]> = LazyLock::new(|| {
    std::array::from_fn(|phase| {
        let place = (phase + 1) as f64 / (BETWEEN + 1) as f64 + (TAPS / 2 - 1) as f64;
        let weights: [f64; TAPS] = std::array::from_fn(|at| {
            let apart = at as f64 - place;
            let window = (PI * apart / TAPS as f64).cos().powi(2);
            (PI * apart).sin() / (PI * apart) * window
        });
        let sum: f64 = weights.iter().sum();
        weights.map(|it| (it / sum) as f32)
    })
});

/// What lies between samples is at most this much higher than the highest of them.
static HIGHEST: LazyLock<f32> = LazyLock::new(|| {
    PHASES.iter().map(|it| it.iter().map(|it| it.abs()).sum()).fold(1.0, f32::max)
});

/// One channel being measured.
#[derive(Debug)]
pub(super) struct TruePeak {
    work: Vec<f32>,
    loudest: f32,
}

impl TruePeak {
    pub fn new() -> Self {
        Self { work: vec![0.0; TAPS - 1], loudest: 0.0 }
    }

    /// The next samples.
    pub fn see(&mut self, samples: &[f32]) {
        self.work.extend_from_slice(samples);
        // Most of a program is far below its peak, and what cannot reach that need not be looked at closely.
        for start in (0..samples.len()).step_by(SEGMENT) {
            let end = self.work.len().min(start + SEGMENT + TAPS - 1);
            let segment = self.work.get(start..end).unwrap_or_default();
            let peak = segment.iter().fold(0.0_f32, |peak, it| peak.max(it.abs()));
            if peak * *HIGHEST > self.loudest {
                let highest = segment.windows(TAPS).map(between).fold(peak, f32::max);
                self.loudest = self.loudest.max(highest);
            }
        }
        self.work.drain(..samples.len());
    }

    /// The true peak in dBTP, to the end of the last sample.
    pub fn told(&mut self) -> Option<Level> {
        self.see(&[0.0; TAPS]);
        Level::from_decibels(20.0 * f64::from(self.loudest).log10())
    }
}

/// The highest value between the two samples in the middle.
fn between(samples: &[f32]) -> f32 {
    let (samples, _) = samples.as_chunks::<4>();
    let value = |phase: &[f32; TAPS]| {
        let (weights, _) = phase.as_chunks::<4>();
        let mut sum = [0.0_f32; 4];
        for (sample, weight) in samples.iter().zip(weights) {
            for ((sum, sample), weight) in sum.iter_mut().zip(sample).zip(weight) {
                *sum += sample * weight;
            }
        }
        sum.iter().sum::<f32>().abs()
    };
    PHASES.iter().map(value).fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::*;

    /// The true peak of a tone that swells, so that its beginning has no edge.
    fn of(hertz: f64, phase: f64, size: f64) -> f64 {
        let mut meter = TruePeak::new();
        let tone = |at: u32| {
            let time = f64::from(at) / 48_000.0;
            let swell = (time * 100.0).min(1.0).min((0.1 - time) * 100.0);
            (size * swell * (TAU * hertz * time + phase).sin()) as f32
        };
        let samples: Vec<f32> = (0..4800).map(tone).collect();
        samples.chunks(77).for_each(|it| meter.see(it));
        f64::from(meter.told().unwrap().hundredths()) / 100.0
    }

    /// The signals of EBU Tech 3341, cases 15 to 19, which allow +0.2 and -0.4 dB.
    #[test]
    fn peaks_between_samples_are_found_as_ebu_tech_3341_demands() {
        for (divisor, degrees, size) in [
            (4.0, 0.0, 0.5),
            (4.0, 45.0, 0.5),
            (6.0, 60.0, 0.5),
            (8.0, 67.5, 0.5),
            (4.0, 45.0, 1.41),
            (48.0, 10.0, 0.98),
        ] {
            let found = of(48_000.0 / divisor, f64::to_radians(degrees), size);
            let off = found - 20.0 * size.log10();
            assert!((-0.4..=0.2).contains(&off), "fs/{divisor} at {degrees}°: {off:+.2} dB");
        }
    }

    #[test]
    fn silence_has_no_peak() {
        let mut meter = TruePeak::new();
        meter.see(&[0.0; 100]);
        assert_eq!(meter.told(), None);
    }
}
