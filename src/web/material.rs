//! Downloading materials: a link is made, followed within its time, and what was sent to the last byte is noted.

mod file;
pub(super) mod sending;
mod zip;

use axum::{
    Form, Router,
    extract::{Path, State},
    http::HeaderMap,
    middleware::map_request,
    response::{Redirect, Response},
    routing::{get, post},
};
use domain::{
    material::{Item, NoItem},
    people::Actor,
};

use crate::{error::AppError, paths, portal::Portal, services::material, visitor};

/// The name of the fields that say what is wanted, each one [`Item`].
const WANTED: &str = "material";

pub fn routes() -> Router<Portal> {
    Router::new()
        .route(paths::MATERIAL_LINKS, post(make_link).layer(map_request(super::brisk)))
        .route(&paths::download("{token}"), get(download))
}

async fn visitor(portal: &Portal, headers: &HeaderMap) -> Result<Actor, AppError> {
    visitor::from_headers(portal, headers).await?.ok_or(AppError::SignedOut)
}

/// Makes a link for what was chosen, and leads there.
async fn make_link(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Form(said): Form<Vec<(String, String)>>,
) -> Result<Redirect, AppError> {
    let actor = visitor(&portal, &headers).await?;
    let wanted = said.iter().filter(|(name, _)| name == WANTED).map(|(_, value)| value.parse());
    let items: Result<Vec<Item>, _> = wanted.collect();
    let items = items.map_err(|_: NoItem| AppError::NotFound)?;
    let made = material::make_link(&portal, &actor, &items).await?;
    Ok(Redirect::to(&paths::download(&made.token)))
}

/// What a link leads to: one file, which can be taken up again where it broke off, or several as one archive.
async fn download(
    State(portal): State<Portal>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let actor = visitor(&portal, &headers).await?;
    let rest_of = file::rest_of(&headers);
    let handed = material::follow_link(&portal, &actor, &token, rest_of).await?;
    match handed.as_slice() {
        [only] if only.keys.len() == 1 => file::send(&portal, &actor, only, &headers).await,
        all => zip::send(&portal, &actor, all).await,
    }
}
