//! What is said to be wrong in a field, and no longer is once somebody has changed it.

use web_sys::{Element, Event};

use super::form::found;

/// Takes away what is said of the field that an event has changed.
pub fn lift(event: &Event) {
    let Some(field) = found(event, ".field") else { return };
    let unmark = |it: &Element| drop(it.remove_attribute("aria-invalid"));
    unmark(&field);
    if let Ok(Some(marked)) = field.query_selector("[aria-invalid]") {
        unmark(&marked);
    }
    if let Ok(Some(said)) = field.query_selector(".error") {
        said.set_inner_html("");
    }
}
