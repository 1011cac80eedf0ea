//! What is made of a file while it is decoded, on its way into the vault.

use std::{
    fs::File,
    io::{self, Read},
    path::PathBuf,
};

use sha2::{Digest, Sha256};
use storage::{
    StorageError,
    delivery::Product,
    vault::{Bench, Staged},
};

use crate::{error::AppError, portal::Portal};

/// Bytes read at once.
const PIECE: usize = 256 * 1024;

/// Keeps everything that lies on the bench, made by this version of what makes it.
pub async fn keep_products(
    portal: &Portal,
    bench: &Bench,
    recipe: u32,
) -> Result<Vec<Product>, AppError> {
    Ok(keep(portal, bench, recipe).await?)
}

async fn keep(portal: &Portal, bench: &Bench, recipe: u32) -> storage::Result<Vec<Product>> {
    let mut products = Vec::new();
    let mut entries = tokio::fs::read_dir(bench.path()).await?;
    while let Some(entry) = entries.next_entry().await? {
        // All names on a bench are our own.
        let Ok(name) = entry.file_name().into_string() else { continue };
        let made = bench.made(&name);
        let (size, sha256) = summed(&made).await?;
        let key = portal.vault.keep(&made, &sha256).await?;
        products.push(Product { name, recipe, key, size });
    }
    Ok(products)
}

/// How large it is, and its SHA-256. A viewing copy of a film takes a while.
async fn summed(made: &Staged) -> Result<(u64, String), StorageError> {
    let path: PathBuf = made.path().to_owned();
    let sum = move || -> io::Result<(u64, String)> {
        let (mut file, mut hash, mut size) = (File::open(path)?, Sha256::new(), 0);
        let mut piece = vec![0; PIECE];
        loop {
            let read = file.read(&mut piece)?;
            let Some(bytes) = piece.get(..read).filter(|it| !it.is_empty()) else { break };
            hash.update(bytes);
            size += bytes.len() as u64;
        }
        Ok((size, hash.finalize().iter().map(|it| format!("{it:02x}")).collect()))
    };
    Ok(tokio::task::spawn_blocking(sum).await.map_err(io::Error::other)??)
}
