//! How alike the channels of a mix are, two by two.

use domain::inspection::Pair;

/// Mixes with more channels are not compared: the work grows with their square.
const MOST_CHANNELS: usize = 12;
/// Pairs that are less alike than this say nothing, in ten-thousandths.
const ALIKE: f64 = 9_900.0;
/// So many pairs are told.
const MOST_PAIRS: usize = 16;

/// The channels of one mix being compared.
#[derive(Debug)]
pub(super) struct Pairs {
    products: Vec<(usize, usize, f64)>,
}

/// The sums of one channel that a correlation is made of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub count: f64,
    pub sum: f64,
    pub squares: f64,
}

impl Pairs {
    /// For so many channels.
    pub fn new(channels: usize) -> Self {
        let compared = if channels <= MOST_CHANNELS { channels } else { 0 };
        let of = |first: usize| (first + 1..compared).map(move |second| (first, second, 0.0));
        Self { products: (0..compared).flat_map(of).collect() }
    }

    /// The next samples of all channels.
    pub fn compare(&mut self, channels: &[Vec<f32>]) {
        for (first, second, product) in &mut self.products {
            if let (Some(first), Some(second)) = (channels.get(*first), channels.get(*second)) {
                *product += f64::from(product_of(first, second));
            }
        }
    }

    /// The pairs that are alike, straight or upside down. Channels without sums are not compared.
    pub fn told(&self, channels: &[Option<Sums>]) -> Vec<Pair> {
        let of = |at: usize| channels.get(at).copied().flatten();
        let pair = |(first, second, product): &(usize, usize, f64)| {
            let correlation = correlation(of(*first)?, of(*second)?, *product)?;
            Some(Pair {
                first: u8::try_from(*first).ok()?,
                second: u8::try_from(*second).ok()?,
                correlation: (correlation * 10_000.0).round() as i16,
            })
        };
        let alike = self.products.iter().filter_map(pair);
        alike.filter(|it| f64::from(it.correlation).abs() >= ALIKE).take(MOST_PAIRS).collect()
    }
}

/// Correlation without what is constant, so that two offsets do not look alike.
fn correlation(one: Sums, other: Sums, product: f64) -> Option<f64> {
    let spread = |it: Sums| it.squares - it.sum * it.sum / it.count;
    let common = product - one.sum * other.sum / one.count;
    let size = (spread(one) * spread(other)).sqrt();
    let correlation = common / size;
    (size > 0.0 && correlation.is_finite()).then(|| correlation.clamp(-1.0, 1.0))
}

fn product_of(one: &[f32], other: &[f32]) -> f32 {
    let ((one, one_rest), (other, other_rest)) = (one.as_chunks::<8>(), other.as_chunks::<8>());
    let mut sums = [0.0_f32; 8];
    for (one, other) in one.iter().zip(other) {
        for ((sum, one), other) in sums.iter_mut().zip(one).zip(other) {
            *sum += one * other;
        }
    }
    let rest: f32 = one_rest.iter().zip(other_rest).map(|(one, other)| one * other).sum();
    sums.iter().sum::<f32>() + rest
}
