//! How far a download has come. It counts as one when the last byte was sent, and not when it was begun.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Bytes of a file that were sent in one answer: from the first to before the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    pub from: u64,
    pub to: u64,
}

/// What was sent of a file, in whatever order: stretches that neither touch nor overlap, by where they begin.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Stretches(Vec<Stretch>);

/// What one person has downloaded of one material.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    pub parts: Stretches,
    /// When something was sent last.
    pub at: DateTime<Utc>,
    /// When it was last sent to the end.
    pub finished_at: Option<DateTime<Utc>>,
}

/// What became of a download when something more was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// Something is missing.
    Part,
    /// Every byte was sent.
    Whole,
}

impl Stretches {
    /// So many are remembered. Programs that fetch a file in parallel have a few dozen open at a time; of more, the
    /// shortest is forgotten, and has to be sent again.
    pub const MOST: usize = 64;

    /// Bytes in all of them.
    pub fn bytes(&self) -> u64 {
        self.0.iter().map(|it| it.to - it.from).sum()
    }

    /// The same with one more, of a file of `size` bytes.
    fn with(mut self, new: Stretch, size: u64) -> Self {
        let new = Stretch { to: new.to.min(size), ..new };
        if new.from < new.to {
            self.0.push(new);
        }
        self.0.sort_by_key(|it| it.from);
        let mut merged: Vec<Stretch> = Vec::with_capacity(self.0.len());
        for it in self.0 {
            match merged.last_mut() {
                Some(last) if it.from <= last.to => last.to = last.to.max(it.to),
                Some(_) | None => merged.push(it),
            }
        }
        if merged.len() > Self::MOST {
            let lengths = merged.iter().map(|it| it.to - it.from).enumerate();
            if let Some((shortest, _)) = lengths.min_by_key(|(_, length)| *length) {
                merged.remove(shortest);
            }
        }
        Self(merged)
    }
}

impl Download {
    /// The download after a stretch of a file of `size` bytes was sent. Where every byte had been sent before, it is
    /// a new download.
    pub fn after(
        before: Option<Self>,
        stretch: Stretch,
        size: u64,
        at: DateTime<Utc>,
    ) -> (Self, Sent) {
        let finished_before = before.as_ref().and_then(|it| it.finished_at);
        let so_far = before.map(|it| it.parts).filter(|it| it.bytes() < size);
        let parts = so_far.unwrap_or_default().with(stretch, size);
        if parts.bytes() == size {
            return (Self { parts, at, finished_at: Some(at) }, Sent::Whole);
        }
        (Self { parts, at, finished_at: finished_before }, Sent::Part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::sample::instant;

    /// What was sent, stretch after stretch, of a file of so many bytes; and how often all of it was.
    fn told(stretches: &[(u64, u64)], size: u64) -> (Stretches, usize) {
        let at = instant("2026-11-11T14:00:00Z");
        let (mut download, mut wholes) = (None, 0);
        for (from, to) in stretches {
            let stretch = Stretch { from: *from, to: *to };
            let (after, sent) = Download::after(download, stretch, size, at);
            wholes += usize::from(sent == Sent::Whole);
            download = Some(after);
        }
        (download.map(|it: Download| it.parts).unwrap_or_default(), wholes)
    }

    #[test]
    fn a_download_counts_when_every_byte_was_sent() {
        for (stretches, sent, wholes) in [
            (&[(0, 100)][..], 100, 1),
            (&[(0, 38)], 38, 0),
            (&[(0, 38), (38, 100)], 100, 1),
            (&[(0, 38), (20, 100)], 100, 1),
            // Fetched in parallel, the last may be there first.
            (&[(75, 100), (25, 50), (0, 25), (50, 75)], 100, 1),
            // The end alone is no download, and a gap is not forgiven.
            (&[(99, 100)], 1, 0),
            (&[(0, 38), (39, 100)], 99, 0),
            // Begun anew, and what was there before is not forgotten.
            (&[(0, 38), (0, 5)], 38, 0),
            (&[(0, 38), (0, 100)], 100, 1),
            // The same again is a second download; its end again is not.
            (&[(0, 100), (0, 100)], 100, 2),
            (&[(0, 100), (99, 100)], 1, 1),
            (&[(0, 100), (99, 100), (0, 99)], 100, 2),
            (&[(0, 100), (0, 5)], 5, 1),
            // No more than there is, and nothing of what is not there.
            (&[(0, 500)], 100, 1),
            (&[(500, 600), (30, 30), (40, 30)], 0, 0),
        ] {
            let (parts, times) = told(stretches, 100);
            assert_eq!((parts.bytes(), times), (sent, wholes), "{stretches:?}");
        }
        assert_eq!(told(&[(0, 0)], 0).1, 1, "of an empty file everything was sent");
    }

    /// All ways to send four stretches of a file of four bytes, beside a model that knows each byte.
    #[test]
    fn whatever_is_sent_in_whatever_order_is_counted_byte_by_byte() {
        const SIZE: u64 = 4;
        let stretches: Vec<_> =
            (0..SIZE).flat_map(|from| (from + 1..=SIZE).map(move |to| (from, to))).collect();
        let count = stretches.len();
        for number in 0..count.pow(4) {
            let chosen: Vec<_> =
                (0..4).map(|place| stretches[number / count.pow(place) % count]).collect();
            let (mut bytes, mut wholes) = ([false; SIZE as usize], 0);
            for (from, to) in &chosen {
                if bytes == [true; SIZE as usize] {
                    bytes = [false; SIZE as usize];
                }
                (*from..*to).for_each(|it| bytes[it as usize] = true);
                wholes += usize::from(bytes == [true; SIZE as usize]);
            }
            let (parts, times) = told(&chosen, SIZE);
            let sent = |at: u64| parts.0.iter().any(|it| (it.from..it.to).contains(&at));
            let found: Vec<_> = (0..SIZE).map(sent).collect();
            assert_eq!((found.as_slice(), times), (&bytes[..], wholes), "{chosen:?}");
            assert!(parts.0.windows(2).all(|it| it[0].to < it[1].from), "{chosen:?}: {parts:?}");
        }
    }

    #[test]
    fn of_too_many_pieces_the_shortest_is_forgotten() {
        let most = Stretches::MOST as u64;
        let mut pieces: Vec<_> = (0..most).map(|it| (it * 10, it * 10 + 5)).collect();
        pieces.push((most * 10, most * 10 + 1));
        let size = most * 10 + 10;
        let (parts, _) = told(&pieces, size);
        assert_eq!((parts.0.len() as u64, parts.bytes()), (most, most * 5));
        // Whatever is forgotten, the whole is still the whole.
        pieces.push((0, size));
        assert_eq!(told(&pieces, size).1, 1);
    }

    #[test]
    fn whoever_has_it_keeps_having_it() {
        let (early, late) = (instant("2026-11-11T14:00:00Z"), instant("2026-11-12T14:00:00Z"));
        let (first, _) = Download::after(None, Stretch { from: 0, to: 100 }, 100, early);
        let (second, sent) = Download::after(Some(first), Stretch { from: 0, to: 5 }, 100, late);
        assert_eq!((second.parts.bytes(), second.at), (5, late));
        assert_eq!((second.finished_at, sent), (Some(early), Sent::Part));
    }
}
