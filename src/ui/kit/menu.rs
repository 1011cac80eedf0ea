//! A button that opens a menu. The menu is a popover: the browser opens it, puts it over everything,
//! closes it on Escape and on a press elsewhere, and gives the focus back.

use leptos::{ev, html, prelude::*};

use super::icon::Icon;
use crate::ui::browser::focus::{self, Step};

const ITEMS: &str = "[role^=menuitem]";

/// What an item needs to put its menu away.
#[derive(Clone, Copy)]
struct Around(NodeRef<html::Div>);

impl Around {
    fn close(self) {
        if let Some(menu) = self.0.get_untracked() {
            let _ = menu.hide_popover();
        }
    }
}

/// `id` must be the only one of its name on the page. `class` says how the button looks, `face` is what
/// stands on it; `label` is its name where the face has no words. The children are the items.
#[component]
pub fn MenuButton(
    id: &'static str,
    #[prop(optional)] label: Option<&'static str>,
    #[prop(default = "button icon keep")] class: &'static str,
    #[prop(into)] face: ViewFnOnce,
    children: Children,
) -> impl IntoView {
    let menu = NodeRef::<html::Div>::new();
    let open = RwSignal::new(false);
    provide_context(Around(menu));
    let toggled = move |_| {
        let Some(menu) = menu.get_untracked() else { return };
        let now = menu.matches(":popover-open").unwrap_or(false);
        open.set(now);
        if now {
            focus::step(&menu, ITEMS, Step::First);
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        let Some(menu) = menu.get_untracked() else { return };
        let step = match event.key().as_str() {
            "ArrowDown" => Step::Next,
            "ArrowUp" => Step::Previous,
            "Home" => Step::First,
            "End" => Step::Last,
            "Tab" => return drop(menu.hide_popover()),
            " " => return focus::press_with_space(&event),
            _ => return,
        };
        event.prevent_default();
        focus::step(&menu, ITEMS, step);
    };
    let open_by_arrow = move |event: ev::KeyboardEvent| {
        if let ("ArrowDown" | "ArrowUp", Some(menu)) = (event.key().as_str(), menu.get_untracked())
        {
            event.prevent_default();
            let _ = menu.show_popover();
        }
    };
    view! {
        <button type="button" class=class id=format!("{id}-button") popovertarget=id aria-haspopup="menu" aria-label=label title=label
            aria-expanded=move || open.get().to_string() on:keydown=open_by_arrow
        >
            {face.run()}
        </button>
        <div class="menu" role="menu" popover="auto" id=id node_ref=menu aria-labelledby=format!("{id}-button")
            on:toggle=toggled on:keydown=key
        >
            {children()}
        </div>
    }
}

/// Something to do. A `reason` refuses it and stands as its second line.
#[component]
pub fn MenuItem(
    icon: &'static str,
    #[prop(optional, into)] reason: Signal<Option<String>>,
    /// Whether it is offered elsewhere where there is room.
    #[prop(optional)]
    only_narrow: bool,
    #[prop(into)] on_press: Callback<()>,
    children: Children,
) -> impl IntoView {
    let around = use_context::<Around>();
    let press = move |_| {
        if reason.with_untracked(Option::is_some) {
            return;
        }
        // First, so that a dialog opened by the item gives the focus back to the menu's button.
        if let Some(around) = around {
            around.close();
        }
        on_press.run(());
    };
    view! {
        <button type="button" class="item" role="menuitem" tabindex="-1" data-narrow=only_narrow.then_some("") on:click=press
            aria-disabled=move || reason.with(Option::is_some).then_some("true")
        >
            <Icon name=icon/><span>{children()}</span>
            {move || reason.get().map(|it| view! { <small>{it}</small> })}
        </button>
    }
}

/// A line between groups of items.
#[component]
pub fn MenuRule() -> impl IntoView {
    view! { <hr role="separator"/> }
}
