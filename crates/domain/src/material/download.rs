//! How far a download has come. It counts as one when the last byte was sent, and not when it was begun.

use chrono::{DateTime, Utc};

/// Bytes of a file that were sent in one answer: from the first to before the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub from: u64,
    pub to: u64,
}

/// What one person has downloaded of one material.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Download {
    /// Bytes from the beginning on, without a gap.
    pub sent: u64,
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
    /// The last byte, and all before it.
    Whole,
}

impl Download {
    /// The download after a stretch of a file of `size` bytes was sent. From the beginning it is a new download;
    /// from farther on it goes on with the one before, if there is no gap.
    pub fn after(
        before: Option<Self>,
        stretch: Stretch,
        size: u64,
        at: DateTime<Utc>,
    ) -> (Self, Sent) {
        let so_far = before.filter(|_| stretch.from > 0).map_or(0, |it| it.sent);
        let joins = stretch.from <= so_far;
        let sent = if joins { so_far.max(stretch.to).min(size) } else { so_far };
        let ends_now = sent == size && (so_far < size || stretch.from == 0);
        let finished_before = before.and_then(|it| it.finished_at);
        let finished_at = if ends_now { Some(at) } else { finished_before };
        (Self { sent, at, finished_at }, if ends_now { Sent::Whole } else { Sent::Part })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::sample::instant;

    /// What was sent, stretch after stretch, of a file of 100 bytes; and how often its end was reached.
    fn told(stretches: &[(u64, u64)]) -> (u64, usize) {
        let at = instant("2026-11-11T14:00:00Z");
        let (mut download, mut wholes) = (None, 0);
        for (from, to) in stretches {
            let stretch = Stretch { from: *from, to: *to };
            let (after, sent) = Download::after(download, stretch, 100, at);
            wholes += usize::from(sent == Sent::Whole);
            download = Some(after);
        }
        (download.map_or(0, |it| it.sent), wholes)
    }

    #[test]
    fn a_download_counts_when_every_byte_was_sent() {
        for (stretches, sent, wholes) in [
            (&[(0, 100)][..], 100, 1),
            (&[(0, 38)], 38, 0),
            (&[(0, 38), (38, 100)], 100, 1),
            (&[(0, 38), (20, 100)], 100, 1),
            // The end alone is no download, and a gap is not forgiven.
            (&[(99, 100)], 0, 0),
            (&[(0, 38), (39, 100)], 38, 0),
            // The same again is a second download; its end again is not.
            (&[(0, 100), (0, 100)], 100, 2),
            (&[(0, 100), (99, 100)], 100, 1),
            (&[(0, 100), (0, 5)], 5, 1),
        ] {
            assert_eq!(told(stretches), (sent, wholes), "{stretches:?}");
        }
    }

    #[test]
    fn whoever_has_it_keeps_having_it() {
        let (early, late) = (instant("2026-11-11T14:00:00Z"), instant("2026-11-12T14:00:00Z"));
        let (first, _) = Download::after(None, Stretch { from: 0, to: 100 }, 100, early);
        let (second, sent) = Download::after(Some(first), Stretch { from: 0, to: 5 }, 100, late);
        assert_eq!((second.sent, second.at, second.finished_at), (5, late, Some(early)));
        assert_eq!(sent, Sent::Part);
    }
}
