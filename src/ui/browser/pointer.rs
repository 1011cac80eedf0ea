//! Following a pointer that was pressed on an element until it is let go.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, PointerEvent};

/// Keeps the pointer's events coming to `element`, wherever it moves, and gives the element the focus
/// that the suppressed default would have given it.
pub fn capture(element: &HtmlElement, event: &PointerEvent) {
    event.prevent_default();
    let _ = element.set_pointer_capture(event.pointer_id());
    let _ = element.focus();
}

/// How far the pointer is from the left edge of the element's parent, in pixels.
pub fn distance_into_parent(element: &HtmlElement, event: &PointerEvent) -> Option<f64> {
    let parent = element.parent_element()?.dyn_into::<HtmlElement>().ok()?;
    Some(f64::from(event.client_x()) - parent.get_bounding_client_rect().left())
}
