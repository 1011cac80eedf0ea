//! The doors to the leaves: asked by a page for a part of it, or for what a form does; and the leaf that a page is
//! served with.

use axum::{
    Extension, Router,
    extract::{Query, Request, State},
    http::{HeaderMap, HeaderName, Method, StatusCode, Uri},
    middleware::{Next, from_fn, map_request, map_response},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use tower_http::limit::RequestBodyLimitLayer;

use super::{
    bare::{Bare, DONE, PANEL, Style, TO, cookies},
    filled::{self, LARGEST, LARGEST_WITH_FILES, TOO_MUCH, Takes},
};
use crate::{
    error::AppError,
    leaves::{self, Outcome, Place, Use, Visit},
    paths,
    portal::Portal,
    preference::zone_in_cookies,
    said::Said,
    services::{failure::broken, people},
    ui::context::ServedLeaf,
    visitor::{self, status_of},
    web::{brisk, enduring, patient},
};

/// What a leaf is called, percent-encoded.
const TITLE: HeaderName = HeaderName::from_static("x-title");

pub fn routes(style: &Style) -> Router<Portal> {
    let (mut shown, mut taken) = (Router::new(), Router::new());
    let (mut taken_slowly, mut taken_with_files) = (Router::new(), Router::new());
    for (pattern, used) in Place::PATTERNS {
        shown = shown.route(pattern, get(show));
        match used {
            Use::Read => {}
            Use::ReadAndSend => taken = taken.route(pattern, post(take)),
            Use::ReadAndSendLong => taken_slowly = taken_slowly.route(pattern, post(take)),
            Use::ReadAndSendFiles => {
                taken_with_files = taken_with_files.route(pattern, post(take_files));
            }
        }
    }
    let taken = taken.layer(from_fn(patient)).layer(RequestBodyLimitLayer::new(LARGEST));
    let taken_slowly = taken_slowly
        .layer(from_fn(enduring))
        .layer(map_request(brisk))
        .layer(RequestBodyLimitLayer::new(LARGEST));
    // Files take longer over a slow line than a page may.
    let taken_with_files = taken_with_files
        .layer(map_request(brisk))
        .layer(RequestBodyLimitLayer::new(LARGEST_WITH_FILES));
    shown
        .layer(from_fn(patient))
        .merge(taken)
        .merge(taken_slowly)
        .merge(taken_with_files)
        .layer(map_response(worded))
        .layer(Extension(style.clone()))
}

/// Whoever sends too much is told so in our words.
async fn worded(answer: Response) -> Response {
    if answer.status() == StatusCode::PAYLOAD_TOO_LARGE {
        (StatusCode::PAYLOAD_TOO_LARGE, TOO_MUCH).into_response()
    } else {
        answer
    }
}

async fn show(
    State(portal): State<Portal>,
    Query(asked): Query<Vec<(String, String)>>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    match shown(&portal, &headers, uri.path(), Said::new(asked)).await {
        Ok(leaf) => answer(StatusCode::OK, leaf),
        // What is refused for good stands in the place of the leaf; what may pass leaves it as it is.
        Err(error @ (AppError::Refused(_) | AppError::NotFound)) => {
            answer(status_of(&error), leaves::trouble(&error))
        }
        Err(error) => (status_of(&error), error.to_string()).into_response(),
    }
}

async fn shown(
    portal: &Portal,
    headers: &HeaderMap,
    path: &str,
    said: Said,
) -> Result<ServedLeaf, AppError> {
    let place = Place::of(path).ok_or(AppError::NotFound)?;
    leaves::show(&visit(portal, headers).await?, place, &said).await
}

async fn take(
    State(portal): State<Portal>,
    Extension(style): Extension<Style>,
    request: Request,
) -> Response {
    answered(&portal, style, request, Takes::Words).await
}

async fn take_files(
    State(portal): State<Portal>,
    Extension(style): Extension<Style>,
    request: Request,
) -> Response {
    answered(&portal, style, request, Takes::WordsAndFiles).await
}

async fn answered(portal: &Portal, style: Style, request: Request, takes: Takes) -> Response {
    let headers = request.headers().clone();
    let bare = (!headers.contains_key(PANEL)).then(|| Bare::of(style, &headers));
    let address = visitor::origin(portal, &headers, request.extensions()).address;
    let path = request.uri().path().to_owned();
    // Who is signed out sends no files.
    let takes = match visitor::from_headers(portal, &headers).await {
        Ok(Some(_)) => takes,
        Ok(None) | Err(_) => Takes::Words,
    };
    let said = match filled::read(request, takes).await {
        Ok(said) => said,
        Err(refused) => return refused,
    };
    // Asked once more: a form may be minutes on its way, and whoever sent it may be out since.
    let visit = visit(portal, &headers).await.map(|it| Visit { address, ..it });
    // What is begun is ended, with its report, even if whoever asked for it is gone.
    let taken = portal.tasks.spawn(async move { taken(visit, &path, &said).await }).await;
    match (taken.unwrap_or_else(|error| Err(broken(&error))), bare) {
        (Ok(Outcome::Done { to, .. }), Some(_)) => Redirect::to(&to).into_response(),
        (Ok(Outcome::Done { told, to }), None) => {
            let said = [(DONE, paths::escaped(&told)), (TO, paths::escaped(&to))];
            (StatusCode::NO_CONTENT, said).into_response()
        }
        (Ok(Outcome::Shown(leaf)), bare) => made(StatusCode::OK, leaf, bare),
        (Ok(Outcome::Again(leaf)), bare) => made(StatusCode::UNPROCESSABLE_ENTITY, leaf, bare),
        (Err(AppError::SignedOut), Some(_)) => {
            Redirect::to(&paths::sign_in(paths::REQUESTS)).into_response()
        }
        (Err(error), Some(bare)) => bare.error(&error),
        (Err(error), None) => (status_of(&error), error.to_string()).into_response(),
    }
}

/// The leaf that came of a form: for the page that has sent it, or as a page.
fn made(status: StatusCode, leaf: ServedLeaf, bare: Option<Bare>) -> Response {
    match bare {
        Some(bare) => bare.page(status, &leaf.title, "", paths::REQUESTS.to_owned(), leaf.markup),
        None => answer(status, leaf),
    }
}

async fn taken(
    visit: Result<Visit, AppError>,
    path: &str,
    said: &Said,
) -> Result<Outcome, AppError> {
    let place = Place::of(path).ok_or(AppError::NotFound)?;
    leaves::take(&visit?, place, said).await
}

pub(super) async fn visit(portal: &Portal, headers: &HeaderMap) -> Result<Visit, AppError> {
    let visitor = visitor::from_headers(portal, headers).await?;
    let cookies = cookies(headers);
    let zone = match (zone_in_cookies(&cookies).and_then(|it| it.parse().ok()), &visitor) {
        (Some(zone), _) => zone,
        (None, Some(actor)) => people::time_zone(portal, actor).await?.parse().unwrap_or_default(),
        (None, None) => chrono_tz::Tz::UTC,
    };
    let token = visitor::token(portal, headers).map(str::to_owned);
    let (portal, now, address) = (portal.clone(), portal.now(), None);
    Ok(Visit { portal, visitor, token, address, zone, now })
}

fn answer(status: StatusCode, leaf: ServedLeaf) -> Response {
    (status, [(TITLE, paths::escaped(&leaf.title))], Html(leaf.markup)).into_response()
}

/// Puts the leaf that a page shows into the page.
pub async fn served(State(portal): State<Portal>, mut request: Request, next: Next) -> Response {
    let page = request.uri().path_and_query().map_or("", |it| it.as_str());
    let Ok(part) = paths::part(page).parse::<Uri>() else { return next.run(request).await };
    let place = Place::of(part.path()).filter(|_| request.method() == Method::GET);
    let asked = Query::<Vec<(String, String)>>::try_from_uri(&part).map(|it| it.0);
    let (Some(place), Ok(asked)) = (place, asked) else { return next.run(request).await };
    let shown = shown(&portal, request.headers(), part.path(), Said::new(asked)).await;
    let status = match &shown {
        Err(AppError::SignedOut) if place.is_page() => {
            return Redirect::to(&paths::sign_in(page)).into_response();
        }
        Err(error) if place.is_page() => Some(status_of(error)),
        Err(_) | Ok(_) => None,
    };
    request.extensions_mut().insert(shown.unwrap_or_else(|error| leaves::trouble(&error)));
    let mut answer = next.run(request).await;
    if let Some(status) = status {
        *answer.status_mut() = status;
    }
    answer
}
