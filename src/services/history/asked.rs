//! What somebody looks for in a history, as it stands in an address.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use domain::{
    Keyed,
    history::{By, HistoryFilter, Topic},
    refusal::{Refusal, ensure},
};

/// What is looked for, in days of one's own time zone; everything where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub topic: Option<Topic>,
    pub by: Option<By>,
    pub first: Option<NaiveDate>,
    pub last: Option<NaiveDate>,
}

/// Who did what nobody did.
const RULE: &str = "rule";
/// Words of an address are told back only so far.
const TOLD: usize = 60;

impl Asked {
    /// Reads what is asked out of the parameters of an address.
    pub fn from_params<'a>(
        params: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, Refusal> {
        let mut asked = Self::default();
        for (name, value) in params {
            if value.is_empty() {
                continue;
            }
            match name {
                "kind" => asked.topic = Some(Topic::from_key(value).ok_or_else(|| unknown(value))?),
                "person" => asked.by = Some(by(value)?),
                "from" => asked.first = Some(day(value)?),
                "to" => asked.last = Some(day(value)?),
                _ => {}
            }
        }
        let reversed = asked.first.zip(asked.last).is_some_and(|(first, last)| first > last);
        ensure(!reversed, Refusal::DaysReversed)?;
        Ok(asked)
    }

    /// The parameters of the address that asks for this; none of their values needs escaping.
    pub fn to_params(self) -> Vec<(&'static str, String)> {
        let by = self.by.map(|it| match it {
            By::Person(person) => person.to_string(),
            By::Rule => RULE.to_owned(),
        });
        let params = [
            ("kind", self.topic.map(|it| it.key().to_owned())),
            ("person", by),
            ("from", self.first.map(|it| it.to_string())),
            ("to", self.last.map(|it| it.to_string())),
        ];
        params.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The same in moments, for somebody who lives in `zone`.
    pub fn filter(self, zone: Tz) -> HistoryFilter {
        let after = self.last.and_then(|it| it.checked_add_days(Days::new(1)));
        HistoryFilter {
            topic: self.topic,
            by: self.by,
            from: self.first.map(|it| beginning_of(it, zone)),
            until: after.map(|it| beginning_of(it, zone)),
        }
    }
}

fn by(word: &str) -> Result<By, Refusal> {
    if word == RULE {
        return Ok(By::Rule);
    }
    word.parse().map(By::Person).map_err(|_| unknown(word))
}

fn day(word: &str) -> Result<NaiveDate, Refusal> {
    let day = NaiveDate::parse_from_str(word, "%Y-%m-%d").map_err(|_| Refusal::BadDay)?;
    ensure((1970..2200).contains(&day.year()), Refusal::DateOutOfRange)?;
    Ok(day)
}

fn unknown(word: &str) -> Refusal {
    Refusal::UnknownChoice(word.chars().take(TOLD).collect())
}

/// The first moment of a day. Where clocks are turned at midnight, that may be one o'clock; and where a whole
/// day was left out, it is the next.
fn beginning_of(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    let quarters = (0..=4 * 24).map(|it| midnight + TimeDelta::minutes(15 * it));
    let mut moments = quarters.filter_map(|it| zone.from_local_datetime(&it).earliest());
    moments.next().map_or_else(|| midnight.and_utc(), |it| it.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use domain::id::PersonId;
    use uuid::Uuid;

    use super::*;

    fn read(params: &[(&str, &str)]) -> Result<Asked, Refusal> {
        Asked::from_params(params.iter().copied())
    }

    #[test]
    fn what_is_asked_survives_the_address() {
        let asked = Asked {
            topic: Some(Topic::Inspection),
            by: Some(By::Person(PersonId(Uuid::from_u128(7)))),
            first: NaiveDate::from_ymd_opt(2026, 11, 1),
            last: NaiveDate::from_ymd_opt(2026, 11, 30),
        };
        for asked in [asked, Asked { by: Some(By::Rule), ..asked }, Asked::default()] {
            let params = asked.to_params();
            let params: Vec<_> = params.iter().map(|(name, value)| (*name, &**value)).collect();
            assert_eq!(read(&params), Ok(asked));
        }
        assert_eq!(read(&[("kind", ""), ("to", ""), ("tab", "history")]), Ok(Asked::default()));
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        let long = "x".repeat(10_000);
        for (params, refusal) in [
            (&[("kind", "bogus")][..], unknown("bogus")),
            (&[("kind", &*long)], unknown(&long[..TOLD])),
            (&[("person", "nobody")], unknown("nobody")),
            (&[("from", "yesterday")], Refusal::BadDay),
            (&[("from", "2026-02-30")], Refusal::BadDay),
            (&[("from", "1969-12-31")], Refusal::DateOutOfRange),
            (&[("to", "2200-01-01")], Refusal::DateOutOfRange),
            (&[("from", "2026-11-02"), ("to", "2026-11-01")], Refusal::DaysReversed),
        ] {
            assert_eq!(read(params), Err(refusal), "{params:?}");
        }
    }

    #[test]
    fn a_day_is_as_long_as_it_is_where_one_lives() {
        for (zone, day, from, until) in [
            ("UTC", "2026-11-11", "2026-11-11T00:00:00Z", "2026-11-12T00:00:00Z"),
            ("Europe/Oslo", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
            // Clocks are turned on at midnight, and back at midnight.
            ("America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z"),
            ("America/Santiago", "2026-04-04", "2026-04-04T03:00:00Z", "2026-04-05T04:00:00Z"),
        ] {
            let asked = read(&[("from", day), ("to", day)]).unwrap();
            let filter = asked.filter(zone.parse().unwrap());
            assert_eq!(filter.from, from.parse().ok(), "{zone} {day}");
            assert_eq!(filter.until, until.parse().ok(), "{zone} {day}");
        }
    }
}
