//! People offered while somebody types `@` and the beginning of a name.
//!
//! The portal puts everybody who may be called into one list, hidden until a field wants it. The focus stays in the
//! field: the list is led by the keys that are pressed there (the listbox of the ARIA Authoring Practices).

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent};

use super::{focus::Step, form, leaf, limit};

/// A field in which people are called.
const FIELD: &str = "textarea[aria-haspopup=listbox]";
/// Where only one's own organization reads what is written.
const INTERNAL: &str = ".thread[data-internal], .composer:has([value=internal]:checked)";
const OFFERED: &str = "[role=option]:not([hidden])";
/// So many are offered at once; who is not among them is found by one more letter.
const MOST: usize = 6;
/// No name is longer, in bytes.
const LONGEST: usize = 100;

/// Offers those whose names begin with what was typed.
pub fn offer(event: &Event) {
    let Some((field, list)) = form::found(event, FIELD).and_then(with_list) else { return };
    let before = before_caret(&field);
    let begun = begun(&before);
    let is_internal = matches!(field.closest(INTERNAL), Ok(Some(_)));
    let mut offered = Vec::new();
    for option in found(&list, "[role=option]") {
        let fits = begun.is_some_and(|it| begins(&name_of(&option), it))
            && !(is_internal && option.has_attribute("data-other"))
            && offered.len() < MOST;
        let _ = option.toggle_attribute_with_force("hidden", !fits);
        if fits {
            offered.push(option);
        }
    }
    let Some(first) = offered.first() else { return hide(&field, &list) };
    let _ = field.insert_adjacent_element("afterend", &list);
    let _ = list.remove_attribute("hidden");
    point_at(&field, &list, first);
}

/// Whether a key was meant for the list, and has been followed.
pub fn lead(event: &KeyboardEvent) -> bool {
    let Some((field, list)) = form::found(event, FIELD).and_then(with_list) else { return false };
    let offered = found(&list, OFFERED);
    let place = offered
        .iter()
        .position(|it| it.get_attribute("aria-selected").is_some_and(|it| it == "true"));
    let Some(place) = place.filter(|_| !list.has_attribute("hidden")) else { return false };
    let step = match event.key().as_str() {
        _ if event.ctrl_key() || event.meta_key() || event.shift_key() => return false,
        "ArrowDown" => Some(Step::Next),
        "ArrowUp" => Some(Step::Previous),
        "Enter" | "Tab" => None,
        "Escape" => {
            hide(&field, &list);
            return stop(event);
        }
        _ => return false,
    };
    let next = step.and_then(|it| it.from(Some(place), offered.len()));
    match next.and_then(|it| offered.get(it)) {
        Some(next) => point_at(&field, &list, next),
        None => call(&field, &list, &offered[place]),
    }
    stop(event)
}

/// Calls whoever was pressed on; the focus stays in the field.
pub fn press(event: &Event) {
    let Some(option) = form::found(event, OFFERED) else { return };
    let list = option.parent_element();
    if let Some((field, list)) =
        list.and_then(|it| it.previous_element_sibling()).and_then(with_list)
    {
        event.prevent_default();
        call(&field, &list, &option);
    }
}

/// Offers nobody once the field is left.
pub fn leave(event: &Event) {
    if let Some((field, list)) = form::found(event, FIELD).and_then(with_list) {
        hide(&field, &list);
    }
}

fn stop(event: &KeyboardEvent) -> bool {
    event.prevent_default();
    event.stop_propagation();
    true
}

fn with_list(field: Element) -> Option<(Element, Element)> {
    let list = document().get_element_by_id(&field.get_attribute("aria-controls")?)?;
    Some((field, list))
}

fn found(list: &Element, selector: &str) -> Vec<Element> {
    let found = list.query_selector_all(selector).ok();
    let count = found.as_ref().map_or(0, |it| it.length());
    (0..count).filter_map(|at| found.as_ref()?.get(at)?.dyn_into().ok()).collect()
}

fn name_of(option: &Element) -> String {
    option.get_attribute("data-name").unwrap_or_default()
}

fn point_at(field: &Element, list: &Element, chosen: &Element) {
    for option in found(list, OFFERED) {
        let is_chosen = if option == *chosen { "true" } else { "false" };
        let _ = option.set_attribute("aria-selected", is_chosen);
    }
    let _ = field.set_attribute("aria-activedescendant", &chosen.id());
}

fn hide(field: &Element, list: &Element) {
    let _ = list.set_attribute("hidden", "");
    let _ = field.remove_attribute("aria-activedescendant");
}

/// Writes the whole name in place of its beginning.
fn call(field: &Element, list: &Element, option: &Element) {
    let before = before_caret(field);
    if let Some(begun) = begun(&before) {
        // A field of several lines has the same methods as one of one line.
        let text: &HtmlInputElement = field.unchecked_ref();
        let name = format!("{} ", name_of(option));
        let until = length(&before);
        let from = until - length(begun);
        let _ = text.set_range_text_with_start_and_end(&name, from, until);
        let _ = text.set_selection_range(from + length(&name), from + length(&name));
        leaf::keep_draft(field);
        limit::tell(field);
    }
    hide(field, list);
}

/// As the browser counts characters.
fn length(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}

fn before_caret(field: &Element) -> String {
    let text: &HtmlInputElement = field.unchecked_ref();
    let caret = text.selection_start().ok().flatten().unwrap_or_default();
    let before: Vec<_> = text.value().encode_utf16().take(caret as usize).collect();
    String::from_utf16_lossy(&before)
}

/// The beginning of a name that is being typed at the end of `before`.
fn begun(before: &str) -> Option<&str> {
    let (words, name) = before.rsplit_once('@')?;
    let calls = !words.ends_with(char::is_alphanumeric) && name.starts_with(char::is_alphabetic);
    (calls && name.len() <= LONGEST && !name.contains('\n')).then_some(name)
}

/// Whether a word of `name`, and what follows it, begins with `begun`.
fn begins(name: &str, begun: &str) -> bool {
    format!(" {name}").to_lowercase().contains(&format!(" {begun}").to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_begins_behind_a_sign_that_stands_apart() {
        for (before, name) in [
            ("@F", Some("F")),
            ("Look, @felix ar", Some("felix ar")),
            ("(@Å", Some("Å")),
            ("@Felix @No", Some("No")),
            ("@", None),
            ("5 @ 3", None),
            ("@3", None),
            ("nora@example", None),
            ("@Felix\nand", None),
            ("no sign", None),
            ("", None),
        ] {
            assert_eq!(begun(before), name, "{before:?}");
        }
        assert_eq!(begun(&format!("@{}", "x".repeat(LONGEST + 1))), None);
    }

    #[test]
    fn people_are_found_by_the_beginning_of_any_of_their_names() {
        for (begun, is_found) in [
            ("f", true),
            ("FELIX", true),
            ("felix ar", true),
            ("ar", true),
            ("elix", false),
            ("felix b", false),
            ("Felix Arnaud ", false),
        ] {
            assert_eq!(begins("Felix Arnaud", begun), is_found, "{begun:?}");
        }
        assert!(begins("Åsa Öberg", "ö"));
    }
}
