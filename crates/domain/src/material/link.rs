//! Links by which materials are downloaded: how long they last.

use chrono::{DateTime, TimeDelta, Utc};

use crate::refusal::{Refusal, ensure};

/// A link is followed within this time, or made anew.
pub const LINK_LASTS: TimeDelta = TimeDelta::minutes(15);
/// So long after it was first followed, what broke off is gone on with.
pub const CONTINUED: TimeDelta = TimeDelta::hours(12);

/// What somebody wants of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Following {
    /// What it leads to, from the beginning.
    Anew,
    /// The rest of the very file of which the beginning was sent.
    GoingOn,
}

impl Following {
    /// Whether a link that ends at `expires_at`, and was first followed at `followed_at`, may be followed now.
    pub fn permitted(
        self,
        now: DateTime<Utc>,
        expires_at: DateTime<Utc>,
        followed_at: Option<DateTime<Utc>>,
    ) -> Result<(), Refusal> {
        let goes_on = self == Self::GoingOn && followed_at.is_some_and(|it| now < it + CONTINUED);
        ensure(now < expires_at || goes_on, Refusal::LinkEnded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::sample::instant;

    #[test]
    fn a_link_ends_and_what_was_begun_goes_on_for_some_hours() {
        let made = instant("2026-11-11T14:00:00Z");
        let expires_at = made + LINK_LASTS;
        let followed = Some(made + TimeDelta::minutes(5));
        let last = LINK_LASTS - TimeDelta::seconds(1);
        let (end, over) = (
            TimeDelta::minutes(5) + CONTINUED - TimeDelta::seconds(1),
            TimeDelta::minutes(5) + CONTINUED,
        );
        for (following, followed_at, after, may) in [
            (Following::Anew, None, last, true),
            (Following::Anew, followed, last, true),
            (Following::GoingOn, None, last, true),
            (Following::GoingOn, followed, last, true),
            (Following::Anew, None, LINK_LASTS, false),
            (Following::Anew, followed, LINK_LASTS, false),
            (Following::GoingOn, None, LINK_LASTS, false),
            (Following::GoingOn, followed, LINK_LASTS, true),
            (Following::GoingOn, followed, end, true),
            (Following::GoingOn, followed, over, false),
            (Following::Anew, followed, over, false),
        ] {
            let answer = following.permitted(made + after, expires_at, followed_at);
            let expected = if may { Ok(()) } else { Err(Refusal::LinkEnded) };
            assert_eq!(answer, expected, "{following:?} {followed_at:?} {after}");
        }
    }
}
