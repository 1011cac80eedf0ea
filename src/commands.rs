//! The roof: what can be typed behind `reelgate`, and how the floors are put together for it.

mod audit;
mod bare;
mod demo;
mod doctor;
mod filled;
mod invitations;
mod leaves;
mod letters;
mod pages;
mod paper;
mod person;
mod serve;
mod sheets;
mod start;

use std::io::IsTerminal;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

pub use serve::router;

use crate::settings::{LogFormat, Settings};

/// Source request and delivery portal for film and television.
#[derive(Parser, Debug)]
#[command(name = "reelgate", version, about, max_term_width = 100)]
pub struct Line {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Serves the portal, with workers beside it unless --workers is 0.
    Serve,
    /// Works on inspections and the like, apart from the server. Needs PostgreSQL on another machine.
    Worker,
    /// Brings the database's schema up to date; serve and worker do it by themselves.
    Migrate,
    /// Fills an empty portal with titles, requests and deliveries to try it out.
    Demo,
    /// People with an account.
    #[command(subcommand)]
    Person(person::Person),
    /// The history, and whether anybody has changed it.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Looks whether everything that the portal needs is in order, and says what to do where it is not.
    Doctor,
}

pub async fn run(line: Line) -> Result<()> {
    let Line { command, settings } = line;
    log(&settings)?;
    start::choose_encryption();
    match command {
        Command::Serve => serve::serve(settings).await,
        Command::Worker => serve::work(settings).await,
        Command::Demo => demo::fill(&start::open(settings).await?).await,
        Command::Migrate => start::migrate(&settings).await,
        Command::Person(person) => person::run(settings, person).await,
        Command::Audit(audit) => audit::run(&settings, audit).await,
        Command::Doctor => doctor::examine(&settings).await,
    }
}

/// The log goes to standard error, so that what a command answers can be piped on.
fn log(settings: &Settings) -> Result<()> {
    let filter = EnvFilter::try_new(&settings.log)
        .with_context(|| format!("REELGATE_LOG: {:?} is no filter", settings.log))?;
    let colors = std::io::stderr().is_terminal();
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(colors)
        .with_writer(std::io::stderr);
    let begun = match settings.log_format {
        LogFormat::Text => log.compact().try_init(),
        LogFormat::Json => log.json().try_init(),
    };
    begun.map_err(|error| anyhow::anyhow!("the log cannot be written: {error}"))
}
