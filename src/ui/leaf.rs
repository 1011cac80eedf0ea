//! A part of a page that the portal makes: shown here, read again when something has changed, its forms sent.
//!
//! What is in it works without script too, by the addresses of its links and forms. Here the same happens in place:
//!
//! - links and forms with `method="get"` lead to another address of the page, whose leaf is fetched;
//! - forms with `method="post"` are sent, by a button or by Ctrl+Enter in a field of several lines; a button with
//!   `data-confirm` asks its question first; what `data-plain` marks is left to the browser, as a download is;
//! - a link with `data-sheet` opens its sheet in the side panel, and the words in it say what it is about;
//! - a field with `data-draft` keeps what is typed, under that name, until its form is taken;
//! - a button with `data-copy` copies what that says;
//! - a field of several lines says how much may still be written, and offers people behind an `@`.

use std::time::Duration;

use domain::id::RequestId;
use leptos::{ev, html, prelude::*, task::spawn_local};
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use wasm_bindgen::JsCast;

use crate::{
    paths,
    ui::{
        browser::{
            clipboard, focus,
            form::{self, Reply, Sent},
            leaf::{self, Going},
            limit, mention,
        },
        change::{Outcome, follow, use_live},
        context::{Awake, ServedLeaf, use_awake},
        kit::{Notice, Toast, Tone, Tray, Waiting, use_toasts},
        sheet_panel::{SheetPanel, Sheets},
    },
};

/// The first field that was refused, or what came of a form.
const TO_SEE: &str = ".leaf [aria-invalid=true], .leaf [data-first]";

/// What is shown, and how far its reading and sending have come.
#[derive(Clone, Copy)]
struct Shown {
    place: NodeRef<html::Div>,
    page: Memo<String>,
    title: RwSignal<String>,
    is_read: RwSignal<bool>,
    refused: RwSignal<Option<String>>,
    sending: StoredValue<bool>,
    /// How often it was read: an older answer comes too late.
    turn: StoredValue<u64>,
    /// How many forms were answered: what was read before knows nothing of it.
    answers: StoredValue<u64>,
    /// Whether something has changed while a form was on its way.
    missed: StoredValue<bool>,
}

impl Shown {
    /// Reads what has changed. Nothing is put in place of a form that is on its way: it is read once that is answered.
    async fn read_on(self) -> Outcome {
        loop {
            if self.sending.try_get_value() == Some(true) {
                let _ = self.missed.try_set_value(true);
                return Outcome::Done;
            }
            let answers = self.answers.try_get_value();
            let Some((turn, reply)) = self.ask().await else { return Outcome::Done };
            if self.turn.try_get_value() != Some(turn) {
                return Outcome::Done;
            }
            let is_sending = self.sending.try_get_value() == Some(true);
            if !is_sending && self.answers.try_get_value() == answers {
                return self.take(reply);
            }
        }
    }

    async fn read(self) -> Outcome {
        match self.ask().await {
            Some((turn, reply)) if self.turn.try_get_value() == Some(turn) => self.take(reply),
            Some(_) | None => Outcome::Done,
        }
    }

    /// What the address names now, and which reading it is; nothing once the page is gone.
    async fn ask(self) -> Option<(u64, Reply)> {
        let turn = self.turn.try_update_value(|it| {
            *it += 1;
            *it
        })?;
        let page = self.page.try_get_untracked()?;
        Some((turn, form::fetch(&paths::part(&page)).await))
    }

    fn take(self, reply: Reply) -> Outcome {
        match reply {
            Reply::Markup { title, markup } => {
                self.put(title, &markup, None);
                let _ = self.refused.try_set(None);
                Outcome::Done
            }
            Reply::Refused(why) | Reply::Done { told: why, .. } => {
                let _ = self.refused.try_set(Some(why));
                Outcome::Failed
            }
        }
    }

    /// Reads again what changes with requests. What came of a form on any other page stays as long as one looks at it.
    async fn read_along(self) -> Outcome {
        match self.page.try_with_untracked(|it| paths::shows_requests(it)) {
            Some(true) => self.read_on().await,
            Some(false) | None => Outcome::Done,
        }
    }

    /// Reads what the address names; what has failed is told where it stands.
    async fn read_now(self) {
        if self.read().await == Outcome::Done {
            leaf::show_named();
        }
    }

    fn put(self, title: Option<String>, markup: &str, sent: Option<&Going>) {
        if let Some(place) = self.place.try_get_untracked().flatten() {
            leaf::put(&place, markup, sent);
        }
        if let Some(title) = title {
            let _ = self.title.try_set(title);
        }
        let _ = self.is_read.try_set(true);
    }

    /// A form that was refused is shown with what is wrong, or the leaf with what came of it.
    fn show_answer(self, markup: &str, sent: &Going) {
        self.put(None, markup, Some(sent));
        focus::first(TO_SEE);
    }

    /// A form was answered: an earlier reading comes too late for it, and what has changed meanwhile is due.
    fn answered(self) -> bool {
        let _ = self.sending.try_set_value(false);
        let _ = self.answers.try_update_value(|it| *it += 1);
        self.missed.try_update_value(std::mem::take).unwrap_or_default()
    }
}

/// The leaf of this page, or of the tab that its address names.
#[component]
pub fn Leaf(
    /// The request whose changes it shows; those of any where it names none.
    #[prop(optional, into)]
    request: Option<RequestId>,
    sheets: Sheets,
    #[prop(optional)] title: RwSignal<String>,
) -> impl IntoView {
    let here = use_location();
    let page = Memo::new(move |_| match here.search.get().trim_start_matches('?') {
        "" => here.pathname.get(),
        search => format!("{}?{search}", here.pathname.get()),
    });
    let served = use_context::<ServedLeaf>().unwrap_or_default();
    let shown = Shown {
        place: NodeRef::new(),
        page,
        title,
        is_read: RwSignal::new(!served.markup.is_empty()),
        refused: RwSignal::new(None),
        sending: StoredValue::new(false),
        turn: StoredValue::new(0),
        answers: StoredValue::new(0),
        missed: StoredValue::new(false),
    };
    read_when_due(shown, request, sheets);

    let (toasts, navigate) = (use_toasts(), use_navigate());
    let Awake(awake) = use_awake();
    let send = move |event: ev::SubmitEvent| {
        let Some(sent) = Sent::by(&event) else { return };
        if sent.has("data-plain") {
            return;
        }
        event.prevent_default();
        let stay = NavigateOptions { scroll: false, ..NavigateOptions::default() };
        if sent.form.method() == "get" {
            if let Some(page) = sent.page() {
                navigate(&page, stay);
            }
            return;
        }
        if shown.sending.get_value() || !sent.is_meant() {
            return;
        }
        shown.sending.set_value(true);
        shown.refused.set(None);
        let navigate = navigate.clone();
        spawn_local(async move {
            let going = Going::of(&sent.form);
            let reply = form::send(sent).await;
            let missed = shown.answered();
            match reply {
                Reply::Markup { markup, .. } => shown.show_answer(&markup, &going),
                Reply::Refused(why) => {
                    let _ = shown.refused.try_set(Some(why));
                }
                Reply::Done { told, to } => {
                    if let Some(place) = shown.place.try_get_untracked().flatten() {
                        going.forget(&place);
                    }
                    toasts.show(Toast::good(told));
                    let here = shown.page.try_get_untracked();
                    match to.filter(|it| here.as_ref() != Some(it)) {
                        Some(page) => navigate(&page, stay),
                        None => shown.read_now().await,
                    }
                    return;
                }
            }
            if missed {
                shown.read_on().await;
            }
        });
    };
    let refusal = move || {
        shown.refused.get().map(|why| {
            view! { <div class="refused" role="alert"><Notice tone=Tone::Bad icon="circle-x">{why}</Notice></div> }
        })
    };
    let waiting = move || {
        (awake.get() && !shown.is_read.get() && shown.refused.get().is_none())
            .then(|| view! { <Waiting text="Reading" rows=6/> })
    };
    view! {
        {refusal}
        {waiting}
        <div class="leaf" tabindex="-1" node_ref=shown.place inner_html=served.markup
            on:submit=send on:keydown=follow_keys on:click=move |event| follow_press(sheets, toasts, &event)
            on:input=follow_typing on:mousedown=move |event| mention::press(&event) on:focusout=move |event| mention::leave(&event)
        ></div>
    }
}

/// A page that is one leaf.
#[component]
pub fn LeafPage() -> impl IntoView {
    let sheets = Sheets::default();
    let served = || use_context::<ServedLeaf>().map_or_else(|| "Reading".to_owned(), |it| it.title);
    // Counted, not owned by the page: the server writes the head when its signals may be out of reach.
    let title = ArcRwSignal::new(SharedValue::new(served).into_inner());
    let shown = RwSignal::from(title.clone());
    view! {
        <Title text=move || title.get()/>
        <main id="main" class="leaf-page"><Leaf sheets title=shown/></main>
        <SheetPanel sheets/>
    }
}

/// Reads it where it did not come with the page, when the address names another, and when something has changed.
fn read_when_due(shown: Shown, request: Option<RequestId>, sheets: Sheets) {
    let live = use_live();
    Effect::new(move |before: Option<(String, u64)>| {
        let now = (shown.page.get(), sheets.done());
        let is_due = match &before {
            Some(before) => *before != now,
            None => match shown.place.get_untracked() {
                Some(place) => {
                    leaf::restore_drafts(&place);
                    shown.is_read.set(!leaf::is_empty(&place));
                    leaf::is_empty(&place)
                }
                None => true,
            },
        };
        if is_due {
            // When somebody leaves for another page its address is known a moment before this one is gone.
            let read = move || spawn_local(async move { shown.read_now().await });
            set_timeout(read, Duration::ZERO);
        }
        now
    });
    let concerns = move |changed| request.is_none_or(|it| it == changed);
    follow(live.last_untracked(), concerns, move || shown.read_along());
}

/// Keeps what is typed, counts it, and offers the people who may be meant.
fn follow_typing(event: ev::Event) {
    if let Some(field) = form::found(&event, "[data-draft]") {
        leaf::keep_draft(&field);
    }
    limit::count_down(&event);
    mention::offer(&event);
}

/// Leads the list of people that is open; Ctrl+Enter in a field of several lines sends its form.
fn follow_keys(event: ev::KeyboardEvent) {
    if mention::lead(&event) {
        return;
    }
    if event.key() == "Enter"
        && (event.ctrl_key() || event.meta_key())
        && let Some(form) = form::found(&event, "textarea").and_then(|_| form::form_of(&event))
    {
        event.prevent_default();
        let _ = form.request_submit();
    }
}

fn follow_press(sheets: Sheets, toasts: Tray, event: &ev::MouseEvent) {
    open_sheet(sheets, event);
    copy(toasts, event);
}

/// Copies what a button carries.
fn copy(toasts: Tray, event: &ev::MouseEvent) {
    let button = form::found(event, "[data-copy]");
    let Some(text) = button.and_then(|it| it.get_attribute("data-copy")) else { return };
    spawn_local(async move {
        toasts.show(match clipboard::copy(&text).await {
            true => Toast::good("Copied"),
            false => Toast::bad("It could not be copied: select it and copy it yourself"),
        });
    });
}

/// Opens the sheet of a link in the side panel, unless it is to have a tab of its own.
fn open_sheet(sheets: Sheets, event: &ev::MouseEvent) {
    let Some(link) = form::found(event, "a[data-sheet]") else { return };
    if event.ctrl_key() || event.meta_key() || event.shift_key() {
        return;
    }
    let about = link.get_attribute("data-sheet").filter(|it| !it.is_empty());
    if let (Some(address), Ok(link)) =
        (link.get_attribute("href"), link.dyn_into::<web_sys::HtmlElement>())
    {
        event.prevent_default();
        sheets.show(link.inner_text(), about, address);
    }
}
