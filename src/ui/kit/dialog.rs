//! A window over the page, for a decision: the browser's own `<dialog>`, which keeps the focus inside and
//! gives it back to the button that opened it.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::action_button::IconButton;

/// A question over the page. The children are `<div class="body">` and `<footer>`, or one `<form>` with
/// both in it; they are made at opening and gone at closing. While `unsaved` holds, every way out asks first.
#[component]
pub fn Dialog(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] about: Signal<Option<String>>,
    #[prop(optional, into)] unsaved: Signal<bool>,
    children: ChildrenFn,
) -> impl IntoView {
    view! { <Frame class="dialog" open title about unsaved children/> }
}

/// What dialog and side panel share: `class` decides which of the two it is.
#[component]
pub(super) fn Frame(
    class: &'static str,
    open: RwSignal<bool>,
    title: Signal<String>,
    about: Signal<Option<String>>,
    unsaved: Signal<bool>,
    children: ChildrenFn,
) -> impl IntoView {
    let frame = NodeRef::<html::Dialog>::new();
    let asking = RwSignal::new(false);
    let content = StoredValue::new(children);
    show_while(frame, open);

    let leave = move || if unsaved.get_untracked() { asking.set(true) } else { open.set(false) };
    let cancel = move |event: ev::Event| {
        // A file chooser inside the dialog sends `cancel` too.
        if is_frame(&event, frame) && event.cancelable() {
            event.prevent_default();
            leave();
        }
    };
    let closed = move |event: ev::Event| {
        if !is_frame(&event, frame) || !open.get_untracked() {
            return;
        }
        // The third Escape in a row cannot be prevented: the dialog has closed itself.
        if let (true, Some(frame)) = (unsaved.get_untracked(), frame.get_untracked()) {
            let _ = frame.show_modal();
        }
        leave();
    };
    let outside = move |event: ev::MouseEvent| {
        if is_frame(&event, frame) {
            leave()
        }
    };

    view! {
        <dialog class=class node_ref=frame aria-label=title on:cancel=cancel on:close=closed on:mousedown=outside>
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
        <AskBeforeLeaving asking open/>
    }
}

#[component]
fn AskBeforeLeaving(asking: RwSignal<bool>, open: RwSignal<bool>) -> impl IntoView {
    let frame = NodeRef::<html::Dialog>::new();
    show_while(frame, asking);
    let stay = move |_| asking.set(false);
    let discard = move |_| {
        asking.set(false);
        open.set(false);
    };
    view! {
        <dialog class="dialog" node_ref=frame aria-label="Discard what you entered?" on:close=move |_| asking.set(false)>
            <Show when=move || asking.get()>
                <header>
                    <div class="grow">
                        <h2>"Discard what you entered?"</h2>
                        <p>"It has not been saved."</p>
                    </div>
                </header>
                <footer>
                    <button type="button" class="button" on:click=discard>"Discard"</button>
                    <button type="button" class="button primary" autofocus on:click=stay>"Keep editing"</button>
                </footer>
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
