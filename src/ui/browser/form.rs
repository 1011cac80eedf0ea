//! Forms that the portal makes: fetched, sent, and shown anew while they are filled in.

use std::{cell::Cell, rc::Rc};

use futures::lock::Mutex;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Element, FormData, Headers, HtmlElement, HtmlFormElement, RequestInit, Response, SubmitEvent,
    UrlSearchParams,
};

/// What the portal answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// A form, or a part of one; a leaf, and what it is called.
    Markup { title: Option<String>, markup: String },
    /// It was done; how it is told, and the page to go on at.
    Done { told: String, to: Option<String> },
    /// It is not possible; why.
    Refused(String),
}

thread_local! {
    /// How often something was changed that is worth a look ahead.
    static LOOKS: Cell<u64> = const { Cell::new(0) };
    /// Held while the portal is asked how a form would end: one question at a time.
    static LOOKING: Rc<Mutex<()>> = Rc::default();
}

/// Fetches the form or the leaf at `address`.
pub async fn fetch(address: &str) -> Reply {
    reply(address, RequestInit::new()).await
}

/// Sends a form as it is filled in, to be done.
pub async fn send(sent: Sent) -> Reply {
    let Some(filled) = sent.filled() else { return unreachable() };
    let how = RequestInit::new();
    how.set_method("POST");
    match sent.form.enctype().as_str() {
        "multipart/form-data" => how.set_body(&filled),
        _ => match params(&filled) {
            Some(fields) => how.set_body(&fields),
            None => return unreachable(),
        },
    }
    // A question that arrives after the deed would be told that it comes too late.
    drop(LOOKING.with(Rc::clone).lock().await);
    reply(&sent.form.action(), how).await
}

/// A form as somebody has sent it.
pub struct Sent {
    pub form: HtmlFormElement,
    button: Option<HtmlElement>,
}

impl Sent {
    /// The form that an event sends, by the button that was pressed.
    pub fn by(event: &SubmitEvent) -> Option<Self> {
        Some(Self { form: form_of(event)?, button: event.submitter() })
    }

    /// Whether the button that was pressed, or the form, has this attribute.
    pub fn has(&self, attribute: &str) -> bool {
        let button = self.button.as_ref();
        self.form.has_attribute(attribute) || button.is_some_and(|it| it.has_attribute(attribute))
    }

    /// Asks whether it is meant, where the button says so.
    pub fn is_meant(&self) -> bool {
        let question = self.button.as_ref().and_then(|it| it.get_attribute("data-confirm"));
        question.is_none_or(|it| window().confirm_with_message(&it).unwrap_or(true))
    }

    /// The page that a form asks for which changes nothing.
    pub fn page(&self) -> Option<String> {
        let action = self.form.get_attribute("action")?;
        let fields = params(&self.filled()?)?;
        let said = String::from(fields.to_string());
        Some(if said.is_empty() { action } else { format!("{action}?{said}") })
    }

    fn filled(&self) -> Option<FormData> {
        let filled = FormData::new_with_form(&self.form).ok()?;
        if let Some(button) = &self.button
            && let (Some(name), Some(value)) =
                (button.get_attribute("name"), button.get_attribute("value"))
        {
            let _ = filled.append_with_str(&name, &value);
        }
        Some(filled)
    }
}

/// A change of a form, to be looked at: only the latest is.
#[derive(Clone, Copy)]
pub struct Change(u64);

impl Change {
    /// What was changed just now.
    pub fn now() -> Self {
        LOOKS.set(LOOKS.get() + 1);
        Self(LOOKS.get())
    }

    fn is_latest(self) -> bool {
        LOOKS.get() == self.0
    }
}

/// Shows in `form` what depends on how it is filled in since `change`.
pub async fn look_ahead(form: &HtmlFormElement, change: Change) {
    let looking = LOOKING.with(Rc::clone);
    let _one = looking.lock().await;
    if !change.is_latest() {
        return;
    }
    let filled = FormData::new_with_form(form).ok();
    let Some(fields) = filled.as_ref().and_then(params) else { return };
    fields.append("unfinished", "");
    let how = RequestInit::new();
    how.set_method("POST");
    how.set_body(&fields);
    let Reply::Markup { markup, .. } = reply(&form.action(), how).await else { return };
    // Filled in further since: an answer to what was said before would take away what is said now.
    if !change.is_latest() {
        return;
    }
    let Ok(Some(outlook)) = form.query_selector(".outlook") else { return };
    let focused =
        document().active_element().filter(|it| outlook.contains(Some(it))).map(|it| it.id());
    outlook.set_inner_html(&markup);
    let again = focused.and_then(|it| document().get_element_by_id(&it));
    if let Some(again) = again.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = again.focus();
    }
}

/// The form that is on the page.
pub fn shown() -> Option<HtmlFormElement> {
    document().query_selector("form.sheet").ok()??.dyn_into().ok()
}

/// The form in which an event happened.
pub fn form_of(event: &web_sys::Event) -> Option<HtmlFormElement> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest("form").ok()??.dyn_into().ok()
}

/// What matches `selector` where an event happened.
pub fn found(event: &web_sys::Event, selector: &str) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(selector).ok()?
}

/// Asks whether something typed may be lost.
pub fn may_leave() -> bool {
    window().confirm_with_message("Leave without saving? What you typed is lost.").unwrap_or(true)
}

fn params(filled: &FormData) -> Option<UrlSearchParams> {
    UrlSearchParams::new_with_str_sequence_sequence(filled).ok()
}

async fn reply(address: &str, how: RequestInit) -> Reply {
    asked(address, how).await.unwrap_or_else(|_| unreachable())
}

fn unreachable() -> Reply {
    Reply::Refused(crate::error::AppError::Unreachable.to_string())
}

async fn asked(address: &str, how: RequestInit) -> Result<Reply, JsValue> {
    let headers = Headers::new()?;
    headers.set("x-panel", "1")?;
    how.set_headers(&headers);
    let answer = JsFuture::from(window().fetch_with_str_and_init(address, &how)).await?;
    let answer: Response = answer.dyn_into()?;
    let header = |name: &str| -> Result<Option<String>, JsValue> {
        let escaped = answer.headers().get(name)?;
        escaped.map(|it| Ok(String::from(js_sys::decode_uri_component(&it)?))).transpose()
    };
    if let Some(told) = header("x-done")? {
        return Ok(Reply::Done { told, to: header("x-to")? });
    }
    let title = header("x-title")?;
    let is_markup =
        answer.headers().get("content-type")?.is_some_and(|it| it.starts_with("text/html"));
    let text = JsFuture::from(answer.text()?).await?.as_string().unwrap_or_default();
    Ok(if is_markup { Reply::Markup { title, markup: text } } else { Reply::Refused(text) })
}
