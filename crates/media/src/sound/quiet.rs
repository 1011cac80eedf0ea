//! Stretches in which all channels of a mix are silent.

use domain::inspection::Silence;

use super::block::time;

/// Shorter silences are pauses, seconds.
const SHORTEST: u64 = 1;
/// So many of the longest are kept.
const MOST: usize = 20;

/// One mix being listened to, in samples.
#[derive(Debug, Default)]
pub(super) struct Quiet {
    since: Option<u64>,
    found: Vec<(u64, u64)>,
}

impl Quiet {
    /// The block that begins at sample `at`.
    pub fn hear(&mut self, at: u64, is_silent: bool, rate: u32) {
        match (self.since, is_silent) {
            (None, true) => self.since = Some(at),
            (Some(since), false) => {
                self.since = None;
                self.keep(since, at, rate);
            }
            (None, false) | (Some(_), true) => {}
        }
    }

    fn keep(&mut self, from: u64, to: u64, rate: u32) {
        if to.saturating_sub(from) < SHORTEST * u64::from(rate) {
            return;
        }
        self.found.push((from, to));
        if self.found.len() > MOST {
            let shortest = self.found.iter().enumerate().min_by_key(|(_, (from, to))| to - from);
            if let Some(at) = shortest.map(|(at, _)| at) {
                self.found.remove(at);
            }
        }
    }

    /// The longest stretches in the order of time, when the file ends at sample `end`.
    pub fn told(&mut self, end: u64, rate: u32) -> Vec<Silence> {
        self.hear(end, false, rate);
        let stretch = |(from, to): &(u64, u64)| Silence {
            from: time(*from, rate),
            length: time(to - from, rate),
        };
        self.found.iter().map(stretch).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_silences_are_kept_and_the_last_one_ends_with_the_file() {
        let mut quiet = Quiet::default();
        // Silences of 1 to 30 s, each followed by a second of sound; then half a second, and two to the end.
        let mut at = 0;
        for length in (1..=30).chain([0]) {
            quiet.hear(at, true, 10);
            at += if length == 0 { 5 } else { length * 10 };
            quiet.hear(at, false, 10);
            at += 10;
        }
        quiet.hear(at, true, 10);
        let told = quiet.told(at + 210, 10);
        let seconds: Vec<_> = told.iter().map(|it| it.length.millis() / 1000).collect();
        assert_eq!(seconds, (12..=30).chain([21]).collect::<Vec<_>>());
        assert!(told.is_sorted_by_key(|it| it.from));
    }
}
