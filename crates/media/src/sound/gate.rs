//! "Reelgate gate 1": where somebody speaks, told by level, the rhythm of syllables, pauses, and the mixture of tones
//! and hiss. No model, no training; what it was tried on stands in the help article on loudness.

use std::f64::consts::TAU;

use super::{
    filter::{Biquad, band_pass, through},
    fourier::{Fourier, Numbers},
};

/// The band of speech, hertz.
const BAND: (f64, f64) = (250.0, 3800.0);
/// The part of it in which tones and hiss are told apart, hertz.
const SPECTRUM: (f64, f64) = (280.0, 3800.0);
/// Blocks of 10 ms in the second around a decision.
const SECOND: usize = 100;
/// Blocks between two decisions.
const STEP: usize = 10;
/// Quieter than this nobody is understood: -55 dBFS, as a mean square.
const LEVEL: f64 = 3.162e-6;
/// Syllables come two to eight times a second; so much of the envelope's power has to be there.
const SYLLABLES: std::ops::RangeInclusive<usize> = 2..=8;
const MODULATION: f64 = 0.10;
/// So large a part of the second is below half the average: pauses between words.
const PAUSES: f64 = 0.25;
/// A quarter of the second is at least so tonal: else it is noise.
const TONAL: f32 = 0.16;
/// A twentieth of it is at least so noisy, as consonants are: else it is music.
const NOISY: f32 = 0.08;
/// A decision stands where more than half of those within 0.7 s around are the same.
const MAJORITY: usize = 7;

/// Several voices (channels, or sums of channels) being listened to.
#[derive(Debug)]
pub(super) struct Gate {
    fourier: Fourier,
    window: Vec<f32>,
    spectrum: std::ops::Range<usize>,
    voices: Vec<Voice>,
    work: Numbers,
}

/// One channel, or the sum of several.
#[derive(Debug)]
struct Voice {
    channels: Vec<usize>,
    band: [Biquad; 4],
    /// The last samples, as many as the transform takes.
    recent: Vec<f32>,
    /// Mean squares of the band, and flatness, of the last second; where it begins does not matter.
    squares: Vec<f64>,
    flatness: Vec<f32>,
    blocks: usize,
    decisions: Vec<bool>,
}

impl Gate {
    /// For voices that are each the sum of the named channels.
    pub fn new(rate: u32, voices: Vec<Vec<usize>>) -> Self {
        // About 21 ms: 1024 samples at 48 kHz.
        let bits = (rate / 50).max(16).next_power_of_two().trailing_zeros().min(14);
        let fourier = Fourier::new(bits);
        let length = fourier.length();
        let bin = |hertz: f64| hertz * length as f64 / f64::from(rate.max(1));
        let last = (bin(SPECTRUM.1).floor() as usize).min(length / 2);
        let window = |at: usize| 0.5 - 0.5 * (TAU * at as f64 / length as f64).cos();
        let voice = |channels| Voice {
            channels,
            band: band_pass(rate.into(), BAND.0, BAND.1),
            recent: vec![0.0; length],
            squares: vec![0.0; SECOND],
            flatness: vec![1.0; SECOND],
            blocks: 0,
            decisions: Vec::new(),
        };
        Self {
            window: (0..length).map(|at| window(at) as f32).collect(),
            spectrum: bin(SPECTRUM.0).ceil() as usize..last + 1,
            voices: voices.into_iter().map(voice).collect(),
            work: Numbers::default(),
            fourier,
        }
    }

    /// The next 10 ms of all channels of the file.
    pub fn hear(&mut self, channels: &[Vec<f32>]) {
        self.voices.iter_mut().for_each(|it| it.take(channels));
        // Two real signals at the price of one transform.
        for pair in self.voices.chunks_mut(2) {
            let (one, other) = match &*pair {
                [one, other] => (&one.recent, Some(&other.recent)),
                [one] => (&one.recent, None),
                _ => continue,
            };
            let windowed = |it: &[f32]| -> Vec<f32> {
                it.iter().zip(&self.window).map(|(sample, window)| sample * window).collect()
            };
            self.work.re = windowed(one);
            self.work.im = other.map_or_else(|| vec![0.0; self.window.len()], |it| windowed(it));
            self.fourier.transform(&mut self.work);
            let spectra = self.spectrum.clone().filter_map(|at| self.fourier.apart(&self.work, at));
            let mut found = [Flatness::default(); 2];
            for (first, second) in spectra {
                for (flatness, it) in found.iter_mut().zip([first, second]) {
                    flatness.add(it.power());
                }
            }
            for (voice, flatness) in pair.iter_mut().zip(found) {
                voice.decide(flatness.told());
            }
        }
    }

    /// For the voice at `at`: whether it speaks in each of so many tenths of a second.
    pub fn told(&self, at: usize, steps: usize) -> Vec<bool> {
        self.voices.get(at).map(|it| it.told(steps)).unwrap_or_default()
    }
}

impl Voice {
    fn take(&mut self, channels: &[Vec<f32>]) {
        let mut taken = channels_of(&self.channels, channels);
        let Some(first) = taken.next() else { return };
        let mut samples = first.clone();
        for channel in taken {
            for (sum, sample) in samples.iter_mut().zip(channel) {
                *sum += sample;
            }
        }
        let squares: f64 =
            samples.iter().map(|it| through(&mut self.band, f64::from(*it)).powi(2)).sum();
        self.band.iter_mut().for_each(Biquad::rest);
        if let Some(place) = self.squares.get_mut(self.blocks % SECOND) {
            *place = squares / samples.len().max(1) as f64;
        }
        let old = samples.len().min(self.recent.len());
        self.recent.drain(..old);
        self.recent.extend(samples.iter().skip(samples.len() - old));
    }

    fn decide(&mut self, flatness: f32) {
        if let Some(place) = self.flatness.get_mut(self.blocks % SECOND) {
            *place = flatness;
        }
        self.blocks += 1;
        if self.blocks >= SECOND && self.blocks.is_multiple_of(STEP) {
            self.decisions.push(self.speaks());
        }
    }

    /// Whether the last second sounds like speech.
    fn speaks(&self) -> bool {
        let loud_enough = self.squares.iter().sum::<f64>() / SECOND as f64 > LEVEL;
        loud_enough && self.has_syllables() && self.has_tones_and_hiss()
    }

    fn has_syllables(&self) -> bool {
        let envelope: Vec<f64> = self.squares.iter().map(|it| it.sqrt()).collect();
        let mean = envelope.iter().sum::<f64>() / SECOND as f64;
        let pauses = envelope.iter().filter(|it| **it < mean / 2.0).count();
        if pauses as f64 <= PAUSES * SECOND as f64 {
            return false;
        }
        let at = |hertz: usize| {
            let (mut re, mut im) = (0.0, 0.0);
            for (place, level) in envelope.iter().enumerate() {
                let angle = TAU * (hertz * place % SECOND) as f64 / SECOND as f64;
                re += level / mean * angle.cos();
                im += level / mean * angle.sin();
            }
            2.0 * (re * re + im * im) / (SECOND * SECOND) as f64
        };
        SYLLABLES.map(at).sum::<f64>() > MODULATION
    }

    fn has_tones_and_hiss(&self) -> bool {
        let mut sorted = self.flatness.clone();
        sorted.sort_by(f32::total_cmp);
        let tonal = sorted.get(SECOND / 4).is_some_and(|it| *it < TONAL);
        tonal && sorted.get(SECOND * 95 / 100).is_some_and(|it| *it > NOISY)
    }

    /// A decision counts for the middle of its second; the first and the last one also for what lies outside.
    fn told(&self, steps: usize) -> Vec<bool> {
        let half = MAJORITY / 2;
        let around = |at: usize| {
            let near =
                self.decisions.iter().skip(at.saturating_sub(half)).take(at.min(half) + half + 1);
            let (speaking, all) =
                near.fold((0, 0), |(yes, all), it| (yes + usize::from(*it), all + 1));
            speaking * 2 > all
        };
        let calm: Vec<bool> = (0..self.decisions.len()).map(around).collect();
        let middle = SECOND / STEP / 2;
        let at = |step: usize| calm.get(step.saturating_sub(middle)).or(calm.last()).copied();
        (0..steps).map(|step| at(step).unwrap_or(false)).collect()
    }
}

fn channels_of<'a>(
    wanted: &'a [usize],
    channels: &'a [Vec<f32>],
) -> impl Iterator<Item = &'a Vec<f32>> {
    wanted.iter().filter_map(|it| channels.get(*it))
}

/// Spectral flatness: the geometric over the arithmetic mean. 1 for white noise and for nothing, near 0 for a tone.
#[derive(Clone, Copy, Debug, Default)]
struct Flatness {
    logarithms: f32,
    sum: f32,
    count: f32,
}

impl Flatness {
    /// Keeps the logarithm of nothing finite.
    const FLOOR: f32 = 1e-12;

    fn add(&mut self, power: f32) {
        let power = power + Self::FLOOR;
        self.logarithms += power.ln();
        self.sum += power;
        self.count += 1.0;
    }

    fn told(self) -> f32 {
        if self.count < 1.0 {
            return 1.0;
        }
        (self.logarithms / self.count).exp() / (self.sum / self.count)
    }
}
