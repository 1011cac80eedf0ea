//! The frame around all pages: what every page may expect, where each page is, and what stands on all of them.
//!
//! Every page is one `<main id="main">` with one `<h1>` in it, and sets its own `<Title>`.

mod account;
mod app_bar;
mod arrival;
mod not_found;
mod search_form;
mod shell;
mod wing;

use leptos::{ev, prelude::*};
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    hooks::use_location,
    path,
};

pub use not_found::NotFoundPage;
pub use shell::shell;
pub use wing::{Pages, Wing};

use crate::{
    paths,
    ui::{
        change::provide_live,
        context::{Answer, provide_awake, provide_now, provide_signed_in, use_live},
        kit::{Notice, Toasts, Tone, provide_toasts},
        preference::provide_preference,
    },
};
use app_bar::AppBar;

/// The portal in the browser and on the server, as far as `pages` reach.
#[component]
pub fn App(pages: Pages) -> impl IntoView {
    provide_meta_context();
    provide_now();
    provide_toasts();
    provide_signed_in();
    provide_preference();
    provide_live();
    let skip = |event: ev::MouseEvent| {
        event.prevent_default();
        arrival::go_to("main");
    };
    let view = view! {
        <Title formatter=titles()/>
        <a class="skip" href="#main" on:click=skip>"Skip to the content"</a>
        <Router>
            <Frame pages/>
        </Router>
        <Toasts/>
    };
    // Last, so that a page is not called awake before all of it is.
    provide_awake();
    view
}

/// What a page is called. The library writes titles into the page it serves as they are, so that what people have
/// typed would become markup there; the browser is handed plain text.
fn titles() -> fn(String) -> String {
    let plain = |page: String| format!("{page} – Reelgate");
    let served = |page: String| {
        let page = page.replace('&', "&amp;").replace('<', "&lt;");
        format!("{page} – Reelgate")
    };
    if use_context::<Answer>().is_some() { served } else { plain }
}

/// The bar and the page under it. The patterns are those that `paths` fills in.
#[component]
fn Frame(pages: Pages) -> impl IntoView {
    let path = use_location().pathname;
    let has_bar = Memo::new(move |_| path.get() != paths::SIGN_IN);
    arrival::greet(path);
    view! {
        <div class="page">
            {move || has_bar.get().then(|| view! { <AppBar/> })}
            <Routes fallback=NotFoundPage>
                <Route path=path!("/") view=pages.requests ssr=SsrMode::Async/>
                <Route path=path!("/requests/:id") view=pages.details ssr=SsrMode::Async/>
                <Route path=path!("/reviews") view=pages.leaf ssr=SsrMode::Async/>
                <Route path=path!("/import") view=pages.leaf ssr=SsrMode::Async/>
                <Route path=path!("/import/:id") view=pages.leaf ssr=SsrMode::Async/>
                <Route path=path!("/new") view=pages.leaf ssr=SsrMode::Async/>
                <Route path=path!("/titles") view=pages.leaf ssr=SsrMode::Async/>
                <Route path=path!("/titles/:id") view=pages.leaf ssr=SsrMode::Async/>
                <Route path=path!("/bulk/:action") view=pages.leaf ssr=SsrMode::Async/>
                <Route path=path!("/deliver") view=pages.deliver ssr=SsrMode::Async/>
                <Route path=path!("/sign-in") view=pages.sign_in ssr=SsrMode::Async/>
                <Route path=path!("/help") view=pages.leaf ssr=SsrMode::Async/>
                <Route path=path!("/help/request") view=pages.leaf ssr=SsrMode::Async/>
                <Route path=path!("/help/requests") view=pages.leaf ssr=SsrMode::Async/>
                <Route path=path!("/help/requests/:number") view=pages.leaf ssr=SsrMode::Async/>
                <Route path=path!("/help/inspection/:code") view=pages.leaf ssr=SsrMode::Async/>
                <Route path=path!("/help/:guide") view=pages.leaf ssr=SsrMode::Async/>
                <Route path=path!("/account") view=pages.leaf ssr=SsrMode::Async/>
                <Route path=path!("/people") view=pages.leaf ssr=SsrMode::Async/>
                <Route path=path!("/notices") view=pages.leaf ssr=SsrMode::Async/>
                <Route path=path!("/materials") view=pages.leaf ssr=SsrMode::Async/>
            </Routes>
        </div>
        <Lost/>
    }
}

/// Says that the portal is not heard.
#[component]
fn Lost() -> impl IntoView {
    let live = use_live();
    let notice = || {
        view! {
            <Notice tone=Tone::Warn icon="wifi-off">
                <span><b>"The portal is not heard."</b>" What you see may be old. This page catches up by itself."</span>
            </Notice>
        }
    };
    view! { <div class="lost" role="status">{move || live.is_lost().then(notice)}</div> }
}
