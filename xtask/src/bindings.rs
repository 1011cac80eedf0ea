//! Makes the bindings between the client and the browser, by the library that matches our `wasm-bindgen`.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::{Bindgen, Output};

use crate::{client::Profile, site::Site};

/// Writes client and bindings under names that change with their content; answers with the two names.
pub fn write(wasm: &Path, profile: Profile, site: &mut Site) -> Result<(String, String)> {
    let mut output = Bindgen::new()
        .input_path(wasm)
        .web(true)?
        .out_name("reelgate")
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(profile == Profile::Release)
        .remove_producers_section(true)
        .generate_output()
        .context("the bindings cannot be made")?;
    let script = with_hashed_snippets(&output, site)?;
    let wasm = site.keep_hashed("reelgate", "wasm", &output.wasm_mut().emit_wasm())?;
    let script = site.keep_hashed("reelgate", "js", script.as_bytes())?;
    Ok((wasm, script))
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
