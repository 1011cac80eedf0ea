//! The doors to the sheets: asked by the side panel for a form, or opened as a page where there is no script.

use std::sync::Arc;

use axum::{
    Extension, Form, Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, StatusCode, Uri, header},
    middleware::from_fn,
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use domain::{
    Keyed, delivery::TransferAction, id::RequestId, people::Actor, request::RequestAction,
};
use leptos::prelude::*;
use tower_http::limit::RequestBodyLimitLayer;

use crate::{
    error::AppError,
    paths,
    portal::Portal,
    preference::Preference,
    sheets::{self, Outcome, Said, Sheet, Topic},
    visitor::{self, status_of},
    web::patient,
};

/// A sheet is a few fields of some thousand characters, and a letter may take twelve bytes on the way.
const LARGEST: usize = 128 << 10;
/// Sent by the side panel, which wants the form alone.
const PANEL: HeaderName = HeaderName::from_static("x-panel");
/// How the side panel tells what was done, percent-encoded.
const DONE: HeaderName = HeaderName::from_static("x-done");
/// A page without scripts.
const POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'";

/// The name of the style sheet.
#[derive(Clone)]
struct Style(Arc<str>);

/// Who knocks, and at which sheet.
struct Visit {
    actor: Actor,
    topic: Topic,
    manner: Manner,
}

/// What the first part of an address names.
#[derive(Clone, Copy)]
enum Of {
    Requests,
    Transfers,
}

/// What the answer is for.
enum Manner {
    Panel,
    Page { style: Style, preference: Preference },
}

pub fn routes(style: &str) -> Router<Portal> {
    Router::new()
        .route("/requests/{id}/{action}", get(show).post(take).layer(Extension(Of::Requests)))
        .route("/transfers/{id}/{action}", get(show).post(take).layer(Extension(Of::Transfers)))
        .layer(Extension(Style(style.into())))
        .layer(from_fn(patient))
        .layer(RequestBodyLimitLayer::new(LARGEST))
}

async fn show(
    State(portal): State<Portal>,
    Extension(style): Extension<Style>,
    Extension(of): Extension<Of>,
    Path(names): Path<(String, String)>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let visit = match Visit::of(&portal, style, (of, names), &headers, &uri).await {
        Ok(visit) => visit,
        Err(answer) => return answer,
    };
    let Visit { actor, topic, manner } = &visit;
    match sheets::open(&portal, actor, *topic, &Said::default()).await {
        Ok(sheet) => manner.sheet(StatusCode::OK, &sheet),
        Err(error) => manner.error(&error),
    }
}

async fn take(
    State(portal): State<Portal>,
    Extension(style): Extension<Style>,
    Extension(of): Extension<Of>,
    Path(names): Path<(String, String)>,
    headers: HeaderMap,
    uri: Uri,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let visit = match Visit::of(&portal, style, (of, names), &headers, &uri).await {
        Ok(visit) => visit,
        Err(answer) => return answer,
    };
    let Visit { actor, topic, manner } = &visit;
    let said = Said::new(pairs);
    if said.is_unfinished() {
        return match sheets::open(&portal, actor, *topic, &said).await {
            Ok(sheet) => Html(sheets::outlook(&sheet)).into_response(),
            Err(error) => manner.error(&error),
        };
    }
    match sheets::submit(&portal, actor, *topic, &said).await {
        Ok(Outcome::Done(request, told)) => manner.done(request, &told),
        Ok(Outcome::Again(sheet)) => manner.sheet(StatusCode::UNPROCESSABLE_ENTITY, &sheet),
        Err(error) => manner.error(&error),
    }
}

impl Visit {
    async fn of(
        portal: &Portal,
        style: Style,
        (of, (id, action)): (Of, (String, String)),
        headers: &HeaderMap,
        uri: &Uri,
    ) -> Result<Self, Response> {
        let manner = if headers.contains_key(PANEL) {
            Manner::Panel
        } else {
            let cookies = headers.get_all(header::COOKIE).into_iter();
            let cookies: Vec<_> = cookies.filter_map(|it| it.to_str().ok()).collect();
            Manner::Page { style, preference: Preference::from_cookies(&cookies.join("; ")) }
        };
        let actor = match visitor::from_headers(portal, headers).await {
            Ok(Some(actor)) => actor,
            Ok(None) if matches!(manner, Manner::Page { .. }) => {
                return Err(Redirect::to(&paths::sign_in(uri.path())).into_response());
            }
            Ok(None) => return Err(manner.error(&AppError::SignedOut)),
            Err(error) => return Err(manner.error(&error)),
        };
        let topic = match of {
            Of::Requests => RequestAction::from_key(&action)
                .filter(|it| *it != RequestAction::Deliver)
                .and_then(|it| Some(Topic::Request(id.parse().ok()?, it))),
            Of::Transfers => TransferAction::from_key(&action)
                .and_then(|it| Some(Topic::Transfer(id.parse().ok()?, it))),
        };
        match topic {
            Some(topic) => Ok(Self { actor, topic, manner }),
            None => Err(manner.error(&AppError::NotFound)),
        }
    }
}

impl Manner {
    fn sheet(&self, status: StatusCode, sheet: &Sheet) -> Response {
        let form = sheets::fragment(sheet);
        match self {
            Self::Panel => (status, Html(form)).into_response(),
            Self::Page { style, preference } => {
                let back = paths::request(sheet.request);
                let page = page(style, *preference, sheet.topic.label(), &sheet.about, back, form);
                (status, [(header::CONTENT_SECURITY_POLICY, POLICY)], Html(page)).into_response()
            }
        }
    }

    fn done(&self, request: RequestId, told: &str) -> Response {
        match self {
            Self::Panel => (StatusCode::NO_CONTENT, [(DONE, paths::escaped(told))]).into_response(),
            Self::Page { .. } => Redirect::to(&paths::request(request)).into_response(),
        }
    }

    fn error(&self, error: &AppError) -> Response {
        let status = status_of(error);
        match self {
            Self::Panel => (status, error.to_string()).into_response(),
            Self::Page { style, preference } => {
                let back = paths::REQUESTS.to_owned();
                let said = error.to_string();
                let page = page(style, *preference, "Not possible", &said, back, String::new());
                (status, [(header::CONTENT_SECURITY_POLICY, POLICY)], Html(page)).into_response()
            }
        }
    }
}

/// A page around a form, for browsers that run no script.
fn page(
    Style(style): &Style,
    preference: Preference,
    title: &'static str,
    about: &str,
    back: String,
    form: String,
) -> String {
    let about = about.to_owned();
    let page = view! {
        <html lang="en" data-theme=preference.theme.word()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title>{format!("{title} – Reelgate")}</title>
                <link rel="icon" type="image/svg+xml" href=paths::FAVICON/>
                <link rel="stylesheet" href=paths::asset(style)/>
            </head>
            <body>
                <main id="main" class="sheet-page">
                    <a class="link" href=back>"Back"</a>
                    <h1>{title}</h1>
                    <p class="faint">{about}</p>
                    <div inner_html=form></div>
                </main>
            </body>
        </html>
    };
    let page = Owner::new().with(|| page.to_html());
    format!("<!DOCTYPE html>{page}")
}
