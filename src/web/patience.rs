//! Every page is answered in time. A page that panics while it is rendered leaves no answer and no error
//! behind, so the only sign of it is that nothing comes.

use std::time::Duration;

use axum::{
    body::Body,
    extract::Request,
    http::StatusCode,
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use tower_http::timeout::DeadlineBody;

use crate::{error::AppError, portal::new_reference};

/// Longer than any page takes, and short enough to be waited for.
const TO_BEGIN: Duration = Duration::from_secs(8);
/// From the first byte to the last, also over a slow line.
const TO_END: Duration = Duration::from_secs(60);

/// Answers in the place of a page that does not come, and cuts off one that does not end.
pub async fn patient(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    match tokio::time::timeout(TO_BEGIN, next.run(request)).await {
        Ok(answer) => answer.map(|body| Body::new(DeadlineBody::new(TO_END, body))),
        Err(_) => too_late(&path),
    }
}

fn too_late(path: &str) -> Response {
    let reference = new_reference();
    tracing::error!(reference, path, "a page was not rendered in time");
    let words = AppError::Broken { reference };
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Reelgate</title></head>\
         <body><h1>This page did not come</h1><p>{words}</p><p>Load it again, please.</p></body></html>"
    );
    (StatusCode::SERVICE_UNAVAILABLE, Html(page)).into_response()
}
