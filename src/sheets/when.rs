//! A day, a time of day and a zone, as fields; and the instant that they mean.

use chrono::{DateTime, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use domain::{
    refusal::Refusal,
    request::{Moment, Zone},
};

use super::{Choice, Field, Input, Said};
use crate::wall::{self, Meant};

/// What is said where clocks are turned.
const TURNS: [&str; 2] = ["first", "second"];

/// A moment as far as it is filled in.
pub struct Filled {
    pub fields: Vec<Field>,
    /// What it means, once it means something.
    pub at: Option<DateTime<Utc>>,
}

/// The fields for a moment, filled in with what was said, or else with `usual` as the clock in `own` shows it.
pub fn fields(said: &Said, day: &str, usual: DateTime<Utc>, own: Tz) -> Filled {
    let shown = usual.with_timezone(&own);
    let (date, time) = (shown.format("%Y-%m-%d").to_string(), shown.format("%H:%M").to_string());
    let zones = TZ_VARIANTS.iter().map(|it| it.name().to_owned()).collect();
    let mut fields = vec![
        Field::new("date", day, Input::Date, said, &date),
        Field::new("time", "Time", Input::Time, said, &time),
        Field::new("zone", "Time zone", Input::Listed(zones), said, own.name())
            .hinted("Type to search, such as Berlin or Tokyo."),
    ];
    let [date, time, zone] = [0, 1, 2].map(|at| fields.get(at).map_or("", Field::value).to_owned());
    let (Ok(wall), Ok(zone)) = (wall::parse(&date, &time), wall::zone(zone.trim())) else {
        return Filled { fields, at: None };
    };
    let meant = wall::meant(wall, zone);
    fields.extend(turned(meant, zone, usual, said));
    let turn = fields.last().map_or("", Field::value).to_owned();
    Filled { fields, at: Some(kept(chosen(meant, &turn), usual)) }
}

/// The moment that was said.
pub fn moment(said: &Said) -> Result<Moment, Refusal> {
    let wall = wall::parse(said.text("date"), said.text("time"))?;
    let zone = wall::zone(said.text("zone"))?;
    let meant = wall::meant(wall, zone);
    if !matches!(meant, Meant::Once(_)) && !TURNS.contains(&said.text("turn")) {
        return Err(Refusal::WhichOne);
    }
    let at = chosen(meant, said.text("turn"));
    Ok(Moment { at, zone: Zone::trusted(zone.name()) })
}

/// The moment that was there before, where its minute is said: fields know no seconds.
pub fn kept(said: DateTime<Utc>, before: DateTime<Utc>) -> DateTime<Utc> {
    let same = said.timestamp().div_euclid(60) == before.timestamp().div_euclid(60);
    if same { before } else { said }
}

/// Asks which one is meant, where clocks are turned.
fn turned(meant: Meant, zone: Tz, now: DateTime<Utc>, said: &Said) -> Option<Field> {
    let (first, second, why) = match meant {
        Meant::Once(_) => return None,
        Meant::Twice(first, second) => {
            (first, second, "Clocks are turned back that night, and show this time twice.")
        }
        Meant::Never(first, second) => {
            (first, second, "Clocks are turned on that night, and never show this time.")
        }
    };
    let choice = |value: &str, at| Choice::new(value, wall::spelled(at, zone));
    let choices = vec![choice("first", first), choice("second", second)];
    let usual = if now == second { "second" } else { "first" };
    let field = Field::new("turn", "Which one?", Input::One(choices), said, usual);
    Some(field.hinted(why).depending())
}

fn chosen(meant: Meant, turn: &str) -> DateTime<Utc> {
    match meant {
        Meant::Once(at) => at,
        Meant::Twice(first, second) | Meant::Never(first, second) => {
            if turn == "second" {
                second
            } else {
                first
            }
        }
    }
}
