//! What the sender says about an upload: `Upload-Metadata`, read strictly and kept as it came.
//!
//! It names the file of a delivery. A file name in it is not used for anything: the delivery has its own.

use base64::{Engine, prelude::BASE64_STANDARD};
use domain::id::FileId;

use crate::services::upload::UploadError;

/// Longer metadata is nobody's file name.
const LONGEST: usize = 4096;

/// The metadata of an upload, as far as this portal understands it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    pub file: FileId,
    pub digest: Option<SentDigest>,
    /// Where a part begins in its file, in bytes: only with it is known which part comes first.
    pub start: Option<u64>,
    /// As it was sent, to be given back.
    pub raw: String,
}

/// The digest of the whole file, as the sender computed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SentDigest {
    /// It will follow, as soon as the sender has read its file.
    Pending,
    Known(String),
}

impl SentDigest {
    /// XXH3 (128 bits), SHA-1 or SHA-256, in hexadecimal.
    pub fn known(text: &str) -> Result<Self, UploadError> {
        let fits =
            matches!(text.len(), 32 | 40 | 64) && text.bytes().all(|it| it.is_ascii_hexdigit());
        let refusal =
            UploadError::Unfit("A digest is XXH3 (128 bits), SHA-1 or SHA-256 in hexadecimal.");
        if fits { Ok(Self::Known(text.to_ascii_lowercase())) } else { Err(refusal) }
    }
}

impl Metadata {
    pub fn parse(raw: &str) -> Result<Self, UploadError> {
        if raw.len() > LONGEST {
            return Err(UploadError::Unfit("Upload-Metadata is longer than 4096 characters."));
        }
        let entries = entries(raw)?;
        let find = |key: &str| {
            entries.iter().find(|(name, _)| *name == key).map(|(_, value)| value.as_str())
        };
        let file = find("file").and_then(|it| it.parse().ok());
        let file = file.ok_or(UploadError::Unfit(
            "Upload-Metadata must name the file of a delivery: the key file with its id in Base64.",
        ))?;
        let start = find("start").map(|it| it.parse());
        let start = start
            .transpose()
            .map_err(|_| UploadError::Unfit("The start of a part is a number of bytes."))?;
        Ok(Self {
            file,
            digest: find("digest").map(sent_digest).transpose()?,
            start,
            raw: raw.to_owned(),
        })
    }
}

/// Keys with their values. A value may hold anything; what is no text is shown as replaced.
fn entries(raw: &str) -> Result<Vec<(&str, String)>, UploadError> {
    let mut entries: Vec<(&str, String)> = Vec::new();
    for entry in raw.split(',').map(str::trim).filter(|it| !it.is_empty()) {
        let (key, value) = entry.split_once(' ').unwrap_or((entry, ""));
        let value = BASE64_STANDARD.decode(value.trim());
        let value = value
            .map_err(|_| UploadError::Unfit("The values of Upload-Metadata must be Base64."))?;
        if entries.iter().any(|(other, _)| *other == key) {
            return Err(UploadError::Unfit("A key of Upload-Metadata was sent twice."));
        }
        entries.push((key, String::from_utf8_lossy(&value).into_owned()));
    }
    Ok(entries)
}

fn sent_digest(text: &str) -> Result<SentDigest, UploadError> {
    if text == "pending" { Ok(SentDigest::Pending) } else { SentDigest::known(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "0198c5a0-0000-7000-8000-000000000001";

    fn raw(entries: &[(&str, &str)]) -> String {
        let entries =
            entries.iter().map(|(key, value)| format!("{key} {}", BASE64_STANDARD.encode(value)));
        entries.collect::<Vec<_>>().join(",")
    }

    #[test]
    fn a_hostile_file_name_is_carried_and_not_read() {
        for name in ["../../etc/passwd", "a\0b", "a\nb", "\u{202e}vom.exe", "🎬", &"a".repeat(300)]
        {
            let raw = raw(&[("file", FILE), ("filename", name)]);
            let read = Metadata::parse(&raw).unwrap();
            assert_eq!((read.file.to_string().as_str(), read.raw.as_str()), (FILE, raw.as_str()));
        }
    }

    #[test]
    fn without_the_file_of_a_delivery_there_is_no_upload() {
        for entries in [
            vec![],
            vec![("file", "x")],
            vec![("File", FILE)],
            vec![("file", FILE), ("file", FILE)],
        ] {
            assert!(Metadata::parse(&raw(&entries)).is_err(), "{entries:?}");
        }
        assert!(Metadata::parse("file ???").is_err());
        assert!(Metadata::parse(&raw(&[("file", FILE), ("note", &"a".repeat(LONGEST))])).is_err());
    }

    #[test]
    fn a_digest_is_known_or_will_follow() {
        let digest = |text: &str| {
            Metadata::parse(&raw(&[("file", FILE), ("digest", text)])).map(|it| it.digest)
        };
        assert_eq!(digest("pending").unwrap(), Some(SentDigest::Pending));
        assert_eq!(digest(&"aB".repeat(16)).unwrap(), Some(SentDigest::Known("ab".repeat(16))));
        assert!(digest("abc").is_err());
        assert!(digest(&"zz".repeat(16)).is_err());
    }
}
