//! Builds the site that the server hands out: client, bindings, style sheet, packed files.

mod bindings;
mod budget;
mod client;
mod pack;
mod sheet;
mod site;
mod snip;

use std::{
    collections::BTreeMap,
    env,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

use client::Profile;
use pack::Packing;
use site::{Manifest, Preflight, Site};

#[derive(Parser)]
#[command(name = "xtask", about = "Builds the site of the portal")]
struct Command {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build client, bindings and style sheet into a folder that the server hands out
    Build {
        /// Optimize for size and pack every file with brotli and gzip
        #[arg(long)]
        release: bool,
        /// The folder to build into, from the root of the checkout
        #[arg(long, default_value = "site")]
        out: PathBuf,
    },
    /// Build the release client aside and fail when a first visit would load too much
    Budget,
}

fn main() -> ExitCode {
    match run(Command::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    let root = &root()?;
    match task {
        Task::Build { release: true, out } => {
            build(root, &root.join(out), Profile::Release, Packing::Full).map(drop)
        }
        Task::Build { release: false, out } => {
            build(root, &root.join(out), Profile::Dev, Packing::None).map(drop)
        }
        Task::Budget => budget::check(root),
    }
}

/// The checkout that we stand in. Not the one that this program was built from: two checkouts may share it.
fn root() -> Result<PathBuf> {
    let here = env::current_dir()?;
    let root = here.ancestors().find(|it| it.join("xtask/Cargo.toml").exists());
    Ok(root.context("this is no checkout of Reelgate")?.to_owned())
}

fn build(root: &Path, out: &Path, profile: Profile, packing: Packing) -> Result<Manifest> {
    let mut site = Site::open(out, packing)?;
    let (mut clients, mut preflight) = (BTreeMap::new(), None);
    for client in client::compile(root, profile)? {
        let wake = bindings::write(&client, profile, &mut site)?;
        if client.wakes() {
            clients.insert(client.name, wake);
        } else {
            let worker = bindings::write_worker(root, &wake, &mut site)?;
            preflight = Some(Preflight { worker, wake });
        }
    }
    let preflight = preflight.context("cargo made no preflight")?;
    let style = sheet::bundle(&root.join("style/main.css"))?;
    let style = site.keep_hashed("reelgate", "css", style.as_bytes())?;
    site.copy(&root.join("public"))?;
    let manifest = Manifest { style, clients, preflight };
    site.close(&manifest)?;
    Ok(manifest)
}
