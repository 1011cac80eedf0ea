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
/// Longer than it takes to make all requests of the largest table, or to change as many as may be changed at once,
/// on a slow machine.
const TO_WORK: Duration = Duration::from_secs(120);
/// From the first byte to the last, also over a slow line.
const TO_END: Duration = Duration::from_secs(60);

/// A request whose body is small: it comes within a minute, or is not listened to.
pub async fn brisk(request: Request) -> Request {
    brisk_within(TO_END, request)
}

fn brisk_within(to_end: Duration, request: Request) -> Request {
    request.map(|body| Body::new(DeadlineBody::new(to_end, body)))
}

/// Answers in the place of a page that does not come, and cuts off one that does not end.
pub async fn patient(request: Request, next: Next) -> Response {
    within(TO_BEGIN, TO_END, request, next).await
}

/// The same for what changes many requests at once.
pub async fn enduring(request: Request, next: Next) -> Response {
    within(TO_WORK, TO_END, request, next).await
}

async fn within(to_begin: Duration, to_end: Duration, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    match tokio::time::timeout(to_begin, next.run(request)).await {
        Ok(answer) => answer.map(|body| Body::new(DeadlineBody::new(to_end, body))),
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

#[cfg(test)]
mod tests {
    use std::{convert::Infallible, future::pending};

    use axum::{Router, body::to_bytes, middleware::from_fn, routing::get};
    use futures::{StreamExt, stream};
    use tower::ServiceExt;

    use super::*;

    const A_MOMENT: Duration = Duration::from_millis(20);

    async fn answer(router: Router) -> Response {
        let short = |request, next| within(A_MOMENT, A_MOMENT, request, next);
        router.layer(from_fn(short)).oneshot(Request::new(Body::empty())).await.unwrap()
    }

    #[tokio::test]
    async fn a_body_that_never_ends_is_not_listened_to() {
        let endless = stream::once(async { Ok::<_, Infallible>("{") }).chain(stream::pending());
        let request = brisk_within(A_MOMENT, Request::new(Body::from_stream(endless)));
        assert!(to_bytes(request.into_body(), usize::MAX).await.is_err());
    }

    #[tokio::test]
    async fn a_page_that_never_comes_is_answered_for() {
        let answer = answer(Router::new().route("/", get(pending::<()>))).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        let page = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        assert!(String::from_utf8_lossy(&page).contains("mention"));
    }

    #[tokio::test]
    async fn a_page_that_never_ends_is_cut_off() {
        let endless = || async {
            Body::from_stream(
                stream::once(async { Ok::<_, Infallible>("begun") }).chain(stream::pending()),
            )
        };
        let answer = answer(Router::new().route("/", get(endless))).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert!(to_bytes(answer.into_body(), usize::MAX).await.is_err());
    }
}
