//! Transfer Status: the way of a transfer, four steps at a time; on an error only the error, until asked.

use chrono::{DateTime, Datelike, Utc};
use domain::{
    delivery::{Asked, Passage, Timeline, TransferDetails, TransferStatus},
    quantity,
    request::RequestPage,
};
use leptos::prelude::*;

use super::{
    error_summary::ErrorSummary,
    inside::Inside,
    status_badge::{Passed, mark_of_step},
    timeline_panel::PanelState,
    under_way::{InspectionUnderWay, UploadUnderWay},
};
use crate::ui::{
    browser::clock::on_the_wall,
    context::{Awake, use_awake},
    kit::{Icon, Moment, Shape, badge::BUSY},
};

#[component]
pub fn TransferStatusSection(
    inside: Inside,
    panel: PanelState,
    page: RwSignal<RequestPage>,
) -> impl IntoView {
    let asked = RwSignal::new(Asked::No);
    let more = Memo::new(move |_| inside.read(|it| hidden(it, asked.get())).unwrap_or_default());
    let failed = Memo::new(move |_| inside.status().is_some_and(has_failed));
    let turn = move |_| {
        asked.update(|it| {
            *it = match it {
                Asked::No => Asked::Yes,
                Asked::Yes => Asked::No,
            }
        })
    };
    let open = move |_| {
        if let Some(id) = inside.read_untracked(|it| it.transfer.id) {
            panel.show(id)
        }
    };
    view! {
        <div class="section">
            <h4>
                "Transfer Status"
                <span class="links">
                    {move || (more.get() > 0).then(|| view! {
                        <button type="button" class="link" aria-haspopup="dialog" on:click=open>
                            {move || quantity::counted(more.get() as u64, "more item", "more items")}
                        </button>
                    })}
                    {move || failed.get().then(|| view! {
                        <button type="button" class="link" aria-expanded=move || (asked.get() == Asked::Yes).to_string() on:click=turn>
                            {move || match asked.get() { Asked::No => "Show Status & Errors", Asked::Yes => "Hide Status & Errors" }}
                        </button>
                    })}
                </span>
            </h4>
            <ol class="timeline">{move || inside.read(|it| steps(it, asked.get()))}</ol>
            <ErrorSummary inside/>
            <UploadUnderWay inside page/>
            <InspectionUnderWay inside/>
            {move || inside.status().and_then(explained).map(|it| view! { <p class="faint">{it}</p> })}
        </div>
    }
}

fn hidden(details: &TransferDetails, asked: Asked) -> usize {
    let timeline = Timeline::of(&details.passages, details.transfer.status, asked);
    if timeline.only_error { 0 } else { timeline.more }
}

const fn has_failed(status: TransferStatus) -> bool {
    matches!(
        status,
        TransferStatus::FailedInspection | TransferStatus::Error | TransferStatus::InternalError
    )
}

/// What the steps alone do not tell.
const fn explained(status: TransferStatus) -> Option<&'static str> {
    match status {
        TransferStatus::Ignored
        | TransferStatus::Overridden
        | TransferStatus::Superseded
        | TransferStatus::WaitingForPrimary => Some(status.definition()),
        TransferStatus::Error
        | TransferStatus::InternalError
        | TransferStatus::Processing
        | TransferStatus::FailedInspection
        | TransferStatus::Succeeded
        | TransferStatus::WaitingForUpload => None,
    }
}

fn steps(details: &TransferDetails, asked: Asked) -> impl IntoView + use<> {
    let shown = Timeline::of(&details.passages, details.transfer.status, asked).shown;
    let last = details.passages.last();
    let mut before = None;
    let steps = shown.into_iter().map(|passage| {
        let shape = shape_after(before, passage.at);
        before = Some(passage.at);
        step(passage, last == Some(passage), shape)
    });
    steps.collect_view()
}

fn step(passage: &Passage, is_last: bool, shape: Signal<Shape>) -> impl IntoView + use<> {
    let (tone, icon) = mark_of_step(passage.milestone, passed(is_last));
    let (label, at) = (passage.milestone.label(), passage.at);
    let spins = (icon == BUSY).then_some("");
    view! {
        <li data-tone=tone.word() data-spin=spins>
            <Icon name=icon/><b>{label}</b>{move || view! { <Moment at shape=shape.get()/> }}
        </li>
    }
}

/// Whether a step is behind the transfer.
pub fn passed(is_last: bool) -> Passed {
    if is_last { Passed::StandsHere } else { Passed::Yes }
}

/// The clock alone is enough while the day stays that of the step before.
pub fn shape_after(before: Option<DateTime<Utc>>, at: DateTime<Utc>) -> Signal<Shape> {
    let Awake(awake) = use_awake();
    Signal::derive(move || match before {
        Some(before) if day_of(before, awake.get()) == day_of(at, awake.get()) => Shape::Clock,
        Some(_) | None => Shape::Exact,
    })
}

fn day_of(at: DateTime<Utc>, here: bool) -> (i32, u32, u32) {
    if here {
        let wall = on_the_wall(at);
        (wall.year, wall.month, wall.day)
    } else {
        (at.year(), at.month(), at.day())
    }
}
