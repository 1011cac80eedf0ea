//! Filters of second order, one after the other.

use std::f64::consts::PI;

/// What is smaller is as good as nothing, and would slow the machine down.
const NEARLY_NOTHING: f64 = 1e-30;

/// One filter of second order, in the transposed direct form II.
#[derive(Clone, Copy, Debug)]
pub(super) struct Biquad {
    b: [f64; 3],
    a: [f64; 2],
    state: [f64; 2],
}

impl Biquad {
    fn new(b: [f64; 3], a: [f64; 3]) -> Self {
        let [a0, a1, a2] = a;
        Self { b: b.map(|it| it / a0), a: [a1 / a0, a2 / a0], state: [0.0; 2] }
    }

    /// The next sample.
    #[inline]
    pub fn pass(&mut self, x: f64) -> f64 {
        let y = self.b[0] * x + self.state[0];
        self.state = [self.b[1] * x - self.a[0] * y + self.state[1], self.b[2] * x - self.a[1] * y];
        y
    }

    /// Lets a filter that has died away come to rest.
    pub fn rest(&mut self) {
        for it in &mut self.state {
            if it.abs() < NEARLY_NOTHING {
                *it = 0.0;
            }
        }
    }

    /// Passes what is below `hertz`.
    fn low_pass(rate: f64, hertz: f64, q: f64) -> Self {
        let (cos, alpha) = turn(rate, hertz, q);
        let b = (1.0 - cos) / 2.0;
        Self::new([b, 1.0 - cos, b], [1.0 + alpha, -2.0 * cos, 1.0 - alpha])
    }

    /// Passes what is above `hertz`.
    fn high_pass(rate: f64, hertz: f64, q: f64) -> Self {
        let (cos, alpha) = turn(rate, hertz, q);
        let b = (1.0 + cos) / 2.0;
        Self::new([b, -(1.0 + cos), b], [1.0 + alpha, -2.0 * cos, 1.0 - alpha])
    }
}

/// The cosine of the frequency as an angle, and the width that follows from `q`. Frequencies above half the sample
/// rate do not exist, so the filter stays a little below.
fn turn(rate: f64, hertz: f64, q: f64) -> (f64, f64) {
    let angle = 2.0 * PI * hertz.min(rate * 0.49) / rate;
    (angle.cos(), angle.sin() / (2.0 * q))
}

/// The two halves of a Butterworth filter of fourth order.
const BUTTERWORTH: [f64; 2] = [0.541_196_100_146_197, 1.306_562_964_876_377];

/// Passes what is below `hertz`, fourth order.
pub(super) fn low_pass(rate: f64, hertz: f64) -> [Biquad; 2] {
    BUTTERWORTH.map(|q| Biquad::low_pass(rate, hertz, q))
}

/// Passes what lies between, fourth order on both sides.
pub(super) fn band_pass(rate: f64, from: f64, to: f64) -> [Biquad; 4] {
    let [a, b] = BUTTERWORTH.map(|q| Biquad::high_pass(rate, from, q));
    let [c, d] = low_pass(rate, to);
    [a, b, c, d]
}

/// The K-weighting of ITU-R BS.1770-4, annex 1: the coefficients of its tables 1 and 2 at 48 kHz, and filters of the
/// same shape at other rates.
pub(super) fn k_weighting(rate: f64) -> [Biquad; 2] {
    let shelf = {
        let (hertz, gain, q) =
            (1_681.974_450_955_533, 3.999_843_853_973_347, 0.707_175_236_955_419_6);
        let k = (PI * hertz / rate).tan();
        let high = 10_f64.powf(gain / 20.0);
        let middle = high.powf(0.499_666_774_154_541_6);
        Biquad::new(
            [high + middle * k / q + k * k, 2.0 * (k * k - high), high - middle * k / q + k * k],
            [1.0 + k / q + k * k, 2.0 * (k * k - 1.0), 1.0 - k / q + k * k],
        )
    };
    let high_pass = {
        let (hertz, q) = (38.135_470_876_024_44, 0.500_327_037_323_877_3);
        let k = (PI * hertz / rate).tan();
        let a0 = 1.0 + k / q + k * k;
        Biquad::new([a0, -2.0 * a0, a0], [a0, 2.0 * (k * k - 1.0), 1.0 - k / q + k * k])
    };
    [shelf, high_pass]
}

/// Sends a sample through all of them.
#[inline]
pub(super) fn through(filters: &mut [Biquad], sample: f64) -> f64 {
    filters.iter_mut().fold(sample, |it, filter| filter.pass(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The gain for a tone, dB.
    fn gain(filters: &mut [Biquad], hertz: f64) -> f64 {
        let tone = |at: u32| (2.0 * PI * hertz * f64::from(at) / 48_000.0).sin();
        let mut sum = (0.0, 0.0);
        for at in 0..48_000 {
            let (x, y) = (tone(at), through(filters, tone(at)));
            if at >= 24_000 {
                sum = (sum.0 + x * x, sum.1 + y * y);
            }
        }
        10.0 * (sum.1 / sum.0).log10()
    }

    #[test]
    fn k_weighting_has_the_coefficients_of_the_standard() {
        let [shelf, high_pass] = k_weighting(48_000.0);
        let close = |found: &[f64], table: &[f64]| {
            assert!(found.iter().zip(table).all(|(a, b)| (a - b).abs() < 1e-8), "{found:?}");
        };
        close(&shelf.b, &[1.535_124_859_586_97, -2.691_696_189_406_38, 1.198_392_810_852_85]);
        close(&shelf.a, &[-1.690_659_293_182_41, 0.732_480_774_215_85]);
        close(&high_pass.b, &[1.0, -2.0, 1.0]);
        close(&high_pass.a, &[-1.990_047_454_833_98, 0.990_072_250_366_21]);
    }

    #[test]
    fn filters_pass_their_band_and_nothing_else() {
        for (hertz, least, most) in
            [(60.0, -60.0, -45.0), (250.0, -3.2, -2.8), (1000.0, -0.1, 0.1), (3800.0, -3.2, -2.8)]
        {
            let gain = gain(&mut band_pass(48_000.0, 250.0, 3800.0), hertz);
            assert!((least..=most).contains(&gain), "{hertz}: {gain}");
        }
        assert!(gain(&mut low_pass(48_000.0, 120.0), 40.0).abs() < 0.1);
        assert!(gain(&mut low_pass(48_000.0, 120.0), 480.0) < -45.0);
    }
}
