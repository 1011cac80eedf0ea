//! Short messages at the foot of the page, gone after a while; never the only place of a message.

use std::time::Duration;

use leptos::prelude::*;

use super::{badge::Tone, icon::Icon};

const SHOWN_FOR: Duration = Duration::from_secs(6);

/// What a toast says.
#[derive(Clone)]
pub struct Toast {
    pub tone: Tone,
    pub icon: &'static str,
    pub text: String,
}

impl Toast {
    /// Something went well.
    pub fn good(text: impl Into<String>) -> Self {
        Self { tone: Tone::Good, icon: "circle-check", text: text.into() }
    }

    /// Something did not.
    pub fn bad(text: impl Into<String>) -> Self {
        Self { tone: Tone::Bad, icon: "circle-x", text: text.into() }
    }
}

/// The toasts of the page.
#[derive(Clone, Copy)]
pub struct Tray {
    shown: RwSignal<Vec<(u64, Toast)>>,
    held: RwSignal<bool>,
    last: StoredValue<u64>,
}

impl Tray {
    /// Shows a toast.
    pub fn show(self, toast: Toast) {
        self.last.update_value(|it| *it += 1);
        let number = self.last.get_value();
        self.shown.update(|it| it.push((number, toast)));
        self.take_away_later(number);
    }

    // A toast that somebody points at or tabs into stays, and is asked again later.
    fn take_away_later(self, number: u64) {
        let look_again = move || match self.held.try_get_untracked() {
            Some(true) => self.take_away_later(number),
            Some(false) => self.take_away(number),
            None => {}
        };
        set_timeout(look_again, SHOWN_FOR);
    }

    fn take_away(self, number: u64) {
        let _ = self.shown.try_update(|it| it.retain(|(own, _)| *own != number));
    }
}

/// Makes the tray; once, in the app, which also places [`Toasts`].
pub fn provide_toasts() {
    let tray =
        Tray { shown: RwSignal::default(), held: RwSignal::new(false), last: StoredValue::new(0) };
    provide_context(tray);
}

/// See [`Tray`]; needs [`provide_toasts`] above it, without which its toasts are seen by nobody.
pub fn use_toasts() -> Tray {
    use_context().unwrap_or_else(|| Tray {
        shown: RwSignal::default(),
        held: RwSignal::new(false),
        last: StoredValue::new(0),
    })
}

/// Where toasts appear.
#[component]
pub fn Toasts() -> impl IntoView {
    let tray = use_toasts();
    let hold = move |_| tray.held.set(true);
    let release = move |_| tray.held.set(false);
    let toast = |(_, toast): (u64, Toast)| {
        view! { <div class="toast" data-tone=toast.tone.word()><Icon name=toast.icon/>{toast.text}</div> }
    };
    view! {
        <div class="toasts" role="status" aria-live="polite" on:mouseenter=hold on:mouseleave=release
            on:focusin=move |_| tray.held.set(true) on:focusout=move |_| tray.held.set(false)
        >
            <For each=move || tray.shown.get() key=|(number, _)| *number children=toast/>
        </div>
    }
}
