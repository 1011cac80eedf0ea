//! The actions of a request, as the portal offers them: each stays in its place with the reason where it is refused.

use domain::request::{Offer, RequestAction, RequestPage};
use leptos::prelude::*;

use crate::{
    paths,
    ui::{
        kit::{ActionLink, Icon, Look, MenuButton, MenuItem},
        sheet_panel::Sheets,
    },
};

/// Those that stand beside the menu where there is room for them.
const BESIDE: [RequestAction; 3] =
    [RequestAction::EditDates, RequestAction::Edit, RequestAction::Subassign];

#[component]
pub fn ActionBar(page: RwSignal<RequestPage>, sheets: Sheets) -> impl IntoView {
    let offered = Memo::new(move |_| {
        page.with(|it| it.offers.iter().map(|it| it.action).collect::<Vec<_>>())
    });
    let is_sheet =
        |it: &RequestAction| !matches!(it, RequestAction::Deliver | RequestAction::HandIn);
    let all_beside = move || {
        offered.with(|it| it.iter().filter(|it| is_sheet(it)).all(|it| BESIDE.contains(it)))
    };
    let items = move || {
        let actions = offered.get().into_iter().filter(is_sheet);
        actions.map(|action| view! { <SheetItem page sheets action/> }).collect_view()
    };
    view! {
        <div class="actions">
            {BESIDE.map(|action| view! { <SheetLink page sheets action/> })}
            // Where all that is in the menu stands beside it, there is nothing to open.
            <span class="more-actions" data-narrow=move || all_beside().then_some("")>
                <MenuButton id="more" label="More actions" face=|| view! { <Icon name="ellipsis"/> }>
                    {items}
                </MenuButton>
            </span>
            <DeliverLink page look=Look::Primary/>
        </div>
    }
}

/// Opens the sheet of an action; a page of its own where there is no script.
#[component]
fn SheetLink(page: RwSignal<RequestPage>, sheets: Sheets, action: RequestAction) -> impl IntoView {
    let href = address(page, action);
    let shown = href.clone();
    let reason = refusal(page, action);
    view! {
        <ActionLink href=Signal::stored(href) reason icon=icon_of(action)
            on_press=move |()| sheets.show(action.label().to_owned(), None, shown.clone())
        >
            {action.label()}
        </ActionLink>
    }
}

#[component]
fn SheetItem(page: RwSignal<RequestPage>, sheets: Sheets, action: RequestAction) -> impl IntoView {
    view! {
        <MenuItem icon=icon_of(action) reason=refusal(page, action) only_narrow=BESIDE.contains(&action)
            on_press=move |()| sheets.show(action.label().to_owned(), None, address(page, action))
        >
            {action.label()}
        </MenuItem>
    }
}

fn address(page: RwSignal<RequestPage>, action: RequestAction) -> String {
    paths::sheet(page.with_untracked(|it| it.request.id), action)
}

const fn icon_of(action: RequestAction) -> &'static str {
    match action {
        RequestAction::Deliver => "upload",
        RequestAction::HandIn => "send",
        RequestAction::EditDates => "calendar-clock",
        RequestAction::Edit => "pencil",
        RequestAction::Subassign => "user-round-plus",
        RequestAction::Cancel => "ban",
        RequestAction::Uncancel => "undo-2",
        RequestAction::Assign => "users",
        RequestAction::RequestRedelivery => "rotate-ccw",
        RequestAction::ChangeStatus => "settings-2",
        RequestAction::EditDueDate => "calendar-days",
        RequestAction::EditPackage => "package",
        RequestAction::SetExpectations => "clipboard-check",
        RequestAction::Upgrade => "circle-arrow-up",
    }
}

/// Opens the delivery page in a new tab, with this request preloaded.
#[component]
pub fn DeliverLink(page: RwSignal<RequestPage>, #[prop(optional)] look: Look) -> impl IntoView {
    let href = paths::deliver(&[page.with_untracked(|it| it.request.id)]);
    let action = way(page);
    view! {
        <ActionLink href=Signal::stored(href) reason=refusal(page, action) icon=icon_of(action) look target="_blank">
            {action.label()}<span class="vh">" (opens in a new tab)"</span>
        </ActionLink>
    }
}

/// How the person who looks sends files: as a delivery, or as a hand-in where that is offered.
pub fn way(page: RwSignal<RequestPage>) -> RequestAction {
    let hands_in = |it: &RequestPage| it.offers.iter().any(|it| it.action == RequestAction::HandIn);
    if page.with_untracked(hands_in) { RequestAction::HandIn } else { RequestAction::Deliver }
}

/// Why the person who looks may not do `action` now, as the portal said it with the page; nothing if they may.
pub fn refusal(page: RwSignal<RequestPage>, action: RequestAction) -> Signal<Option<String>> {
    let offer = move |page: &RequestPage| {
        let offer: Option<&Offer> = page.offers.iter().find(|it| it.action == action);
        offer.and_then(|it| it.refusal.clone())
    };
    Memo::new(move |_| page.with(offer)).into()
}
