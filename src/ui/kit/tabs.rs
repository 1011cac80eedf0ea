//! Tabs that are links: each has its own address, arrows move along the row.

use leptos::{ev, html, prelude::*};

use super::badge::Count;
use crate::ui::browser::focus::{self, Step};

/// One tab; `key` is its word in the address and in ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    pub key: &'static str,
    pub label: &'static str,
    /// Shown behind the label, where there is something to count.
    pub count: Option<u64>,
    pub href: String,
}

/// The row of tabs. `before` stands in front of them (the button for a hidden pane), the children at the
/// right end (the tools of the page).
#[component]
pub fn Tabs(
    label: &'static str,
    #[prop(into)] tabs: Signal<Vec<Tab>>,
    #[prop(into)] selected: Signal<&'static str>,
    #[prop(optional, into)] before: ViewFn,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let row = NodeRef::<html::Div>::new();
    let key = move |event: ev::KeyboardEvent| {
        let (Some(row), Some(step)) = (row.get_untracked(), step_of(&event.key())) else { return };
        event.prevent_default();
        if let Some(tab) = focus::step(&row, "[role=tab]", step) {
            tab.click();
        }
    };
    // In a narrow row the selected tab may be out of sight.
    Effect::new(move |_| {
        let chosen = format!("#tab-{}", selected.get());
        if let Some(row) = row.get() {
            focus::show_in_row(&row, &chosen);
        }
    });
    let keys = move || tabs.with(|it| it.iter().map(|tab| tab.key).collect::<Vec<_>>());
    view! {
        <div class="tabs">
            {before.run()}
            <div role="tablist" aria-label=label node_ref=row on:keydown=key>
                <For each=keys key=|key| *key let:key>
                    <TabLink key tabs selected/>
                </For>
            </div>
            {children.map(|tools| view! { <div class="tools">{tools()}</div> })}
        </div>
    }
}

#[component]
fn TabLink(
    key: &'static str,
    tabs: Signal<Vec<Tab>>,
    selected: Signal<&'static str>,
) -> impl IntoView {
    let of = move |read: fn(&Tab) -> Option<u64>| {
        tabs.with(|it| it.iter().find(|tab| tab.key == key).and_then(read))
    };
    let href =
        move || tabs.with(|it| it.iter().find(|tab| tab.key == key).map(|tab| tab.href.clone()));
    let label = tabs.with_untracked(|it| it.iter().find(|tab| tab.key == key).map(|tab| tab.label));
    let is_selected = move || selected.get() == key;
    view! {
        <a role="tab" id=format!("tab-{key}") href=href aria-controls="tab-panel" data-noscroll=""
            aria-selected=move || is_selected().to_string()
            tabindex=move || if is_selected() { "0" } else { "-1" }
        >
            {label}
            {move || of(|tab| tab.count).map(|count| view! { <Count value=Signal::stored(count)/> })}
        </a>
    }
}

/// What the selected tab shows. It takes the focus after the tabs themselves.
#[component]
pub fn TabPanel(#[prop(into)] selected: Signal<&'static str>, children: Children) -> impl IntoView {
    view! {
        <div class="pane" role="tabpanel" id="tab-panel" tabindex="0" aria-labelledby=move || format!("tab-{}", selected.get())>
            {children()}
        </div>
    }
}

fn step_of(key: &str) -> Option<Step> {
    match key {
        "ArrowLeft" => Some(Step::Previous),
        "ArrowRight" => Some(Step::Next),
        "Home" => Some(Step::First),
        "End" => Some(Step::Last),
        _ => None,
    }
}
