//! The client of the delivery page and the way in.

#![cfg(target_arch = "wasm32")]
#![recursion_limit = "256"]

/// Wakes the page up.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    reelgate::wake(reelgate::ui::app::Pages::DESK);
}
