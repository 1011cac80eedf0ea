//! The root element of the page: its attributes and its custom properties.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Sets an attribute of `<html>`, or takes it away.
pub fn set_attribute(name: &str, value: Option<&str>) {
    let Some(root) = document().document_element() else { return };
    let _ = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}

/// Sets a custom property of `<html>`. The policy of the page allows this where it would refuse a
/// `style` attribute.
pub fn set_property(name: &str, value: &str) {
    let root = document().document_element().and_then(|it| it.dyn_into::<HtmlElement>().ok());
    if let Some(root) = root {
        let _ = root.style().set_property(name, value);
    }
}

/// Whether the window answers a media query.
pub fn matches(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|it| it.matches())
}

/// Whether the address names a place in the page.
pub fn is_marked() -> bool {
    window().location().hash().is_ok_and(|it| !it.is_empty())
}

/// Whether anything on the page matches `selector` now.
pub fn has(selector: &str) -> bool {
    document().query_selector(selector).is_ok_and(|it| it.is_some())
}

/// Loads the page at `address` from the server; from now on this one is no longer awake. Two frames later, when a navigation under way has written its
/// address: to the very same one a browser would only scroll.
pub fn load_anew(address: String) {
    let _ = document().body().map(|it| it.remove_attribute("data-ready"));
    request_animation_frame(move || {
        request_animation_frame(move || {
            let location = window().location();
            let here =
                [location.pathname(), location.search(), location.hash()].into_iter().flatten();
            let _ = if here.collect::<String>() == address {
                location.reload()
            } else {
                location.assign(&address)
            };
        });
    });
}

/// The address that begins with this portal's own, to be pasted elsewhere.
pub fn whole_address(path: &str) -> String {
    format!("{}{path}", window().location().origin().unwrap_or_default())
}
