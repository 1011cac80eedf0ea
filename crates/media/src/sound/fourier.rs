//! The Fourier transform, for lengths that are powers of two.

use std::f64::consts::PI;

/// A number with a real and an imaginary part.
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

    fn times(self, other: Self) -> Self {
        Self {
            re: self.re * other.re - self.im * other.im,
            im: self.re * other.im + self.im * other.re,
        }
    }
}

/// The transform of one length, prepared.
#[derive(Debug)]
pub(super) struct Fourier {
    turns: Vec<Complex>,
    swaps: Vec<(usize, usize)>,
}

impl Fourier {
    /// For `1 << bits` numbers.
    pub fn new(bits: u32) -> Self {
        let length = 1_usize << bits;
        let turn = |at: usize| {
            let angle = -2.0 * PI * at as f64 / length as f64;
            Complex { re: angle.cos() as f32, im: angle.sin() as f32 }
        };
        let mirrored = |at: usize| at.reverse_bits() >> (usize::BITS - bits);
        let swaps = (0..length).map(|at| (at, mirrored(at))).filter(|(a, b)| a < b).collect();
        Self { turns: (0..length / 2).map(turn).collect(), swaps }
    }

    /// How many numbers it transforms.
    pub fn length(&self) -> usize {
        self.turns.len() * 2
    }

    /// Transforms in place; numbers behind its length, or too few of them, stay as they are.
    pub fn transform(&self, numbers: &mut [Complex]) {
        let Some(numbers) = numbers.get_mut(..self.length()) else { return };
        for (one, other) in &self.swaps {
            numbers.swap(*one, *other);
        }
        let mut half = 1;
        while half < self.length() {
            let step = self.turns.len() / half;
            for part in numbers.chunks_exact_mut(half * 2) {
                let (low, high) = part.split_at_mut(half);
                for ((a, b), turn) in low.iter_mut().zip(high).zip(self.turns.iter().step_by(step))
                {
                    let turned = b.times(*turn);
                    *b = Complex { re: a.re - turned.re, im: a.im - turned.im };
                    *a = Complex { re: a.re + turned.re, im: a.im + turned.im };
                }
            }
            half *= 2;
        }
    }

    /// Of two real signals that were transformed as one complex, the two spectra at `at`.
    pub fn apart(&self, numbers: &[Complex], at: usize) -> Option<(Complex, Complex)> {
        let there = numbers.get(at)?;
        let back = numbers.get((self.length() - at) % self.length())?;
        let first = Complex { re: (there.re + back.re) / 2.0, im: (there.im - back.im) / 2.0 };
        let second = Complex { re: (there.im + back.im) / 2.0, im: (back.re - there.re) / 2.0 };
        Some((first, second))
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
        let both = one.iter().zip(&other).map(|(re, im)| Complex { re: *re, im: *im });
        let mut both: Vec<_> = both.collect();
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
