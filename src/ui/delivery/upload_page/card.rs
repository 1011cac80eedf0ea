//! The card of one request: its file, its form, its progress, and how far the portal has come with it.

use domain::{
    delivery::{TransferDetails, TransferFile, TransferStatus, Verification},
    handin::Purpose,
    quantity,
    refusal::Refusal,
};
use leptos::{ev, prelude::*};

use super::{
    desk::{Desk, Lot, Sending, Stage, verification},
    form::Form,
    preflight::{Expects, Preflight},
    sending::Paused,
    source::Source,
};
use crate::{
    error::AppError,
    paths,
    ui::{
        browser::upload,
        kit::{
            action_button::IconButton,
            badge::{Badge, Tone},
            icon::Icon,
            progress::Progress,
            states::Notice,
            when::{Moment, Shape},
        },
    },
};

#[component]
pub fn UploadCard(desk: Desk, lot: Lot) -> impl IntoView {
    let drop = move |event: web_sys::DragEvent| {
        if upload::carries_files(&event) && lot.stage.read_untracked().is_open() {
            // The page sees by this that the files have found their place.
            event.prevent_default();
            lot.bring(desk, upload::dropped_by(&event));
        }
    };
    let title = format!("lot-{}", lot.place);
    let named_by = title.clone();
    view! {
        <article class="upload-card" aria-labelledby=named_by on:drop=drop>
            <Head desk lot title/>
            <div class="body">
                <Show when=move || lot.stage.read().is_open() fallback=move || view! { <UnderWay lot/> }>
                    <Unfinished lot/>
                    <Source desk lot/>
                    <Preflight desk lot/>
                </Show>
                <Form lot/>
                <Expects lot/>
                {move || lot.stage.read().refused().cloned().map(|said| view! {
                    <p class="refused" role="alert"><Icon name="circle-alert" class="s"/><span>{said}</span></p>
                })}
                <Show when=move || !lot.stage.read().is_open()><Steps desk lot/></Show>
            </div>
        </article>
    }
}

#[component]
fn Head(desk: Desk, lot: Lot, title: String) -> impl IntoView {
    let (kind, language, name, due) = lot.deliverable.with_untracked(|it| {
        let request = &it.request;
        let language = request.language.as_ref().map(|it| format!("· {}", it.label()));
        (request.source_type.label(), language, it.title.name.clone(), request.due.at)
    });
    let open = move || lot.stage.read().is_open();
    let stoppable = move || {
        lot.stage.read().is_under_way() && lot.deliverable.with(|it| it.unfinished.is_some())
    };
    // It stays focusable, and cannot be turned.
    let keep = move |event: ev::MouseEvent| {
        if !untrack(open) {
            event.prevent_default();
        }
    };
    view! {
        <header>
            <input type="checkbox" class="check" aria-label=format!("Deliver to {}", lot.name())
                prop:checked=lot.ticked aria-disabled=move || (!open()).to_string() on:click=keep
                on:change:target=move |event| lot.ticked.set(event.target().checked())/>
            <div>
                <h2 id=title>{kind}" "<span>{language}</span></h2>
                <p>{name}", due "<Moment at=due shape=Shape::Short/></p>
            </div>
            {move || badge(desk, lot)}
            <span class="row">
                <PauseButton lot/>
                <Show when=stoppable>
                    <IconButton icon="x" label="Stop this delivery" on_press=move |()| lot.abandon()/>
                </Show>
                {move || details_link(lot)}
            </span>
        </header>
    }
}

#[component]
fn PauseButton(lot: Lot) -> impl IntoView {
    let paused = Memo::new(move |_| lot.stage.read().sending().map(|it| it.paused));
    move || {
        paused.get().map(|paused| {
            let (icon, label, next) = if paused {
                ("play", "Resume upload", Paused::No)
            } else {
                ("pause", "Pause upload", Paused::Yes)
            };
            view! { <IconButton icon label on_press=move |()| lot.pause(next)/> }
        })
    }
}

fn details_link(lot: Lot) -> Option<impl IntoView> {
    let stage = lot.stage.read();
    let transfer = &stage.arrived()?.transfer;
    let href = paths::card(transfer.request, transfer.number);
    // Loaded anew, so that the browser asks before it leaves other uploads behind.
    Some(view! {
        <a class="button small ghost" href=href rel="external"><Icon name="arrow-up-right"/>"Details"</a>
    })
}

fn badge(desk: Desk, lot: Lot) -> impl IntoView + use<> {
    let (tone, icon, label) = match &*lot.stage.read() {
        Stage::Choosing => match lot.obstacle(desk) {
            None => (Tone::Good, "circle-check", "Ready".to_owned()),
            Some(AppError::Refused(Refusal::NoFile)) => {
                (Tone::Plain, "circle", "No file yet".to_owned())
            }
            Some(AppError::Refused(Refusal::BadMetadata { .. })) => {
                (Tone::Warn, "circle-alert", "Field missing".to_owned())
            }
            Some(_) => (Tone::Warn, "circle-alert", "Not possible".to_owned()),
        },
        Stage::Starting => (Tone::Live, "loader-circle", "Starting".to_owned()),
        Stage::Sending(Sending { paused: true, .. }) => (Tone::Plain, "pause", "Paused".to_owned()),
        Stage::Sending(Sending { lost: true, .. }) => {
            (Tone::Warn, "unplug", "Connection lost, trying again".to_owned())
        }
        Stage::Sending(_) => (Tone::Live, "upload", "Uploading".to_owned()),
        Stage::Verifying => (Tone::Live, "loader-circle", "Verifying bytes".to_owned()),
        Stage::Arrived(details) => arrived_badge(details),
        Stage::HandedIn => (Tone::Good, "circle-check", "Handed in".to_owned()),
        Stage::Refused(_) => (Tone::Bad, "octagon-x", "Stopped".to_owned()),
    };
    view! { <Badge tone icon label/> }
}

fn arrived_badge(details: &TransferDetails) -> (Tone, &'static str, String) {
    let (tone, icon, label) = match (details.transfer.status, compared(details)) {
        (_, Verification::Different) => (Tone::Bad, "octagon-x", "Bytes differ"),
        (TransferStatus::Succeeded, _) => {
            (Tone::Good, "circle-check", TransferStatus::Succeeded.label())
        }
        (TransferStatus::FailedInspection, _) => {
            (Tone::Bad, "octagon-x", TransferStatus::FailedInspection.label())
        }
        (_, Verification::Same) => (Tone::Good, "shield-check", "Bytes verified"),
        (TransferStatus::WaitingForUpload, Verification::NotCompared) => {
            (Tone::Live, "loader-circle", "Verifying bytes")
        }
        (_, Verification::NotCompared) => (Tone::Plain, "circle", "Arrived, not compared"),
    };
    (tone, icon, label.to_owned())
}

fn compared(details: &TransferDetails) -> Verification {
    verification(&details.passages, &details.findings)
}

/// A delivery that was interrupted can be gone on with, by choosing the same file again.
#[component]
fn Unfinished(lot: Lot) -> impl IntoView {
    move || {
        let unfinished = lot.deliverable.with(|it| it.unfinished.clone())?;
        let names: Vec<_> = unfinished.files.iter().map(|it| it.name.to_string()).collect();
        let (received, all) =
            (unfinished.files.iter().map(|it| it.received).sum(), unfinished.size());
        let next = match lot.chosen.with(Vec::is_empty) {
            true => "Choose the same file to go on where it stopped.",
            false => "With the same file, it goes on where it stopped.",
        };
        Some(view! {
            <Notice tone=Tone::Live icon="rotate-ccw">
                <b>{format!("{} of {} arrived, {}.", quantity::percent(received, all), names.join(", "), quantity::part_of(received, all))}</b>
                <span>{next}</span>
                <button type="button" class="link" on:click=move |_| lot.start_anew()>"Send another file instead"</button>
            </Notice>
        })
    }
}

/// The file under way, or there.
#[component]
fn UnderWay(lot: Lot) -> impl IntoView {
    let sending = Memo::new(move |_| lot.stage.read().sending().cloned());
    let sent = Signal::derive(move || sending.read().as_ref().map_or(0, |it| it.sent));
    let all = Signal::derive(move || sending.read().as_ref().map_or(0, |it| it.all));
    let speed = move || sending.read().as_ref().map(|it| it.speed).filter(|it| *it > 0);
    let left = move || {
        speed().map(|speed| {
            format!("{} left", quantity::lasting(all.get().saturating_sub(sent.get()) / speed))
        })
    };
    view! {
        <div class="file">
            <Icon name="file-text"/>
            <b class="clip">{move || names(lot)}</b>
            <span class="faint">{move || sending.read().is_some().then(|| quantity::bytes(all.get()))}</span>
            <Show when=move || sending.read().is_some()>
                <Progress done=sent all=all label="Upload"/>
                <div class="meter">
                    <b>{move || quantity::percent(sent.get(), all.get())}</b>
                    <span>{move || quantity::part_of(sent.get(), all.get())}</span>
                    <span>{move || speed().map(quantity::speed)}</span>
                    <span class="end">{left}</span>
                </div>
            </Show>
            {move || digest_line(lot)}
        </div>
    }
}

/// The names of the files, of the delivery that is there or of the unfinished one.
fn names(lot: Lot) -> Option<String> {
    let of = |files: &[TransferFile]| {
        files.iter().map(|it| it.name.to_string()).collect::<Vec<_>>().join(", ")
    };
    let arrived = lot.stage.read().arrived().map(|it| of(&it.transfer.files));
    arrived.or_else(|| lot.deliverable.with(|it| it.unfinished.as_ref().map(|it| of(&it.files))))
}

/// The digest, and what came of comparing it with the sender's.
fn digest_line(lot: Lot) -> Option<impl IntoView> {
    let stage = lot.stage.read();
    let details = stage.arrived()?;
    let xxh3 = details.transfer.files.first()?.digests.as_ref()?.xxh3.clone();
    let said = match compared(details) {
        Verification::Same => "same on both sides",
        Verification::Different => "not what was sent",
        Verification::NotCompared => "not compared",
    };
    Some(view! { <span class="sum">{format!("XXH3 {xxh3}, {said}")}</span> })
}

/// The way of a delivery: upload, verification, inspection.
#[component]
fn Steps(desk: Desk, lot: Lot) -> impl IntoView {
    move || {
        let last = match lot.purpose(desk) {
            Purpose::Delivery => ("Inspection", None),
            Purpose::HandIn => ("Release by the assigned partner", None),
        };
        let steps = match &*lot.stage.read() {
            Stage::Choosing | Stage::Refused(_) => return None,
            Stage::Starting => [("Starting", Some(Tone::Live)), ("Verify bytes", None), last],
            Stage::Sending(it) if it.paused => {
                [("Paused", Some(Tone::Plain)), ("Verify bytes", None), last]
            }
            Stage::Sending(_) => [("Uploading", Some(Tone::Live)), ("Verify bytes", None), last],
            Stage::Verifying => {
                [("Uploaded", Some(Tone::Good)), ("Verifying bytes", Some(Tone::Live)), last]
            }
            Stage::HandedIn => {
                [("Uploaded", Some(Tone::Good)), ("Handed in", Some(Tone::Good)), last]
            }
            Stage::Arrived(details) => arrived_steps(details),
        };
        let step = |(label, tone): (&'static str, Option<Tone>)| {
            let icon = match tone {
                None | Some(Tone::Plain) => "circle",
                Some(Tone::Good) => "circle-check",
                Some(Tone::Live) => "loader-circle",
                Some(Tone::Bad | Tone::Hand | Tone::Warn | Tone::Past) => "octagon-x",
            };
            let now = (tone == Some(Tone::Live)).then_some("");
            view! { <li data-tone=tone.map(Tone::word) data-now=now><Icon name=icon/>{label}</li> }
        };
        Some(view! { <ol class="steps">{steps.map(step).into_iter().collect_view()}</ol> })
    }
}

fn arrived_steps(details: &TransferDetails) -> [(&'static str, Option<Tone>); 3] {
    let status = details.transfer.status;
    let verified = match compared(details) {
        Verification::Same => ("Bytes verified", Some(Tone::Good)),
        Verification::Different => ("Bytes differ", Some(Tone::Bad)),
        Verification::NotCompared if status == TransferStatus::WaitingForUpload => {
            ("Verifying bytes", Some(Tone::Live))
        }
        Verification::NotCompared => ("Not compared", None),
    };
    let inspected = match status {
        TransferStatus::Succeeded => ("Passed inspection", Some(Tone::Good)),
        TransferStatus::FailedInspection => ("Failed inspection", Some(Tone::Bad)),
        TransferStatus::WaitingForPrimary => ("Waiting for primary", Some(Tone::Plain)),
        TransferStatus::Processing => ("Inspecting", Some(Tone::Live)),
        TransferStatus::WaitingForUpload => ("Inspection", None),
        TransferStatus::Error | TransferStatus::InternalError => {
            ("Inspection broke", Some(Tone::Bad))
        }
        TransferStatus::Ignored | TransferStatus::Overridden | TransferStatus::Superseded => {
            ("Inspection", None)
        }
    };
    [("Uploaded", Some(Tone::Good)), verified, inspected]
}
