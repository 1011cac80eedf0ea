//! Sounds made of numbers: voices, noises and tones.

use std::f32::consts::TAU;

pub const RATE: u32 = 48_000;

/// So many seconds of a function of time.
pub fn made_of(seconds: f32, wave: impl FnMut(f32) -> f32) -> Vec<f32> {
    (0..(seconds * RATE as f32).round() as u32)
        .map(|at| at as f32 / RATE as f32)
        .map(wave)
        .collect()
}

pub fn tone(seconds: f32, hertz: f32, size: f32) -> Vec<f32> {
    made_of(seconds, |time| size * (TAU * hertz * time).sin())
}

/// A size out of decibels.
pub fn decibels(level: f32) -> f32 {
    10_f32.powf(level / 20.0)
}

/// Numbers from -1 to 1 without any order, always the same for one seed.
pub fn white(seed: u32) -> impl FnMut() -> f32 {
    let mut state = seed.wrapping_mul(2_654_435_761).max(1);
    move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state >> 8) as f32 / (1 << 23) as f32 - 1.0
    }
}

/// Pink noise with the filter of Paul Kellet.
pub fn pink(seconds: f32, size: f32, seed: u32) -> Vec<f32> {
    let (mut white, mut state) = (white(seed), [0.0_f32; 3]);
    made_of(seconds, |_| {
        let it = white();
        state[0] = 0.997_65 * state[0] + it * 0.099_046;
        state[1] = 0.963 * state[1] + it * 0.296_516_4;
        state[2] = 0.57 * state[2] + it * 1.052_691_3;
        size * (state.iter().sum::<f32>() + it * 0.1848) / 4.0
    })
}

/// A voice: four syllables a second, each a hiss and a gliding vowel of many harmonics, and a breath after every six.
pub fn voice(seconds: f32, size: f32, pitch: f32) -> Vec<f32> {
    const SYLLABLE: f32 = 0.25;
    let (mut white, mut before, mut phase) = (white(pitch as u32), 0.0, 0.0_f32);
    made_of(seconds, |time| {
        let (number, within) = ((time / SYLLABLE) as u32, (time % SYLLABLE) / SYLLABLE);
        if number % 7 == 6 {
            return 0.0;
        }
        let it = white();
        let hiss = it - before;
        before = it;
        if within < 0.2 {
            return size * 0.3 * hiss * (within / 0.2 * TAU / 2.0).sin();
        }
        let vowel = (within - 0.2) / 0.8;
        let hertz = pitch * (1.0 + 0.15 * (number as f32 * 1.7).sin() - 0.1 * vowel);
        phase = (phase + hertz / RATE as f32).fract();
        let formants = [(500.0, 1.0), (1500.0, 0.6), (2500.0, 0.3)];
        let formants =
            formants.map(|(at, size)| (at * (1.0 + 0.3 * (number as f32 * 2.3).cos()), size));
        let harmonic = |order: i32| {
            let at = hertz * order as f32;
            let strength: f32 = formants
                .iter()
                .map(|(peak, size)| size / (1.0 + ((at - peak) / 120.0).powi(2)))
                .sum();
            (strength + 0.02) * (TAU * phase * order as f32).sin()
        };
        let swell = (vowel * TAU / 2.0).sin().max(0.0);
        size * 0.6 * swell * (1..30).map(harmonic).sum::<f32>()
    })
}

/// The sum of two sounds, as long as the first.
pub fn mixed(one: &[f32], other: &[f32]) -> Vec<f32> {
    let other = other.iter().chain(std::iter::repeat(&0.0));
    one.iter().zip(other).map(|(one, other)| one + other).collect()
}

pub fn times(sound: &[f32], factor: f32) -> Vec<f32> {
    sound.iter().map(|it| it * factor).collect()
}

/// Channels one after the other as they stand in a file.
pub fn interleaved(channels: &[Vec<f32>]) -> Vec<f32> {
    let length = channels.iter().map(Vec::len).min().unwrap_or_default();
    (0..length).flat_map(|at| channels.iter().map(move |it| it[at])).collect()
}

/// A flawless 5.1 mix: noise in the sides, `center`, a rumble in the LFE, all different.
pub fn surround(seconds: f32, center: Vec<f32>) -> Vec<Vec<f32>> {
    let rumble =
        made_of(seconds, |time| 0.1 * (TAU * 60.0 * time).sin() * (1.0 + (time * 1.3).sin()));
    vec![
        swelling(pink(seconds, 0.15, 1), 0.3),
        swelling(pink(seconds, 0.15, 2), 0.37),
        center,
        rumble,
        swelling(pink(seconds, 0.08, 3), 0.23),
        swelling(pink(seconds, 0.08, 4), 0.29),
    ]
}

fn swelling(mut sound: Vec<f32>, hertz: f32) -> Vec<f32> {
    for (at, sample) in sound.iter_mut().enumerate() {
        *sample *= 0.7 + 0.3 * (TAU * hertz * at as f32 / RATE as f32).sin();
    }
    sound
}
