//! Compiles the clients for the browser.

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

/// What looks at files before they are sent, in a worker of the delivery page; it wakes no page.
const PREFLIGHT: &str = "preflight";

/// A client as cargo has made it.
pub struct Client {
    /// The wing of the portal whose pages it wakes, or `preflight`.
    pub name: String,
    pub wasm: PathBuf,
}

impl Client {
    /// Whether it wakes pages.
    pub fn wakes(&self) -> bool {
        self.name != PREFLIGHT
    }
}

/// Runs cargo for every package of `clients/`.
pub fn compile(root: &Path, profile: Profile) -> Result<Vec<Client>> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .current_dir(root)
        .args(["build", "--package", "client-*", "--target", "wasm32-unknown-unknown"])
        .args(["--profile", profile.name(), "--message-format", "json-render-diagnostics"])
        .stderr(Stdio::inherit())
        .output()
        .context("cargo cannot be started")?;
    ensure!(built.status.success(), "the clients do not compile");
    let messages = String::from_utf8(built.stdout)?;
    let clients: Vec<Client> = messages.lines().filter_map(client_in).collect();
    ensure!(!clients.is_empty(), "cargo made no WebAssembly");
    Ok(clients)
}

/// The client that one of cargo's messages speaks of.
fn client_in(message: &str) -> Option<Client> {
    let message: Value = serde_json::from_str(message).ok()?;
    let files = message.get("filenames")?.as_array()?;
    let wasm = files.iter().filter_map(Value::as_str).find(|it| it.ends_with(".wasm"))?;
    let name = Path::new(wasm).file_stem()?.to_str()?.strip_prefix("client_")?;
    Some(Client { name: name.to_owned(), wasm: wasm.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_are_found_among_what_cargo_says() {
        let artifact =
            r#"{"reason":"compiler-artifact","filenames":["/t/libx.rlib","/t/client_desk.wasm"]}"#;
        let found = client_in(artifact).map(|it| (it.name, it.wasm));
        assert_eq!(found, Some(("desk".to_owned(), PathBuf::from("/t/client_desk.wasm"))));
        assert!(client_in(r#"{"reason":"build-finished","success":true}"#).is_none());
        assert!(client_in("no JSON").is_none());
    }
}
