//! Work the portal owes itself, kept in a table until it is done.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::{
    id::{LetterId, PackageId, TransferId},
    key::keyed,
};

/// One piece of work. Every kind may be run twice without doing anything twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// Measure and judge the files of a transfer.
    Inspect { transfer: TransferId },
    /// Let the transfers go on that waited for the primary of a package.
    Release { package: PackageId },
    /// Hand a letter to the mail server.
    SendLetter { letter: LetterId },
}

/// The line in which a job waits. Each line has workers of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// What deliveries wait for.
    Work,
    /// Letters: a mail server that says nothing holds up nothing else.
    Post,
}

impl Lane {
    /// Every line.
    pub const ALL: [Self; 2] = [Self::Work, Self::Post];
}

keyed! {
    /// Where a job stands.
    pub enum JobStatus {
        Queued = "queued", "Queued";
        Running = "running", "Running";
        Done = "done", "Done";
        /// Given up after the last attempt; a person has to look.
        Dead = "dead", "Dead";
    }
}

/// Most work is tried so often before it is given up.
const ATTEMPTS: u32 = 5;
/// A mail server may be away for a night: with [`back_off`] this is about a day.
const ATTEMPTS_TO_SEND: u32 = 30;

impl Job {
    /// How often this is tried before it is given up.
    pub const fn attempts(&self) -> u32 {
        match self {
            Self::Inspect { .. } | Self::Release { .. } => ATTEMPTS,
            Self::SendLetter { .. } => ATTEMPTS_TO_SEND,
        }
    }

    /// Where it waits.
    pub const fn lane(&self) -> Lane {
        match self {
            Self::Inspect { .. } | Self::Release { .. } => Lane::Work,
            Self::SendLetter { .. } => Lane::Post,
        }
    }

    /// Two jobs with the same key are the same work: only one of them waits at a time.
    pub fn dedupe_key(&self) -> String {
        match self {
            Self::Inspect { transfer } => format!("inspect:{transfer}"),
            Self::Release { package } => format!("release:{package}"),
            Self::SendLetter { letter } => format!("letter:{letter}"),
        }
    }
}

/// How long to wait before the next attempt, after `failed` attempts: 5 s, 20 s, 80 s, 320 s; never over an hour.
pub fn back_off(failed: u32) -> TimeDelta {
    let seconds = 5_i64.saturating_mul(4_i64.saturating_pow(failed.saturating_sub(1)));
    TimeDelta::seconds(seconds.min(3600))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_letter_outlives_a_night_without_mail_and_an_inspection_fails_within_minutes() {
        let patience =
            |job: Job| -> i64 { (1..job.attempts()).map(|it| back_off(it).num_minutes()).sum() };
        let letter = Job::SendLetter { letter: LetterId(Uuid::nil()) };
        let inspection = Job::Inspect { transfer: TransferId(Uuid::nil()) };
        assert!((24 * 60..30 * 60).contains(&patience(letter)));
        assert!((5..15).contains(&patience(inspection)));
    }

    #[test]
    fn letters_wait_in_a_line_of_their_own_and_are_known_by_their_key() {
        for job in [
            Job::Inspect { transfer: TransferId(Uuid::nil()) },
            Job::Release { package: PackageId(Uuid::nil()) },
            Job::SendLetter { letter: LetterId(Uuid::nil()) },
        ] {
            let is_letter = job.dedupe_key().starts_with("letter:");
            assert_eq!(is_letter, job.lane() == Lane::Post, "{job:?}");
        }
    }

    #[test]
    fn patience_grows_and_has_an_end() {
        let waits: Vec<_> = (1..=6).map(|it| back_off(it).num_seconds()).collect();
        assert_eq!(waits, [5, 20, 80, 320, 1280, 3600]);
        assert_eq!(back_off(u32::MAX).num_seconds(), 3600);
    }
}
