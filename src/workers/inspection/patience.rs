//! How long a run may take: others wait for the worker.

use std::time::Duration;

use domain::inspection::Finding;
use tokio::time::Instant;

/// For the headers of all files of a transfer together.
const FOR_HEADERS: Duration = Duration::from_mins(10);
/// The longest that anything may take. What is fetched out of an object store is kept for as long.
const LONGEST: Duration = Duration::from_hours(24);

/// How long all files of a transfer together may take.
pub(super) struct Patience {
    begun: Instant,
    budget: Duration,
}

impl Patience {
    pub fn begin() -> Self {
        Self { begun: Instant::now(), budget: FOR_HEADERS }
    }

    /// How much is left; nothing once it is used up.
    pub fn left(&self) -> Option<Duration> {
        self.left_after(self.begun.elapsed())
    }

    fn left_after(&self, gone: Duration) -> Option<Duration> {
        self.budget.checked_sub(gone).filter(|it| !it.is_zero())
    }

    /// A file is decoded that may take so much longer by itself.
    pub fn grow(&mut self, by: Duration) {
        self.budget = self.budget.saturating_add(by).min(LONGEST);
    }

    /// What is said of a file for which there was none left.
    pub fn lost(&self) -> Finding {
        let minutes = self.budget.as_secs() / 60;
        Finding::too_costly("time", &format!("{minutes} minutes for all files together"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn patience_grows_with_what_is_decoded_and_has_an_end() {
        let mut patience = Patience::begin();
        let minutes = Duration::from_mins;
        assert_eq!(patience.left_after(minutes(9)), Some(minutes(1)));
        assert_eq!(patience.left_after(minutes(10)), None);
        patience.grow(minutes(30));
        assert_eq!(patience.left_after(minutes(9)), Some(minutes(31)));
        let lost = patience.lost();
        assert!(lost.limit.is_some_and(|it| it.contains("40 minutes")));
        patience.grow(Duration::MAX);
        assert_eq!(patience.left_after(minutes(9)), Some(LONGEST - minutes(9)));
    }
}
