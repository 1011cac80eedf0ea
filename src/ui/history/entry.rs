//! One entry of a history, and the day it stands under.

use domain::{
    history::{Author, Happening, HistoryEntry},
    request::RequestStatus,
};
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
fn Entry(entry: HistoryEntry) -> impl IntoView {
    let (tone, icon) = mark(&entry.happening);
    let sentence = entry.happening.sentence(&entry.author);
    let (name, by) = match entry.author {
        Author::Person { name, organization, .. } => (name, organization),
        Author::Rule => (String::new(), "By rule".to_owned()),
    };
    let rest = sentence.strip_prefix(&name).unwrap_or(&sentence).to_owned();
    view! {
        <li data-tone=tone.word()>
            <Moment at=entry.at shape=Shape::Clock/>
            <Icon name=icon/>
            <span><b>{name}</b>{rest}</span>
            <span class="by">{by}", "<Ago at=entry.at/></span>
        </li>
    }
}

/// Tone and icon of what happened.
const fn mark(happening: &Happening) -> (Tone, &'static str) {
    match happening {
        Happening::RequestCreated => (Tone::Plain, "plus"),
        Happening::RequestCanceled { .. } => status_badge::mark(RequestStatus::Canceled),
        Happening::RequestUncanceled { .. } => (Tone::Plain, "rotate-ccw"),
        Happening::StatusChanged { to, .. } => status_badge::mark(*to),
        Happening::PartnerAssigned { .. } | Happening::PartnerSubassigned { .. } => {
            (Tone::Plain, "user-round-plus")
        }
        Happening::DatesEdited { .. } => (Tone::Plain, "calendar-clock"),
        Happening::ServiceTypeEdited { .. } | Happening::MaterialStatusEdited { .. } => {
            (Tone::Plain, "pencil")
        }
        Happening::DeliveryBegun { .. } => (Tone::Plain, "upload"),
        Happening::FileReceived { .. } => (Tone::Live, "hard-drive-upload"),
        Happening::DeliverySuperseded { .. } => (Tone::Past, "layers"),
        Happening::DeliveryAbandoned { .. } => (Tone::Past, "ban"),
        Happening::DeliveryExpired { .. } => (Tone::Warn, "timer-off"),
        Happening::DeliveryIgnored { .. } => (Tone::Past, "eye-off"),
        Happening::WaitingForPrimary { .. } => (Tone::Plain, "hourglass"),
        Happening::ReleasedFromWaiting { .. } => (Tone::Live, "play"),
        Happening::InspectionStarted { .. } | Happening::InspectedAgain { .. } => {
            (Tone::Live, "scan-search")
        }
        Happening::InspectionPassed { .. } => (Tone::Good, "circle-check"),
        Happening::InspectionFailed { .. } => (Tone::Bad, "octagon-x"),
        Happening::InspectionBroke { .. } => (Tone::Warn, "server-crash"),
        Happening::ErrorsOverridden { .. } => (Tone::Hand, "gavel"),
    }
}
