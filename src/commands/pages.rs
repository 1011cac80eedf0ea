//! The pages and their server functions, joined to the doors.

use std::{
    collections::BTreeSet,
    convert::Infallible,
    sync::{Arc, OnceLock},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{MethodRouter, any, get},
};
use chrono_tz::Tz;
use leptos::prelude::{provide_context, use_context};
use leptos::server_fn::{self, error::SERVER_FN_ERROR_HEADER};
use leptos_axum::{
    ResponseOptions, generate_route_list_with_exclusions_and_ssg_and_context,
    handle_server_fns_with_context, render_app_async_with_context,
    render_app_to_stream_in_order_with_context, render_app_to_stream_with_context,
    render_app_to_stream_with_context_and_replace_blocks,
};
use leptos_router::SsrMode;
use tower::Service;
use tower_http::limit::RequestBodyLimitLayer;

use super::{bare::cookies, leaves};
use crate::{
    error::AppError,
    leaves::on_the_wall,
    paths,
    portal::Portal,
    preference::{Preference, zone_in_cookies},
    ui::{
        app::{App, AppProps, Pages, Wing, shell},
        context::{Answer, RenderedAt, ServedLeaf, ServedZone, SiteFiles, Visiting},
    },
    visitor::{Recognized, status_of},
    web::{patient, site::Site},
};

/// What a page sends us are forms and filters; files go another way.
const LARGEST_CALL: usize = 1 << 20;
/// Our own errors are short.
const LARGEST_ERROR: usize = 64 << 10;

/// The names that the shell writes into each page of a wing.
fn files(site: Option<&Site>, wing: Wing, reloads: bool) -> SiteFiles {
    let Some(site) = site else { return SiteFiles { reloads, ..SiteFiles::default() } };
    let client = site.clients.get(wing.word()).cloned().unwrap_or_default();
    SiteFiles {
        script: client.script,
        wasm: client.wasm,
        style: site.style.clone(),
        preflight: (wing == Wing::Desk).then(|| site.preflight.worker.clone()),
        reloads,
    }
}

/// The server functions.
pub fn calls(portal: &Portal) -> Router<Portal> {
    let known: BTreeSet<(&str, String)> = server_fn::axum::server_fn_paths()
        .map(|(path, method)| (path, method.to_string()))
        .collect();
    let context = call_context(portal);
    let call = move |request: Request<Body>| {
        let (known, context) = (known.clone(), context.clone());
        async move {
            match refusal(&known, &request) {
                Some(refusal) => refusal,
                None => {
                    with_status(
                        handle_server_fns_with_context(context, request).await.into_response(),
                    )
                    .await
                }
            }
        }
    };
    Router::new()
        .route("/fn/{*name}", any(call))
        .layer(from_fn(patient))
        .layer(from_fn_with_state(portal.clone(), recognized))
        .layer(RequestBodyLimitLayer::new(LARGEST_CALL))
}

fn refusal(known: &BTreeSet<(&str, String)>, request: &Request<Body>) -> Option<Response> {
    let path = request.uri().path();
    let named = known.iter().any(|(name, _)| *name == path);
    let called = known.contains(&(path, request.method().to_string()));
    match (named, called) {
        (true, true) => None,
        (true, false) => {
            Some((StatusCode::METHOD_NOT_ALLOWED, "This is called in another way.").into_response())
        }
        (false, _) => {
            Some((StatusCode::NOT_FOUND, "There is nothing to call by this name.").into_response())
        }
    }
}

/// The library answers every error with 500. What went wrong stands in the body.
async fn with_status(answer: Response) -> Response {
    let plain = answer.status() == StatusCode::INTERNAL_SERVER_ERROR;
    if !plain || !answer.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        return answer;
    }
    let (mut head, body) = answer.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST_ERROR).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if let Ok(error) = serde_json::from_slice::<AppError>(&bytes) {
        head.status = status_of(&error);
    }
    Response::from_parts(head, Body::from(bytes))
}

/// The pages, as the app lists them.
pub fn pages(portal: &Portal, site: Option<&Site>) -> Router<Portal> {
    let context = page_context(portal, site);
    let pages = listed(context.clone()).iter().fold(Router::new(), |router, (path, mode)| {
        router.route(path, page(mode, context.clone()))
    });
    pages
        .layer(from_fn_with_state(portal.clone(), leaves::served))
        .layer(from_fn(patient))
        .layer(from_fn_with_state(portal.clone(), recognized))
}

/// The app's own list of its pages, made once for all portals of this process: while it is made, the library
/// keeps every page of the process from loading anything, and a page caught in that moment never comes.
fn listed(context: impl Fn() + Clone + Send + 'static) -> &'static [(String, SsrMode)] {
    static LISTED: OnceLock<Vec<(String, SsrMode)>> = OnceLock::new();
    LISTED.get_or_init(|| {
        let (listings, _) = generate_route_list_with_exclusions_and_ssg_and_context(
            || App(AppProps { pages: Pages::ALL }),
            None,
            context,
        );
        listings.iter().map(|it| (it.path().to_owned(), it.mode().clone())).collect()
    })
}

fn page(
    mode: &SsrMode,
    context: impl Fn() + Clone + Send + Sync + 'static,
) -> MethodRouter<Portal> {
    match mode {
        SsrMode::Async => get(render_app_async_with_context(context, shell)),
        SsrMode::InOrder => get(render_app_to_stream_in_order_with_context(context, shell)),
        SsrMode::PartiallyBlocked => {
            get(render_app_to_stream_with_context_and_replace_blocks(context, shell, true))
        }
        // The library's own list, which may grow; this is its default.
        _ => get(render_app_to_stream_with_context(context, shell)),
    }
}

/// The page that says that there is nothing at an address.
pub fn missing(
    portal: &Portal,
    site: Option<&Site>,
) -> impl Service<Request<Body>, Response = Response, Error = Infallible, Future: Send>
+ Clone
+ Send
+ Sync
+ 'static {
    let context = page_context(portal, site);
    let missing = move || {
        context();
        say_not_found();
    };
    let page = any(render_app_async_with_context(missing, shell));
    page.layer(from_fn(patient))
        .layer(from_fn_with_state(portal.clone(), recognized))
        .with_state(())
}

/// Who calls is found out once, before anything else is asked.
async fn recognized(State(portal): State<Portal>, mut request: Request, next: Next) -> Response {
    let recognized = Recognized::default();
    // An error was logged where it arose; whoever needs to know who calls asks again, and is told.
    let _asked = recognized.ask(&portal, request.headers()).await;
    request.extensions_mut().insert(recognized);
    next.run(request).await
}

fn call_context(portal: &Portal) -> impl Fn() + Clone + Send + Sync + 'static {
    let portal = portal.clone();
    move || provide_context(portal.clone())
}

/// What every page may expect; also while the routes are listed, where there is no request.
fn page_context(portal: &Portal, site: Option<&Site>) -> impl Fn() + Clone + Send + Sync + 'static {
    let portal = portal.clone();
    let files = Wing::ALL.map(|it| (it, files(site, it, portal.settings.reloads)));
    move || {
        provide_context(portal.clone());
        provide_context(RenderedAt(portal.now()));
        provide_context(Answer { not_found: say_not_found, policy: say_policy });
        let parts = use_context::<Parts>();
        let wing = Wing::of(parts.as_ref().map_or(paths::REQUESTS, |it| it.uri.path()));
        files.iter().filter(|(it, _)| *it == wing).for_each(|(_, it)| provide_context(it.clone()));
        provide_context(parts.as_ref().map_or_else(Preference::default, preference));
        if let Some(zone) = parts.as_ref().and_then(zone) {
            provide_context(ServedZone(Arc::new(move |at| on_the_wall(at, zone))));
        }
        if let Some(leaf) = parts.as_ref().and_then(|it| it.extensions.get::<ServedLeaf>()) {
            provide_context(leaf.clone());
        }
        let recognized = parts.as_ref().and_then(|it| it.extensions.get::<Recognized>());
        provide_context(Visiting(recognized.and_then(Recognized::known)));
    }
}

fn preference(parts: &Parts) -> Preference {
    Preference::from_cookies(&cookies(&parts.headers))
}

/// The time zone that the browser named before.
fn zone(parts: &Parts) -> Option<Tz> {
    zone_in_cookies(&cookies(&parts.headers))?.parse().ok()
}

fn say_not_found() {
    if let Some(answer) = use_context::<ResponseOptions>() {
        answer.set_status(StatusCode::NOT_FOUND);
    }
}

fn say_policy(policy: &str) {
    if let (Some(answer), Ok(policy)) =
        (use_context::<ResponseOptions>(), HeaderValue::from_str(policy))
    {
        answer.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}
