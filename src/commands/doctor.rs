//! `reelgate doctor`: is everything in order, and what to do where it is not.

use anyhow::{Result, bail};
use domain::job::JobStatus;
use media::{Program, Sandbox};
use storage::{Db, Vault, event, job};

use super::start;
use crate::{
    settings::{Settings, Transport},
    web::site::Site,
    workers,
};

/// With less room than this the next delivery may not fit.
const LITTLE_ROOM: u64 = 20 << 30;

/// How one thing stands.
enum Finding {
    Good(String),
    /// The portal works, but not as well as it could.
    Poor(String, &'static str),
    /// The portal cannot do its work.
    Bad(String, &'static str),
}

use Finding::{Bad, Good, Poor};

pub async fn examine(settings: &Settings) -> Result<()> {
    let mut bad = 0;
    let (database, vault) = (start::database(settings).await, start::vault(settings).await);
    let tools = media::tools().await;
    let findings = [
        ("address", address(settings)),
        ("database", of_database(database.as_ref()).await),
        ("jobs", of_jobs(database.as_ref()).await),
        ("vault", of_vault(vault.as_ref()).await),
        (
            "ffprobe",
            of_program(
                tools.ffprobe.as_ref(),
                "Install ffmpeg: without it only timed text is inspected.",
            ),
        ),
        (
            "ffmpeg",
            of_program(
                tools.ffmpeg.as_ref(),
                "Install ffmpeg: without it nobody looks at pictures or listens to sound.",
            ),
        ),
        ("sandbox", of_sandbox(&tools.sandbox)),
        ("mail", of_mail(settings).await),
        ("site", of_site()),
    ];
    for (what, finding) in findings {
        match finding {
            Good(said) => println!("  ok    {what:<9} {said}"),
            Poor(said, advice) => println!("  poor  {what:<9} {said}\n                  {advice}"),
            Bad(said, advice) => {
                bad += 1;
                println!("  BAD   {what:<9} {said}\n                  {advice}");
            }
        }
    }
    if bad > 0 {
        bail!("{bad} of these keep the portal from its work");
    }
    Ok(())
}

fn address(settings: &Settings) -> Finding {
    let said = settings.address();
    match settings.transport() {
        Transport::Safe if start::knows_no_addresses(settings) => Poor(
            format!("{said}: whoever comes seems to come from the proxy"),
            "Set REELGATE_TRUSTED_PROXIES to the proxy's address, so that guessing slows down who guesses.",
        ),
        Transport::Safe => Good(said),
        Transport::Open => Poor(
            format!("{said}: plain http, everybody on the way can read along"),
            "Put a proxy with https before the portal and set REELGATE_PUBLIC_URL.",
        ),
    }
}

async fn of_database(db: Result<&Db, &anyhow::Error>) -> Finding {
    let db = match db {
        Ok(db) => db,
        Err(error) => {
            return Bad(format!("{error:#}"), "Look at REELGATE_DATABASE_URL and REELGATE_DATA.");
        }
    };
    let answer = match db.read().await {
        Ok(mut conn) => event::latest(&mut conn).await,
        Err(error) => Err(error),
    };
    let engine = if db.is_postgres() { "PostgreSQL" } else { "SQLite" };
    match answer {
        Ok(changes) => Good(format!("{engine}, {changes} changes so far")),
        Err(error) => {
            Bad(format!("{engine}: {error}"), "If tables are missing, run reelgate migrate.")
        }
    }
}

async fn of_jobs(db: Result<&Db, &anyhow::Error>) -> Finding {
    let Ok(db) = db else { return Poor("not known without the database".into(), "See above.") };
    match jobs(db).await {
        Ok((waiting, 0)) => Good(format!("{waiting} waiting, none given up")),
        Ok((waiting, dead)) => Poor(
            format!("{waiting} waiting, {dead} given up"),
            "The log tells why; afterwards the platform can have the files inspected again.",
        ),
        Err(error) => Poor(error.to_string(), "See above."),
    }
}

/// How many wait, and how many were given up.
async fn jobs(db: &Db) -> storage::Result<(u32, u32)> {
    let mut conn = db.read().await?;
    let waiting = job::count_in(&mut conn, JobStatus::Queued).await?;
    Ok((waiting, job::count_in(&mut conn, JobStatus::Dead).await?))
}

async fn of_vault(vault: Result<&Vault, &anyhow::Error>) -> Finding {
    let vault = match vault {
        Ok(vault) => vault,
        Err(error) => return Bad(format!("{error:#}"), "Look at REELGATE_VAULT."),
    };
    match vault.free_space() {
        Ok(free) if free < LITTLE_ROOM => {
            Poor(format!("{} left", gigabytes(free)), "Make room, or lower REELGATE_LARGEST_FILE.")
        }
        Ok(free) => Good(format!("{} left", gigabytes(free))),
        Err(error) => Bad(error.to_string(), "Look at REELGATE_VAULT."),
    }
}

fn gigabytes(bytes: u64) -> String {
    format!("{} GB", bytes / 1_000_000_000)
}

fn of_program(found: Option<&Program>, advice: &'static str) -> Finding {
    match found {
        Some(it) => Good(format!("{} at {}", it.version, it.path.display())),
        None => Bad("not found".into(), advice),
    }
}

fn of_sandbox(sandbox: &Sandbox) -> Finding {
    match sandbox {
        Sandbox::Bubblewrap { .. } => Good(sandbox.to_string()),
        Sandbox::Unavailable { .. } => Poor(
            sandbox.to_string(),
            "Install bubblewrap and allow it user namespaces: hostile files are then read without network and disk.",
        ),
    }
}

async fn of_mail(settings: &Settings) -> Finding {
    const ADVICE: &str = "Look at REELGATE_SMTP_URL; letters are tried again for a day.";
    let Some(post) = settings.post() else {
        return Good("no server is set: people are told in the portal only".into());
    };
    match workers::mail_server_answers(post).await {
        Ok(()) if settings.origin().is_none() => Poor(
            format!("the server answers, and links in letters lead to {}", settings.address()),
            "Set REELGATE_PUBLIC_URL to the address that people type.",
        ),
        Ok(()) => Good(format!("the server answers, letters come from {}", post.from)),
        Err(why) => Poor(format!("the server does not answer: {why}"), ADVICE),
    }
}

fn of_site() -> Finding {
    match Site::load() {
        Some(site) => Good(site.style),
        None => Bad("never built".into(), "Run cargo xtask build, then build the server again."),
    }
}
