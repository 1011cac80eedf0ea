//! When the partner expects to deliver, and when it is owed.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use domain::{
    quantity,
    refusal::Refusal,
    request::{DateReason, EstimatedDate, Moment},
};

use super::{Choice, Draft, Field, Input, Note, Said, Scene, Trouble, when};
use crate::{portal::Portal, services::request, wall};

const LEAD: &str = "Tells everybody when the file can be expected. The due date does not move.";

pub(super) fn draft(scene: &Scene, said: &Said) -> Draft {
    let own = own_zone(scene);
    let mut filled = when::fields(said, "Date", scene.page.request.estimated.at, own);
    filled.fields.extend(why(said, scene.page.request.estimated.reason));
    let notes = filled.at.map(|at| outlook(scene, at, own)).into_iter().collect();
    Draft { lead: Some(LEAD), fields: filled.fields, notes }
}

/// Why the estimate moves.
pub fn why(said: &Said, usual: Option<DateReason>) -> [Field; 2] {
    let reasons = DateReason::ALL.iter().copied().map(Choice::of).collect();
    [
        Field::new(
            "reason",
            "Reason",
            Input::Select(reasons),
            said,
            usual.map_or("", DateReason::key),
        ),
        Field::words("comment", "Comment", said)
            .noted("optional")
            .hinted("Seen by everybody who works on the request. Needed for “Other”."),
    ]
}

/// The estimate that was said.
pub fn estimated(said: &Said, Moment { at, zone }: Moment) -> Result<EstimatedDate, Refusal> {
    let comment = Some(said.text("comment").to_owned()).filter(|it| !it.is_empty());
    let reason = said.key::<DateReason>("reason").map_err(|_| Refusal::ReasonMissing)?;
    Ok(EstimatedDate { at, zone, reason, comment })
}

pub(super) fn own_zone(scene: &Scene) -> Tz {
    wall::zone(&scene.zone).unwrap_or(Tz::UTC)
}

/// The instant in UTC, in the person's own zone, and how far it is from the due date.
fn outlook(scene: &Scene, at: DateTime<Utc>, own: Tz) -> Note {
    let apart = at - scene.page.request.due.at;
    let against = match apart {
        it if it.abs() < TimeDelta::minutes(1) => "At the due date.".to_owned(),
        it if it < TimeDelta::zero() => format!("{} before the due date.", lasting(it)),
        it => format!("{} after the due date.", lasting(it)),
    };
    let text = format!("{} {against}", spelled_twice(at, own));
    if at < scene.now {
        return Note::grave(format!("{text} That has passed."));
    }
    if apart > TimeDelta::minutes(1) { Note::grave(text) } else { Note::plain(text) }
}

fn spelled_twice(at: DateTime<Utc>, own: Tz) -> String {
    format!("{}, {} for you.", wall::spelled(at, Tz::UTC), wall::spelled(at, own))
}

fn lasting(time: TimeDelta) -> String {
    quantity::lasting(time.num_seconds().unsigned_abs())
}

pub(super) async fn carry_out(
    portal: &Portal,
    scene: &Scene,
    said: &Said,
) -> Result<String, Trouble> {
    let moment = moment(said, scene.page.request.estimated.at)?;
    let told = spelled(&moment);
    let estimated = estimated(said, moment)?;
    request::edit_dates(portal, &scene.actor, scene.page.request.id, estimated).await?;
    Ok(format!("Estimated delivery moved to {told}"))
}

pub(super) fn due_draft(scene: &Scene, said: &Said) -> Draft {
    let (own, request) = (own_zone(scene), &scene.page.request);
    let mut filled = when::fields(said, "Due Date", request.due.at, own);
    filled.fields.push(
        Field::words("comment", "Comment", said)
            .noted("optional")
            .hinted("Stands in the history, seen by everybody who works on the request."),
    );
    let mut notes: Vec<_> = filled.at.map(|at| due_outlook(scene, at, own)).into_iter().collect();
    notes.push(Note::plain(match request.estimated.reason {
        Some(_) => "The estimated delivery stays as its partner said.",
        None => "The estimated delivery moves with it, as nobody has changed it yet.",
    }));
    Draft {
        lead: Some("Moves the date until which the asset is owed by contract."),
        fields: filled.fields,
        notes,
    }
}

/// The instant twice, and how far it is from what holds now.
fn due_outlook(scene: &Scene, at: DateTime<Utc>, own: Tz) -> Note {
    let apart = at - scene.page.request.due.at;
    let against = match apart {
        it if it.is_zero() => "As it is.".to_owned(),
        it if it < TimeDelta::zero() => {
            format!("{} earlier than the present due date.", lasting(it))
        }
        it => format!("{} later than the present due date.", lasting(it)),
    };
    let text = format!("{} {against}", spelled_twice(at, own));
    if at < scene.now {
        return Note::grave(format!("{text} That has passed: the request is late at once."));
    }
    Note::plain(text)
}

pub(super) async fn carry_out_due(
    portal: &Portal,
    scene: &Scene,
    said: &Said,
) -> Result<String, Trouble> {
    let request = &scene.page.request;
    let (due, id) = (moment(said, request.due.at)?, request.id);
    let told = spelled(&due);
    request::edit_due_date(portal, &scene.actor, id, due, said.text("comment")).await?;
    Ok(format!("Due date moved to {told}"))
}

/// The moment that was said; the same to the second where it was left as it was.
fn moment(said: &Said, before: DateTime<Utc>) -> Result<Moment, Refusal> {
    let moment = when::moment(said)?;
    Ok(Moment { at: when::kept(moment.at, before), ..moment })
}

/// As the clocks of its own zone show it.
fn spelled(moment: &Moment) -> String {
    wall::spelled(moment.at, wall::zone(moment.zone.name()).unwrap_or(Tz::UTC))
}
