//! What lists call an asset, and how they prove that it is unchanged.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::key::keyed;

/// The id of a list or a track file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AssetId(Uuid);

impl AssetId {
    /// Reads `urn:uuid:` and the 36 signs of a UUID, which is how all lists write it (RFC 4122).
    pub fn parse(text: &str) -> Option<Self> {
        let (scheme, number) = text.split_at_checked(9)?;
        let written = number.len() == 36 && scheme.eq_ignore_ascii_case("urn:uuid:");
        written.then(|| Uuid::try_parse(number).ok().map(Self)).flatten()
    }

    /// The id that these bytes of an MXF header are.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes))
    }

    /// Its bytes, as MXF headers write them.
    pub const fn bytes(self) -> [u8; 16] {
        *self.0.as_bytes()
    }
}

impl fmt::Display for AssetId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

keyed! {
    /// How a digest is computed.
    pub enum DigestKind {
        Sha1 = "sha1", "SHA-1";
        Sha256 = "sha256", "SHA-256";
    }
}

/// A digest of the bytes of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentDigest {
    /// How it is computed.
    pub kind: DigestKind,
    /// Lower-case hexadecimal.
    pub hex: String,
}

impl DigestKind {
    /// Bytes of such a digest.
    pub const fn bytes(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
        }
    }
}

impl fmt::Display for ContentDigest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.kind.label(), self.hex)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_written_in_one_way_only() {
        let id = AssetId::parse("urn:uuid:0EB3d1b9-b77b-4d3f-bbe5-7c69b15dca85").unwrap();
        assert_eq!(id.to_string(), "0eb3d1b9-b77b-4d3f-bbe5-7c69b15dca85");
        assert_eq!(AssetId::from_bytes(id.bytes()), id);
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(serde_json::from_str::<AssetId>(&json).unwrap(), id);
        for text in [
            "",
            "urn:uuid:",
            "0eb3d1b9-b77b-4d3f-bbe5-7c69b15dca85",
            "urn:uuid:0eb3d1b9b77b4d3fbbe57c69b15dca85",
            "urn:uuid:{0eb3d1b9-b77b-4d3f-bbe5-7c69b15dca85}",
            "urn:uuid:0eb3d1b9-b77b-4d3f-bbe5-7c69b15dca8g",
            "urn:uuïd:0eb3d1b9-b77b-4d3f-bbe5-7c69b15dca85",
        ] {
            assert_eq!(AssetId::parse(text), None, "{text}");
        }
    }
}
