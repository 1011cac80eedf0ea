//! The client of the list of requests, of the pages that are leaves, and of addresses where nothing is.

#![cfg(target_arch = "wasm32")]
#![recursion_limit = "256"]

/// Wakes the page up.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    reelgate::wake(reelgate::ui::app::Pages::PORTAL);
}
