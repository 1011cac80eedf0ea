//! What people do about their own sessions and their own password.

use std::net::IpAddr;

use domain::{
    id::SessionId,
    people::{AccountEvent, Actor, Browser, ensure_password},
    refusal::{Refusal, ensure},
};
use storage::{
    attempt,
    people::{self, member},
    session,
};

use super::{hash_password, password, patience};
use crate::{error::AppError, portal::Portal, services::failure::broken};

/// Another password, as somebody types it.
#[derive(Clone, Debug)]
pub struct NewPassword {
    /// The one that holds until now.
    pub old: String,
    pub new: String,
    /// The new one again, as nobody sees what is typed.
    pub again: String,
}

/// The browsers that the actor is signed in with, the one used last first.
pub async fn browsers(portal: &Portal, actor: &Actor) -> Result<Vec<Browser>, AppError> {
    let now = portal.now();
    let idle_since = now - portal.settings.session_idle();
    let mut conn = portal.read().await?;
    Ok(session::browsers_of(&mut conn, actor.person, now, idle_since).await?)
}

/// Ends one of the actor's sessions.
pub async fn end(portal: &Portal, actor: &Actor, id: SessionId) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    if !session::remove_one_of(&mut work, actor.person, id).await? {
        return Err(AppError::NotFound);
    }

    let organization = actor.organization.id;
    work.note(actor, organization, AccountEvent::SessionsEnded { count: 1 }).await?;
    work.finish().await
}

/// Ends all of the actor's sessions but the one at hand. Answers how many.
pub async fn end_others(portal: &Portal, actor: &Actor, here: SessionId) -> Result<u64, AppError> {
    let mut work = portal.begin().await?;
    let count = session::remove_others_of(&mut work, actor.person, here).await?;
    if count == 0 {
        return Ok(0);
    }

    let organization = actor.organization.id;
    work.note(actor, organization, AccountEvent::SessionsEnded { count }).await?;
    work.finish().await?;
    Ok(count)
}

/// Changes the actor's password and ends all of their sessions but the one at hand. Who guesses at the old one is
/// slowed down as at the door.
pub async fn change_password(
    portal: &Portal,
    actor: &Actor,
    here: SessionId,
    passwords: NewPassword,
    address: Option<IpAddr>,
) -> Result<(), AppError> {
    let NewPassword { old, new, again } = passwords;
    ensure_password(&new)?;
    ensure(new == again, Refusal::PasswordsDiffer)?;
    let (email, former) = ensure_known(portal, actor, old, address).await?;
    let hash = hash_password(portal, new).await?;

    let mut work = portal.begin().await?;
    // Of two who know the old password the first to change it takes it from the other.
    let held = people::hold_password_hash(&mut work, actor.person).await?;
    ensure(held.as_ref() == Some(&former), Refusal::WrongPassword)?;
    people::set_password(&mut work, actor.person, &former, &hash).await?;
    session::remove_others_of(&mut work, actor.person, here).await?;
    attempt::clear(&mut work, &patience::account_key(&email)).await?;

    work.note(actor, actor.organization.id, AccountEvent::PasswordChanged).await?;
    work.finish().await
}

/// The actor's e-mail address and the hash of their password, if this is it.
async fn ensure_known(
    portal: &Portal,
    actor: &Actor,
    password: String,
    address: Option<IpAddr>,
) -> Result<(String, String), AppError> {
    let turn = portal.hashing.acquire().await.map_err(|it| broken(&it))?;
    let mut conn = portal.read().await?;
    let member = member::find(&mut conn, actor.person).await?.ok_or(AppError::SignedOut)?;
    let hash = people::password_hash_of(&mut conn, actor.person).await?;
    drop(conn);
    let email = member.person.email;
    patience::ensure(portal, &email, address).await?;
    let right = password::matches(password, hash.clone()).await;
    let Some(hash) = hash.filter(|_| right) else {
        patience::note(portal, &email, address).await?;
        drop(turn);
        return Err(Refusal::WrongPassword.into());
    };
    Ok((email, hash))
}
