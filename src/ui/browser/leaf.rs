//! Markup of the portal put in place of older markup, without taking away what somebody is doing in it.

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlFormElement, HtmlSelectElement};

use super::{limit, store};

/// A field whose words are kept in the browser until they are sent.
const DRAFT: &str = "data-draft";
/// A form that was refused and is shown with what was typed, until it is taken or gone.
const AGAIN: &str = "data-again";
const FIELDS: &str = "input[id], textarea[id], select[id]";

/// Whether anything was put there before.
pub fn is_empty(place: &HtmlElement) -> bool {
    place.first_element_child().is_none()
}

/// What a form holds at the moment it is sent: when the answer comes, another may stand in its place.
pub struct Going {
    /// The ids of its fields.
    fields: Vec<String>,
    /// Under which names its words are kept.
    drafts: Vec<String>,
}

impl Going {
    pub fn of(form: &HtmlFormElement) -> Self {
        let drafts = all(form, "[data-draft]").filter_map(|it| it.get_attribute(DRAFT)).collect();
        Self { fields: fields_of(form), drafts }
    }

    /// It was taken: what was typed is neither shown nor kept any longer.
    pub fn forget(&self, place: &HtmlElement) {
        self.drafts.iter().for_each(|it| store::forget(it));
        if let Some(form) = self.form_in(place) {
            let _ = form.remove_attribute(AGAIN);
            form.reset();
        }
    }

    /// The form that has its fields now.
    fn form_in(&self, place: &HtmlElement) -> Option<HtmlFormElement> {
        form_with(place, &self.fields)
    }
}

/// Puts `markup` into `place`. Fields that were filled in stay as they are, and forms that were shown again with what
/// is wrong stay as a whole, except the one that was `sent`, which is shown again now: of it only chosen files stay, which
/// no markup can bring back. What was unfolded stays so, and so does the focus.
pub fn put(place: &HtmlElement, markup: &str, sent: Option<&Going>) {
    let is_sent = |id: &String| sent.is_some_and(|it| it.fields.contains(id));
    let again: Vec<_> = all(place, "form[data-again]")
        .map(|it| (fields_of(&it), it))
        .filter(|(fields, _)| !fields.iter().any(is_sent))
        .collect();
    let kept: Vec<_> = all(place, FIELDS)
        .filter(|it| is_filled_in(it) && (holds_files(it) || !is_sent(&it.id())))
        .filter(|it| !again.iter().any(|(_, form)| form.contains(Some(it))))
        .collect();
    let folds: Vec<_> =
        all(place, "details[id]").map(|it| (it.id(), it.has_attribute("open"))).collect();
    let focused = document().active_element().filter(|it| place.contains(Some(it)));
    place.set_inner_html(markup);
    for (fields, form) in again {
        if let Some(new) = form_with(place, &fields) {
            let _ = new.replace_with_with_node_1(&form);
        }
    }
    if let Some(form) = sent.and_then(|it| it.form_in(place)) {
        let _ = form.set_attribute(AGAIN, "");
    }
    for field in kept {
        if let Some(new) = by_id(place, &field.id()) {
            let _ = new.replace_with_with_node_1(&field);
            limit::tell(&field);
        }
    }
    for (id, is_open) in folds {
        if let Some(fold) = by_id(place, &id) {
            let _ = fold.toggle_attribute_with_force("open", is_open);
        }
    }
    restore_drafts(place);
    if let Some(focused) = focused {
        let again = Some(focused.id()).filter(|it| !it.is_empty());
        let again = again.and_then(|it| by_id(place, &it));
        let again = again.and_then(|it| it.dyn_into::<HtmlElement>().ok());
        let _ = again.as_ref().unwrap_or(place).focus();
    }
}

/// Scrolls to what the mark in the address names: the browser looked for it before it was there.
pub fn show_named() {
    let name = window().location().hash().unwrap_or_default();
    let named = Some(name.trim_start_matches('#')).filter(|it| !it.is_empty());
    if let Some(place) = named.and_then(|it| document().get_element_by_id(it)) {
        place.scroll_into_view();
    }
}

/// Fills empty fields with what was typed into them before.
pub fn restore_drafts(place: &HtmlElement) {
    for field in all(place, "[data-draft]") {
        let draft = field.get_attribute(DRAFT).and_then(|it| store::kept(&it));
        if let (Some(draft), Some("")) = (draft, property(&field, "value").as_string().as_deref()) {
            let _ = Reflect::set(&field, &"value".into(), &draft.into());
            limit::tell(&field);
        }
    }
}

/// Keeps what was typed into a field, if it asks for that.
pub fn keep_draft(field: &Element) {
    let Some(key) = field.get_attribute(DRAFT) else { return };
    match property(field, "value").as_string() {
        Some(words) if !words.is_empty() => store::keep(&key, &words),
        Some(_) | None => store::forget(&key),
    }
}

fn holds_files(field: &Element) -> bool {
    field.get_attribute("type").is_some_and(|it| it == "file")
}

fn is_filled_in(field: &Element) -> bool {
    if field.has_type::<HtmlSelectElement>() {
        return is_chosen(field);
    }
    [("value", "defaultValue"), ("checked", "defaultChecked")]
        .iter()
        .any(|(now, before)| property(field, now) != property(field, before))
}

/// Whether another option is chosen than the one that was; where none was, browsers choose the first.
fn is_chosen(select: &Element) -> bool {
    let is = |option: &Element, name: &str| property(option, name).is_truthy();
    let options: Vec<_> = all(select, "option").collect();
    let before = options.iter().rposition(|it| is(it, "defaultSelected")).unwrap_or(0);
    options.iter().position(|it| is(it, "selected")).is_some_and(|now| now != before)
}

/// The ids of the fields in a form.
fn fields_of(form: &Element) -> Vec<String> {
    all(form, FIELDS).map(|it| it.id()).collect()
}

/// The form in `place` that has one of these fields.
fn form_with(place: &HtmlElement, fields: &[String]) -> Option<HtmlFormElement> {
    let field = fields.iter().find_map(|it| by_id(place, it))?;
    field.closest("form").ok()??.dyn_into().ok()
}

pub(super) fn property(field: &Element, name: &str) -> JsValue {
    Reflect::get(field, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn all(place: &Element, selector: &str) -> impl Iterator<Item = Element> + use<> {
    let found = place.query_selector_all(selector).ok();
    let count = found.as_ref().map_or(0, |it| it.length());
    (0..count).filter_map(move |at| found.as_ref()?.get(at)?.dyn_into().ok())
}

fn by_id(place: &HtmlElement, id: &str) -> Option<Element> {
    document().get_element_by_id(id).filter(|it| place.contains(Some(it)))
}
