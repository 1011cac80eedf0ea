//! A panel from the right edge over the page, for a form or a closer look.

use leptos::prelude::*;

use super::dialog::Frame;

/// Works as [`super::Dialog`]: children are `<div class="body">` and, where there is something to do,
/// `<footer>`, or one `<form>` with both in it.
#[component]
pub fn SidePanel(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] about: Signal<Option<String>>,
    /// Asked before it is put away.
    #[prop(optional)]
    may_leave: Option<Callback<(), bool>>,
    children: ChildrenFn,
) -> impl IntoView {
    view! { <Frame class="side-panel" open title about may_leave children/> }
}
