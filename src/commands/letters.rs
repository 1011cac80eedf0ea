//! The doors that letters lead to: what a notice is about, and the end of letters.

use axum::{
    Extension, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    middleware::from_fn,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use leptos::prelude::*;
use tower_http::limit::RequestBodyLimitLayer;

use super::bare::{Bare, Style};
use crate::{
    error::AppError, markup, paths, portal::Portal, services::notice, visitor, web::patient,
};

/// Mail programs send one field.
const LARGEST: usize = 4 << 10;

pub fn routes(style: &Style) -> Router<Portal> {
    Router::new()
        .route("/notices/{number}", get(open))
        .route("/unsubscribe/{token}", get(ask).post(end))
        .layer(Extension(style.clone()))
        .layer(from_fn(patient))
        .layer(RequestBodyLimitLayer::new(LARGEST))
}

/// Leads to what a notice is about, and marks the notice as read.
async fn open(
    State(portal): State<Portal>,
    Extension(style): Extension<Style>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Response {
    match opened(&portal, &headers, &number).await {
        Ok(page) => Redirect::to(&page).into_response(),
        Err(error) => Bare::of(style, &headers).error(&error),
    }
}

async fn opened(portal: &Portal, headers: &HeaderMap, number: &str) -> Result<String, AppError> {
    let number = number.parse().map_err(|_| AppError::NotFound)?;
    match visitor::from_headers(portal, headers).await? {
        Some(actor) => Ok(paths::goal(notice::open(portal, &actor, number).await?)),
        None => Ok(paths::sign_in(&paths::notice(number))),
    }
}

/// Asks once more: programs that look into letters open all links in them.
async fn ask(
    State(portal): State<Portal>,
    Extension(style): Extension<Style>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    let bare = Bare::of(style, &headers);
    if let Err(error) = notice::ensure_subscribed(&portal, &token).await {
        return bare.error(&error);
    }
    let form = || {
        view! {
            <form method="post" action=paths::unsubscribe(&token)>
                <button type="submit" class="button primary">"Send me no more e-mail about notices"</button>
            </form>
        }
    };
    let form = markup::alone(form);
    let about = "What happens to your requests is still told behind the bell of the portal.";
    bare.page(StatusCode::OK, "No more e-mail?", about, paths::REQUESTS.to_owned(), form)
}

/// Ends the letters, for whoever was sent the token: by the button above, or by that of a mail program (RFC 8058).
async fn end(
    State(portal): State<Portal>,
    Extension(style): Extension<Style>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    let bare = Bare::of(style, &headers);
    match notice::unsubscribe(&portal, &token).await {
        Ok(()) => {
            let about =
                "You get no more e-mail about notices. On the page Notices you can have it again.";
            let back = paths::NOTICES.to_owned();
            bare.page(StatusCode::OK, "No more e-mail", about, back, String::new())
        }
        Err(error) => bare.error(&error),
    }
}
