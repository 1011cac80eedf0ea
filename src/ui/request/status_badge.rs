//! How the status of a request looks.

use domain::request::RequestStatus;
use leptos::prelude::*;

use crate::{
    paths,
    ui::kit::{Badge, Meaning, Status, Tone},
};

/// Tone and icon of a status.
pub const fn mark(status: RequestStatus) -> (Tone, &'static str) {
    match status {
        RequestStatus::Open => (Tone::Plain, "circle"),
        RequestStatus::Delivered => (Tone::Hand, "circle-dot"),
        RequestStatus::Processed => (Tone::Good, "circle-check"),
        RequestStatus::Accepted => (Tone::Good, "badge-check"),
        RequestStatus::RedeliveryRequested => (Tone::Warn, "rotate-ccw"),
        RequestStatus::Upgraded => (Tone::Past, "circle-arrow-up"),
        RequestStatus::Canceled => (Tone::Past, "ban"),
    }
}

/// The loud form, which says on demand what the status means.
#[component]
pub fn RequestStatusBadge(status: RequestStatus) -> impl IntoView {
    let (tone, icon) = mark(status);
    let meaning = Meaning { definition: status.definition(), help: paths::help_status(status) };
    view! { <Badge tone icon label=status.label() meaning/> }
}

/// The quiet form, for rows.
#[component]
pub fn RequestStatusMark(status: RequestStatus) -> impl IntoView {
    let (tone, icon) = mark(status);
    view! { <Status tone icon label=status.label()/> }
}
