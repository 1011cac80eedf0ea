//! Forms that the portal makes: fetched, sent, and shown anew while they are filled in.

use std::cell::Cell;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Element, FormData, Headers, HtmlElement, HtmlFormElement, RequestInit, Response,
    UrlSearchParams,
};

/// What the portal answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// A form, or a part of one.
    Markup(String),
    /// It was done; how it is told.
    Done(String),
    /// It is not possible; why.
    Refused(String),
}

thread_local! {
    /// How often it was looked ahead.
    static LOOKS: Cell<u64> = const { Cell::new(0) };
}

/// Fetches the form at `address`.
pub async fn fetch(address: &str) -> Reply {
    reply(address, RequestInit::new()).await
}

/// Sends a form as it is filled in, to be done.
pub async fn send(form: &HtmlFormElement) -> Reply {
    match fields(form) {
        Some(fields) => post(form, &fields).await,
        None => unreachable(),
    }
}

/// Shows in `form` what depends on how it is filled in so far.
pub async fn look_ahead(form: &HtmlFormElement) {
    let Some(fields) = fields(form) else { return };
    fields.append("unfinished", "");
    let look = LOOKS.get() + 1;
    LOOKS.set(look);
    let Reply::Markup(markup) = post(form, &fields).await else { return };
    // Filled in further since: an answer to what was said before would take away what is said now.
    if LOOKS.get() != look {
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

/// Whether an event happened on what matches `selector`.
pub fn is_on(event: &web_sys::Event, selector: &str) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    target.is_some_and(|it| it.closest(selector).is_ok_and(|it| it.is_some()))
}

/// Asks whether something typed may be lost.
pub fn may_leave() -> bool {
    window().confirm_with_message("Leave without saving? What you typed is lost.").unwrap_or(true)
}

fn fields(form: &HtmlFormElement) -> Option<UrlSearchParams> {
    let filled = FormData::new_with_form(form).ok()?;
    UrlSearchParams::new_with_str_sequence_sequence(&filled).ok()
}

async fn post(form: &HtmlFormElement, fields: &UrlSearchParams) -> Reply {
    let how = RequestInit::new();
    how.set_method("POST");
    how.set_body(fields);
    reply(&form.action(), how).await
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
    if let Some(told) = answer.headers().get("x-done")? {
        return Ok(Reply::Done(String::from(js_sys::decode_uri_component(&told)?)));
    }
    let is_markup =
        answer.headers().get("content-type")?.is_some_and(|it| it.starts_with("text/html"));
    let text = JsFuture::from(answer.text()?).await?.as_string().unwrap_or_default();
    Ok(if is_markup { Reply::Markup(text) } else { Reply::Refused(text) })
}
