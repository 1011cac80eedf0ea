//! The Deliveries tab: cards newest first, the newest open, and one button that turns all of them over.

use domain::{
    delivery::OpenCards,
    request::{Party, RequestPage},
};
use leptos::prelude::*;

use super::{
    card::TransferCard,
    deck::{Deck, Spread},
    timeline_panel::{PanelState, TimelinePanel},
};
use crate::{
    paths,
    ui::{
        browser::focus::press_with_space,
        kit::{Empty, Icon, Notice, Tone, ZoneLine},
        request::action_bar::{DeliverLink, refusal, way},
        sheet_panel::Sheets,
    },
};

#[component]
pub fn DeliveriesTab(deck: Deck, sheets: Sheets) -> impl IntoView {
    let page = deck.page;
    let panel = PanelState::default();
    let family = page.with_untracked(|it| it.request.source_type.family());
    let some = Memo::new(move |_| page.with(|it| !it.heads.is_empty()));
    let ids = move || page.with(|it| it.heads.iter().map(|it| it.id).collect::<Vec<_>>());
    let card = move |id| {
        let head = page.with_untracked(|it| it.heads.iter().find(|it| it.id == id).cloned())?;
        Some(view! { <TransferCard head family deck panel sheets/> })
    };
    deck.fetch_what_is_missing();
    deck.watch_what_is_under_way();
    view! {
        <h2 class="vh">"Deliveries"</h2>
        {move || page.with(waiting_hand_in)}
        <div class="transfer-cards" on:keydown=|event| press_with_space(&event)>
            <For each=ids key=|id| *id children=card/>
        </div>
        {move || if some.get() { view! { <ZoneLine/> }.into_any() } else { view! { <NoDeliveries page/> }.into_any() }}
        <TimelinePanel deck panel/>
    }
}

/// That something was handed in and is no delivery yet.
fn waiting_hand_in(page: &RequestPage) -> Option<impl IntoView + use<>> {
    let whose = page.name_of(Party::Partner).to_owned();
    let href = paths::tab(page.request.id, "hand-ins");
    (page.counts.waiting_hand_ins > 0).then(|| {
        view! {
            <Notice tone=Tone::Hand icon="hand">
                <span>"A hand-in waits to be released by "<b>{whose}</b>". "<a class="link" href=href>"To the hand-ins"</a></span>
            </Notice>
        }
    })
}

/// Opens all cards or closes them, and says how many.
#[component]
pub fn Expander(deck: Deck) -> impl IntoView {
    let said = move || match deck.spread() {
        Spread::Closed(all) if deck.page.with(|it| it.heads.len()) > OpenCards::MOST => {
            format!("Expand the newest {all}")
        }
        Spread::Closed(all) => format!("Expand all {all}"),
        Spread::Open => "Collapse all".to_owned(),
    };
    let some = Memo::new(move |_| deck.page.with(|it| !it.heads.is_empty()));
    move || {
        some.get().then(|| {
            view! {
                <a class="button small ghost" role="button" data-noscroll="" prop:replace=true
                    href=move || deck.all_turned() on:keydown=|event| press_with_space(&event)
                >
                    <Icon name="chevrons-up-down"/>{said}
                </a>
            }
        })
    }
}

#[component]
fn NoDeliveries(page: RwSignal<RequestPage>) -> impl IntoView {
    let refusal = refusal(page, way(page));
    view! {
        <Empty icon="upload" title="No deliveries yet"
            text="Each delivery gets a card here: its way through upload and inspection, what was entered with it and what was read out of the file."
        >
            {move || match refusal.get() {
                None => view! { <DeliverLink page/> }.into_any(),
                Some(reason) => view! { <p class="hint">{reason}</p> }.into_any(),
            }}
        </Empty>
    }
}
