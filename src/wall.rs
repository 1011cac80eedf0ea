//! Which instant a time on the wall means. In the hours when clocks are turned it means none, or two.

use chrono::{
    DateTime, Datelike, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta,
    TimeZone, Utc,
};
use chrono_tz::Tz;
use domain::{
    refusal::{Refusal, ensure},
    request::YEARS,
};

/// What a day and a time mean in a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meant {
    Once(DateTime<Utc>),
    /// Clocks are turned back, and show this time twice.
    Twice(DateTime<Utc>, DateTime<Utc>),
    /// Clocks are turned on, and never show this time: the same distance before and after the turn.
    Never(DateTime<Utc>, DateTime<Utc>),
}

/// A day (`2026-10-25`) and a time (`02:30`), as browsers send them.
pub fn parse(day: &str, time: &str) -> Result<NaiveDateTime, Refusal> {
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").map_err(|_| Refusal::BadDate)?;
    let time = NaiveTime::parse_from_str(time, "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(time, "%H:%M:%S"))
        .map_err(|_| Refusal::BadDate)?;
    ensure(YEARS.contains(&day.year()), Refusal::DateOutOfRange)?;
    Ok(day.and_time(time))
}

pub fn zone(name: &str) -> Result<Tz, Refusal> {
    name.parse().map_err(|_| Refusal::UnknownZone(name.chars().take(60).collect()))
}

pub fn meant(wall: NaiveDateTime, zone: Tz) -> Meant {
    let utc = |it: DateTime<Tz>| it.with_timezone(&Utc);
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(it) => Meant::Once(utc(it)),
        LocalResult::Ambiguous(first, second) => Meant::Twice(utc(first), utc(second)),
        LocalResult::None => {
            // Read by the clock as it was half a day before the turn, and as it is half a day after it.
            let read = |turn: TimeDelta| {
                let offset = zone.from_utc_datetime(&(wall + turn)).offset().fix();
                (wall - TimeDelta::seconds(offset.local_minus_utc().into())).and_utc()
            };
            let (before, after) = (read(TimeDelta::hours(-24)), read(TimeDelta::hours(24)));
            Meant::Never(before.min(after), before.max(after))
        }
    }
}

/// "25 Oct 2026, 02:30 CEST"
pub fn spelled(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%d %b %Y, %H:%M %Z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn in_berlin(day: &str, time: &str) -> Meant {
        meant(parse(day, time).unwrap(), zone("Europe/Berlin").unwrap())
    }

    #[test]
    fn an_ordinary_time_means_one_instant() {
        let at = instant("2026-12-12T17:00:00Z");
        assert_eq!(in_berlin("2026-12-12", "18:00"), Meant::Once(at));
        assert_eq!(spelled(at, zone("Europe/Berlin").unwrap()), "12 Dec 2026, 18:00 CET");
    }

    #[test]
    fn when_clocks_are_turned_back_a_time_comes_twice() {
        let (first, second) = (instant("2026-10-25T00:30:00Z"), instant("2026-10-25T01:30:00Z"));
        assert_eq!(in_berlin("2026-10-25", "02:30"), Meant::Twice(first, second));
    }

    #[test]
    fn when_clocks_are_turned_on_a_time_never_comes() {
        let Meant::Never(before, after) = in_berlin("2026-03-29", "02:30") else { panic!("a gap") };
        let berlin = zone("Europe/Berlin").unwrap();
        assert_eq!(spelled(before, berlin), "29 Mar 2026, 01:30 CET");
        assert_eq!(spelled(after, berlin), "29 Mar 2026, 03:30 CEST");
    }

    #[test]
    fn what_is_no_date_and_no_zone_is_refused() {
        for (day, time) in
            [("", ""), ("2026-13-01", "10:00"), ("2026-02-30", "10:00"), ("2026-01-01", "25:00")]
        {
            assert_eq!(parse(day, time), Err(Refusal::BadDate), "{day} {time}");
        }
        for day in ["1969-12-31", "2200-01-01"] {
            assert_eq!(parse(day, "10:00"), Err(Refusal::DateOutOfRange), "{day}");
        }
        for name in ["", "Mars/Olympus", "Europe/Berlin; DROP TABLE"] {
            assert!(matches!(zone(name), Err(Refusal::UnknownZone(_))), "{name}");
        }
    }
}
