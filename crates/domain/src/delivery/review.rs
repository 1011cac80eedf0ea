//! The platform's queue of overrides that wait for a verdict, and what was decided before.

use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Timelike, Utc};

use super::{Explained, OverrideReason, TransferDetails, Verdict};
use crate::{
    id::{RequestId, TransferId},
    inspection::{ErrorCode, Finding},
    language::Language,
    request::{SourceRequest, SourceType},
    title::Title,
};

/// A stretch of the queue, longest waiting first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reviews {
    pub heads: Vec<ReviewHead>,
    /// How many wait in all.
    pub waiting: u32,
    /// The number to ask for what has waited less long; absent at the end.
    pub newer: Option<i64>,
}

/// An override in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewHead {
    /// Grows with every override that is asked for.
    pub number: i64,
    pub transfer: TransferId,
    pub source_type: SourceType,
    pub language: Option<Language>,
    /// The name of the title.
    pub title: String,
    /// The organization that delivered the file.
    pub partner: String,
    pub asked_at: DateTime<Utc>,
    /// What the override is about.
    pub codes: Vec<ErrorCode>,
}

/// Everything that is known to whoever decides an override.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    pub request: SourceRequest,
    pub title: Title,
    pub details: TransferDetails,
    pub asked_at: DateTime<Utc>,
    /// Who asked, and for which organization.
    pub asked_by: String,
    pub organization: String,
    /// What was said to each finding.
    pub explained: Vec<Explained>,
    /// What was decided about the same codes of the same title, newest first.
    pub precedents: Vec<Precedent>,
}

/// An override that was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Precedent {
    pub code: ErrorCode,
    /// Why the partner had asked.
    pub reason: OverrideReason,
    pub verdict: Verdict,
    pub decided_at: DateTime<Utc>,
    /// Who decided; not known of what was decided before this was kept.
    pub decided_by: Option<String>,
    /// What was said with the verdict.
    pub comment: String,
    pub request: RequestId,
    pub source_type: SourceType,
    pub language: Option<Language>,
    pub partner: String,
}

/// How long an override has waited, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Patience {
    Fresh,
    /// More than one business day.
    Late,
    /// More than two.
    TooLate,
}

impl Review {
    /// What was said to a finding, if anything was.
    pub fn explanation(&self, finding: &Finding) -> Option<&Explained> {
        self.explained.iter().find(|it| it.code == finding.code)
    }
}

/// How long somebody has waited from `since` to `now`, both as the clock on the wall shows them: Saturdays and
/// Sundays do not count.
pub fn patience(since: NaiveDateTime, now: NaiveDateTime) -> Patience {
    let waited = business_time(now) - business_time(since);
    if waited > TimeDelta::days(2) {
        Patience::TooLate
    } else if waited > TimeDelta::days(1) {
        Patience::Late
    } else {
        Patience::Fresh
    }
}

/// The time of all business days before `at`, counted from a Monday long ago.
fn business_time(at: NaiveDateTime) -> TimeDelta {
    let days = i64::from(at.date().num_days_from_ce()) - 1;
    let (weeks, weekday) = (days.div_euclid(7), days.rem_euclid(7));
    let of_today = match weekday {
        0..=4 => TimeDelta::seconds(at.time().num_seconds_from_midnight().into()),
        _ => TimeDelta::zero(),
    };
    TimeDelta::days(weeks * 5 + weekday.min(5)) + of_today
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wall(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn weekends_do_not_make_anybody_late() {
        for (since, now, expected) in [
            // 20 November 2026 is a Friday.
            ("2026-11-20T10:00:00", "2026-11-20T09:00:00", Patience::Fresh),
            ("2026-11-20T10:00:00", "2026-11-21T09:00:00", Patience::Fresh),
            ("2026-11-20T10:00:00", "2026-11-22T23:59:59", Patience::Fresh),
            ("2026-11-20T10:00:00", "2026-11-23T10:00:00", Patience::Fresh),
            ("2026-11-20T10:00:00", "2026-11-23T10:00:01", Patience::Late),
            ("2026-11-20T10:00:00", "2026-11-24T10:00:00", Patience::Late),
            ("2026-11-20T10:00:00", "2026-11-24T10:00:01", Patience::TooLate),
            ("2026-11-16T10:00:00", "2026-11-17T10:00:01", Patience::Late),
            ("2026-11-21T10:00:00", "2026-11-24T00:00:00", Patience::Fresh),
            ("2026-11-21T10:00:00", "2026-11-24T00:00:01", Patience::Late),
            ("2026-01-01T00:00:00", "2026-12-31T00:00:00", Patience::TooLate),
        ] {
            assert_eq!(patience(wall(since), wall(now)), expected, "{since} to {now}");
        }
    }
}
