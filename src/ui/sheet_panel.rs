//! The side panel in which a sheet is filled in. The portal makes the form; here it is shown and sent.

use std::time::Duration;

use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::ui::{
    browser::{
        blame, focus,
        form::{self, Reply, Sent},
        limit,
    },
    kit::{Notice, SidePanel, Toast, Tone, use_toasts},
};

/// The first field of a form, and the first that was refused.
const FIRST: &str = ".sheet :is(input:not([type=hidden]), select, textarea)";
const TO_BLAME: &str = ".sheet :is([aria-invalid]:not(fieldset), fieldset[aria-invalid] input)";

/// Which sheet is open, and how far it has come.
#[derive(Clone, Copy, Default)]
pub struct Sheets {
    open: RwSignal<bool>,
    title: RwSignal<String>,
    about: RwSignal<Option<String>>,
    form: RwSignal<Option<String>>,
    refused: RwSignal<Option<String>>,
    /// Whether somebody has typed into it.
    typed: RwSignal<bool>,
    /// Whether it is on its way to be done.
    sending: StoredValue<bool>,
    /// How many sheets were opened: an answer that is about an earlier one comes too late.
    turn: StoredValue<u64>,
    /// How many were done.
    done: RwSignal<u64>,
}

impl Sheets {
    /// Opens the sheet at `address`, which is called `title`; `about` what it is for, or for what the page is about.
    pub fn show(self, title: String, about: Option<String>, address: String) {
        self.title.set(title);
        self.about.set(about);
        self.form.set(None);
        self.refused.set(None);
        self.typed.set(false);
        self.open.set(true);
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        spawn_local(async move {
            let reply = form::fetch(&address).await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            match reply {
                Reply::Markup { markup, .. } => self.fill(markup),
                Reply::Refused(why) | Reply::Done { told: why, .. } => self.refuse(why),
            }
        });
    }

    /// Shows what somebody else's change means for what is being filled in.
    pub fn look_again(self) {
        if let Some(form) = form::shown().filter(|_| self.waits()) {
            let change = form::Change::now();
            spawn_local(async move { form::look_ahead(&form, change).await });
        }
    }

    /// Whether a sheet is there to be filled in. News of what is being done right now often comes before its answer.
    fn waits(self) -> bool {
        self.sending.try_get_value() == Some(false) && self.open.try_get_untracked() == Some(true)
    }

    /// Grows with every sheet that was done.
    pub fn done(self) -> u64 {
        self.done.get()
    }

    /// Shows a form, and goes to what is wrong in it, or else to its beginning.
    fn fill(self, form: String) {
        let place = if form.contains("aria-invalid") { TO_BLAME } else { FIRST };
        let _ = self.form.try_set(Some(form));
        focus::first(place);
    }

    fn refuse(self, why: String) {
        let _ = self.refused.try_set(Some(why));
    }

    fn leave(self) {
        if self.may_leave() {
            self.open.set(false);
        }
    }

    fn may_leave(self) -> bool {
        !self.typed.get_untracked() || form::may_leave()
    }
}

/// After so long a change is looked at.
const LOOKING: Duration = Duration::from_millis(150);

#[component]
pub fn SheetPanel(
    sheets: Sheets,
    /// What the page is about.
    #[prop(optional, into)]
    about: Signal<Option<String>>,
) -> impl IntoView {
    let (toasts, navigate) = (use_toasts(), StoredValue::new(use_navigate()));
    let about = Signal::derive(move || sheets.about.get().or_else(|| about.get()));
    let look_ahead = move |event: ev::Event| {
        let Some(form) = form::form_of(&event) else { return };
        let (turn, change) = (sheets.turn.get_value(), form::Change::now());
        let look = move || {
            if sheets.waits() && sheets.turn.try_get_value() == Some(turn) {
                spawn_local(async move { form::look_ahead(&form, change).await });
            }
        };
        // A moment later: whoever leaves a field by pressing Save wants no outlook any more.
        set_timeout(look, LOOKING);
    };
    let note_typing = move |event: ev::Event| {
        sheets.typed.set(true);
        blame::lift(&event);
        limit::count_down(&event);
        if form::found(&event, "[data-live]").is_some() {
            look_ahead(event);
        }
    };
    let press = move |event: ev::MouseEvent| {
        if form::found(&event, "[data-close]").is_some() {
            event.prevent_default();
            sheets.leave();
        }
    };
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(sent) = Sent::by(&event) else { return };
        if sheets.sending.get_value() {
            return;
        }
        sheets.refused.set(None);
        sheets.sending.set_value(true);
        let turn = sheets.turn.get_value();
        spawn_local(async move {
            let reply = form::send(sent).await;
            let _ = sheets.sending.try_set_value(false);
            if sheets.turn.try_get_value() != Some(turn) {
                return;
            }
            match reply {
                Reply::Markup { markup, .. } => sheets.fill(markup),
                Reply::Refused(why) => sheets.refuse(why),
                Reply::Done { told, to } => {
                    sheets.typed.set(false);
                    sheets.open.set(false);
                    sheets.done.update(|it| *it += 1);
                    toasts.show(Toast::good(told));
                    if let Some(page) = to {
                        let _ = navigate.try_with_value(|it| it(&page, NavigateOptions::default()));
                    }
                }
            }
        });
    };
    view! {
        <SidePanel open=sheets.open title=sheets.title about may_leave=Callback::new(move |()| sheets.may_leave())>
            {move || sheets.refused.get().map(|why| view! { <div class="refused"><Notice tone=Tone::Bad icon="circle-x">{why}</Notice></div> })}
            {move || sheets.form.get().map(|form| view! {
                <div class="filled" inner_html=form on:input=note_typing on:change=look_ahead on:click=press on:submit=send></div>
            })}
        </SidePanel>
    }
}
