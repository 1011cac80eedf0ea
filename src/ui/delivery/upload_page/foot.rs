//! The foot of the delivery page: what is under way in one line, and the reason next to a refused Deliver.

use domain::{delivery::TransferStatus, handin::Purpose};
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
                    {move || desk.verb()}
                </ActionButton>
            </span>
        </footer>
    }
}

impl Desk {
    /// What is done with all that is ticked.
    fn verb(self) -> &'static str {
        let hands_in = |it: &Lot| it.purpose(self) == Purpose::HandIn;
        if self.lots().iter().all(hands_in) { "Hand in" } else { "Deliver" }
    }
}

/// Why Deliver does nothing now: there is nothing ticked, or something ticked is not complete.
fn reason(desk: Desk) -> Option<String> {
    let open: Vec<Lot> =
        desk.lots().into_iter().filter(|it| it.ticked.get() && it.stage.read().is_open()).collect();
    if open.is_empty() {
        let all_done = desk.lots().iter().all(|it| !it.stage.read().is_open());
        let why = if all_done {
            "Everything here is under way or sent."
        } else {
            "Tick a request for which nothing was sent yet."
        };
        return Some(why.to_owned());
    }
    let obstacle = |it: &Lot| it.obstacle(desk).map(|why| format!("{}: {why}", it.name()));
    open.iter().find_map(obstacle)
}

fn holding(desk: Desk, paused: Paused) -> bool {
    let waits =
        |it: &Lot| it.stage.read().sending().map(|it| it.paused) == Some(paused == Paused::Yes);
    desk.lots().iter().any(waits)
}

/// "1 uploading, 2 passed, 1 failed": read out whenever it becomes another.
fn summary(lots: &[Lot]) -> String {
    let words = ["uploading", "paused", "arrived", "passed", "failed", "stopped", "to send"];
    let mut counts = [0; 7];
    for lot in lots {
        let at = match &*lot.stage.read() {
            Stage::Sending(sending) if sending.paused => 1,
            Stage::Starting | Stage::Sending(_) | Stage::Verifying => 0,
            Stage::Arrived(details) => 2 + outcome(details.transfer.status),
            Stage::HandedIn => 2,
            Stage::Refused(_) => 5,
            Stage::Choosing => 6,
        };
        counts[at] += 1;
    }
    let counted = counts.iter().zip(words).filter(|(count, _)| **count > 0);
    counted.map(|(count, word)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
}

/// 0 while inspection has not come to an end, 1 if it went well, 2 if not.
const fn outcome(status: TransferStatus) -> usize {
    match status {
        TransferStatus::WaitingForUpload
        | TransferStatus::WaitingForPrimary
        | TransferStatus::Processing
        | TransferStatus::Ignored
        | TransferStatus::Superseded => 0,
        TransferStatus::Succeeded | TransferStatus::Overridden => 1,
        TransferStatus::FailedInspection
        | TransferStatus::Error
        | TransferStatus::InternalError => 2,
    }
}
