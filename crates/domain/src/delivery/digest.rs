//! Digests of a delivered file, and whether sender and receiver saw the same bytes.

use serde::{Deserialize, Serialize};

use crate::id::UploadId;

/// Digests of a whole file, lower-case hexadecimal, computed while its bytes arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digests {
    pub sha1: String,
    pub sha256: String,
    /// XXH3, 128 bits: fast enough to be computed in the sender's browser too.
    pub xxh3: String,
}

/// How far an upload has come, as both sides can check it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Bytes received and safely stored.
    pub received: u64,
    /// XXH3 of exactly these bytes.
    pub xxh3: String,
    /// What to go on with: one upload for a file in one piece, or one for each of its [`super::parts`]; absent where
    /// a part was never begun. None at all if nothing can be gone on with.
    pub uploads: Vec<Option<UploadId>>,
}

/// What came of comparing the sender's digest with the receiver's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verification {
    /// The sender named no digest: the portal knows what it received, not what was sent.
    NotCompared,
    Same,
    Different,
}

impl Digests {
    /// Compares with the digest that the sender computed, if it did.
    pub fn verify(&self, sent: Option<&str>) -> Verification {
        match sent {
            None => Verification::NotCompared,
            Some(sent)
                if [&self.xxh3, &self.sha256, &self.sha1]
                    .iter()
                    .any(|own| own.eq_ignore_ascii_case(sent)) =>
            {
                Verification::Same
            }
            Some(_) => Verification::Different,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_verified_only_against_the_senders_own_digest() {
        let digests = Digests { sha1: "aa".into(), sha256: "bb".into(), xxh3: "cc".into() };
        assert_eq!(digests.verify(None), Verification::NotCompared);
        assert_eq!(digests.verify(Some("CC")), Verification::Same);
        assert_eq!(digests.verify(Some("bb")), Verification::Same);
        assert_eq!(digests.verify(Some("dd")), Verification::Different);
        assert_eq!(digests.verify(Some("")), Verification::Different);
    }
}
