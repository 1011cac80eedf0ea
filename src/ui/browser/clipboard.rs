//! Putting text on the clipboard.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

/// Copies `text`; `false` where the browser refuses.
pub async fn copy(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    // Browsers hide the clipboard from pages that came over plain http from another machine.
    if clipboard.is_undefined() {
        return copy_by_selection(text).is_some();
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

fn copy_by_selection(text: &str) -> Option<()> {
    let page = document().dyn_into::<HtmlDocument>().ok()?;
    let field = page.create_element("textarea").ok()?.dyn_into::<HtmlTextAreaElement>().ok()?;
    let before = page.active_element();
    field.set_value(text);
    page.body()?.append_child(&field).ok()?;
    field.select();
    let copied = page.exec_command("copy").unwrap_or(false);
    field.remove();
    super::focus::give_back(before);
    copied.then_some(())
}
