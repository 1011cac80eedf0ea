//! Which doors there are, asked of the portal itself.

use std::collections::BTreeSet;

use axum::http::Method;
use leptos::server_fn::axum::server_fn_paths;

use crate::support::{Call, House};

/// Doors that answer to any method say so themselves, and name what they take.
const ANY: [(&str, &[&str]); 2] =
    [("/uploads/{id}", &["HEAD", "PATCH", "DELETE", "OPTIONS"]), ("/fn/{*name}", &["POST"])];

/// All doors as `METHOD /path`: routes of the router, and server functions.
pub async fn all(house: &House) -> BTreeSet<String> {
    let mut doors: BTreeSet<String> =
        server_fn_paths().map(|(path, method)| format!("{method} {path}")).collect();
    for path in routes(&format!("{:?}", house.router)) {
        for method in methods(house, &path).await {
            doors.insert(format!("{method} {path}"));
        }
    }
    doors
}

/// The paths in the router's own description of itself: `RouteId(3): "/changes"`.
fn routes(description: &str) -> BTreeSet<String> {
    let after = description.split("RouteId(").skip(1);
    let named = after.filter_map(|it| it.split_once("): \"")?.1.split_once('"'));
    named
        .map(|(path, _)| path.to_owned())
        .filter(|it| it.starts_with('/') && !it.contains("__private"))
        .collect()
}

/// What a route takes, as it tells whoever asks in a way that it does not take.
async fn methods(house: &House, path: &str) -> Vec<String> {
    if let Some((_, methods)) = ANY.iter().find(|(any, _)| *any == path) {
        return methods.iter().map(|it| (*it).to_owned()).collect();
    }
    let uri = path.replace(['{', '}', '*'], "");
    let answer = house.signed_out().call(Call::new(Method::TRACE, uri)).await;
    assert_eq!(answer.status, 405, "{path} answers to any method: add it to the list in this file");
    let allowed = answer.header("allow").split(',').map(|it| it.trim().to_owned());
    allowed.filter(|it| !it.is_empty() && it != "HEAD").collect()
}
