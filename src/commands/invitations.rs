//! The door for those who were invited and have no account yet: a page without scripts.

use axum::{
    Extension, Form, Router,
    extract::{Path, State},
    http::{Extensions, HeaderMap, HeaderValue, StatusCode, header},
    middleware::from_fn,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use tower_http::limit::RequestBodyLimitLayer;

use super::bare::{Bare, Style};
use crate::{
    error::AppError,
    leaves::invitation,
    paths,
    portal::Portal,
    said::Said,
    services::{
        people::{self, Welcome},
        session::Opened,
    },
    visitor,
    web::patient,
};

/// Two passwords and a zone.
const LARGEST: usize = 16 << 10;
const TITLE: &str = "Welcome to Reelgate";

pub fn routes(style: &Style) -> Router<Portal> {
    Router::new()
        .route("/invitation/{token}", get(show).post(take))
        .layer(Extension(style.clone()))
        .layer(from_fn(patient))
        .layer(RequestBodyLimitLayer::new(LARGEST))
}

async fn show(
    State(portal): State<Portal>,
    Extension(style): Extension<Style>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    let bare = Bare::of(style, &headers);
    match people::welcome(&portal, &token).await {
        Ok(welcome) => page(&bare, StatusCode::OK, &welcome, invitation::open(&welcome, &token)),
        Err(error) => refused(&bare, &error),
    }
}

async fn take(
    State(portal): State<Portal>,
    Extension(style): Extension<Style>,
    Path(token): Path<String>,
    headers: HeaderMap,
    extensions: Extensions,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let (bare, origin) =
        (Bare::of(style, &headers), visitor::origin(&portal, &headers, &extensions));
    let said = Said::new(pairs);
    let former = visitor::token(&portal, &headers);
    let accepted =
        people::accept(&portal, &token, invitation::acceptance(&said), &origin, former).await;
    let error = match accepted {
        Ok(opened) => return signed_in(&portal, &opened),
        Err(AppError::NotFound) => return refused(&bare, &AppError::NotFound),
        Err(error) => error,
    };
    let again = match people::welcome(&portal, &token).await {
        Ok(welcome) => invitation::again(&welcome, &token, &said, error).map(|it| (welcome, it)),
        Err(error) => Err(error),
    };
    match again {
        Ok((welcome, form)) => page(&bare, StatusCode::UNPROCESSABLE_ENTITY, &welcome, form),
        Err(error) => refused(&bare, &error),
    }
}

fn page(bare: &Bare, status: StatusCode, welcome: &Welcome, form: String) -> Response {
    bare.page(status, TITLE, &invitation::about(welcome), paths::SIGN_IN.to_owned(), form)
}

fn refused(bare: &Bare, error: &AppError) -> Response {
    match error {
        AppError::NotFound => {
            let (status, back) = (StatusCode::NOT_FOUND, paths::SIGN_IN.to_owned());
            bare.page(status, TITLE, invitation::NOWHERE, back, String::new())
        }
        error => bare.error(error),
    }
}

fn signed_in(portal: &Portal, opened: &Opened) -> Response {
    let mut answer = Redirect::to(paths::REQUESTS).into_response();
    let cookies = visitor::cookies_of(portal, opened).into_iter();
    for cookie in cookies.filter_map(|it| HeaderValue::try_from(it).ok()) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}
