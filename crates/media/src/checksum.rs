//! Digests of files, read once from end to end without holding them in memory.

use std::{fmt::Write, io, path::Path};

use sha2::{Digest, Sha256};
use tokio::{fs::File, io::AsyncReadExt};

/// The SHA-256 digest of a file in hexadecimal.
pub async fn sha256(file: &Path) -> io::Result<String> {
    let mut file = File::open(file).await?;
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut buffer).await?;
        let Some(part) = buffer.get(..read).filter(|it| !it.is_empty()) else { break };
        digest.update(part);
    }
    let mut hexadecimal = String::with_capacity(64);
    for byte in digest.finalize() {
        // Writing into a string cannot fail.
        let _written = write!(hexadecimal, "{byte:02x}");
    }
    Ok(hexadecimal)
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn the_digest_is_that_of_the_whole_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("million");
        std::fs::write(&file, "a".repeat(1_000_000)).unwrap();
        assert_eq!(
            super::sha256(&file).await.unwrap(),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        );
        assert!(super::sha256(&folder.path().join("absent")).await.is_err());
    }
}
