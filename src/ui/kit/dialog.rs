//! A window over the page, for a decision: the browser's own `<dialog>`, which keeps the focus inside and
//! gives it back to the button that opened it.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::action_button::IconButton;
use crate::ui::browser::root;

/// A question over the page. The children are `<div class="body">` and `<footer>`, or one `<form>` with
/// both in it; they are made at opening and gone at closing.
#[component]
pub fn Dialog(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] about: Signal<Option<String>>,
    children: ChildrenFn,
) -> impl IntoView {
    view! { <Frame class="dialog" open title about may_leave=None children/> }
}

/// What dialog and side panel share: `class` decides which of the two it is.
#[component]
pub(super) fn Frame(
    class: &'static str,
    open: RwSignal<bool>,
    title: Signal<String>,
    about: Signal<Option<String>>,
    may_leave: Option<Callback<(), bool>>,
    children: ChildrenFn,
) -> impl IntoView {
    let frame = NodeRef::<html::Dialog>::new();
    let content = StoredValue::new(children);
    show_while(frame, open);

    let may_leave = move || may_leave.is_none_or(|it| it.run(()));
    let leave = move || {
        if may_leave() {
            open.set(false);
        }
    };
    let on_frame = move |event: ev::Event| {
        if is_frame(&event, frame) {
            leave();
        }
    };
    // Escape is ours as long as nothing else is open that it would close first.
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() && !root::has(":popover-open") {
            event.prevent_default();
            leave();
        }
    };
    let on_cancel = move |event: ev::Event| {
        if is_frame(&event, frame) {
            event.prevent_default();
            leave();
        }
    };
    // A browser asks once: the second time in a row it closes the dialog whatever it is told. Then it is opened again.
    let on_close = move |event: ev::Event| {
        if is_frame(&event, frame) && open.get_untracked() {
            leave();
            if let (true, Some(it)) = (open.get_untracked(), frame.get_untracked()) {
                drop(it.show_modal());
            }
        }
    };

    view! {
        <dialog class=class node_ref=frame aria-label=title on:keydown=on_key on:cancel=on_cancel on:close=on_close on:mousedown=move |event| on_frame(event.into())>
            <Show when=move || open.get()>
                <header>
                    <div class="grow">
                        <h2>{title}</h2>
                        {move || about.get().map(|it| view! { <p>{it}</p> })}
                    </div>
                    <IconButton label=Signal::stored("Close".to_owned()) icon="x" on_press=leave/>
                </header>
                {content.with_value(|it| it())}
            </Show>
        </dialog>
    }
}

fn show_while(frame: NodeRef<html::Dialog>, open: RwSignal<bool>) {
    Effect::new(move |_| {
        let Some(frame) = frame.get() else { return };
        match (open.get(), frame.open()) {
            (true, false) => drop(frame.show_modal()),
            (false, true) => frame.close(),
            (true, true) | (false, false) => {}
        }
    });
}

/// Whether the event came from the dialog itself; those of what lies in it bubble.
fn is_frame(event: &ev::Event, frame: NodeRef<html::Dialog>) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<web_sys::HtmlDialogElement>().ok());
    target.is_some() && target == frame.get_untracked()
}
