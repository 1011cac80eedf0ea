//! What can be told of the chosen files before they are sent, and what the request expects of them. It stops nobody.

use std::collections::BTreeMap;

use domain::{
    inspection::{Forecast, Foreseen, Question, Severity},
    quantity::counted,
};
use leptos::{prelude::*, task::spawn_local};

use super::desk::{Desk, Lot};
use crate::{
    paths,
    ui::{
        browser::preflight,
        kit::{badge::Tone, icon::Icon},
    },
};

/// How far preflight has come with the files of a lot.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Outlook {
    /// There is no file.
    #[default]
    Nothing,
    Looking,
    Told(Forecast),
    /// Nothing can be told in this browser.
    Unknown,
}

/// The quiet block under the chosen files.
#[component]
pub fn Preflight(desk: Desk, lot: Lot) -> impl IntoView {
    let outlook = RwSignal::new(Outlook::Nothing);
    look(desk, lot, outlook);
    view! {
        <div class="preflight" aria-live="polite">
            {move || match outlook.get() {
                Outlook::Nothing => None,
                Outlook::Looking => Some(line("loader-circle", None, "Looking at the file\u{2026}").into_any()),
                Outlook::Unknown => Some(
                    line("info", None, "This browser cannot look into the file. The server will.").into_any(),
                ),
                Outlook::Told(forecast) => Some(view! { <Told forecast/> }.into_any()),
            }}
        </div>
    }
}

/// Looks anew whenever other files are chosen or something else stands in the form.
fn look(desk: Desk, lot: Lot, outlook: RwSignal<Outlook>) {
    let asked = Memo::new(move |_| {
        let keys: Vec<u64> = lot.files(desk).iter().map(|it| it.key).collect();
        (keys, lot.typed.get())
    });
    let last = StoredValue::new((Vec::new(), BTreeMap::new()));
    Effect::new(move |_| {
        let question = asked.get();
        let (keys, entries) = question.clone();
        if last.with_value(|it| it.0 != keys) {
            outlook.set(if keys.is_empty() { Outlook::Nothing } else { Outlook::Looking });
        }
        last.set_value(question.clone());
        if keys.is_empty() {
            return;
        }
        let brief = lot.deliverable.with_untracked(|it| it.brief.clone());
        spawn_local(async move {
            let told = preflight::ask(&Question { brief, entries, keys }).await;
            // The page may be gone, or something else have been asked meanwhile.
            if last.try_with_value(|it| *it == question) == Some(true) {
                outlook.set(told.map_or(Outlook::Unknown, Outlook::Told));
            }
        });
    });
}

fn line(icon: &'static str, tone: Option<Tone>, text: &'static str) -> impl IntoView {
    view! { <p class="line" data-tone=tone.map(Tone::word)><Icon name=icon class="s"/>{text}</p> }
}

#[component]
fn Told(forecast: Forecast) -> impl IntoView {
    let Forecast { is_seen, facts, findings, later } = forecast;
    let facts = facts.into_iter().filter(|it| !it.is_empty());
    let (blocking, remarks): (Vec<_>, Vec<_>) =
        findings.into_iter().partition(|it| it.severity.blocks());
    let verdict = match blocking.len() as u64 {
        0 if !is_seen => line("info", None, "This cannot be looked into here. The server will.").into_any(),
        0 => view! { <p class="line" data-tone="good"><Icon name="circle-check" class="s"/><b>"Looks right so far"</b></p> }
            .into_any(),
        count => {
            let found = counted(count, "finding would stop the file", "findings would stop the file");
            view! {
                <p class="line" data-tone="bad"><Icon name="octagon-x" class="s"/><b>{found}</b>"You can deliver it all the same."</p>
            }
            .into_any()
        }
    };
    let count = remarks.len() as u64;
    let remarks = (count > 0).then(|| {
        let said = counted(count, "remark that stops nothing", "remarks that stop nothing");
        view! {
            <details>
                <summary><Icon name="triangle-alert" class="s"/>{said}</summary>
                <ul>{remarks.into_iter().map(finding).collect_view()}</ul>
            </details>
        }
    });
    let blocking = (!blocking.is_empty())
        .then(|| view! { <ul>{blocking.into_iter().map(finding).collect_view()}</ul> });
    let later = format!("The server will still look at: {}.", later.join(", "));
    view! {
        {verdict}
        {blocking}
        {remarks}
        {facts.map(|it| view! { <p class="facts">{it}</p> }).collect_view()}
        <p class="facts">{later}</p>
    }
}

fn finding(finding: Foreseen) -> impl IntoView {
    let Foreseen { code, title, message, numbers, severity } = finding;
    let (tone, icon) = match severity {
        Severity::Fatal => (Tone::Bad, "octagon-x"),
        Severity::Overridable => (Tone::Bad, "gavel"),
        Severity::Warning => (Tone::Warn, "triangle-alert"),
        Severity::Note => (Tone::Plain, "info"),
    };
    let number =
        |(name, value): (String, String)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    view! {
        <li data-tone=tone.word()>
            <Icon name=icon class="s"/>
            <p>
                <b>{title}</b>" "
                <a class="link mono" href=paths::help_inspection(code) target="_blank">{code.key()}</a>
                " "<span>{severity.label()}</span>
            </p>
            <p>{message}</p>
            <dl>{numbers.into_iter().map(number).collect_view()}</dl>
        </li>
    }
}

/// What the request expects of its files, folded.
#[component]
pub fn Expects(lot: Lot) -> impl IntoView {
    let (profile, rows) =
        lot.deliverable.with_untracked(|it| (it.profile.clone(), it.expects.clone()));
    let row =
        |(name, value): (String, String)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    view! {
        <details class="expects">
            <summary>"What this request expects"</summary>
            <p>"Profile "<b>{profile}</b></p>
            <dl>{rows.into_iter().map(row).collect_view()}</dl>
        </details>
    }
}
