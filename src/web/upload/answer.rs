//! What an upload is answered with: the headers of the protocol, and one sentence where it went wrong.

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use domain::refusal::Refusal;

use super::headers;
use crate::{
    error::AppError,
    services::upload::{Kind, Standing, UploadError},
};

/// An answer without a body.
pub struct Answer(Response);

impl Answer {
    pub fn new(status: StatusCode) -> Self {
        let mut answer = Self(status.into_response());
        answer.put(headers::RESUMABLE, headers::TUS);
        answer.put("cache-control", "no-store");
        answer
    }

    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.put(name, &value.to_string());
        self
    }

    /// Where the upload stands, and until when it is waited for.
    pub fn standing(self, standing: &Standing) -> Self {
        let answer = match standing.expires_at {
            Some(at) => self.with(headers::EXPIRES, http_date(at)),
            None => self,
        };
        match standing.offset() {
            Some(offset) => answer.with(headers::OFFSET, offset),
            None => answer,
        }
    }

    /// Everything there is to know about the upload.
    pub fn described(self, standing: &Standing) -> Self {
        let answer = self.standing(standing).with(headers::LENGTH, standing.length);
        let answer = match &standing.kind {
            Kind::Whole => answer,
            Kind::Partial => answer.with(headers::CONCAT, "partial"),
            Kind::Final(parts) => {
                let parts: Vec<_> = parts.iter().map(|it| crate::paths::upload(*it)).collect();
                answer.with(headers::CONCAT, format!("final;{}", parts.join(" ")))
            }
        };
        let answer = answer.with(headers::DIGEST, format!("xxh3 {}", standing.xxh3));
        if standing.metadata.is_empty() {
            answer
        } else {
            answer.with(headers::METADATA, &standing.metadata)
        }
    }

    /// A value that no header can hold is left out; none of ours is such a one.
    fn put(&mut self, name: &'static str, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.0.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        self.0
    }
}

impl IntoResponse for UploadError {
    fn into_response(self) -> Response {
        let answer = Answer::new(status(&self));
        let answer = match self {
            Self::Locked | Self::TooManyStreams { .. } | Self::Stopping => {
                answer.with("retry-after", 5)
            }
            _ => answer,
        };
        let mut response = answer.into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        *response.body_mut() = format!("{self}\n").into();
        response
    }
}

fn status(error: &UploadError) -> StatusCode {
    match error {
        UploadError::App(AppError::Refused(refusal)) => refused(refusal),
        UploadError::App(AppError::NotFound) => StatusCode::NOT_FOUND,
        UploadError::App(AppError::SignedOut) => StatusCode::UNAUTHORIZED,
        UploadError::App(AppError::MovedOn | AppError::Told { .. })
        | UploadError::WrongOffset { .. } => StatusCode::CONFLICT,
        UploadError::App(AppError::Unreadable(_)) | UploadError::Unfit(_) => {
            StatusCode::BAD_REQUEST
        }
        UploadError::App(AppError::NoRoom) => StatusCode::INSUFFICIENT_STORAGE,
        UploadError::App(AppError::Broken { .. }) => StatusCode::INTERNAL_SERVER_ERROR,
        UploadError::App(AppError::Unreachable) | UploadError::Stopping => {
            StatusCode::SERVICE_UNAVAILABLE
        }
        // The protocol's own number, beside those of HTTP.
        UploadError::WrongChecksum => StatusCode::from_u16(460).unwrap_or(StatusCode::BAD_REQUEST),
        UploadError::Gone => StatusCode::GONE,
        UploadError::Locked => StatusCode::LOCKED,
        UploadError::TooManyStreams { .. } => StatusCode::TOO_MANY_REQUESTS,
        UploadError::TooLong { .. } | UploadError::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        UploadError::Stalled { .. } | UploadError::Cut => StatusCode::REQUEST_TIMEOUT,
        UploadError::Joined => StatusCode::FORBIDDEN,
        UploadError::AnotherSize { .. } => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// A transfer that is over stays over; a request may come back into the state that it was in.
fn refused(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::WrongTransferStatus(_) | Refusal::WrongHandInStatus(_) => StatusCode::GONE,
        Refusal::WrongStatus(_)
        | Refusal::MaterialsMissing { .. }
        | Refusal::AnotherFile { .. } => StatusCode::CONFLICT,
        _ => StatusCode::FORBIDDEN,
    }
}

/// As HTTP writes dates (RFC 9110, section 5.6.7).
fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_http_does() {
        let at = DateTime::from_timestamp(784_111_777, 0).unwrap();
        assert_eq!(http_date(at), "Sun, 06 Nov 1994 08:49:37 GMT");
    }

    #[tokio::test]
    async fn what_went_wrong_is_said_in_one_sentence() {
        let response = UploadError::WrongOffset { stored: 5, claimed: 9 }.into_response();
        assert_eq!(response.status(), StatusCode::CONFLICT);
        assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
        assert_eq!(response.headers()[headers::RESUMABLE], headers::TUS);
        let body = axum::body::to_bytes(response.into_body(), 1000).await.unwrap();
        assert!(body.starts_with(b"The upload stands at byte 5"), "{body:?}");
    }
}
