//! The actions of a request. Each asks the rules, and stays in its place with the reason where they say no.

use domain::request::{RequestAction, RequestPage};
use leptos::prelude::*;

use crate::{
    error::AppError,
    paths,
    ui::{
        context::use_signed_in,
        kit::{ActionLink, Look},
    },
};

/// Opens the delivery page in a new tab, with this request preloaded.
#[component]
pub fn DeliverLink(page: RwSignal<RequestPage>, #[prop(optional)] look: Look) -> impl IntoView {
    let href = paths::deliver(&[page.with_untracked(|it| it.request.id)]);
    let reason = refusal(page, RequestAction::Deliver);
    view! {
        <ActionLink href=Signal::stored(href) reason icon="upload" look target="_blank">
            {RequestAction::Deliver.label()}<span class="vh">" (opens in a new tab)"</span>
        </ActionLink>
    }
}

/// Why the person who looks may not do `action` now; nothing if they may.
pub fn refusal(page: RwSignal<RequestPage>, action: RequestAction) -> Signal<Option<String>> {
    let signed_in = use_signed_in();
    let asked = Memo::new(move |_| {
        signed_in.with(|actor| match actor {
            Some(actor) => page.with(|it| it.request.permits(action, actor).err()).map(Into::into),
            None => Some(AppError::SignedOut),
        })
    });
    Signal::derive(move || asked.with(|it| it.as_ref().map(ToString::to_string)))
}
