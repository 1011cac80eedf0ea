//! Holds the first visit to a size.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

use crate::{build, client::Profile, pack::Packing, site::Wake};

/// What a first visit may load before the page wakes, client and bindings packed with brotli, in bytes: a hotel
/// network at 1 Mbit/s brings that in a little over three seconds.
const LIMIT: u64 = 400_000;

/// What preflight may load after a file was chosen, while the form is being filled in, in bytes.
const LATER: u64 = 400_000;

/// Builds the release clients into a folder of their own and weighs each wing.
pub fn check(root: &Path) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let manifest = build(root, folder.path(), Profile::Release, Packing::Full)?;
    let mut heaviest = 0;
    for (wing, wake) in &manifest.clients {
        let sum = weight(&folder.path().join("assets"), wake)?;
        println!(
            "{:>9}  of {} that a first visit may load: {wing}",
            kilobytes(sum),
            kilobytes(LIMIT)
        );
        heaviest = heaviest.max(sum);
    }
    let assets = folder.path().join("assets");
    let later = weight(&assets, &manifest.preflight.wake)?
        + on_the_wire(&assets.join(&manifest.preflight.worker))?;
    println!("{:>9}  of {} that preflight may load", kilobytes(later), kilobytes(LATER));
    ensure!(later <= LATER, "preflight is too large by {}", kilobytes(later - LATER));
    ensure!(heaviest <= LIMIT, "a client is too large by {}", kilobytes(heaviest - LIMIT));
    Ok(())
}

/// A client and the scripts it cannot do without: its bindings, and every snippet, as none waits for a click.
fn weight(assets: &Path, wake: &Wake) -> Result<u64> {
    let mut sum = on_the_wire(&assets.join(&wake.wasm))? + on_the_wire(&assets.join(&wake.script))?;
    let script = fs::read_to_string(assets.join(&wake.script))?;
    for entry in fs::read_dir(assets)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|it| it.to_str()).unwrap_or_default();
        if name.ends_with(".js") && script.contains(name) {
            sum += on_the_wire(&path)?;
        }
    }
    Ok(sum)
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
        for (name, content) in [
            ("a.wasm", "as it was made"),
            ("a.wasm.br", "brief"),
            ("a.wasm.gz", "not so brief"),
            ("a.js", "import './snippet.1.js'"),
            ("snippet.1.js", "sits"),
            ("snippet.2.js", "of another client"),
            ("b.css", "style"),
        ] {
            fs::write(folder.path().join(name), content)?;
        }

        let wake = Wake { script: "a.js".to_owned(), wasm: "a.wasm".to_owned() };
        assert_eq!(weight(folder.path(), &wake)?, 5 + 23 + 4);
        Ok(())
    }
}
