//! The files of the site: embedded in a release build, read from the disk in a development build.

use std::{borrow::Cow, collections::BTreeMap};

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::text::hexadecimal;
use rust_embed::{Embed, EmbeddedFile};
use serde::Deserialize;

use crate::{paths, portal::Portal};

#[derive(Embed)]
#[folder = "site/"]
struct Files;

/// The names that change with every build.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Site {
    pub style: String,
    /// By the word of their wing.
    pub clients: BTreeMap<String, Client>,
    pub preflight: Preflight,
}

/// What looks at files before they are sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Preflight {
    /// The script that the delivery page starts; it fetches what it needs.
    pub worker: String,
}

/// What wakes the pages of one wing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Client {
    pub script: String,
    pub wasm: String,
}

/// Names in these folders carry a digest or a version: what is behind them never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Other names stay while what is behind them may change.
const FOR_AN_HOUR: &str = "public, max-age=3600";
/// A file of the site opened by itself may load nothing from elsewhere and stand in no frame.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; \
    base-uri 'none'; frame-ancestors 'none'";

impl Site {
    /// What the last build of the site was called; nothing if it was never built.
    pub fn load() -> Option<Self> {
        serde_json::from_slice(&Files::get("manifest.json")?.data).ok()
    }
}

pub fn routes() -> Router<Portal> {
    Router::new()
        .route(
            &format!("{}/{{*name}}", paths::ASSETS),
            get(|Path(name): Path<String>, headers: HeaderMap| async move {
                file(&format!("assets/{name}"), &headers)
            }),
        )
        .route(
            "/fonts/{*name}",
            get(|Path(name): Path<String>, headers: HeaderMap| async move {
                file(&format!("fonts/{name}"), &headers)
            }),
        )
        .route(
            "/vendor/{*name}",
            get(|Path(name): Path<String>, headers: HeaderMap| async move {
                file(&format!("vendor/{name}"), &headers)
            }),
        )
        .route(
            "/licenses/{*name}",
            get(|Path(name): Path<String>, headers: HeaderMap| async move {
                file(&format!("licenses/{name}"), &headers)
            }),
        )
        .route(
            paths::FAVICON,
            get(|headers: HeaderMap| async move { file("favicon.svg", &headers) }),
        )
        .route(paths::ICONS, get(|headers: HeaderMap| async move { file("icons.svg", &headers) }))
}

/// The file, packed as the browser likes it best.
fn file(name: &str, headers: &HeaderMap) -> Response {
    let Some((packing, found)) = packed(name, headers).or_else(|| Some((None, Files::get(name)?)))
    else {
        return (StatusCode::NOT_FOUND, "There is no such file.").into_response();
    };
    let tag = format!("\"{}\"", hexadecimal(&found.metadata.sha256_hash()[..12]));
    let known =
        headers.get(header::IF_NONE_MATCH).is_some_and(|it| it.as_bytes() == tag.as_bytes());
    let mut answer =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { bytes(found).into_response() };
    let out = answer.headers_mut();
    let kind = mime_guess::from_path(name).first_or_octet_stream().to_string();
    let written = [
        (header::CONTENT_TYPE, kind.as_str()),
        (header::CACHE_CONTROL, cache_control(name)),
        (header::VARY, "accept-encoding"),
        (header::ETAG, &tag),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    for (name, value) in written {
        if let Ok(value) = HeaderValue::from_str(value) {
            out.insert(name, value);
        }
    }
    if let Some(packing) = packing {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(packing));
    }
    answer
}

fn packed(name: &str, headers: &HeaderMap) -> Option<(Option<&'static str>, EmbeddedFile)> {
    let accepted = headers.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
    let takes = |packing: &str| {
        let mut offers = accepted.split(',').map(|it| it.split_once(';').unwrap_or((it, "")));
        offers.any(|(name, weight)| name.trim() == packing && weight.trim() != "q=0")
    };
    [("br", "br"), ("gzip", "gz")].into_iter().find_map(|(packing, ending)| {
        let found = takes(packing).then(|| Files::get(&format!("{name}.{ending}")))??;
        Some((Some(packing), found))
    })
}

fn bytes(file: EmbeddedFile) -> Vec<u8> {
    match file.data {
        Cow::Borrowed(bytes) => bytes.to_vec(),
        Cow::Owned(bytes) => bytes,
    }
}

fn cache_control(name: &str) -> &'static str {
    let named_after_content =
        ["assets/", "fonts/", "vendor/"].iter().any(|it| name.starts_with(it));
    if named_after_content { FOR_EVER } else { FOR_AN_HOUR }
}
