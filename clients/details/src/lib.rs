//! The client of the details page of a request.

#![cfg(target_arch = "wasm32")]
#![recursion_limit = "256"]

/// Wakes the page up.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    reelgate::wake(reelgate::ui::app::Pages::DETAILS);
}
