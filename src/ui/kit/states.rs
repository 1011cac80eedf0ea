//! What stands where a list or a card has nothing to show yet, nothing at all, or could not be read.

use leptos::prelude::*;

use super::{action_button::ActionButton, badge::Tone, icon::Icon};

/// Says what will be here; the children are the action that brings it.
#[component]
pub fn Empty(
    icon: &'static str,
    #[prop(into)] title: Oco<'static, str>,
    #[prop(into)] text: Oco<'static, str>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="state">
            <Icon name=icon/>
            <b>{title}</b>
            <p>{text}</p>
            {children.map(|it| it())}
        </div>
    }
}

/// Bones in the shape of rows, with a line that says what is being read. They appear after a moment only,
/// so that what comes quickly does not flicker.
#[component]
pub fn Waiting(
    #[prop(into)] text: Oco<'static, str>,
    #[prop(default = 6)] rows: usize,
) -> impl IntoView {
    let row = |_| view! { <li><span class="bone"></span><span class="bone"></span></li> };
    view! {
        <div class="waiting" role="status">
            <p>{text}</p>
            <ul aria-hidden="true">{(0..rows).map(row).collect_view()}</ul>
        </div>
    }
}

/// Says what failed and what is unharmed. Without `on_retry` there is nothing to try.
#[component]
pub fn Failed(
    #[prop(default = "wifi-off")] icon: &'static str,
    #[prop(into)] title: Oco<'static, str>,
    #[prop(into)] text: Oco<'static, str>,
    #[prop(optional, into)] on_retry: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <div class="state" data-tone=Tone::Bad.word() role="alert">
            <Icon name=icon/>
            <b>{title}</b>
            <p>{text}</p>
            {on_retry.map(|again| view! { <ActionButton icon="rotate-ccw" on_press=again>"Try again"</ActionButton> })}
        </div>
    }
}

/// One line, where possible, about what is so and what follows. Children: the text, what is so in `<b>`,
/// then at most one action.
#[component]
pub fn Notice(tone: Tone, icon: &'static str, children: Children) -> impl IntoView {
    view! { <div class="notice" data-tone=tone.word()><Icon name=icon/>{children()}</div> }
}
