//! From settings to a portal.

use std::fs;

use anyhow::{Context, Result};
use storage::{Db, Options, Vault};

use crate::{
    portal::{Clock, Portal},
    settings::{Settings, Transport},
};

/// Names the library that encrypts connections to object stores; where none is named, the first connection fails.
pub fn choose_encryption() {
    // An error only says that one was chosen before.
    let _chosen = rustls::crypto::ring::default_provider().install_default();
}

/// The portal on its database, brought up to date, and its vault.
pub async fn open(settings: Settings) -> Result<Portal> {
    let db = database(&settings).await?;
    db.migrate().await.context("The database cannot be brought up to date")?;
    let vault = vault(&settings).await?;
    Ok(Portal::new(db, vault, Clock::Real, settings))
}

pub async fn database(settings: &Settings) -> Result<Db> {
    fs::create_dir_all(&settings.data).with_context(|| {
        format!("The data folder {} cannot be made (REELGATE_DATA)", settings.data.display())
    })?;
    let opened = Db::open(&settings.database_url(), &Options::default()).await;
    opened.context("The database cannot be opened (REELGATE_DATABASE_URL)")
}

pub async fn vault(settings: &Settings) -> Result<Vault> {
    let opened = Vault::open(&settings.vault(), &settings.data).await;
    opened.with_context(|| {
        format!("The vault {} cannot be opened (REELGATE_VAULT)", settings.vault())
    })
}

/// `reelgate migrate`
pub async fn migrate(settings: &Settings) -> Result<()> {
    let db = database(settings).await?;
    db.migrate().await.context("The database cannot be brought up to date")?;
    println!("The database is up to date.");
    Ok(())
}

/// What an operator should know about the address at which people come in.
pub fn warn_of_transport(settings: &Settings) {
    if settings.transport() == Transport::Open {
        tracing::warn!(
            "People reach the portal by plain http: passwords and sessions can be read on the way, and the session's \
             cookie goes without its guard. Put a proxy with https before it and set REELGATE_PUBLIC_URL."
        );
    }
    if knows_no_addresses(settings) {
        tracing::warn!(
            "A proxy stands before the portal, and none is trusted to say who comes: wrong passwords of everybody count \
             as from one address. Set REELGATE_TRUSTED_PROXIES to the address of the proxy."
        );
    }
}

/// Whether all people seem to come from the address of a proxy.
pub fn knows_no_addresses(settings: &Settings) -> bool {
    settings.origin().is_some() && settings.trusted_proxies.is_empty()
}
