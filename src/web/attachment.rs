//! Files that hang on comments, downloaded by those who may read the comment. They are foreign: a browser is told to
//! put them away, and neither to guess what they are nor to run them.

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use domain::delivery::FileName;
use tokio::fs::File;
use tokio_util::io::ReaderStream;

use crate::{
    error::AppError,
    paths,
    portal::Portal,
    services::{comment, failure::broken},
    visitor,
};

const POLICY: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox";

pub async fn download(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let actor = visitor::from_headers(&portal, &headers).await?.ok_or(AppError::SignedOut)?;
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    let (file, local) = comment::attachment(&portal, &actor, id).await?;
    let content = File::open(local.path()).await.map_err(|error| broken(&error))?;
    let said = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_LENGTH, file.size.to_string()),
        (header::CONTENT_DISPOSITION, disposition(&file.name)),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
    ];
    Ok((said, Body::from_stream(ReaderStream::new(content))).into_response())
}

/// To be put away under this name (RFC 6266): as it is, and once more for programs that read ASCII only.
fn disposition(name: &FileName) -> String {
    let name = name.to_string();
    let plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, ' ' | '.' | '-' | '_');
    let ascii: String = name.chars().map(|it| if plain(it) { it } else { '_' }).collect();
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{}", paths::escaped(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_breaks_out_of_the_header() {
        for (name, told) in [
            ("notes v3.pdf", "filename=\"notes v3.pdf\"; filename*=UTF-8''notes%20v3.pdf"),
            ("../a\"b.txt", "filename=\".._a_b.txt\"; filename*=UTF-8''..%2Fa%22b.txt"),
            (
                "a\r\nSet-Cookie: x",
                "filename=\"a__Set-Cookie_ x\"; filename*=UTF-8''a%E2%90%8D%E2%90%8ASet-Cookie%3A%20x",
            ),
            ("ä.txt", "filename=\"_.txt\"; filename*=UTF-8''%C3%A4.txt"),
        ] {
            let name = FileName::new(name).unwrap();
            assert_eq!(disposition(&name), format!("attachment; {told}"));
        }
    }
}
