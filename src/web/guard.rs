//! What stands around every answer: headers that browsers obey, no foreign senders, no panic without an answer.

use std::any::Any;

use anyhow::{Context, Result};
use axum::{
    Router,
    body::HttpBody,
    extract::Request,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{Next, from_fn, map_response},
    response::{IntoResponse, Redirect, Response},
};
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, DefaultPredicate, Predicate, predicate::NotForContentType},
    csrf::CsrfLayer,
    set_header::SetResponseHeaderLayer,
    trace::TraceLayer,
};

use crate::{
    error::AppError,
    portal::{Portal, new_reference},
};

/// What a browser may do with answers that say nothing else. Pages bring their own policy, with their nonce.
const HEADERS: [(HeaderName, &str); 8] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::CACHE_CONTROL, "no-store"),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    ),
];
/// Browsers that came by https once come by https for a year. Other hosts of the domain are not ours to bind.
const STRICT_TRANSPORT: &str = "max-age=31536000";

/// The router with the guard around it; the first named stands innermost.
pub fn guarded(router: Router, portal: &Portal) -> Result<Router> {
    let mut csrf = CsrfLayer::new();
    if let Some(origin) = portal.settings.origin() {
        csrf = csrf.add_trusted_origin(origin).context("the public address is no origin")?;
    }
    let mut router = router
        .layer(
            CompressionLayer::new()
                .quality(CompressionLevel::Fastest)
                .compress_when(worth_packing()),
        )
        .layer(csrf)
        .layer(map_response(worded))
        .layer(from_fn(without_slash))
        .layer(TraceLayer::new_for_http())
        .layer(CatchPanicLayer::custom(panicked));
    for (name, value) in HEADERS {
        router = router
            .layer(SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value)));
    }
    if portal.settings.is_https() {
        let strict = HeaderValue::from_static(STRICT_TRANSPORT);
        router = router.layer(SetResponseHeaderLayer::if_not_present(
            header::STRICT_TRANSPORT_SECURITY,
            strict,
        ));
    }
    Ok(router)
}

/// Downloads are sent as they are: their length is known, and they can be taken up where they broke off.
fn worth_packing() -> impl Predicate {
    DefaultPredicate::new().and(NotForContentType::const_new("application/octet-stream"))
}

/// A refusal that says nothing gets a sentence.
async fn worded(mut answer: Response) -> Response {
    let sentence = match answer.status() {
        StatusCode::FORBIDDEN => "This was sent from another site, and is not done for it.\n",
        StatusCode::NOT_FOUND => "There is nothing at this address.\n",
        StatusCode::METHOD_NOT_ALLOWED => "This address is asked in another way.\n",
        StatusCode::PAYLOAD_TOO_LARGE => "This is more than is taken here.\n",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "The content type is not one that is taken here.\n",
        _ => return answer,
    };
    if answer.body().size_hint().exact() == Some(0) {
        *answer.body_mut() = sentence.into();
        answer.headers_mut().remove(header::CONTENT_LENGTH);
        let text = HeaderValue::from_static("text/plain; charset=utf-8");
        answer.headers_mut().insert(header::CONTENT_TYPE, text);
    }
    answer
}

/// `/help/` is `/help`.
async fn without_slash(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let shorter = path.trim_end_matches('/');
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads || shorter.len() == path.len() || shorter.is_empty() || path.starts_with("//") {
        return next.run(request).await;
    }
    let query = request.uri().query().map(|it| format!("?{it}")).unwrap_or_default();
    Redirect::permanent(&format!("{shorter}{query}")).into_response()
}

fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let words = panic.downcast_ref::<String>().map(String::as_str);
    let words = words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no words");
    let reference = new_reference();
    tracing::error!(reference, "panicked while answering: {words}");
    (StatusCode::INTERNAL_SERVER_ERROR, AppError::Broken { reference }.to_string()).into_response()
}
