//! The folder that the server hands out.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::pack::{Packing, companions};

const MANIFEST: &str = "manifest.json";
/// Keeps the folder in the repository although nothing in it is.
const IGNORE: &str = ".gitignore";

/// The names that change with every build; all stand in `assets`.
#[derive(Serialize)]
pub struct Manifest {
    pub style: String,
    /// By the wing of the portal whose pages they wake.
    pub clients: BTreeMap<String, Wake>,
    pub preflight: Preflight,
}

/// What the delivery page fetches when a file is chosen.
#[derive(Serialize)]
pub struct Preflight {
    /// The script of the worker, which fetches the other two.
    pub worker: String,
    #[serde(flatten)]
    pub wake: Wake,
}

/// A client and its bindings.
#[derive(Serialize)]
pub struct Wake {
    pub script: String,
    pub wasm: String,
}

/// A site while it is being built: files are added, and those of the build before go at the end.
pub struct Site {
    folder: PathBuf,
    packing: Packing,
    kept: BTreeSet<PathBuf>,
}

impl Site {
    /// Starts a build into `folder`: a new or empty one, or one that an earlier build has made.
    pub fn open(folder: &Path, packing: Packing) -> Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let ours = folder.join(MANIFEST).exists()
            || files_under(folder)?.iter().all(|it| *it == folder.join(IGNORE));
        ensure!(ours, "{} holds other things, which a build would remove", folder.display());
        Ok(Self { folder: folder.to_owned(), packing, kept: BTreeSet::new() })
    }

    /// Keeps a file in `assets` under a name that changes with its content; answers with the name.
    pub fn keep_hashed(&mut self, name: &str, ending: &str, content: &[u8]) -> Result<String> {
        let hash: String =
            Sha256::digest(content).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let name = format!("{name}.{hash}.{ending}");
        self.keep(&Path::new("assets").join(&name), content)?;
        Ok(name)
    }

    /// Copies a folder as it is, names included.
    pub fn copy(&mut self, from: &Path) -> Result<()> {
        for file in files_under(from)? {
            let content =
                fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            self.keep(file.strip_prefix(from)?, &content)?;
        }
        Ok(())
    }

    /// Writes the manifest, then removes what the build before has left behind.
    pub fn close(mut self, manifest: &Manifest) -> Result<()> {
        self.write(PathBuf::from(MANIFEST), &serde_json::to_vec_pretty(manifest)?)?;
        for file in files_under(&self.folder)? {
            let name = file.strip_prefix(&self.folder)?;
            if name != Path::new(IGNORE) && !self.kept.contains(name) {
                fs::remove_file(&file)?;
            }
        }
        Ok(())
    }

    fn keep(&mut self, name: &Path, content: &[u8]) -> Result<()> {
        self.write(name.to_owned(), content)?;
        for (ending, packed) in companions(content, self.packing)? {
            self.write(PathBuf::from(format!("{}.{ending}", name.display())), &packed)?;
        }
        Ok(())
    }

    /// A file that has not changed is left alone: the release server embeds
    /// them, and cargo would build it again because of a newer date.
    fn write(&mut self, name: PathBuf, content: &[u8]) -> Result<()> {
        let path = self.folder.join(&name);
        if !fs::read(&path).is_ok_and(|present| present == content) {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&path, content)
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        self.kept.insert(name);
        Ok(())
    }
}

fn files_under(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            files.extend(files_under(&entry.path())?);
        } else {
            files.push(entry.path());
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let wake = Wake { script: "b.js".into(), wasm: "b.wasm".into() };
        let preflight = Preflight { worker: "a.js".into(), wake };
        Manifest { style: "a.css".into(), clients: BTreeMap::new(), preflight }
    }

    #[test]
    fn a_name_changes_with_its_content_and_the_old_file_goes() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let assets = folder.path().join("assets");
        fs::write(folder.path().join(IGNORE), "*")?;

        let mut first = Site::open(folder.path(), Packing::None)?;
        let old = first.keep_hashed("reelgate", "css", b"one")?;
        first.close(&manifest())?;
        let mut second = Site::open(folder.path(), Packing::None)?;
        let new = second.keep_hashed("reelgate", "css", b"two")?;
        second.close(&manifest())?;

        assert_eq!(old, "reelgate.7692c3ad3540.css");
        assert!(!assets.join(old).exists());
        assert_eq!(fs::read(assets.join(new))?, b"two");
        assert!(folder.path().join(IGNORE).exists());
        Ok(())
    }

    #[test]
    fn a_folder_that_holds_other_things_is_left_alone() -> Result<()> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("letter.txt"), "dear all")?;

        assert!(Site::open(folder.path(), Packing::None).is_err());
        assert!(folder.path().join("letter.txt").exists());
        Ok(())
    }

    #[test]
    fn a_file_that_stayed_the_same_keeps_its_date() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let mut first = Site::open(folder.path(), Packing::None)?;
        let name = first.keep_hashed("reelgate", "css", b"one")?;
        first.close(&manifest())?;
        let file = folder.path().join("assets").join(name);
        let before = fs::metadata(&file)?.modified()?;

        let mut second = Site::open(folder.path(), Packing::None)?;
        second.keep_hashed("reelgate", "css", b"one")?;
        second.close(&manifest())?;

        assert_eq!(fs::metadata(&file)?.modified()?, before);
        Ok(())
    }
}
