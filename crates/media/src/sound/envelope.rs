//! The envelope of music and effects, a value each millisecond: what two versions of a program have in common.

use domain::inspection::Speaker;

/// Six hours; what is behind them is not kept.
const MOST: usize = 6 * 3600 * 1000;
/// Steps of a decibel.
const STEPS: f64 = 2.0;
/// The quietest level that is told from nothing, dBFS.
const QUIETEST: f64 = -120.0;

/// The level of music and effects in every millisecond, a byte each: half decibels above -120 dBFS.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Envelope {
    levels: Vec<u8>,
}

impl Envelope {
    /// How many half decibels a number of decibels is.
    pub(super) const fn half_decibels(decibels: u8) -> u8 {
        decibels * STEPS as u8
    }

    /// As kept beside a delivery.
    pub fn as_bytes(&self) -> &[u8] {
        &self.levels
    }

    /// As read back; what is too long is cut.
    pub fn from_bytes(mut levels: Vec<u8>) -> Self {
        levels.truncate(MOST);
        Self { levels }
    }
}

/// The envelope being taken.
#[derive(Debug)]
pub(super) struct Follower {
    channels: Vec<usize>,
    rate: u32,
    before: f32,
    squares: f64,
    count: u32,
    phase: u32,
    levels: Vec<u8>,
}

impl Follower {
    /// Of a mix: the sum of all channels but center and LFE, or of the only channel.
    pub fn new(mix: &[Speaker], rate: u32) -> Self {
        let carries = |it: &Speaker| !matches!(it, Speaker::Center | Speaker::Lfe);
        let channels = mix.iter().enumerate().filter(|(_, it)| mix.len() < 3 || carries(it));
        Self {
            channels: channels.map(|(at, _)| at).collect(),
            rate: rate.max(1000),
            before: 0.0,
            squares: 0.0,
            count: 0,
            phase: 0,
            levels: Vec::new(),
        }
    }

    /// The next samples of all channels of the mix.
    pub fn hear(&mut self, channels: &[Vec<f32>]) {
        if self.levels.len() >= MOST {
            return;
        }
        let mut taken = self.channels.iter().filter_map(|it| channels.get(*it));
        let Some(first) = taken.next() else { return };
        let mut sum = first.clone();
        for channel in taken {
            sum.iter_mut().zip(channel).for_each(|(sum, it)| *sum += it);
        }
        for sample in sum {
            // The difference of neighbors weakens the bass, which all programs have in common.
            let change = f64::from(sample - self.before);
            self.before = sample;
            self.squares += change * change;
            self.count += 1;
            self.phase += 1000;
            if self.phase >= self.rate {
                self.phase -= self.rate;
                self.end_of_millisecond();
            }
        }
    }

    fn end_of_millisecond(&mut self) {
        let level = 10.0 * (self.squares / f64::from(self.count)).log10();
        self.levels.push(((level - QUIETEST) * STEPS).clamp(0.0, 255.0) as u8);
        (self.squares, self.count) = (0.0, 0);
    }

    pub fn told(self) -> Envelope {
        Envelope::from_bytes(self.levels)
    }
}
