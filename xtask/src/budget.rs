//! Holds the first visit to a size.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

use crate::{build, client::Profile, pack::Packing};

/// What a first visit may load before the page wakes, client and bindings packed with brotli, in bytes.
///
/// The aim is 400 kB: a hotel network at 1 Mbit/s brings that in a little over three seconds. The client is
/// not there yet; until it is, this holds it at what it weighs, so that it can only become lighter.
const LIMIT: u64 = 840_000;

/// Builds the release client into a folder of its own and weighs it.
pub fn check(root: &Path) -> Result<()> {
    let folder = tempfile::tempdir()?;
    build(root, folder.path(), Profile::Release, Packing::Full)?;
    let parts = loaded_at_first(&folder.path().join("assets"))?;
    let sum: u64 = parts.iter().map(|(_, size)| size).sum();
    for (name, size) in &parts {
        println!("{:>9}  {name}", kilobytes(*size));
    }
    println!("{:>9}  of {} that a first visit may load", kilobytes(sum), kilobytes(LIMIT));
    ensure!(sum <= LIMIT, "the client is too large by {}", kilobytes(sum - LIMIT));
    Ok(())
}

/// Every script and the WebAssembly: none of them waits for a click.
fn loaded_at_first(assets: &Path) -> Result<Vec<(String, u64)>> {
    let mut parts = Vec::new();
    for entry in fs::read_dir(assets)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|it| it.to_str()).unwrap_or_default();
        if name.ends_with(".wasm") || name.ends_with(".js") {
            parts.push((name.to_owned(), on_the_wire(&path)?));
        }
    }
    Ok(parts)
}

/// The size of the packed file, or of the file itself where packing did not pay.
fn on_the_wire(path: &Path) -> Result<u64> {
    let packed = PathBuf::from(format!("{}.br", path.display()));
    let sent = if packed.exists() { &packed } else { path };
    Ok(fs::metadata(sent).with_context(|| format!("{} is gone", sent.display()))?.len())
}

fn kilobytes(bytes: u64) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_client_are_weighed_as_they_are_sent() -> Result<()> {
        let folder = tempfile::tempdir()?;
        for (name, size) in
            [("a.wasm", 90), ("a.wasm.br", 30), ("a.wasm.gz", 40), ("b.js", 7), ("c.css", 5)]
        {
            fs::write(folder.path().join(name), vec![0; size])?;
        }

        let mut parts = loaded_at_first(folder.path())?;
        parts.sort();

        assert_eq!(parts, [("a.wasm".to_owned(), 30), ("b.js".to_owned(), 7)]);
        Ok(())
    }
}
