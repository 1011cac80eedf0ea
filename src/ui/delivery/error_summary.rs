//! What went wrong with a delivery: each finding that blocks with its code, its numbers and its help article; what
//! stops nothing, folded; or, where nothing was found in the file, what broke.

use chrono::{DateTime, Utc};
use domain::{
    delivery::{Milestone, TransferDetails, TransferStatus},
    inspection::{Finding, Gauge},
    quantity::counted,
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
        {move || {
            let (blocking, remarks): (Vec<_>, Vec<_>) = findings.get().into_iter().partition(Finding::blocks);
            let callouts = blocking.into_iter().map(|finding| view! { <FindingCallout finding/> }).collect_view();
            let remarks = (!remarks.is_empty()).then(|| view! { <Remarks remarks/> });
            view! { {callouts}{remarks} }
        }}
        {move || broken.get().map(|broke| view! { <BrokenCallout broke/> })}
    }
}

/// What broke a delivery before anything was found in its file.
#[derive(Clone, PartialEq)]
struct Break {
    status: TransferStatus,
    title: &'static str,
    words: &'static str,
    /// What the portal noted at the last step.
    note: Option<String>,
}

fn broken(details: &TransferDetails) -> Option<Break> {
    let status = details.transfer.status;
    let broke = matches!(status, TransferStatus::Error | TransferStatus::InternalError);
    if !broke || !details.findings.is_empty() {
        return None;
    }
    let last = details.passages.iter().rev().find(|it| it.milestone.is_error());
    let (title, words) = told(status, last.map(|it| it.milestone), details.transfer.uploaded_at);
    Some(Break { status, title, words, note: last.and_then(|it| it.note.clone()) })
}

/// A delivery that somebody stopped, or whose file never came, is no fault of the portal.
fn told(
    status: TransferStatus,
    last: Option<Milestone>,
    uploaded_at: Option<DateTime<Utc>>,
) -> (&'static str, &'static str) {
    match (status, last, uploaded_at) {
        (TransferStatus::Error, Some(Milestone::Canceled), _) => {
            (Milestone::Canceled.label(), "The delivery was stopped before its file had arrived.")
        }
        (TransferStatus::Error, _, None) => {
            ("Expired", "The upload was not continued in time. Deliver the file again.")
        }
        (status, _, _) => (status.label(), status.definition()),
    }
}

#[component]
fn FindingCallout(finding: Finding) -> impl IntoView {
    let answer = finding.severity().label();
    let Finding { code, message, measured, limit, place, elsewhere, gauge, .. } = finding;
    let has_numbers = measured.is_some() || limit.is_some() || place.is_some();
    let said = measured.clone().unwrap_or_default();
    let fact = |label: &'static str, value: Option<String>| {
        value.map(|it| view! { <div><dt>{label}</dt><dd>{it}</dd></div> })
    };
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
                <p>{message}" "{answer}"."</p>
            </header>
            {has_numbers.then(|| view! {
                <dl>
                    {fact("Measured", measured)}
                    {fact("Allowed", limit)}
                    {fact("Where", place)}
                    {gauge.map(|gauge| view! { <Distance gauge said/> })}
                </dl>
            })}
            {places(elsewhere)}
        </div>
    }
}

/// The other places of a finding, folded.
fn places(elsewhere: Vec<String>) -> Option<impl IntoView> {
    let count = elsewhere.len() as u64;
    (count > 0).then(|| {
        view! {
            <details class="places">
                <summary>{counted(count, "more place", "more places")}</summary>
                <p>{elsewhere.join(" · ")}</p>
            </details>
        }
    })
}

/// What stops nothing: a line for each, folded.
#[component]
fn Remarks(remarks: Vec<Finding>) -> impl IntoView {
    let count =
        counted(remarks.len() as u64, "remark that stops nothing", "remarks that stop nothing");
    let line = |it: Finding| {
        let Finding { code, message, measured, limit, place, elsewhere, .. } = it;
        let facts: Vec<_> = [measured, limit, place].into_iter().flatten().collect();
        view! {
            <li>
                <a class="link" href=paths::help_inspection(code)>{code.title()}</a>
                <p>{message}</p>
                <p class="faint">{facts.join(", ")}</p>
                {places(elsewhere)}
            </li>
        }
    };
    view! {
        <details class="remarks">
            <summary><Icon name="info"/>{count}</summary>
            <ul>{remarks.into_iter().map(line).collect_view()}</ul>
        </details>
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
fn BrokenCallout(broke: Break) -> impl IntoView {
    let Break { status, title, words, note } = broke;
    let (tone, icon) = mark(status);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_that_was_stopped_or_expired_is_not_called_a_fault() {
        let stopped = told(TransferStatus::Error, Some(Milestone::Canceled), None);
        let expired = told(TransferStatus::Error, Some(Milestone::Error), None);
        let arrived = Some(DateTime::UNIX_EPOCH);
        let faulty = told(TransferStatus::Error, Some(Milestone::Error), arrived);
        let titles = [stopped, expired, faulty].map(|(title, _)| title);
        assert_eq!(titles, ["Stopped", "Expired", "Error"]);
    }
}
