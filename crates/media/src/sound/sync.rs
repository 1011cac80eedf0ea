//! Where one program lies against another, by the envelopes of the music and effects that both carry.

use domain::inspection::{Runtime, SyncOffset};

use super::{
    envelope::Envelope,
    fourier::{Fourier, Numbers},
};

/// The farthest that is looked, milliseconds on both sides.
const FARTHEST: usize = 5000;
/// Places as close as this to the best belong to it, milliseconds.
const NEAR: usize = 30;
/// Milliseconds of the moving mean, and of the edges that do not count: the silence at the beginning is where every
/// program is like every other.
const MOVING: usize = 200;
/// What is more than so many decibels (5 %) below the median is nothing.
const FLOOR: u8 = Envelope::half_decibels(26);
/// What stands out farther than so many standard deviations counts no more than that.
const CLIP: f32 = 3.0;
/// The best place has to be so alike, and so many times as alike as any other.
const LIKENESS: f32 = 0.2;
const CLEARNESS: f32 = 3.0;
/// Milliseconds of one transform.
const BITS: u32 = 15;

/// How much later `other` is than `primary`; nothing where the two have too little in common to tell.
pub fn sync(primary: &Envelope, other: &Envelope) -> Option<SyncOffset> {
    let (one, other) = (Shape::of(primary)?, Shape::of(other)?);
    let likeness = correlated(&one.values, &other.values);
    let size = (one.power * other.power).sqrt();
    let (best, peak) = highest(likeness.iter().copied().enumerate())?;
    let apart = likeness.iter().copied().enumerate().filter(|(at, _)| at.abs_diff(best) > NEAR);
    let (_, second) = highest(apart)?;
    let (alike, clear) = (peak / size, peak / second.max(f32::MIN_POSITIVE));
    if alike <= LIKENESS || clear <= CLEARNESS {
        return None;
    }
    let late = best as f64 - FARTHEST as f64 + f64::from(between(&likeness, best));
    Some(SyncOffset {
        later: Runtime::from_micros((late * 1000.0).round() as i64),
        likeness: (alike * 100.0).round().clamp(0.0, 100.0) as u8,
        clearness: (clear * 100.0).min(1_000_000.0) as u32,
    })
}

/// An envelope with its ups and downs alone.
struct Shape {
    values: Vec<f32>,
    power: f32,
}

impl Shape {
    fn of(envelope: &Envelope) -> Option<Self> {
        let levels = envelope.as_bytes();
        let floor = median(levels)?.saturating_sub(FLOOR);
        let raised: Vec<f32> = levels.iter().map(|it| f32::from((*it).max(floor))).collect();
        let mut values = without_mean(&raised);
        let inner = values.len().checked_sub(2 * MOVING).filter(|it| *it > 2 * MOVING)?;
        let edge = |at: usize| !(MOVING..MOVING + inner).contains(&at);
        values.iter_mut().enumerate().filter(|(at, _)| edge(*at)).for_each(|(_, it)| *it = 0.0);
        let deviation = (power_of(&values) / values.len() as f32).sqrt();
        values.iter_mut().for_each(|it| *it = it.clamp(-CLIP * deviation, CLIP * deviation));
        let power = power_of(&values);
        (power > 0.0).then_some(Self { values, power })
    }
}

fn power_of(values: &[f32]) -> f32 {
    // In parts, as a long sum of small numbers loses them.
    values.chunks(4096).map(|it| it.iter().map(|it| it * it).sum::<f32>()).sum()
}

fn median(levels: &[u8]) -> Option<u8> {
    let mut counts = [0_usize; 256];
    for level in levels {
        counts.iter_mut().skip(usize::from(*level)).take(1).for_each(|it| *it += 1);
    }
    let mut below = 0;
    let middle = counts.iter().position(|it| {
        below += it;
        below * 2 > levels.len()
    })?;
    u8::try_from(middle).ok()
}

/// Each value less the mean of those around it.
fn without_mean(values: &[f32]) -> Vec<f32> {
    let (before, after) = (MOVING / 2, MOVING / 2);
    let (mut sum, mut count) = (0.0_f64, 0_u32);
    let mut entering = values.iter();
    for value in entering.by_ref().take(after) {
        sum += f64::from(*value);
        count += 1;
    }
    let mut leaving = values.iter();
    let mut differences = Vec::with_capacity(values.len());
    for (at, value) in values.iter().enumerate() {
        if let Some(enters) = entering.next() {
            sum += f64::from(*enters);
            count += 1;
        }
        if at > before
            && let Some(leaves) = leaving.next()
        {
            sum -= f64::from(*leaves);
            count -= 1;
        }
        differences.push(value - (sum / f64::from(count.max(1))) as f32);
    }
    differences
}

/// How alike the two are at every place from `FARTHEST` earlier to `FARTHEST` later. Piece by piece, with the spectra
/// added up, so that a film takes no more memory than a clip.
fn correlated(one: &[f32], other: &[f32]) -> Vec<f32> {
    let fourier = Fourier::new(BITS);
    let piece = fourier.length() - 2 * FARTHEST;
    let nothing = vec![0.0; fourier.length()];
    let mut spectrum = Numbers { re: nothing.clone(), im: nothing };
    let mut work = Numbers::default();
    for (number, part) in one.chunks(piece).enumerate() {
        let at = |place: usize| {
            let there = (number * piece + place).checked_sub(FARTHEST);
            there.and_then(|it| other.get(it)).copied().unwrap_or_default()
        };
        work.clear();
        work.re.extend_from_slice(part);
        work.re.resize(fourier.length(), 0.0);
        work.im.extend((0..fourier.length()).map(at));
        fourier.transform(&mut work);
        let sums = spectrum.re.iter_mut().zip(&mut spectrum.im).enumerate();
        for (place, (re, im)) in sums {
            if let Some((one, other)) = fourier.apart(&work, place) {
                *re += one.re * other.re + one.im * other.im;
                *im += one.re * other.im - one.im * other.re;
            }
        }
    }
    // Backward is forward with the imaginary parts turned around.
    spectrum.im.iter_mut().for_each(|it| *it = -*it);
    fourier.transform(&mut spectrum);
    let scale = fourier.length() as f32;
    spectrum.re.iter().take(2 * FARTHEST + 1).map(|it| it / scale).collect()
}

fn highest(values: impl Iterator<Item = (usize, f32)>) -> Option<(usize, f32)> {
    values.max_by(|(_, one), (_, other)| one.total_cmp(other))
}

/// The top of a parabola through the best place and its neighbors.
fn between(values: &[f32], best: usize) -> f32 {
    let around = best.checked_sub(1).and_then(|it| values.get(it..it + 3));
    let Some([before, top, after]) = around else { return 0.0 };
    let bend = before - 2.0 * top + after;
    if bend < 0.0 { ((before - after) / (2.0 * bend)).clamp(-0.5, 0.5) } else { 0.0 }
}
