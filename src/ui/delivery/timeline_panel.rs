//! The side panel behind "X more items": the whole way of a transfer, upright, with what lies between the steps.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use domain::{
    delivery::{Milestone, Passage, TransferDetails},
    id::TransferId,
    inspection::Finding,
    quantity,
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    deck::Deck,
    inside::Inside,
    status_badge::mark_of_step,
    timeline::{passed, shape_after},
};
use crate::{
    paths,
    ui::{
        browser::{clipboard, clock::on_the_wall},
        kit::{ActionButton, Ago, Icon, Moment, SidePanel, Toast, badge::BUSY, use_toasts},
    },
};

/// Whether the panel is open, and for which transfer. One panel serves all cards.
#[derive(Clone, Copy, Default)]
pub struct PanelState {
    open: RwSignal<bool>,
    of: RwSignal<Option<TransferId>>,
}

impl PanelState {
    pub fn show(self, id: TransferId) {
        self.of.set(Some(id));
        self.open.set(true);
    }
}

#[component]
pub fn TimelinePanel(deck: Deck, panel: PanelState) -> impl IntoView {
    let about = Signal::derive(move || {
        let id = panel.of.get()?;
        deck.page.with(|it| {
            let head = it.heads.iter().find(|it| it.id == id)?;
            Some(format!("{}, transfer T-{}", head.file_name, head.number))
        })
    });
    let content = move || panel.of.get().map(|id| view! { <Way inside=Inside::of(deck, id)/> });
    view! {
        <SidePanel open=panel.open title=Signal::stored("Transfer Status".to_owned()) about>{content}</SidePanel>
    }
}

#[component]
fn Way(inside: Inside) -> impl IntoView {
    let toasts = use_toasts();
    let copy = move |()| {
        let text = inside.read_untracked(as_text).unwrap_or_default();
        spawn_local(async move {
            let copied = clipboard::copy(&text).await;
            toasts.show(if copied {
                Toast::good("Transfer status copied")
            } else {
                Toast::bad("The browser did not allow copying")
            });
        });
    };
    view! {
        <div class="body">
            {move || inside.read(|it| sums(&it.passages))}
            <ol class="timeline tall">{move || inside.read(steps)}</ol>
            <p><a class="link" href=paths::help_part("transfer-statuses") target="_blank">"What the statuses mean"</a></p>
        </div>
        <footer>
            <span class="faint">{move || inside.read(|it| it.passages.first().map(|it| zone_line(it.at)))}</span>
            <span class="end"><ActionButton icon="copy" on_press=copy>"Copy as text"</ActionButton></span>
        </footer>
    }
}

fn zone_line(at: DateTime<Utc>) -> String {
    format!("All times {}", on_the_wall(at).zone)
}

/// How long the whole way took, and its two long parts.
fn sums(passages: &[Passage]) -> impl IntoView + use<> {
    use Milestone as M;
    let whole = passages.first().zip(passages.last()).map(|(first, last)| last.at - first.at);
    let upload = between(passages, &[M::Uploading], &[M::Uploaded, M::Verified]);
    let inspection = between(
        passages,
        &[M::Inspecting],
        &[M::Ingesting, M::Succeeded, M::FailedInspection, M::InternalError],
    );
    let part = |label: &'static str, lasted: Option<chrono::TimeDelta>| {
        let seconds = u64::try_from(lasted?.num_seconds()).ok()?;
        Some(view! { <span>{label}" "<b>{quantity::lasting(seconds)}</b></span> })
    };
    view! { <p class="sums">{part("In all", whole)}{part("Upload", upload)}{part("Inspection", inspection)}</p> }
}

/// From the last of the steps `from` to the first of the steps `to` that comes after it.
pub fn between(
    passages: &[Passage],
    from: &[Milestone],
    to: &[Milestone],
) -> Option<chrono::TimeDelta> {
    let start = passages.iter().rposition(|it| from.contains(&it.milestone))?;
    let (start, rest) = passages.get(start..)?.split_first()?;
    let end = rest.iter().find(|it| to.contains(&it.milestone))?;
    Some(end.at - start.at)
}

fn steps(details: &TransferDetails) -> impl IntoView + use<> {
    let last = details.passages.len().saturating_sub(1);
    let mut before = None;
    let steps = details.passages.iter().enumerate().map(|(place, passage)| {
        let shape = shape_after(before, passage.at);
        before = Some(passage.at);
        let (tone, icon) = mark_of_step(passage.milestone, passed(place == last));
        let running = icon == BUSY;
        let at = passage.at;
        let findings = if passage.milestone == Milestone::FailedInspection {
            details.findings.as_slice()
        } else {
            &[]
        };
        view! {
            <li data-tone=tone.word() data-spin=running.then_some("")>
                <Icon name=icon/>
                <b>{passage.milestone.label()}</b>
                {move || view! { <Moment at shape=shape.get()/> }}
                {passage.note.clone().map(|it| view! { <p>{it}</p> })}
                {running.then(|| view! { <p>"Since "<Ago at/></p> })}
                {findings.iter().filter(|it| it.blocks()).map(found).collect_view()}
            </li>
        }
    });
    steps.collect_view()
}

fn found(finding: &Finding) -> impl IntoView + use<> {
    let code = finding.code;
    view! {
        <p>{code.title()}</p>
        <a class="link mono" href=paths::help_inspection(code)>{code.key()}</a>
    }
}

/// The way as lines for a mail: time in UTC, step, note.
fn as_text(details: &TransferDetails) -> String {
    let name = details.transfer.files.first().map(|it| it.name.to_string()).unwrap_or_default();
    let mut text = format!("{}, {name}\n", details.transfer.label());
    for Passage { milestone, at, note } in &details.passages {
        let note = note.as_ref().map(|it| format!(": {it}")).unwrap_or_default();
        let _ =
            writeln!(text, "{}  {}{note}", at.format("%Y-%m-%d %H:%M:%S UTC"), milestone.label());
    }
    for finding in &details.findings {
        let _ = writeln!(text, "{}: {}", finding.code, finding.message);
    }
    text
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn way(steps: &[(Milestone, i64)]) -> Vec<Passage> {
        let at = |seconds| DateTime::<Utc>::default() + TimeDelta::seconds(seconds);
        steps
            .iter()
            .map(|(milestone, s)| Passage { milestone: *milestone, at: at(*s), note: None })
            .collect()
    }

    #[test]
    fn a_part_lasts_from_its_last_beginning_to_the_end_after_it() {
        use Milestone::*;
        let way =
            way(&[(Inspecting, 0), (FailedInspection, 10), (Inspecting, 60), (Succeeded, 75)]);
        let lasted = between(&way, &[Inspecting], &[Succeeded, FailedInspection]);
        assert_eq!(lasted, Some(TimeDelta::seconds(15)));
    }

    #[test]
    fn a_part_that_has_not_ended_has_no_length() {
        use Milestone::*;
        assert_eq!(between(&way(&[(Created, 0), (Uploading, 5)]), &[Uploading], &[Uploaded]), None);
        assert_eq!(between(&[], &[Uploading], &[Uploaded]), None);
    }
}
