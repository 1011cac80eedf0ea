//! The doors to the sheets: asked by the side panel for a form, or opened as a page where there is no script.

use axum::{
    Extension, Form, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, Uri},
    middleware::from_fn,
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use domain::{
    Keyed, delivery::TransferAction, handin::HandInAction, people::Actor, request::RequestAction,
};
use tower_http::limit::RequestBodyLimitLayer;

use super::bare::{Bare, DONE, PANEL, Style, TO};
use crate::{
    error::AppError,
    paths,
    portal::Portal,
    said::Said,
    sheets::{self, Done, Outcome, Sheet, TitleSheet, Topic},
    visitor::{self, status_of},
    web::patient,
};

/// A sheet is a few fields of some thousand characters, and a letter may take twelve bytes on the way.
const LARGEST: usize = 128 << 10;
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
    HandIns,
    NewTitle,
    Titles,
    NewPackages,
    Packages,
}

/// What the answer is for.
enum Manner {
    Panel,
    Page(Bare),
}

pub fn routes(style: &Style) -> Router<Portal> {
    Router::new()
        .route("/requests/{id}/{action}", get(show).post(take).layer(Extension(Of::Requests)))
        .route("/transfers/{id}/{action}", get(show).post(take).layer(Extension(Of::Transfers)))
        .route("/hand-ins/{id}/{action}", get(show).post(take).layer(Extension(Of::HandIns)))
        .route(paths::NEW_TITLE, get(show).post(take).layer(Extension(Of::NewTitle)))
        .route("/titles/{id}/edit", get(show).post(take).layer(Extension(Of::Titles)))
        .route("/titles/{id}/package", get(show).post(take).layer(Extension(Of::NewPackages)))
        .route("/packages/{id}/edit", get(show).post(take).layer(Extension(Of::Packages)))
        .layer(Extension(style.clone()))
        .layer(from_fn(patient))
        .layer(RequestBodyLimitLayer::new(LARGEST))
}

async fn show(
    State(portal): State<Portal>,
    Extension(style): Extension<Style>,
    Extension(of): Extension<Of>,
    Path(names): Path<Vec<String>>,
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
    Path(names): Path<Vec<String>>,
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
        Ok(Outcome::Done(done)) => manner.done(&done),
        Ok(Outcome::Again(sheet)) => manner.sheet(StatusCode::UNPROCESSABLE_ENTITY, &sheet),
        Err(error) => manner.error(&error),
    }
}

impl Visit {
    async fn of(
        portal: &Portal,
        style: Style,
        (of, names): (Of, Vec<String>),
        headers: &HeaderMap,
        uri: &Uri,
    ) -> Result<Self, Response> {
        let manner = if headers.contains_key(PANEL) {
            Manner::Panel
        } else {
            Manner::Page(Bare::of(style, headers))
        };
        let actor = match visitor::from_headers(portal, headers).await {
            Ok(Some(actor)) => actor,
            Ok(None) if matches!(manner, Manner::Page(_)) => {
                return Err(Redirect::to(&paths::sign_in(uri.path())).into_response());
            }
            Ok(None) => return Err(manner.error(&AppError::SignedOut)),
            Err(error) => return Err(manner.error(&error)),
        };
        let topic = topic(of, &names.iter().map(String::as_str).collect::<Vec<_>>());
        match topic {
            Some(topic) => Ok(Self { actor, topic, manner }),
            None => Err(manner.error(&AppError::NotFound)),
        }
    }
}

/// What an address asks for, if there is such a sheet.
fn topic(of: Of, names: &[&str]) -> Option<Topic> {
    match (of, names) {
        (Of::Requests, [id, action]) => {
            let action = RequestAction::from_key(action)
                .filter(|it| !matches!(it, RequestAction::Deliver | RequestAction::HandIn))?;
            Some(Topic::Request(id.parse().ok()?, action))
        }
        (Of::Transfers, [id, action]) => {
            Some(Topic::Transfer(id.parse().ok()?, TransferAction::from_key(action)?))
        }
        (Of::HandIns, [id, action]) => {
            Some(Topic::HandIn(id.parse().ok()?, HandInAction::from_key(action)?))
        }
        (Of::NewTitle, []) => Some(Topic::Title(TitleSheet::Enter)),
        (Of::Titles, [id]) => Some(Topic::Title(TitleSheet::Correct(id.parse().ok()?))),
        (Of::NewPackages, [id]) => Some(Topic::Title(TitleSheet::AddPackage(id.parse().ok()?))),
        (Of::Packages, [id]) => Some(Topic::Title(TitleSheet::EditPackage(id.parse().ok()?))),
        _ => None,
    }
}

impl Manner {
    fn sheet(&self, status: StatusCode, sheet: &Sheet) -> Response {
        let form = sheets::fragment(sheet);
        match self {
            Self::Panel => (status, Html(form)).into_response(),
            Self::Page(bare) => {
                bare.page(status, sheet.topic.label(), &sheet.about, sheet.back.clone(), form)
            }
        }
    }

    fn done(&self, done: &Done) -> Response {
        let told = (DONE, paths::escaped(&done.told));
        match self {
            Self::Panel if done.is_new => {
                let to = (TO, paths::escaped(&done.back));
                (StatusCode::NO_CONTENT, [told, to]).into_response()
            }
            Self::Panel => (StatusCode::NO_CONTENT, [told]).into_response(),
            Self::Page(_) => Redirect::to(&done.back).into_response(),
        }
    }

    fn error(&self, error: &AppError) -> Response {
        let status = status_of(error);
        match self {
            Self::Panel => (status, error.to_string()).into_response(),
            Self::Page(bare) => bare.error(error),
        }
    }
}
