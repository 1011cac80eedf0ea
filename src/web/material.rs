//! Downloading materials: a link is made, followed within its time, and what was sent to the last byte is noted.

mod file;
mod sending;
mod zip;

use axum::{
    Form, Router,
    extract::{Path, State},
    http::HeaderMap,
    middleware::map_request,
    response::{Redirect, Response},
    routing::{get, post},
};
use domain::people::Actor;

use crate::{
    error::AppError,
    paths,
    portal::Portal,
    services::material::{self, Item},
    visitor,
};

/// The name of the fields that say what is wanted: a request and a transfer, divided by a dot.
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
    let wanted = said.iter().filter(|(name, _)| name == WANTED).map(|(_, value)| item(value));
    let items: Option<Vec<_>> = wanted.collect();
    let made = material::make_link(&portal, &actor, &items.ok_or(AppError::NotFound)?).await?;
    Ok(Redirect::to(&paths::download(&made.token)))
}

fn item(value: &str) -> Option<Item> {
    let (request, transfer) = value.split_once('.')?;
    Some(Item { request: request.parse().ok()?, transfer: transfer.parse().ok()? })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_is_a_request_and_a_transfer() {
        let id = "0198c5a0-0000-7000-8000-000000000000";
        assert!(item(&format!("{id}.{id}")).is_some());
        for value in [String::new(), id.to_owned(), format!("{id}.x"), format!("{id}.{id}.{id}")] {
            assert!(item(&value).is_none(), "{value:?}");
        }
    }
}
