//! The foot of the delivery page: what is under way in one line, and the reason next to a refused Deliver.

use leptos::prelude::*;

use super::{
    desk::{Desk, Lot, Stage},
    sending::Paused,
};
use crate::ui::kit::{
    action_button::{ActionButton, Look},
    icon::Icon,
};

#[component]
pub fn Foot(desk: Desk) -> impl IntoView {
    let summary = move || summary(&desk.lots());
    let reason = Memo::new(move |_| reason(desk));
    let moving = Memo::new(move |_| holding(desk, Paused::No));
    let held = Memo::new(move |_| holding(desk, Paused::Yes));
    view! {
        <footer>
            <b role="status">{summary}</b>
            <span class="end row">
                <Show when=move || reason.read().is_some()>
                    <span class="faint row"><Icon name="lock" class="s"/>{move || reason.get()}</span>
                </Show>
                <Show when=move || moving.get()>
                    <ActionButton icon="pause" on_press=move |()| desk.pause_all(Paused::Yes)>"Pause all"</ActionButton>
                </Show>
                <Show when=move || held.get()>
                    <ActionButton icon="play" on_press=move |()| desk.pause_all(Paused::No)>"Resume all"</ActionButton>
                </Show>
                <ActionButton icon="upload" look=Look::Primary reason=reason on_press=move |()| desk.deliver()>
                    "Deliver"
                </ActionButton>
            </span>
        </footer>
    }
}

/// Why Deliver does nothing now: there is nothing ticked, or something ticked is not complete.
fn reason(desk: Desk) -> Option<String> {
    let open: Vec<Lot> =
        desk.lots().into_iter().filter(|it| it.ticked.get() && it.stage.read().is_open()).collect();
    if open.is_empty() {
        return Some("Tick a request that is not delivered yet".to_owned());
    }
    let obstacle = |it: &Lot| it.obstacle(desk).map(|why| format!("{}: {why}", it.name()));
    open.iter().find_map(obstacle)
}

fn holding(desk: Desk, paused: Paused) -> bool {
    desk.lots().iter().any(|lot| match &*lot.stage.read() {
        Stage::Sending(sending) => sending.paused == (paused == Paused::Yes),
        Stage::Choosing
        | Stage::Starting
        | Stage::Verifying(_)
        | Stage::Arrived(_)
        | Stage::Refused(_) => false,
    })
}

/// "1 uploading, 1 verified, 1 not ready".
fn summary(lots: &[Lot]) -> String {
    let mut counts =
        [(0, "uploading"), (0, "paused"), (0, "arrived"), (0, "stopped"), (0, "to deliver")];
    for lot in lots {
        let at = match &*lot.stage.read() {
            Stage::Sending(sending) if sending.paused => 1,
            Stage::Starting | Stage::Sending(_) | Stage::Verifying(_) => 0,
            Stage::Arrived(_) => 2,
            Stage::Refused(_) => 3,
            Stage::Choosing => 4,
        };
        counts[at].0 += 1;
    }
    let told: Vec<_> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    told.join(", ")
}
