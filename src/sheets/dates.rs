//! When the partner expects to deliver. The due date stays.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use domain::{
    quantity,
    refusal::Refusal,
    request::{DateReason, EstimatedDate, Zone},
};

use super::{
    Choice, Draft, Field, Input, Note, Said, Scene, Trouble,
    wall::{self, Meant},
};
use crate::{portal::Portal, services::request};

const LEAD: &str = "Tells everybody when the file can be expected. The due date does not move.";

pub(super) fn draft(scene: &Scene, said: &Said) -> Draft {
    let usual_zone = wall::zone(&scene.zone).unwrap_or(Tz::UTC);
    let usual = scene.page.request.estimated.at.with_timezone(&usual_zone);
    let (day, time) = (usual.format("%Y-%m-%d").to_string(), usual.format("%H:%M").to_string());
    let zones = TZ_VARIANTS.iter().map(|it| it.name().to_owned()).collect();
    let reasons = DateReason::ALL.iter().copied().map(Choice::of).collect();
    let reason = scene.page.request.estimated.reason.map_or("", DateReason::key);

    let mut fields = vec![
        Field::new("date", "Date", Input::Date, said, &day),
        Field::new("time", "Time", Input::Time, said, &time),
        Field::new("zone", "Time zone", Input::Listed(zones), said, usual_zone.name())
            .hinted("Type to search, such as Berlin or Tokyo."),
    ];
    let [date, time, zone] = [0, 1, 2].map(|at| fields.get(at).map_or("", Field::value).to_owned());
    let mut notes = Vec::new();
    if let (Ok(wall), Ok(zone)) = (wall::parse(&date, &time), wall::zone(zone.trim())) {
        let meant = wall::meant(wall, zone);
        fields.extend(turned(meant, zone, scene.page.request.estimated.at, said));
        let turn = fields.last().map_or("", Field::value).to_owned();
        notes.push(outlook(scene, chosen(meant, &turn), usual_zone));
    }
    fields.push(Field::new("reason", "Reason", Input::Select(reasons), said, reason));
    fields.push(
        Field::words("comment", "Comment", said)
            .noted("optional")
            .hinted("Seen by everybody who works on the request. Needed for “Other”."),
    );
    Draft { lead: Some(LEAD), fields, notes }
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

/// The instant in UTC, in the person's own zone, and how far it is from the due date.
fn outlook(scene: &Scene, at: DateTime<Utc>, own: Tz) -> Note {
    let apart = at - scene.page.request.due.at;
    let length = quantity::lasting(apart.num_seconds().unsigned_abs());
    let against = match apart {
        it if it.abs() < TimeDelta::minutes(1) => "At the due date.".to_owned(),
        it if it < TimeDelta::zero() => format!("{length} before the due date."),
        _ => format!("{length} after the due date."),
    };
    let text =
        format!("{}, {} for you. {against}", wall::spelled(at, Tz::UTC), wall::spelled(at, own));
    if at < scene.now {
        return Note::grave(format!("{text} That has passed."));
    }
    if apart > TimeDelta::minutes(1) { Note::grave(text) } else { Note::plain(text) }
}

pub(super) async fn carry_out(
    portal: &Portal,
    scene: &Scene,
    said: &Said,
) -> Result<String, Trouble> {
    let wall = wall::parse(said.text("date"), said.text("time"))?;
    let zone = wall::zone(said.text("zone"))?;
    let meant = wall::meant(wall, zone);
    if !matches!(meant, Meant::Once(_)) && said.find("turn").is_none() {
        return Err(Trouble::with("turn", Refusal::WhichOne));
    }
    let at = chosen(meant, said.text("turn"));
    let comment = Some(said.text("comment").to_owned()).filter(|it| !it.is_empty());
    let estimated = EstimatedDate {
        at,
        zone: Zone::trusted(zone.name()),
        reason: said.key::<DateReason>("reason"),
        comment,
    };
    request::edit_dates(portal, &scene.actor, scene.page.request.id, estimated).await?;
    Ok(format!("Estimated delivery moved to {}", wall::spelled(at, zone)))
}
