//! The document around the app, made by the server alone; the browser never wakes it.

use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

use super::{App, Pages};
use crate::{
    paths,
    preference::Preference,
    ui::context::{Answer, SiteFiles},
};

/// Shows itself when a part of the page has broken off for good, which leaves the rest in no known state.
const STUMBLE: &str = "for (const event of ['error', 'unhandledrejection']) addEventListener(event, it => {
    const error = it.error ?? it.reason;
    if (error instanceof WebAssembly.RuntimeError) document.getElementById('stumbled').hidden = false;
});";

/// A page of the portal. It needs [`SiteFiles`], [`Answer`] and [`Preference`] from the door that serves it.
pub fn shell() -> impl IntoView {
    let preference = use_context::<Preference>().unwrap_or_default();
    let nonce = use_nonce().map(|it| it.to_string()).unwrap_or_default();
    if let Some(answer) = use_context::<Answer>() {
        (answer.policy)(&policy(&nonce));
    }
    let pane = preference.rule().map(|rule| view! { <style nonce=nonce.clone()>{rule}</style> });
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=preference.theme.word() data-density=preference.density.word()
            data-overview=preference.overview.word()
        >
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" type="image/svg+xml" href=paths::FAVICON/>
                <Font address=paths::TEXT_FONT/>
                <Font address=paths::CODE_FONT/>
                <Client nonce=nonce.clone()/>
                {pane}
                <MetaTags/>
            </head>
            <body>
                <App pages=Pages::ALL/>
                <div id="stumbled" class="notice" data-tone="bad" role="alert" hidden>
                    <span><b>"This page has stumbled."</b>" What you have sent is safe. "<a class="link" href="">"Load it anew"</a></span>
                </div>
                <script nonce=nonce>{STUMBLE}</script>
            </body>
        </html>
    }
}

#[component]
fn Font(address: &'static str) -> impl IntoView {
    view! { <link rel="preload" href=address r#as="font" r#type="font/woff2" crossorigin="anonymous"/> }
}

/// The style sheet, and what wakes the page.
#[component]
fn Client(nonce: String) -> impl IntoView {
    let SiteFiles { script, wasm, style, preflight, reloads } = use_context().unwrap_or_default();
    let (script, wasm) = (paths::asset(&script), paths::asset(&wasm));
    let wake = format!(
        "import init, {{ hydrate }} from '{script}'; await init({{ module_or_path: '{wasm}' }}); hydrate();"
    );
    let watch = format!(
        "setInterval(async () => {{
            const page = await fetch(location.href).then(it => it.text(), () => '');
            if (page.includes('hydrate') && !(page.includes('{wasm}') && page.includes('{style}'))) location.reload();
        }}, 1000)"
    );
    let watch = reloads.then(|| view! { <script nonce=nonce.clone()>{watch}</script> });
    let preflight =
        preflight.map(|it| view! { <meta name="preflight" content=paths::asset(&it)/> });
    view! {
        {preflight}
        <link rel="stylesheet" href=paths::asset(&style)/>
        <link rel="modulepreload" href=script nonce=nonce.clone()/>
        <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
        <script type="module" nonce=nonce>{wake}</script>
        {watch}
    }
}

/// What a page may load and do: only what comes from here, and only the scripts of this very answer.
fn policy(nonce: &str) -> String {
    format!(
        "default-src 'self'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; worker-src 'self'; object-src 'none'; base-uri 'none'; \
         frame-ancestors 'none'; form-action 'self'"
    )
}
