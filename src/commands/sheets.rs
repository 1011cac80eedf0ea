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
    Keyed, delivery::TransferAction, handin::HandInAction, id::RequestId, people::Actor,
    request::RequestAction,
};
use tower_http::limit::RequestBodyLimitLayer;

use super::bare::{Bare, DONE, PANEL, Style};
use crate::{
    error::AppError,
    paths,
    portal::Portal,
    said::Said,
    sheets::{self, Outcome, Sheet, Topic},
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
        .layer(Extension(style.clone()))
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
        let topic = match of {
            Of::Requests => RequestAction::from_key(&action)
                .filter(|it| !matches!(it, RequestAction::Deliver | RequestAction::HandIn))
                .and_then(|it| Some(Topic::Request(id.parse().ok()?, it))),
            Of::Transfers => TransferAction::from_key(&action)
                .and_then(|it| Some(Topic::Transfer(id.parse().ok()?, it))),
            Of::HandIns => HandInAction::from_key(&action)
                .and_then(|it| Some(Topic::HandIn(id.parse().ok()?, it))),
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
            Self::Page(bare) => {
                let back = paths::request(sheet.request);
                bare.page(status, sheet.topic.label(), &sheet.about, back, form)
            }
        }
    }

    fn done(&self, request: RequestId, told: &str) -> Response {
        match self {
            Self::Panel => (StatusCode::NO_CONTENT, [(DONE, paths::escaped(told))]).into_response(),
            Self::Page(_) => Redirect::to(&paths::request(request)).into_response(),
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
