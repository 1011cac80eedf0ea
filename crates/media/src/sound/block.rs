//! A hundredth of a second of sound, each channel for itself.

use domain::inspection::Runtime;

/// Samples louder than this come out of broken files only; they are cut so that sums stay numbers.
const LOUDEST: f32 = 16.0;

/// Samples on their way: interleaved in, by channel out.
#[derive(Debug)]
pub(super) struct Blocks {
    channels: Vec<Vec<f32>>,
    next: usize,
    length: usize,
}

impl Blocks {
    /// Blocks of `length` samples for so many channels.
    pub fn new(channels: usize, length: usize) -> Self {
        let length = length.max(1);
        Self { channels: vec![Vec::with_capacity(length); channels], next: 0, length }
    }

    /// Takes samples up to the end of a block and gives back those that are left.
    pub fn take<'a>(&mut self, samples: &'a [f32]) -> &'a [f32] {
        let channels = self.channels.len();
        let room = (self.length * channels).saturating_sub(self.filled());
        let (now, later) = samples.split_at(room.min(samples.len()));
        for sample in now {
            if let Some(channel) = self.channels.get_mut(self.next) {
                // What is no number (floating point files may hold that) is silence.
                let is_number = sample.is_finite();
                channel.push(if is_number { sample.clamp(-LOUDEST, LOUDEST) } else { 0.0 });
            }
            self.next = if self.next + 1 < channels { self.next + 1 } else { 0 };
        }
        later
    }

    fn filled(&self) -> usize {
        self.channels.iter().map(Vec::len).sum()
    }

    /// Whether the block is full.
    pub fn is_full(&self) -> bool {
        self.channels.last().is_some_and(|it| it.len() >= self.length)
    }

    /// How many samples every channel has.
    pub fn samples(&self) -> usize {
        self.channels.iter().map(Vec::len).min().unwrap_or_default()
    }

    /// The samples, channel by channel.
    pub fn channels(&self) -> &[Vec<f32>] {
        &self.channels
    }

    /// Makes room for the next block.
    pub fn clear(&mut self) {
        self.channels.iter_mut().for_each(Vec::clear);
        self.next = 0;
    }
}

/// How long so many samples take.
pub(super) fn time(samples: u64, rate: u32) -> Runtime {
    let micros = u128::from(samples) * 1_000_000 / u128::from(rate.max(1));
    Runtime::from_micros(i64::try_from(micros).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::Blocks;

    #[test]
    fn samples_go_to_their_channels_however_they_are_cut() {
        let samples: Vec<f32> = (0..12).map(|it| it as f32 / 16.0).collect();
        for cut in 1..12 {
            let mut blocks = Blocks::new(3, 2);
            let mut seen = Vec::new();
            for mut piece in samples.chunks(cut) {
                while !piece.is_empty() {
                    piece = blocks.take(piece);
                    if blocks.is_full() {
                        seen.push(blocks.channels().to_vec());
                        blocks.clear();
                    }
                }
            }
            let sixteenths =
                |it: &Vec<f32>| it.iter().map(|it| (it * 16.0) as u8).collect::<Vec<_>>();
            let seen: Vec<Vec<_>> =
                seen.iter().map(|it| it.iter().map(sixteenths).collect()).collect();
            assert_eq!(
                seen,
                [[vec![0, 3], vec![1, 4], vec![2, 5]], [vec![6, 9], vec![7, 10], vec![8, 11]]],
                "{cut}"
            );
        }
    }

    #[test]
    fn what_is_no_number_is_silence() {
        let mut blocks = Blocks::new(1, 8);
        blocks.take(&[f32::NAN, f32::INFINITY, f32::MAX, -0.5]);
        assert_eq!(blocks.channels(), [vec![0.0, 0.0, 16.0, -0.5]]);
    }
}
