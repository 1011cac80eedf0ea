//! The search in the bar: a form that works without script, reached by the key `/`.

use domain::dashboard::Filter;
use leptos::{ev, html, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{
    paths,
    ui::{dashboard::use_filter, kit::Icon},
};

const LABEL: &str = "Search requests, titles, files";

/// Finds requests. On the list, the other filters stay as they are.
#[component]
pub fn SearchForm() -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let filter = use_filter();
    let path = use_location().pathname;
    let present =
        move || if path.get() == paths::REQUESTS { filter.get() } else { Filter::default() };
    let text = move || present().text;
    let navigate = use_navigate();
    let search = move |event: ev::SubmitEvent| {
        // Where bytes may be under way only a page that is loaded anew lets the browser ask first.
        if path.with_untracked(|it| it == paths::DELIVER) {
            return;
        }
        event.prevent_default();
        let Some(field) = field.get_untracked() else { return };
        let wanted =
            Filter { text: field.value().trim().to_owned(), from: None, ..untrack(present) };
        navigate(&paths::requests(&wanted), NavigateOptions::default());
    };
    focus_by_slash(field);
    view! {
        <form class="find" role="search" aria-label="Requests" method="get" action=paths::REQUESTS on:submit=search>
            <Icon name="search"/>
            <input type="search" name="q" aria-label=LABEL placeholder=LABEL maxlength="200" autocomplete="off"
                aria-keyshortcuts="/" node_ref=field value=untrack(text) prop:value=text
            />
            {move || kept(&present())}
            <kbd class="kbd" aria-hidden="true">"/"</kbd>
        </form>
    }
}

/// What a search without script takes along.
fn kept(filter: &Filter) -> impl IntoView + use<> {
    let others = Filter { text: String::new(), from: None, ..filter.clone() }.to_params();
    others
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
}

fn focus_by_slash(field: NodeRef<html::Input>) {
    Effect::new(move |_| {
        let heard = window_event_listener(ev::keydown, move |event| {
            let plain = !(event.ctrl_key() || event.meta_key() || event.alt_key());
            let Some(field) = field.get_untracked() else { return };
            if event.key() == "/" && plain && !event.default_prevented() && !is_writing() {
                event.prevent_default();
                let _ = field.focus();
                field.select();
            }
        });
        on_cleanup(move || heard.remove());
    });
}

/// Whether what has the focus takes text, or a dialog is open over the page.
fn is_writing() -> bool {
    let Some(active) = document().active_element() else { return false };
    let takes_text = matches!(active.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT");
    let editable = active.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable);
    let in_dialog = active.closest("dialog").ok().flatten().is_some();
    takes_text || editable || in_dialog
}
