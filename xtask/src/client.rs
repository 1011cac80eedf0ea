//! Compiles the library for the browser.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// Which client is wanted; the names stand in the workspace's Cargo.toml.
#[derive(Clone, Copy, PartialEq)]
pub enum Profile {
    /// Quick to build, and loud when the page differs from what the server sent.
    Dev,
    /// Small.
    Release,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Dev => "wasm-dev",
            Self::Release => "wasm-release",
        }
    }
}

/// Runs cargo and says where the WebAssembly is.
///
/// Built as a `cdylib` only: cargo leaves link-time optimization out when the
/// rlib is made in the same go. And without `--cfg erase_components`, which
/// adds markers to the HTML: the server would have to be built with it as well,
/// and pays for it on every page.
pub fn compile(root: &Path, profile: Profile) -> Result<PathBuf> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .current_dir(root)
        .args(["rustc", "--package", "reelgate", "--lib", "--crate-type", "cdylib"])
        .args(["--target", "wasm32-unknown-unknown", "--features", "hydrate"])
        .args(["--profile", profile.name(), "--message-format", "json-render-diagnostics"])
        .stderr(Stdio::inherit())
        .output()
        .context("cargo cannot be started")?;
    ensure!(built.status.success(), "the client does not compile");
    let messages = String::from_utf8(built.stdout)?;
    messages.lines().rev().find_map(wasm_in).context("cargo made no WebAssembly")
}

/// The `.wasm` file that one of cargo's messages speaks of.
fn wasm_in(message: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(message).ok()?;
    let files = message.get("filenames")?.as_array()?;
    files.iter().filter_map(Value::as_str).find(|it| it.ends_with(".wasm")).map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wasm_is_found_among_what_cargo_says() {
        let artifact = r#"{"reason":"compiler-artifact","filenames":["/t/libx.rlib","/t/x.wasm"]}"#;
        assert_eq!(wasm_in(artifact), Some(PathBuf::from("/t/x.wasm")));
        assert_eq!(wasm_in(r#"{"reason":"build-finished","success":true}"#), None);
        assert_eq!(wasm_in("no JSON"), None);
    }
}
