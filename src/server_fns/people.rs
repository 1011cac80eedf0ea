//! Signing in and out.

use domain::people::Actor;
use leptos::prelude::*;

use crate::{error::AppError, json::Json};

/// Who is signed in, if anybody is.
#[server(output = Json)]
pub async fn who_am_i() -> Result<Option<Actor>, AppError> {
    crate::visitor::recognize().await
}

/// Signs in by e-mail and password and leads to `next`.
#[server]
pub async fn sign_in(email: String, password: String, next: String) -> Result<(), AppError> {
    crate::visitor::answering(crate::visitor::sign_in(&email, &password, &next).await)
}

/// Keeps what the person chose about how pages look, for every browser they use.
#[server(output = Json)]
pub async fn remember_preference(chosen: String) -> Result<(), AppError> {
    let (portal, actor) = crate::visitor::identify().await?;
    let chosen = crate::preference::Preference::from_words(&chosen);
    crate::visitor::answering(crate::services::people::remember(&portal, &actor, chosen).await)
}

/// Signs out and leads to the sign-in page.
#[server]
pub async fn sign_out() -> Result<(), AppError> {
    crate::visitor::sign_out().await
}
