//! What went wrong with a delivery: each finding with its code, its numbers and its help article; or, where
//! nothing was found in the file, what broke.

use domain::{
    delivery::{Milestone, TransferDetails, TransferStatus},
    inspection::{Finding, Gauge},
};
use leptos::prelude::*;

use super::{inside::Inside, status_badge::mark};
use crate::{
    paths,
    ui::kit::{self, CopyButton, Icon, Tone},
};

#[component]
pub fn ErrorSummary(inside: Inside) -> impl IntoView {
    let findings = Memo::new(move |_| inside.read(|it| it.findings.clone()).unwrap_or_default());
    let broken = Memo::new(move |_| inside.read(broken).flatten());
    view! {
        {move || findings.get().into_iter().map(|finding| view! { <FindingCallout finding/> }).collect_view()}
        {move || broken.get().map(|broken| view! { <BrokenCallout broken/> })}
    }
}

/// The last words of a delivery that ended before anything was found in its file.
fn broken(details: &TransferDetails) -> Option<Broken> {
    let status = details.transfer.status;
    let broke = matches!(status, TransferStatus::Error | TransferStatus::InternalError);
    let last = details.passages.iter().rev().find(|it| it.milestone.is_error());
    (broke && details.findings.is_empty()).then(|| Broken {
        status,
        stopped: last.is_some_and(|it| it.milestone == Milestone::Canceled),
        note: last.and_then(|it| it.note.clone()),
    })
}

#[derive(Clone, PartialEq, Eq)]
struct Broken {
    status: TransferStatus,
    /// Somebody stopped it, or nobody went on with it: no fault of anything.
    stopped: bool,
    note: Option<String>,
}

#[component]
fn FindingCallout(finding: Finding) -> impl IntoView {
    let Finding { code, message, measured, limit, place, gauge, overridable } = finding;
    let has_numbers = measured.is_some() || limit.is_some() || place.is_some();
    let said = measured.clone().unwrap_or_default();
    let fact = |label: &'static str, value: Option<String>| {
        value.map(|it| view! { <div><dt>{label}</dt><dd>{it}</dd></div> })
    };
    let answer = if overridable { "Can be overridden." } else { "Cannot be overridden." };
    view! {
        <div class="callout" data-tone=Tone::Bad.word()>
            <header>
                <Icon name="octagon-x"/>
                <h5>
                    {code.title()}
                    <span class="code">{code.key()}<CopyButton value=Signal::stored(code.key().to_owned()) what="code"/></span>
                </h5>
                <a class="link end-link" href=paths::help_inspection(code) aria-label=format!("What now? Help on {code}")>
                    "What now?"<Icon name="arrow-up-right" class="s"/>
                </a>
                <p>{message}" "{answer}</p>
            </header>
            {has_numbers.then(|| view! {
                <dl>
                    {fact("Measured", measured)}
                    {fact("Allowed", limit)}
                    {fact("Where", place)}
                    {gauge.map(|gauge| view! { <Distance gauge said/> })}
                </dl>
            })}
        </div>
    }
}

/// The two numbers to scale, and how far they are apart in words.
#[component]
fn Distance(gauge: Gauge, said: String) -> impl IntoView {
    let distance = gauge.distance();
    let label = format!("{said}, {distance}");
    view! {
        <div>
            <dt>{distance}</dt>
            <dd><kit::Gauge measured=gauge.value as f64 limit=gauge.limit as f64 label/></dd>
        </div>
    }
}

#[component]
fn BrokenCallout(broken: Broken) -> impl IntoView {
    let Broken { status, stopped, note } = broken;
    let (tone, icon) = if stopped { (Tone::Past, "ban") } else { mark(status) };
    let (title, words) = if stopped {
        (
            "Stopped",
            "This delivery was stopped before its upload had finished. Deliver again to start a new one.",
        )
    } else {
        (status.label(), status.definition())
    };
    view! {
        <div class="callout" data-tone=tone.word()>
            <header>
                <Icon name=icon/>
                <h5>{title}</h5>
                <p>{words}{note.map(|it| format!(" {it}"))}</p>
            </header>
        </div>
    }
}
