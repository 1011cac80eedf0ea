//! The Fourier transform, for lengths that are powers of two.

use std::f64::consts::PI;

/// Complex numbers, real and imaginary parts apart: so the machine works through several at once.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    pub re: Vec<f32>,
    pub im: Vec<f32>,
}

/// One complex number.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Complex {
    pub re: f32,
    pub im: f32,
}

impl Complex {
    /// The square of its length.
    pub fn power(self) -> f32 {
        self.re * self.re + self.im * self.im
    }
}

/// The transform of one length, prepared.
#[derive(Debug)]
pub(super) struct Fourier {
    length: usize,
    /// Cosine and sine of every turn, round by round: 1 in the first, 2 in the second, 4, 8 and so on.
    rounds: Vec<(Vec<f32>, Vec<f32>)>,
    swaps: Vec<(usize, usize)>,
}

impl Fourier {
    /// For `1 << bits` numbers, two at least.
    pub fn new(bits: u32) -> Self {
        let bits = bits.max(1);
        let length = 1_usize << bits;
        let round = |bit: u32| {
            let half = 1_u32 << bit;
            let angles = (0..half).map(|at| -PI * f64::from(at) / f64::from(half));
            angles.map(|it| (it.cos() as f32, it.sin() as f32)).unzip()
        };
        let mirrored = |at: usize| at.reverse_bits() >> (usize::BITS - bits);
        let swaps = (0..length).map(|at| (at, mirrored(at))).filter(|(a, b)| a < b).collect();
        Self { length, rounds: (0..bits).map(round).collect(), swaps }
    }

    /// How many numbers it transforms.
    pub const fn length(&self) -> usize {
        self.length
    }

    /// Transforms in place; too few numbers stay as they are.
    pub fn transform(&self, numbers: &mut Numbers) {
        let Some(re) = numbers.re.get_mut(..self.length) else { return };
        let Some(im) = numbers.im.get_mut(..self.length) else { return };
        for (one, other) in &self.swaps {
            re.swap(*one, *other);
            im.swap(*one, *other);
        }
        for (cos, sin) in &self.rounds {
            let part = cos.len() * 2;
            for (re, im) in re.chunks_exact_mut(part).zip(im.chunks_exact_mut(part)) {
                turned(re.split_at_mut(cos.len()), im.split_at_mut(cos.len()), (cos, sin));
            }
        }
    }

    /// Of two real signals that were transformed as one complex, the two spectra at `at`.
    pub fn apart(&self, numbers: &Numbers, at: usize) -> Option<(Complex, Complex)> {
        let back = (self.length - at) % self.length;
        let (there, back) = (numbers.at(at)?, numbers.at(back)?);
        let first = Complex { re: (there.re + back.re) / 2.0, im: (there.im - back.im) / 2.0 };
        let second = Complex { re: (there.im + back.im) / 2.0, im: (back.re - there.re) / 2.0 };
        Some((first, second))
    }
}

impl Numbers {
    fn at(&self, at: usize) -> Option<Complex> {
        Some(Complex { re: *self.re.get(at)?, im: *self.im.get(at)? })
    }

    /// Forgets all numbers.
    pub fn clear(&mut self) {
        self.re.clear();
        self.im.clear();
    }
}

/// The sum and the difference of the first half and the turned second half.
fn turned(
    (re_a, re_b): (&mut [f32], &mut [f32]),
    (im_a, im_b): (&mut [f32], &mut [f32]),
    (cos, sin): (&[f32], &[f32]),
) {
    let first = re_a.iter_mut().zip(im_a);
    let second = re_b.iter_mut().zip(im_b);
    for (((re_a, im_a), (re_b, im_b)), (cos, sin)) in first.zip(second).zip(cos.iter().zip(sin)) {
        let (re, im) = (*re_b * cos - *im_b * sin, *re_b * sin + *im_b * cos);
        (*re_b, *im_b) = (*re_a - re, *im_a - im);
        (*re_a, *im_a) = (*re_a + re, *im_a + im);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slowly(signal: &[f32], at: usize) -> Complex {
        signal.iter().enumerate().fold(Complex::default(), |sum, (n, x)| {
            let angle = -2.0 * PI * (at * n) as f64 / signal.len() as f64;
            Complex { re: sum.re + x * angle.cos() as f32, im: sum.im + x * angle.sin() as f32 }
        })
    }

    #[test]
    fn two_signals_at_once_have_the_spectra_of_the_definition() {
        let fourier = Fourier::new(6);
        let one: Vec<f32> = (0..64).map(|it| ((it * 7) % 13) as f32 - 6.0).collect();
        let other: Vec<f32> = (0..64).map(|it| ((it * 5) % 11) as f32 - 5.0).collect();
        let mut both = Numbers { re: one.clone(), im: other.clone() };
        fourier.transform(&mut both);
        for at in 0..64 {
            let (first, second) = fourier.apart(&both, at).unwrap();
            for (found, wanted) in [(first, slowly(&one, at)), (second, slowly(&other, at))] {
                let apart = Complex { re: found.re - wanted.re, im: found.im - wanted.im };
                assert!(apart.power() < 1e-4, "{at}: {found:?} {wanted:?}");
            }
        }
    }
}
