//! The checksum of one piece, as the sender announced it (tus extension "checksum").

use sha1::Sha1;
use sha2::{Digest, Sha256};

/// How a piece may be summed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    Sha1,
    Sha256,
    /// Four bytes, most significant first.
    Crc32c,
}

impl Algorithm {
    pub const ALL: [Self; 3] = [Self::Sha1, Self::Sha256, Self::Crc32c];

    /// The name that the protocol knows it by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
            Self::Crc32c => "crc32c",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// What the sender says a piece sums up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checksum {
    pub algorithm: Algorithm,
    pub value: Vec<u8>,
}

/// A checksum under way.
#[derive(Clone)]
pub enum Sum {
    Sha1(Sha1),
    Sha256(Sha256),
    Crc32c(u32),
}

impl From<Algorithm> for Sum {
    fn from(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Sha1 => Self::Sha1(Sha1::new()),
            Algorithm::Sha256 => Self::Sha256(Sha256::new()),
            Algorithm::Crc32c => Self::Crc32c(0),
        }
    }
}

impl Sum {
    pub fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha1(it) => it.update(bytes),
            Self::Sha256(it) => it.update(bytes),
            Self::Crc32c(it) => *it = crc32c::crc32c_append(*it, bytes),
        }
    }

    pub fn value(self) -> Vec<u8> {
        match self {
            Self::Sha1(it) => it.finalize().to_vec(),
            Self::Sha256(it) => it.finalize().to_vec(),
            Self::Crc32c(it) => it.to_be_bytes().to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_does_not_depend_on_where_the_bytes_are_cut() {
        for algorithm in Algorithm::ALL {
            let (mut whole, mut cut) = (Sum::from(algorithm), Sum::from(algorithm));
            whole.update(b"123456789");
            cut.update(b"1234");
            cut.update(b"56789");
            assert_eq!(whole.value(), cut.value(), "{algorithm:?}");
        }
    }

    #[test]
    fn crc32c_is_castagnolis() {
        let mut sum = Sum::from(Algorithm::Crc32c);
        sum.update(b"123456789");
        assert_eq!(sum.value(), 0xE306_9283_u32.to_be_bytes());
    }

    #[test]
    fn only_three_algorithms_are_known() {
        assert_eq!(Algorithm::named("sha1"), Some(Algorithm::Sha1));
        assert_eq!(Algorithm::named("md5"), None);
        assert_eq!(Algorithm::named("SHA1"), None);
    }
}
