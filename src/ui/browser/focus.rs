//! Moving the keyboard focus.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement, KeyboardEvent, Node};

/// Where to go in a row of things that share one place in the tab order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    First,
    Previous,
    Next,
    Last,
}

impl Step {
    /// The place after this step in a row of `count`, which closes to a ring; `None` in an empty row.
    pub fn from(self, place: Option<usize>, count: usize) -> Option<usize> {
        let last = count.checked_sub(1)?;
        Some(match (self, place) {
            (Self::First, _) | (Self::Next, None) => 0,
            (Self::Last, _) | (Self::Previous, None) => last,
            (Self::Next, Some(place)) => {
                if place >= last {
                    0
                } else {
                    place + 1
                }
            }
            (Self::Previous, Some(place)) => place.checked_sub(1).unwrap_or(last),
        })
    }
}

/// Moves the focus among the elements of `row` that match `selector`, and says where it went.
pub fn step(row: &Element, selector: &str, step: Step) -> Option<HtmlElement> {
    let found = row.query_selector_all(selector).ok()?;
    let found = (0..found.length()).filter_map(|at| found.get(at)?.dyn_into::<HtmlElement>().ok());
    let places: Vec<_> = found.filter(is_visible).collect();
    let active = document().active_element();
    let place = places.iter().position(|it| active.as_ref() == Some(it.as_ref()));
    let count = places.len();
    let target = places.into_iter().nth(step.from(place, count)?)?;
    target.focus().ok()?;
    Some(target)
}

/// Scrolls `row` sideways, and nothing else, until what matches `selector` in it is in sight.
pub fn show_in_row(row: &HtmlElement, selector: &str) {
    let Ok(Some(found)) = row.query_selector(selector) else { return };
    let Ok(found) = found.dyn_into::<HtmlElement>() else { return };
    let (from, to) = (found.offset_left() - row.offset_left(), found.offset_width());
    let hidden = from + to - row.client_width();
    if hidden > row.scroll_left() {
        row.set_scroll_left(hidden);
    }
}

/// Focuses the first element in sight that matches `selector`, once what is changing now has been drawn.
pub fn first(selector: &'static str) {
    request_animation_frame(move || {
        let Ok(found) = document().query_selector_all(selector) else { return };
        let mut found =
            (0..found.length()).filter_map(|at| found.get(at)?.dyn_into::<HtmlElement>().ok());
        if let Some(element) = found.find(is_visible) {
            let _ = element.focus();
        }
    });
}

fn is_visible(element: &HtmlElement) -> bool {
    element.offset_parent().is_some()
}

/// Presses a link that acts as a button or as an item of a menu, if the key is the space bar.
pub fn press_with_space(event: &KeyboardEvent) {
    let target = event.target().and_then(|it| it.dyn_into::<HtmlElement>().ok());
    let acts = |it: &HtmlElement| it.matches("a[role=button],a[role^=menuitem]").unwrap_or(false);
    if let (" ", Some(target)) = (event.key().as_str(), target.filter(acts)) {
        event.prevent_default();
        target.click();
    }
}

/// Focuses what had the focus before.
pub fn give_back(element: Option<Element>) {
    if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Whether `target`, as an event names it, lies in `place`.
pub fn lies_in(place: &Node, target: Option<EventTarget>) -> bool {
    place.contains(target.and_then(|it| it.dyn_into::<Node>().ok()).as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_closes_to_a_ring() {
        assert_eq!(Step::Next.from(Some(2), 3), Some(0));
        assert_eq!(Step::Previous.from(Some(0), 3), Some(2));
        assert_eq!(Step::Next.from(Some(0), 3), Some(1));
        assert_eq!(Step::First.from(Some(2), 3), Some(0));
        assert_eq!(Step::Last.from(None, 3), Some(2));
    }

    #[test]
    fn an_empty_row_has_no_place_to_go_to() {
        for step in [Step::First, Step::Previous, Step::Next, Step::Last] {
            assert_eq!(step.from(None, 0), None);
        }
    }
}
