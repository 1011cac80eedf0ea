//! What the browser keeps between visits: cookies the server reads too, and storage only we read.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, Storage};

/// Keeps a cookie, spelled as a server would.
pub fn keep_cookie(cookie: &str) {
    if let Ok(page) = document().dyn_into::<HtmlDocument>() {
        let _ = page.set_cookie(cookie);
    }
}

/// What was kept under `key` in this browser.
pub fn kept(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps `value` under `key`; a full or closed storage is no reason to bother anybody.
pub fn keep(key: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, value);
    }
}

/// Forgets what was kept under `key`.
pub fn forget(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
