//! Downloading materials: a link is made, followed within its time, and what was sent to the last byte is noted.

mod file;
mod sending;
mod zip;

use axum::{
    Form, Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
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
    let handed = material::follow_link(&portal, &actor, &token).await?;
    match handed.as_slice() {
        [only] if only.keys.len() == 1 => file::send(&portal, &actor, only, &headers).await,
        all => zip::send(&portal, &actor, all).await,
    }
}

/// The headers of something that is saved and never shown, whatever is in it.
fn saved_as(name: &str) -> [(HeaderName, HeaderValue); 3] {
    let disposition = HeaderValue::from_str(&disposition(name));
    let whatever = HeaderValue::from_static("application/octet-stream");
    [
        (
            header::CONTENT_DISPOSITION,
            disposition.unwrap_or_else(|_| HeaderValue::from_static("attachment")),
        ),
        (header::CONTENT_TYPE, whatever),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ]
}

/// RFC 6266: the name in plain signs for old programs, and as it is for all others.
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%') { c } else { '_' })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", paths::escaped(name))
}

#[cfg(test)]
mod tests {
    use domain::delivery::FileName;

    use super::*;

    #[test]
    fn a_hostile_name_stays_a_name() {
        for (name, expected) in [
            ("tide.mov", "attachment; filename=\"tide.mov\"; filename*=UTF-8''tide.mov"),
            (
                "a\"; x=\"\r\nSet-Cookie: y.mov",
                "attachment; filename=\"a_;_x=___Set-Cookie__y.mov\"; filename*=UTF-8''a_%3B%20x%3D___Set-Cookie_%20y.mov",
            ),
            (
                "../Señor 日本.mov",
                "attachment; filename=\".._Se_or___.mov\"; filename*=UTF-8''.._Se%C3%B1or%20%E6%97%A5%E6%9C%AC.mov",
            ),
            ("100%41.mov", "attachment; filename=\"100_41.mov\"; filename*=UTF-8''100%2541.mov"),
        ] {
            let name = FileName::new(name).unwrap().portable();
            assert_eq!(disposition(&name), expected, "{name:?}");
        }
    }
}
