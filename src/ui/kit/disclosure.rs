//! A section that folds: the browser's own `<details>`, so that it works without script and opens itself
//! when the browser's search finds something in it.

use leptos::prelude::*;

use super::icon::Icon;

/// Unfolded at first. `title` is an `<h3>`.
#[component]
pub fn Disclosure(title: &'static str, children: Children) -> impl IntoView {
    view! {
        <details class="disclosure" open>
            <summary><Icon name="chevron-right" class="fold"/><h3>{title}</h3></summary>
            {children()}
        </details>
    }
}
