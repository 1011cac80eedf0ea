//! Pages without scripts, around what the portal has made.

use std::sync::Arc;

use axum::{
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use leptos::prelude::*;

use crate::{error::AppError, markup, paths, preference::Preference, visitor::status_of};

/// Sent by a page that wants a form or a leaf alone.
pub const PANEL: HeaderName = HeaderName::from_static("x-panel");
/// How such a page is told what was done, percent-encoded.
pub const DONE: HeaderName = HeaderName::from_static("x-done");
const POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'";

/// The name of the style sheet.
#[derive(Clone)]
pub struct Style(pub Arc<str>);

/// How a page without scripts looks to whoever has asked for it.
pub struct Bare {
    style: Style,
    preference: Preference,
}

impl Bare {
    pub fn of(style: Style, headers: &HeaderMap) -> Self {
        Self { style, preference: Preference::from_cookies(&cookies(headers)) }
    }

    /// A page around markup that is ours.
    pub fn page(
        &self,
        status: StatusCode,
        title: &str,
        about: &str,
        back: String,
        markup: String,
    ) -> Response {
        let (heading, about) = (title.to_owned(), about.to_owned());
        let inside = || {
            view! {
                <a class="link" href=back>"Back"</a>
                <h1>{heading}</h1>
                <p class="faint">{about}</p>
                <div inner_html=markup></div>
            }
        };
        self.whole(status, title, "sheet-page", markup::alone(inside))
    }

    /// A page of which everything is ours, in the manner of `class`.
    pub fn whole(
        &self,
        status: StatusCode,
        title: &str,
        class: &'static str,
        markup: String,
    ) -> Response {
        let page = || {
            view! {
                <html lang="en" data-theme=self.preference.theme.word()>
                    <head>
                        <meta charset="utf-8"/>
                        <meta name="viewport" content="width=device-width, initial-scale=1"/>
                        <meta name="color-scheme" content="light dark"/>
                        <title>{format!("{title} – Reelgate")}</title>
                        <link rel="icon" type="image/svg+xml" href=paths::FAVICON/>
                        <link rel="stylesheet" href=paths::asset(&self.style.0)/>
                    </head>
                    <body>
                        <main id="main" class=class inner_html=markup></main>
                    </body>
                </html>
            }
        };
        // The marks by which pages are woken would be read as letters in the title.
        let page = markup::alone(page).replace("<!>", "");
        let page = format!("<!DOCTYPE html>{page}");
        (status, [(header::CONTENT_SECURITY_POLICY, POLICY)], Html(page)).into_response()
    }

    /// Says why something is not possible.
    pub fn error(&self, error: &AppError) -> Response {
        let back = paths::REQUESTS.to_owned();
        self.page(status_of(error), "Not possible", &error.to_string(), back, String::new())
    }
}

/// All that a request says in its cookies.
pub fn cookies(headers: &HeaderMap) -> String {
    let lines = headers.get_all(header::COOKIE).into_iter();
    lines.filter_map(|it| it.to_str().ok()).collect::<Vec<_>>().join("; ")
}
