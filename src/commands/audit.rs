//! `reelgate audit`: is the history what was written?

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use storage::history::chain::{self, Seal};

use super::start;
use crate::settings::Settings;

#[derive(Subcommand, Debug)]
pub enum Audit {
    /// Walks the history from its beginning and tells the first entry that was changed, removed, added or moved.
    Verify {
        /// A seal that was told before: shows also whether everything up to it is still the same history.
        #[arg(long)]
        seal: Option<Seal>,
    },
}

pub async fn run(settings: &Settings, command: Audit) -> Result<()> {
    let Audit::Verify { seal } = command;
    let db = start::database(settings).await?;
    let mut conn = db.read().await?;
    let walked = chain::verify(&mut conn, seal).await;
    match walked
        .context("The history cannot be read; if tables are missing, run reelgate migrate")?
    {
        Ok(seal) => {
            println!("The history is whole: {} entries, each as it was written.", seal.link);
            println!("Seal {seal}");
            Ok(())
        }
        Err(flaw) => bail!("The history is not what was written. {flaw}"),
    }
}
