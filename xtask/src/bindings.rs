//! Makes the bindings between the client and the browser, by the library that matches our `wasm-bindgen`.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::{Bindgen, Output};

use crate::{
    client::{Client, Profile},
    site::{Site, Wake},
    snip,
};

/// Writes a client and its bindings under names that change with their content; answers with the names.
pub fn write(client: &Client, profile: Profile, site: &mut Site) -> Result<Wake> {
    let mut output = Bindgen::new()
        .input_path(&client.wasm)
        .web(true)?
        .out_name(&client.name)
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(profile == Profile::Release)
        .remove_producers_section(true)
        .generate_output()
        .context("the bindings cannot be made")?;
    let script = with_hashed_snippets(&output, site)?;
    if profile == Profile::Release && client.wakes() {
        snip::what_never_runs(output.wasm_mut())?;
    }
    let wasm = site.keep_hashed(&client.name, "wasm", &output.wasm_mut().emit_wasm())?;
    let script = site.keep_hashed(&client.name, "js", script.as_bytes())?;
    Ok(Wake { script, wasm })
}

/// Writes the worker that preflight runs in; answers with its name.
pub fn write_worker(root: &Path, wake: &Wake, site: &mut Site) -> Result<String> {
    let source = root.join("clients/preflight/src/worker.js");
    let plain = fs::read_to_string(&source).context("preflight has no worker")?;
    let worker = plain.replace("SCRIPT", &wake.script).replace("WASM", &wake.wasm);
    site.keep_hashed("worker", "js", worker.as_bytes())
}

/// Some crates bring lines of JavaScript along, under names that stay the same
/// when the lines change. Everything in `assets` is kept by browsers for a
/// year, so they get names of ours and the bindings ask for those.
fn with_hashed_snippets(output: &Output, site: &mut Site) -> Result<String> {
    let inline = output.snippets().iter().flat_map(|(owner, snippets)| {
        snippets.iter().enumerate().map(move |(at, text)| (format!("{owner}/inline{at}.js"), text))
    });
    let local = output.local_modules().iter().map(|(path, text)| (path.clone(), text));
    let mut script = output.js().to_owned();
    for (path, text) in inline.chain(local) {
        let imported = format!("./snippets/{path}");
        ensure!(script.contains(&imported), "the bindings never ask for {imported}");
        let name = site.keep_hashed("snippet", "js", text.as_bytes())?;
        script = script.replace(&imported, &format!("./{name}"));
    }
    Ok(script)
}
