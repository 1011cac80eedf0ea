//! The portal, floor by floor. No other file asks whether it runs in the browser or on the server.

#![recursion_limit = "256"]

pub mod error;
pub mod json;
pub mod paths;
pub mod preference;
pub mod server_fns;
pub mod ui;

#[cfg(feature = "ssr")]
pub mod commands;
#[cfg(feature = "ssr")]
pub mod leaves;
#[cfg(feature = "ssr")]
pub mod markup;
#[cfg(feature = "ssr")]
pub mod portal;
#[cfg(feature = "ssr")]
pub mod said;
#[cfg(feature = "ssr")]
pub mod services;
#[cfg(feature = "ssr")]
pub mod settings;
#[cfg(feature = "ssr")]
pub mod sheets;
#[cfg(feature = "ssr")]
pub mod visitor;
#[cfg(feature = "ssr")]
pub mod wall;
#[cfg(feature = "ssr")]
pub mod web;
#[cfg(feature = "ssr")]
pub mod workers;

/// Wakes the page up in the browser, which has the code of these pages.
#[cfg(feature = "hydrate")]
pub fn wake(pages: ui::app::Pages) {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(move || leptos::view! { <ui::app::App pages/> });
}
