//! Whether the portal lives, and whether it can do its work: for whoever starts, watches and balances it.

use axum::{extract::State, http::StatusCode};

use crate::{portal::Portal, services};

/// The process answers.
pub async fn alive() -> &'static str {
    "alive"
}

/// The database answers, and the vault has room; a portal that stops takes no more work.
pub async fn ready(State(portal): State<Portal>) -> (StatusCode, &'static str) {
    if portal.stop.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping");
    }
    if services::event::latest(&portal).await.is_err() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer");
    }
    match portal.vault.free_space() {
        Ok(0) => (StatusCode::SERVICE_UNAVAILABLE, "the vault is full"),
        Ok(_) => (StatusCode::OK, "ready"),
        Err(error) => {
            tracing::warn!(%error, "the vault does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the vault does not answer")
        }
    }
}
