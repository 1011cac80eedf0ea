//! What people were told: the list behind the bell, and how often it comes by e-mail.

mod mail;

use chrono::TimeDelta;
use domain::{
    dashboard::Scope,
    notice::{Goal, MailFrequency, NoticePage, Selection},
    people::Actor,
};
use storage::{letter, notice};

pub use mail::mail_due;

use super::session;
use crate::{
    error::AppError,
    portal::{Portal, Work},
};

/// Notices read at once.
const NOTICES: u32 = 50;
/// What was told longer ago is in the history only.
const MEMORY: TimeDelta = TimeDelta::days(180);

/// What the actor was told, newest first, from before number `before` on.
pub async fn list(
    portal: &Portal,
    actor: &Actor,
    selection: Selection,
    before: Option<i64>,
) -> Result<NoticePage, AppError> {
    let (mut conn, scope) = (portal.read().await?, Scope::of(actor));
    Ok(notice::of_person(&mut conn, actor.person, scope, selection, before, NOTICES).await?)
}

/// How many of them the actor has not read; above [`domain::notice::MOST_COUNTED`] it only means more.
pub async fn unread(portal: &Portal, actor: &Actor) -> Result<u32, AppError> {
    let mut conn = portal.read().await?;
    Ok(notice::count_unread(&mut conn, actor.person, Scope::of(actor)).await?)
}

/// What a notice leads to. Whoever opens it has read all they were told of its request.
pub async fn open(portal: &Portal, actor: &Actor, number: i64) -> Result<Goal, AppError> {
    let mut work = portal.begin().await?;
    let (scope, now) = (Scope::of(actor), work.now());
    let found = notice::find_goal(&mut work, actor.person, scope, number).await?;
    let goal = found.ok_or(AppError::NotFound)?;

    let read = notice::read_of_request(&mut work, actor.person, goal.request, now).await?;

    tell_pages(&mut work, read);
    work.finish_untold().await?;
    Ok(goal)
}

/// Marks one notice as read.
pub async fn read(portal: &Portal, actor: &Actor, number: i64) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    let (scope, now) = (Scope::of(actor), work.now());
    let found = notice::find_goal(&mut work, actor.person, scope, number).await?;
    found.ok_or(AppError::NotFound)?;

    let read = notice::read_one(&mut work, actor.person, number, now).await?;

    tell_pages(&mut work, read);
    work.finish_untold().await
}

/// Marks all notices as read, up to the newest that the actor has seen.
pub async fn read_all(portal: &Portal, actor: &Actor, newest: i64) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    let now = work.now();

    let read = notice::read_all(&mut work, actor.person, newest, now).await?;

    tell_pages(&mut work, read);
    work.finish_untold().await
}

/// Has the pages count anew, where there is another number than before.
fn tell_pages(work: &mut Work, read: u64) {
    if read > 0 {
        work.ring();
    }
}

/// How often the actor is told by e-mail.
pub async fn frequency(portal: &Portal, actor: &Actor) -> Result<MailFrequency, AppError> {
    let mut conn = portal.read().await?;
    notice::frequency_of(&mut conn, actor.person).await?.ok_or(AppError::SignedOut)
}

/// Sets how often the actor is told by e-mail.
pub async fn set_frequency(
    portal: &Portal,
    actor: &Actor,
    frequency: MailFrequency,
) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    notice::set_frequency(&mut work, actor.person, frequency).await?;
    work.finish_untold().await
}

/// Makes sure that a letter was sent with this token, which lets its reader end them.
pub async fn ensure_subscribed(portal: &Portal, token: &str) -> Result<(), AppError> {
    let mut conn = portal.read().await?;
    let person = letter::subscriber(&mut conn, &session::digest(token)).await?;
    person.map(drop).ok_or(AppError::NotFound)
}

/// Ends the letters of whoever was sent this token. Nobody has to sign in for that.
pub async fn unsubscribe(portal: &Portal, token: &str) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    let person = letter::subscriber(&mut work, &session::digest(token)).await?;
    let person = person.ok_or(AppError::NotFound)?;

    notice::set_frequency(&mut work, person, MailFrequency::Off).await?;
    work.finish_untold().await
}

/// Forgets what was told long ago.
pub async fn sweep(portal: &Portal) -> Result<(), AppError> {
    let mut conn = portal.db.begin().await?;
    notice::remove_before(&mut conn, portal.now() - MEMORY).await?;
    Ok(conn.commit().await?)
}
