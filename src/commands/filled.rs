//! Forms as browsers send them, with files or without. Of a file that is too large no more is kept than shows it.

use axum::{
    Form,
    body::Body,
    extract::{FromRequest, Request, rejection::FormRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::comment::{LARGEST_ATTACHMENT, MOST_ATTACHMENTS};
use multer::{Constraints, Field, Multipart, SizeLimit};

use crate::said::{Said, SentFile};

/// Forms are some fields of some thousand characters, and a letter may take twelve bytes on the way.
pub const LARGEST: usize = 256 << 10;
/// The same with files. What is more than they may be is looked at no further.
pub const LARGEST_WITH_FILES: usize = 64 << 20;

/// Bytes kept of a file, at most: one more than are taken.
const KEPT: usize = LARGEST_ATTACHMENT as usize + 1;
/// Files kept, at most: one more than are taken.
const FILES: usize = MOST_ATTACHMENTS + 1;

/// What may come with a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    Words,
    WordsAndFiles,
}

/// What a form was filled in with; or the answer to whoever sent something else.
pub async fn read(request: Request, takes: Takes) -> Result<Said, Response> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    match kind.and_then(|it| multer::parse_boundary(it).ok()) {
        Some(boundary) => parts(request.into_body(), boundary, takes).await.map_err(refused),
        None => {
            let form = Form::<Vec<(String, String)>>::from_request(request, &()).await;
            form.map(|it| Said::new(it.0)).map_err(|no| match no {
                FormRejection::BytesRejection(_) => too_much(),
                no => no.into_response(),
            })
        }
    }
}

async fn parts(body: Body, boundary: String, takes: Takes) -> multer::Result<Said> {
    let most = match takes {
        Takes::Words => LARGEST,
        Takes::WordsAndFiles => LARGEST_WITH_FILES,
    };
    let sizes = SizeLimit::new().whole_stream(most as u64);
    let mut parts = Multipart::with_constraints(
        body.into_data_stream(),
        boundary,
        Constraints::new().size_limit(sizes),
    );
    let (mut pairs, mut files) = (Vec::new(), Vec::new());
    let mut room = LARGEST;
    while let Some(mut part) = parts.next_field().await? {
        let field = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            // A field in which no file was chosen is sent as a file without a name.
            Some(name) if name.is_empty() => {}
            Some(name) => {
                let bytes = beginning(&mut part, KEPT).await?;
                if files.len() < FILES {
                    files.push(SentFile { field, name, bytes });
                }
            }
            None => {
                let bytes = beginning(&mut part, room + 1).await?;
                let left = room.checked_sub(bytes.len());
                room = left.ok_or(multer::Error::StreamSizeExceeded { limit: LARGEST as u64 })?;
                pairs.push((field, String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
    }
    Ok(Said::new(pairs).with_files(files))
}

/// The first bytes of a part; the rest is read and forgotten.
async fn beginning(part: &mut Field<'_>, most: usize) -> multer::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await? {
        let room = most - bytes.len();
        bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
    }
    Ok(bytes)
}

fn refused(error: multer::Error) -> Response {
    match error {
        // The line is cut where more comes than is taken, or too slowly.
        multer::Error::StreamSizeExceeded { .. } | multer::Error::StreamReadFailed(_) => too_much(),
        _ => (StatusCode::BAD_REQUEST, "This form could not be read.").into_response(),
    }
}

fn too_much() -> Response {
    (StatusCode::PAYLOAD_TOO_LARGE, TOO_MUCH).into_response()
}

/// How whoever sends more than is taken is told.
pub const TOO_MUCH: &str = "This is more than is taken here.";

#[cfg(test)]
mod tests {
    use super::*;

    fn form(parts: &[(&str, Option<&str>, &[u8])]) -> Request {
        let mut body = Vec::new();
        for (field, file, content) in parts {
            let file = file.map(|it| format!("; filename=\"{it}\"")).unwrap_or_default();
            let head =
                format!("--x\r\nContent-Disposition: form-data; name=\"{field}\"{file}\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--x--\r\n");
        sent(body)
    }

    fn sent(body: impl Into<Body>) -> Request {
        let kind = "multipart/form-data; boundary=x";
        Request::post("/").header("content-type", kind).body(body.into()).unwrap()
    }

    #[tokio::test]
    async fn words_and_files_come_in_one_form() {
        let form = form(&[
            ("words", None, "ä\r\nb".as_bytes()),
            ("file", Some("../a b.txt"), b"\0\xff"),
            ("file", Some(""), b""),
            ("other", Some("c.txt"), b""),
        ]);
        let said = read(form, Takes::WordsAndFiles).await.unwrap();
        assert_eq!(said.find("words"), Some("ä\r\nb"));
        let files: Vec<_> =
            said.files("file").map(|it| (it.name.as_str(), &it.bytes[..])).collect();
        assert_eq!(files, [("../a b.txt", &b"\0\xff"[..])]);
    }

    #[tokio::test]
    async fn of_too_much_no_more_is_kept_than_shows_it() {
        let large = vec![7; KEPT + 1_000];
        let many = [("file", Some("a.mov"), &large[..]); 8];
        let said = read(form(&many), Takes::WordsAndFiles).await.unwrap();
        let sizes: Vec<_> = said.files("file").map(|it| it.bytes.len()).collect();
        assert_eq!(sizes, [KEPT; FILES]);
    }

    #[tokio::test]
    async fn too_many_words_and_what_is_no_form_are_refused() {
        let words = vec![b'a'; LARGEST + 1];
        for (form, takes, status) in [
            (form(&[("words", None, &words)]), Takes::WordsAndFiles, 413),
            (form(&[("file", Some("a"), &words)]), Takes::Words, 413),
            (sent("--x\r\nnothing"), Takes::WordsAndFiles, 400),
        ] {
            let answer = read(form, takes).await.map(drop).unwrap_err();
            assert_eq!(answer.status(), status);
        }
    }
}
