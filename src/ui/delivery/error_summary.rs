//! What went wrong with a delivery: each finding with its code, its numbers and its help article; or, where
//! nothing was found in the file, what broke.

use domain::{
    delivery::{TransferDetails, TransferStatus},
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
        {move || broken.get().map(|(status, note)| view! { <BrokenCallout status note/> })}
    }
}

/// The status and the last words of a delivery that broke before anything was found in its file.
fn broken(details: &TransferDetails) -> Option<(TransferStatus, Option<String>)> {
    let status = details.transfer.status;
    let broke = matches!(status, TransferStatus::Error | TransferStatus::InternalError);
    let last = details.passages.iter().rev().find(|it| it.milestone.is_error());
    (broke && details.findings.is_empty()).then(|| (status, last.and_then(|it| it.note.clone())))
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
fn BrokenCallout(status: TransferStatus, note: Option<String>) -> impl IntoView {
    let (tone, icon) = mark(status);
    view! {
        <div class="callout" data-tone=tone.word()>
            <header>
                <Icon name=icon/>
                <h5>{status.label()}</h5>
                <p>{status.definition()}{note.map(|it| format!(" {it}"))}</p>
            </header>
        </div>
    }
}
