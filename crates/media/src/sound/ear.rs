//! One channel: its levels, its tops, and its power with the K-weighting.

use domain::inspection::{ChannelContent, Level, SILENCE, Speaker};

use super::{
    filter::{Biquad, k_weighting, low_pass, through},
    pair::Sums,
    tops::Watch,
    true_peak::TruePeak,
};

/// The LFE ends here, hertz.
const LOW: f64 = 120.0;

/// A channel being listened to.
#[derive(Debug)]
pub(super) struct Ear {
    speaker: Speaker,
    peak: f32,
    sums: Sums,
    low_squares: f64,
    weighting: [Biquad; 2],
    low: [Biquad; 2],
    tops: Watch,
    true_peak: TruePeak,
}

/// What was heard in one block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    /// The loudest sample.
    pub peak: f32,
    /// The mean square with the weighting of the ear and of the place of the loudspeaker.
    pub power: f64,
}

impl Ear {
    pub fn new(speaker: Speaker, rate: u32) -> Self {
        let hertz = f64::from(rate);
        Self {
            speaker,
            peak: 0.0,
            sums: Sums::default(),
            low_squares: 0.0,
            weighting: k_weighting(hertz),
            low: low_pass(hertz, LOW),
            tops: Watch::new(),
            true_peak: TruePeak::new(),
        }
    }

    /// The next samples.
    pub fn hear(&mut self, samples: &[f32]) -> Moment {
        let (mut weighted, mut low, mut sum, mut squares) = (0.0, 0.0, 0.0, 0.0);
        let mut peak = 0.0_f32;
        for sample in samples {
            peak = peak.max(sample.abs());
            let sample = f64::from(*sample);
            sum += sample;
            squares += sample * sample;
            let heard = through(&mut self.weighting, sample);
            weighted += heard * heard;
            let deep = through(&mut self.low, sample);
            low += deep * deep;
        }
        self.weighting.iter_mut().chain(&mut self.low).for_each(Biquad::rest);
        self.sums.count += samples.len() as f64;
        self.sums.sum += sum;
        self.sums.squares += squares;
        self.low_squares += low;
        self.peak = self.peak.max(peak);
        self.tops.see(samples);
        self.true_peak.see(samples);
        Moment { peak, power: weighted / samples.len().max(1) as f64 * weight(self.speaker) }
    }

    /// The sums of a channel that is heard; nothing where there is nothing to compare.
    pub fn sums(&self) -> Option<Sums> {
        let level = decibels(self.sums.squares / self.sums.count, 10.0)?;
        (level >= SILENCE).then_some(self.sums)
    }

    /// What was heard; `speech` is the share of it that sounds like that, per cent.
    pub fn told(&mut self, rate: u32, speech: Option<u8>) -> ChannelContent {
        let Sums { count, sum, squares } = self.sums;
        let low = self.low_squares / squares;
        ChannelContent {
            speaker: self.speaker,
            peak: decibels(self.peak.into(), 20.0),
            true_peak: self.true_peak.told(),
            level: decibels(squares / count, 10.0),
            offset: decibels((sum / count).abs(), 20.0),
            low: if low.is_finite() { (low * 100.0).round().clamp(0.0, 100.0) as u8 } else { 0 },
            speech,
            tops: self.tops.told(rate),
        }
    }
}

/// The loudest sample that is still silence.
pub(super) fn silence() -> f32 {
    10_f32.powf(SILENCE.hundredths() as f32 / 2000.0)
}

fn decibels(ratio: f64, factor: f64) -> Option<Level> {
    Level::from_decibels(factor * ratio.log10())
}

/// ITU-R BS.1770-4, table 3: the LFE does not count, what comes from beside or behind counts 1.5 dB more.
const fn weight(speaker: Speaker) -> f64 {
    match speaker {
        it if it.is_lfe() => 0.0,
        it if it.is_surround() => 1.41,
        _ => 1.0,
    }
}
