//! A seal: the digest of an entry and of all before it.

use std::{fmt, str::FromStr};

use domain::text::hexadecimal;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::Written;

/// SHA-256 of the digest before and of what stands in the entry.
pub(super) type Digested = [u8; 32];

/// What the first entry follows.
pub(super) const BEGINNING: Digested = [0; 32];

/// The seal of a link, and with it of everything before. Worth keeping elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seal {
    /// Which link it is; 0 before there is any.
    pub link: i64,
    pub(super) digest: Digested,
}

/// The digest of an entry that follows `before`.
pub(super) fn sealed(before: &Digested, entry: &Written) -> Digested {
    Sha256::new().chain_update(before).chain_update(entry.content()).finalize().into()
}

impl fmt::Display for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.link, hexadecimal(&self.digest))
    }
}

/// No seal, as [`Seal`] is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("this is no seal: a seal is a number, a colon and 64 digits, as the walk told it")]
pub struct NoSeal;

impl FromStr for Seal {
    type Err = NoSeal;

    fn from_str(text: &str) -> Result<Self, NoSeal> {
        let (link, digits) = text.trim().split_once(':').ok_or(NoSeal)?;
        let link = link.parse().map_err(|_| NoSeal)?;
        if digits.len() != 64 || !digits.bytes().all(|it| it.is_ascii_hexdigit()) {
            return Err(NoSeal);
        }
        let mut digest = BEGINNING;
        for (place, byte) in digest.iter_mut().enumerate() {
            let pair = &digits[2 * place..2 * place + 2];
            *byte = u8::from_str_radix(pair, 16).map_err(|_| NoSeal)?;
        }
        Ok(Self { link, digest })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_survives_being_written_down() {
        let seal = Seal { link: 12, digest: Sha256::digest(b"so far").into() };
        assert_eq!(format!(" {seal}\n").parse(), Ok(seal));
        let wrong = ["", ":", "12", "12:abc", "x:00", &format!("12:{}", "é".repeat(32))];
        for text in wrong {
            assert_eq!(text.parse::<Seal>(), Err(NoSeal), "{text:?}");
        }
    }
}
