//! Files that hang on comments, downloaded by those who may read the comment. They are foreign: a browser is told to
//! put them away, and neither to guess what they are nor to run them.

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::saved::saved_as;
use crate::{error::AppError, portal::Portal, services::comment, visitor};

const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox",
);

pub async fn download(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let actor = visitor::from_headers(&portal, &headers).await?.ok_or(AppError::SignedOut)?;
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    let (file, content) = comment::attachment(&portal, &actor, id).await?;
    let said = [
        (header::CONTENT_LENGTH, HeaderValue::from(file.size)),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    let name = file.name.portable();
    Ok((saved_as(&name), said, Body::from_stream(content)).into_response())
}
