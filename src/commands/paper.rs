//! The doors to what one takes along of a request: a plain page to be printed, and its history as a table.

use axum::{
    Extension, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, Uri, header},
    middleware::from_fn,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use domain::id::RequestId;

use super::{
    bare::{Bare, Style},
    leaves::visit,
};
use crate::{
    error::AppError,
    leaves::plain,
    paths,
    portal::Portal,
    services::history::{self, Asked, Table},
    ui::context::ServedLeaf,
    visitor::status_of,
    web::patient,
};

pub fn routes(style: &Style) -> Router<Portal> {
    Router::new()
        .route(paths::PLAIN, get(show))
        .route(paths::HISTORY_TABLE, get(table))
        .layer(Extension(style.clone()))
        .layer(from_fn(patient))
}

async fn show(
    State(portal): State<Portal>,
    Extension(style): Extension<Style>,
    Path(id): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let bare = Bare::of(style, &headers);
    match shown(&portal, &id, &headers).await {
        Ok(ServedLeaf { title, markup }) => bare.whole(StatusCode::OK, &title, "plain", markup),
        Err(AppError::SignedOut) => Redirect::to(&paths::sign_in(uri.path())).into_response(),
        Err(error) => bare.error(&error),
    }
}

async fn shown(portal: &Portal, id: &str, headers: &HeaderMap) -> Result<ServedLeaf, AppError> {
    plain::show(&visit(portal, headers).await?, read(id)?).await
}

async fn table(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    Query(params): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Response {
    match tabled(&portal, &id, &params, &headers).await {
        Ok(Table { file_name, text }) => {
            let disposition = format!("attachment; filename=\"{file_name}\"");
            let told = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
                (header::CONTENT_DISPOSITION, disposition),
            ];
            (told, text).into_response()
        }
        Err(error) => (status_of(&error), error.to_string()).into_response(),
    }
}

async fn tabled(
    portal: &Portal,
    id: &str,
    params: &[(String, String)],
    headers: &HeaderMap,
) -> Result<Table, AppError> {
    let visit = visit(portal, headers).await?;
    let (actor, id) = (visit.actor()?, read(id)?);
    let asked = Asked::from_params(params.iter().map(|(name, value)| (&**name, &**value)))?;
    history::table(portal, actor, id, &asked.filter(visit.zone), visit.zone).await
}

fn read(id: &str) -> Result<RequestId, AppError> {
    id.parse().map_err(|_| AppError::NotFound)
}
