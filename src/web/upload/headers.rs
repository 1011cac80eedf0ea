//! The headers of the tus protocol, read strictly: what is not understood is refused and never guessed.

use axum::http::{HeaderMap, HeaderValue, Method};
use base64::{Engine, prelude::BASE64_STANDARD};
use domain::id::UploadId;

use crate::{
    paths,
    services::upload::{Algorithm, Announcement, Checksum, Form, Metadata, UploadError},
};

pub const RESUMABLE: &str = "tus-resumable";
pub const VERSION: &str = "tus-version";
pub const EXTENSION: &str = "tus-extension";
pub const MAX_SIZE: &str = "tus-max-size";
pub const CHECKSUM_ALGORITHM: &str = "tus-checksum-algorithm";
pub const OFFSET: &str = "upload-offset";
pub const LENGTH: &str = "upload-length";
pub const METADATA: &str = "upload-metadata";
pub const CONCAT: &str = "upload-concat";
pub const CHECKSUM: &str = "upload-checksum";
pub const EXPIRES: &str = "upload-expires";
pub const DIGEST: &str = "reelgate-digest";
const METHOD_OVERRIDE: &str = "x-http-method-override";
const DEFER_LENGTH: &str = "upload-defer-length";

/// The version of the protocol that is spoken here.
pub const TUS: &str = "1.0.0";
/// The type of every piece of an upload.
pub const PIECE: &str = "application/offset+octet-stream";
const MOST_PARTS: usize = 64;

/// The header's text; a header that came twice, or is no text, is refused.
fn text<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<Option<&'a str>, UploadError> {
    let mut values = headers.get_all(name).iter();
    let value: Option<&HeaderValue> = values.next();
    if values.next().is_some() {
        return Err(UploadError::Unfit("A header of the upload was sent twice."));
    }
    let read = value.map(|it| it.to_str().map(str::trim)).transpose();
    read.map_err(|_| {
        UploadError::Unfit("A header of the upload holds characters that headers cannot hold.")
    })
}

/// A number of bytes: digits and nothing else.
fn bytes(text: &str) -> Option<u64> {
    let plain = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    // Beyond what a signed number holds, neither the database nor any disk can follow.
    text.parse().ok().filter(|it| plain && i64::try_from(*it).is_ok())
}

/// Whether the sender speaks our version of the protocol.
pub fn speaks_tus(headers: &HeaderMap) -> bool {
    headers.get(RESUMABLE).is_some_and(|it| it == TUS)
}

/// The method that is meant: some networks let only POST pass.
pub fn method(method: &Method, headers: &HeaderMap) -> Result<Method, UploadError> {
    match text(headers, METHOD_OVERRIDE)? {
        None => Ok(method.clone()),
        Some(name) => {
            name.parse().map_err(|_| UploadError::Unfit("X-HTTP-Method-Override names no method."))
        }
    }
}

pub fn is_piece(headers: &HeaderMap) -> bool {
    headers.get("content-type").is_some_and(|it| it == PIECE)
}

pub fn offset(headers: &HeaderMap) -> Result<u64, UploadError> {
    let offset = text(headers, OFFSET)?.and_then(bytes);
    offset.ok_or(UploadError::Unfit("Upload-Offset must say how many bytes have arrived."))
}

/// Bytes in the body, where the sender says so in advance.
pub fn body_length(headers: &HeaderMap) -> Option<u64> {
    text(headers, "content-length").ok().flatten().and_then(bytes)
}

/// What the sender wants to upload.
pub fn announcement(headers: &HeaderMap) -> Result<Announcement, UploadError> {
    if text(headers, DEFER_LENGTH)?.is_some() {
        return Err(UploadError::Unfit(
            "The length must be known from the beginning; send Upload-Length.",
        ));
    }
    let metadata = Metadata::parse(text(headers, METADATA)?.unwrap_or_default())?;
    Ok(Announcement { form: form(headers)?, metadata })
}

fn form(headers: &HeaderMap) -> Result<Form, UploadError> {
    let length = || {
        let length = text(headers, LENGTH)?.and_then(bytes);
        length.ok_or(UploadError::Unfit("Upload-Length must say how many bytes there are."))
    };
    let Some(concat) = text(headers, CONCAT)? else { return Ok(Form::Whole(length()?)) };
    if concat == "partial" {
        return Ok(Form::Partial(length()?));
    }
    let parts = concat.strip_prefix("final;").map(parts).transpose()?;
    let parts = parts.ok_or(UploadError::Unfit(
        "Upload-Concat must be partial, or final with the addresses of the parts.",
    ))?;
    if text(headers, LENGTH)?.is_some() {
        return Err(UploadError::Unfit(
            "A joined upload is as long as its parts; leave out Upload-Length.",
        ));
    }
    Ok(Form::Final(parts))
}

fn parts(addresses: &str) -> Result<Vec<UploadId>, UploadError> {
    let parts: Option<Vec<_>> = addresses.split_ascii_whitespace().map(upload_at).collect();
    let parts = parts.filter(|it| !it.is_empty() && it.len() <= MOST_PARTS);
    parts.ok_or(UploadError::Unfit(
        "A joined upload names between 1 and 64 parts by their addresses on this portal.",
    ))
}

/// The upload at an address, given as a path or as a whole URL.
fn upload_at(address: &str) -> Option<UploadId> {
    let (before, id) = address.rsplit_once('/')?;
    before.ends_with(paths::UPLOADS).then(|| id.parse().ok()).flatten()
}

pub fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>, UploadError> {
    let Some(said) = text(headers, CHECKSUM)? else { return Ok(None) };
    let (name, value) = said.split_once(' ').unwrap_or((said, ""));
    let algorithm = Algorithm::named(name).ok_or(UploadError::Unfit(
        "This checksum algorithm is not known here; use sha1, sha256 or crc32c.",
    ))?;
    let value = BASE64_STANDARD.decode(value.trim());
    let value = value.map_err(|_| {
        UploadError::Unfit("Upload-Checksum must be an algorithm and a value in Base64.")
    })?;
    Ok(Some(Checksum { algorithm, value }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "0198c5a0-0000-7000-8000-000000000001";

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_str(value).unwrap()))
            .collect()
    }

    fn encoded(text: &str) -> String {
        BASE64_STANDARD.encode(text)
    }

    #[test]
    fn an_announcement_names_a_file_and_a_length() {
        let metadata =
            format!("file {},filename {},flag", encoded(FILE), encoded("../../etc/passwd\0\n"));
        let read = announcement(&headers(&[(LENGTH, "12"), (METADATA, &metadata)])).unwrap();
        assert_eq!(read.metadata.file.to_string(), FILE);
        assert!(matches!(read.form, Form::Whole(12)));
    }

    #[test]
    fn whatever_is_not_understood_is_refused() {
        let file = format!("file {}", encoded(FILE));
        for pairs in [
            vec![(LENGTH, "12")],
            vec![(METADATA, file.as_str())],
            vec![(METADATA, &file), (LENGTH, "-1")],
            vec![(METADATA, &file), (LENGTH, "+1")],
            vec![(METADATA, &file), (LENGTH, "1e3")],
            vec![(METADATA, &file), (LENGTH, "99999999999999999999")],
            vec![(METADATA, &file), (LENGTH, "9223372036854775808")],
            vec![(METADATA, &file), (DEFER_LENGTH, "1")],
            vec![(METADATA, &file), (LENGTH, "1"), (CONCAT, "half")],
            vec![(METADATA, &file), (CONCAT, "final;")],
            vec![(METADATA, &file), (CONCAT, "final;https://elsewhere.example/files/1")],
        ] {
            assert!(
                matches!(announcement(&headers(&pairs)), Err(UploadError::Unfit(_))),
                "{pairs:?}"
            );
        }
        let mut double = headers(&[(METADATA, &file), (LENGTH, "1")]);
        double.append(LENGTH, HeaderValue::from_static("2"));
        assert!(announcement(&double).is_err());
    }

    #[test]
    fn parts_are_named_by_path_or_by_url() {
        let file = format!("file {}", encoded(FILE));
        let concat = format!("final;/uploads/{FILE} https://portal.example/uploads/{FILE}");
        let read = announcement(&headers(&[(METADATA, &file), (CONCAT, &concat)])).unwrap();
        let Form::Final(parts) = read.form else { panic!("{:?}", read.form) };
        assert_eq!(parts.len(), 2);
    }

    #[test]
    fn a_checksum_is_of_a_known_kind() {
        let read = checksum(&headers(&[(CHECKSUM, "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=")]))
            .unwrap()
            .unwrap();
        assert_eq!((read.algorithm, read.value.len()), (Algorithm::Sha1, 20));
        assert!(checksum(&headers(&[(CHECKSUM, "md5 AAAA")])).is_err());
        assert!(checksum(&headers(&[(CHECKSUM, "sha1 %%%")])).is_err());
        assert_eq!(checksum(&HeaderMap::new()).unwrap(), None);
    }

    #[test]
    fn the_method_may_be_overridden() {
        let meant = method(&Method::POST, &headers(&[(METHOD_OVERRIDE, "PATCH")])).unwrap();
        assert_eq!(meant, Method::PATCH);
        assert_eq!(method(&Method::HEAD, &HeaderMap::new()).unwrap(), Method::HEAD);
    }
}
