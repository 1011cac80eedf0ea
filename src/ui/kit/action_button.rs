//! Buttons and links that can say why they do not work. They stay focusable, so that the reason can be read.

use leptos::{ev, prelude::*};

use super::{badge::BUSY, icon::Icon};

/// How a button looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    #[default]
    Plain,
    /// The next step of the person who looks; one per view.
    Primary,
    Ghost,
    Danger,
    Small,
    SmallGhost,
}

impl Look {
    pub const fn class(self) -> &'static str {
        match self {
            Self::Plain => "button",
            Self::Primary => "button primary",
            Self::Ghost => "button ghost",
            Self::Danger => "button danger",
            Self::Small => "button small",
            Self::SmallGhost => "button small ghost",
        }
    }
}

/// What pressing a button does by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    #[default]
    Press,
    /// Sends the form it stands in.
    Submit,
}

/// A button. `reason` refuses the press and tells why; `busy` says what is happening and refuses a second
/// press meanwhile. Neither takes the focus away.
#[component]
pub fn ActionButton(
    #[prop(optional, into)] reason: Signal<Option<String>>,
    #[prop(optional, into)] busy: Signal<Option<String>>,
    #[prop(optional)] icon: Option<&'static str>,
    #[prop(optional)] look: Look,
    #[prop(optional)] purpose: Purpose,
    #[prop(optional, into)] on_press: Option<Callback<()>>,
    children: ChildrenFn,
) -> impl IntoView {
    let press = move |event: ev::MouseEvent| {
        if reason.with_untracked(Option::is_some) || busy.with_untracked(Option::is_some) {
            event.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    let idle = StoredValue::new(children);
    let shown = move || match busy.get() {
        Some(what) => view! { <Icon name=BUSY/>{what} }.into_any(),
        None => view! { {icon.map(|name| view! { <Icon name/> })}{idle.with_value(|it| it())} }
            .into_any(),
    };
    let kind = match purpose {
        Purpose::Press => "button",
        Purpose::Submit => "submit",
    };
    view! {
        <Tip text=reason>
            <button type=kind class=look.class() on:click=press
                aria-disabled=move || refused(reason)
                aria-description=move || reason.get()
                aria-busy=move || busy.with(Option::is_some).then_some("true")
            >
                {shown}
            </button>
        </Tip>
    }
}

/// A button that is only an icon; `label` is its name and its tooltip.
#[component]
pub fn IconButton(
    #[prop(into)] label: Signal<String>,
    icon: &'static str,
    #[prop(default = Look::Ghost)] look: Look,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class=format!("{} icon", look.class()) aria-label=label title=label
            on:click=move |_| on_press.run(())
        >
            <Icon name=icon/>
        </button>
    }
}

/// A link that looks like a button, and that has no address while there is a reason against it.
#[component]
pub fn ActionLink(
    #[prop(into)] href: Signal<String>,
    #[prop(optional, into)] reason: Signal<Option<String>>,
    #[prop(optional)] icon: Option<&'static str>,
    #[prop(optional)] look: Look,
    #[prop(optional)] target: Option<&'static str>,
    /// Done instead of going there.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let press = move |event: ev::MouseEvent| {
        let elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key();
        if let (Some(on_press), None, false) = (on_press, reason.get_untracked(), elsewhere) {
            event.prevent_default();
            on_press.run(());
        }
    };
    view! {
        <Tip text=reason>
            <a class=look.class() target=target role=move || reason.with(Option::is_some).then_some("link")
                href=move || reason.with(Option::is_none).then(|| href.get())
                tabindex=move || reason.with(Option::is_some).then_some("0")
                aria-disabled=move || refused(reason)
                aria-description=move || reason.get() on:click=press
            >
                {icon.map(|name| view! { <Icon name/> })}
                {children()}
            </a>
        </Tip>
    }
}

fn refused(reason: Signal<Option<String>>) -> Option<&'static str> {
    reason.with(Option::is_some).then_some("true")
}

/// Shows `text` beside what it wraps, on focus and under the pointer; Escape puts it away. What it wraps
/// carries the same words as its description, so that readers do not hear them twice.
#[component]
pub fn Tip(
    #[prop(into)] text: Signal<Option<String>>,
    #[prop(default = "lock")] icon: &'static str,
    children: Children,
) -> impl IntoView {
    let put_away = RwSignal::new(false);
    let key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            put_away.set(true);
        }
    };
    view! {
        <span class="tip" data-away=move || put_away.get().then_some("") on:keydown=key
            on:focusout=move |_| put_away.set(false) on:mouseleave=move |_| put_away.set(false)
        >
            {children()}
            {move || text.get().map(|text| view! {
                <span class="reason" aria-hidden="true"><Icon name=icon class="s"/><span>{text}</span></span>
            })}
        </span>
    }
}
