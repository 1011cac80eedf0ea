//! One entry of a history, and the day it stands under.

use domain::history::{HistoryLine, Kind, Who};
use leptos::prelude::*;

use super::told::DayOfEntries;
use crate::ui::{
    kit::{Ago, Icon, Moment, Shape, Tone},
    request::status_badge,
};

/// A head and the entries of that day.
#[component]
pub fn Day(day: DayOfEntries) -> impl IntoView {
    let count = match day.entries.len() {
        1 => "1 entry".to_owned(),
        count => format!("{count} entries"),
    };
    let entries = day.entries.into_iter().map(|entry| view! { <Entry entry/> });
    view! {
        <h3>{day.date.format("%A, %d %b %Y").to_string()}{day.is_whole.then(|| view! { <span>{count}</span> })}</h3>
        <ol>{entries.collect_view()}</ol>
    }
}

#[component]
fn Entry(entry: HistoryLine) -> impl IntoView {
    let (tone, icon) = mark(entry.kind);
    let (name, by) = match entry.who {
        Some(Who { name, organization }) => (Some(name), organization),
        None => (None, "By rule".to_owned()),
    };
    view! {
        <li data-tone=tone.word()>
            <Moment at=entry.at shape=Shape::Clock/>
            <Icon name=icon/>
            <span>{name.map(|it| view! { <b>{it}</b>" " })}{entry.words}</span>
            <span class="by">{by}", "<Ago at=entry.at/></span>
        </li>
    }
}

/// Tone and icon of what happened.
const fn mark(kind: Kind) -> (Tone, &'static str) {
    match kind {
        Kind::Created => (Tone::Plain, "plus"),
        Kind::Became(status) => status_badge::mark(status),
        Kind::Reopened => (Tone::Plain, "rotate-ccw"),
        Kind::Assigned => (Tone::Plain, "user-round-plus"),
        Kind::Dates => (Tone::Plain, "calendar-clock"),
        Kind::Edited => (Tone::Plain, "pencil"),
        Kind::Begun => (Tone::Plain, "upload"),
        Kind::Received => (Tone::Live, "hard-drive-upload"),
        Kind::Superseded => (Tone::Past, "layers"),
        Kind::Abandoned => (Tone::Past, "ban"),
        Kind::Expired => (Tone::Warn, "timer-off"),
        Kind::Ignored => (Tone::Past, "eye-off"),
        Kind::Waiting => (Tone::Plain, "hourglass"),
        Kind::Released => (Tone::Live, "play"),
        Kind::Inspecting => (Tone::Live, "scan-search"),
        Kind::Passed => (Tone::Good, "circle-check"),
        Kind::Failed => (Tone::Bad, "octagon-x"),
        Kind::Broke => (Tone::Warn, "server-crash"),
        Kind::Overridden => (Tone::Hand, "gavel"),
    }
}
