//! A card: one transfer, its head always, its inside when it is open.
//!
//! The head is a link to the page with this card turned over, so that it works without script too. A page
//! may hold many closed cards: they are kept to few elements and a single memo.

use domain::{
    delivery::{TransferAction, TransferHead, TransferOffer, TransferStatus},
    id::TransferId,
    quantity,
    request::{Family, RequestPage},
};
use leptos::prelude::*;

use super::{
    deck::Deck,
    details::CardDetails,
    inside::Inside,
    metadata::{DeliveryMetadataTable, TechnicalMetadata},
    status_badge::TransferStatusMark,
    timeline::TransferStatusSection,
    timeline_panel::PanelState,
};
use crate::{
    paths,
    ui::{
        browser::{clipboard, root},
        kit::{ActionLink, Failed, Icon, IconButton, Moment, Shape, Toast, Waiting, use_toasts},
        request::family,
        sheet_panel::Sheets,
    },
};

#[component]
pub fn TransferCard(
    head: TransferHead,
    family: Family,
    deck: Deck,
    panel: PanelState,
    sheets: Sheets,
) -> impl IntoView {
    let TransferHead { id, number, status, file_name, files, initiated_at, .. } = head;
    let page = deck.page;
    let opened = Memo::new(move |_| deck.is_open(number));
    // A card may be asked once more while it is being removed.
    let now = move || page.with(|it| head_of(it, id).map_or(status, |it| it.status));
    let more = files.checked_sub(1).filter(|it| *it > 0);
    view! {
        <article class="transfer-card" id=format!("card-{number}") aria-labelledby=format!("card-{number}-name")
            data-quiet=move || matches!(now(), TransferStatus::Superseded | TransferStatus::Ignored).then_some("")
        >
            <h3>
                <a role="button" href=move || deck.turned(number) data-noscroll="" prop:replace=true
                    aria-expanded=move || opened.get().to_string() aria-controls=format!("card-{number}-body")
                >
                    <Icon name="chevron-right" class="fold"/>
                    <Icon name=family::icon(family) class="kind"/>
                    <span class="name">
                        <span class="clip" id=format!("card-{number}-name")>{file_name.to_string()}</span>
                        {more.map(|it| view! { <span class="more nowrap">"+"{it}" more"</span> })}
                        <span class="when nowrap"><Moment at=initiated_at shape=Shape::Short/></span>
                    </span>
                    {move || page.with(|it| head_of(it, id).and_then(under_way))}
                    {move || view! { <TransferStatusMark status=now()/> }}
                </a>
            </h3>
            {move || opened.get().then(|| view! { <CardBody id number deck panel sheets/> })}
        </article>
    }
}

fn head_of(page: &RequestPage, id: TransferId) -> Option<&TransferHead> {
    page.heads.iter().find(|it| it.id == id)
}

/// How much of an upload that has begun is there.
fn under_way(head: &TransferHead) -> Option<impl IntoView + use<>> {
    let begun = head.status == TransferStatus::WaitingForUpload && head.received > 0;
    begun.then(
        || view! { <span class="counts">{quantity::percent(head.received, head.size)}</span> },
    )
}

#[component]
fn CardBody(
    id: TransferId,
    number: i64,
    deck: Deck,
    panel: PanelState,
    sheets: Sheets,
) -> impl IntoView {
    let inside = Inside::of(deck, id);
    let known = Memo::new(move |_| inside.is_known());
    let again = move |()| deck.ask_again(id);
    view! {
        <div class="body" id=format!("card-{number}-body")>
            {move || match (known.get(), deck.failure(id)) {
                (true, _) => view! { <CardInside inside number deck panel sheets/> }.into_any(),
                (false, Some(error)) => view! {
                    <Failed title="This delivery could not be read" text=error.to_string() on_retry=again/>
                }.into_any(),
                (false, None) => view! { <Waiting text="Reading the delivery" rows=4/> }.into_any(),
            }}
        </div>
    }
}

/// What can be done with the file: refused ones stay and say why.
#[component]
fn TransferActions(inside: Inside, id: TransferId, sheets: Sheets) -> impl IntoView {
    let offers = Memo::new(move |_| inside.read(|it| it.offers.clone()).unwrap_or_default());
    let link = move |TransferOffer { action, refusal }: TransferOffer| {
        let href = paths::transfer_sheet(id, action);
        let shown = href.clone();
        let icon = match action {
            TransferAction::Override => "gavel",
            TransferAction::Approve => "check",
            TransferAction::Decline => "x",
            TransferAction::InspectAgain => "scan-search",
            TransferAction::Ignore => "eye-off",
        };
        view! {
            <ActionLink href=Signal::stored(href) reason=Signal::stored(refusal) icon
                on_press=move |()| sheets.show(action.label().to_owned(), None, shown.clone())
            >
                {action.label()}
            </ActionLink>
        }
    };
    move || offers.get().into_iter().map(link).collect_view()
}

#[component]
fn CardInside(
    inside: Inside,
    number: i64,
    deck: Deck,
    panel: PanelState,
    sheets: Sheets,
) -> impl IntoView {
    let id = inside.read_untracked(|it| it.transfer.id);
    let request = deck.page.with_untracked(|it| it.request.id);
    let toasts = use_toasts();
    let copy_link = move |()| {
        leptos::task::spawn_local(async move {
            let copied = clipboard::copy(&root::whole_address(&paths::card(request, number))).await;
            toasts.show(if copied {
                Toast::good("Link copied")
            } else {
                Toast::bad("The browser did not allow copying")
            });
        });
    };
    view! {
        <TransferStatusSection inside panel page=deck.page/>
        <div class="metadata">
            <CardDetails inside/>
            <DeliveryMetadataTable inside/>
        </div>
        <TechnicalMetadata inside/>
        <div class="foot">
            {id.map(|id| view! { <TransferActions inside id sheets/> })}
            <span class="end">
                <IconButton label=Signal::stored("Copy link to this delivery".to_owned()) icon="link" on_press=copy_link/>
            </span>
        </div>
    }
}
