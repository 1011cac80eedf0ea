//! Pages without scripts, around what the portal has made.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, StatusCode, Uri, header, uri::Authority},
    middleware::Next,
    response::{Html, IntoResponse, Redirect, Response},
};
use leptos::prelude::*;

use crate::{error::AppError, markup, paths, preference::Preference, visitor::status_of};

/// Sent by a page that wants a form or a leaf alone.
pub const PANEL: HeaderName = HeaderName::from_static("x-panel");
/// How such a page is told what was done, percent-encoded.
pub const DONE: HeaderName = HeaderName::from_static("x-done");
/// And where it is to be seen, percent-encoded.
pub const TO: HeaderName = HeaderName::from_static("x-to");
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
        self.error_on_the_way_from(error, paths::REQUESTS.to_owned())
    }

    fn error_on_the_way_from(&self, error: &AppError, back: String) -> Response {
        self.page(status_of(error), "Not possible", &error.to_string(), back, String::new())
    }
}

/// Makes pages of errors where a browser is on its way to what would have been one, such as after "Download": they
/// lead back to where it came from. Programs are told in a plain sentence.
pub async fn led_back(State(style): State<Style>, request: Request, next: Next) -> Response {
    let (headers, uri) = (request.headers().clone(), request.uri().clone());
    let answer = next.run(request).await;
    let accepts = headers.get(header::ACCEPT).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let error = answer.extensions().get::<AppError>().filter(|_| accepts.contains("text/html"));
    let Some(error) = error else { return answer };
    let back = came_from(&headers, &uri).unwrap_or_else(|| paths::REQUESTS.to_owned());
    match error {
        AppError::SignedOut => Redirect::to(&paths::sign_in(&back)).into_response(),
        error => Bare::of(style, &headers).error_on_the_way_from(error, back),
    }
}

/// The page of ours on which a link was followed or a form was sent.
fn came_from(headers: &HeaderMap, to: &Uri) -> Option<String> {
    let from = headers.get(header::REFERER)?.to_str().ok()?.parse::<Uri>().ok()?;
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok());
    let host = host.or_else(|| to.authority().map(Authority::as_str))?;
    let page = from.path_and_query().filter(|_| from.authority().is_some_and(|it| it == host))?;
    paths::inside(page.as_str()).map(str::to_owned)
}

/// All that a request says in its cookies.
pub fn cookies(headers: &HeaderMap) -> String {
    let lines = headers.get_all(header::COOKIE).into_iter();
    lines.filter_map(|it| it.to_str().ok()).collect::<Vec<_>>().join("; ")
}
