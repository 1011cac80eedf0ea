//! Files that hang on comments, downloaded by those who may read the comment. They are foreign: a browser is told to
//! put them away, and neither to guess what they are nor to run them.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::{
    material::sending::{counted, noting},
    saved::saved_as,
};
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
    let (parcel, content) = comment::attachment(&portal, &actor, id).await?;
    let files = parcel.goods.files();
    let file = files.first().ok_or(AppError::NotFound)?;
    let said = [
        (header::CONTENT_LENGTH, HeaderValue::from(file.size)),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    // It is a material of the request, and its last byte a download, by whichever door it leaves.
    let content = counted(content, noting(&portal, &actor, &parcel, 0));
    Ok((saved_as(&file.name.portable()), said, content).into_response())
}
