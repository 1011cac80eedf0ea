//! Reads the command and hands it over.

use std::process::ExitCode;

use clap::Parser;
use reelgate::commands::{Line, run};

#[tokio::main]
async fn main() -> ExitCode {
    let line = Line::parse();
    match run(line).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("reelgate: {error:#}");
            ExitCode::FAILURE
        }
    }
}
