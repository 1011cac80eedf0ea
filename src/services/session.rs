//! Signing in and staying signed in.
//!
//! The browser holds a random token; the database holds only its digest, so that who reads the database
//! cannot act for anybody.

mod origin;
mod own;
mod password;
pub(super) mod patience;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    id::{PersonId, SessionId},
    people::{Actor, LONGEST_PASSWORD},
    refusal::{Refusal, ensure},
    text::{hexadecimal, storable},
};
use sha2::{Digest, Sha256};
use storage::{
    Conn, attempt, people,
    session::{self, Session},
};

pub use origin::Origin;
pub use own::{NewPassword, browsers, change_password, end, end_others};
pub use password::hash_password;

use crate::{
    error::AppError,
    portal::{Portal, new_id},
    preference::Preference,
};

/// A session is noted as alive at most so often.
const TOUCH_EVERY: TimeDelta = TimeDelta::minutes(1);
/// 256 bits.
const TOKEN_BYTES: usize = 32;

/// The secret by which a browser is known again. Only its digest is kept.
pub type Token = String;

/// A session that has just begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub token: Token,
    /// What the person chose about how pages look.
    pub preference: Preference,
}

/// An e-mail address in the one spelling under which it is stored.
pub fn spelled(email: &str) -> String {
    storable(email.trim()).to_lowercase()
}

/// Somebody who knew the password a moment ago.
#[derive(Clone, Debug)]
pub struct Known {
    /// As it is counted under.
    email: String,
    credentials: people::Credentials,
}

/// Opens a session for who knows the password, and ends `former`, the one that the browser held before.
pub async fn open(
    portal: &Portal,
    email: &str,
    password: &str,
    origin: &Origin,
    former: Option<&str>,
) -> Result<Opened, AppError> {
    let known = know(portal, email, password, origin).await?;
    let_in(portal, &known, origin, former).await
}

/// Finds out whether somebody knows the password; who does not is slowed down.
pub async fn know(
    portal: &Portal,
    email: &str,
    password: &str,
    origin: &Origin,
) -> Result<Known, AppError> {
    let email = spelled(email);
    // Held until the outcome is noted: whoever tries many at once waits in line like everybody.
    let turn = portal.hashing.acquire().await.map_err(|it| super::failure::broken(&it))?;
    patience::ensure(portal, &email, origin.address).await?;

    let known = people::credentials(&mut portal.read().await?, &email).await?;
    let hash = known.as_ref().map(|it| it.password_hash.clone());
    let guess: String = password.chars().take(LONGEST_PASSWORD + 1).collect();
    let whole = password.chars().count() <= LONGEST_PASSWORD;
    let right = password::matches(guess, hash).await && whole;
    let Some(credentials) = known.filter(|_| right) else {
        patience::note(portal, &email, origin.address).await?;
        drop(turn);
        return Err(Refusal::WrongCredentials.into());
    };
    Ok(Known { email, credentials })
}

/// Opens a session for who knew the password, if it still is theirs: it takes a moment to compare passwords, and
/// whoever sets another one, or closes the account, meanwhile means to end what the old one opens.
pub async fn let_in(
    portal: &Portal,
    known: &Known,
    origin: &Origin,
    former: Option<&str>,
) -> Result<Opened, AppError> {
    let Known { email, credentials } = known;
    let person = credentials.actor.person;
    let mut conn = portal.db.begin().await?;
    let held = people::hold_password_hash(&mut conn, person).await?;
    ensure(held.as_ref() == Some(&credentials.password_hash), Refusal::WrongCredentials)?;
    attempt::clear(&mut conn, &patience::account_key(email)).await?;
    if let Some(former) = former {
        session::remove(&mut conn, &digest(former)).await?;
    }
    let token = begin(portal, &mut conn, person, origin).await?;
    conn.commit().await?;
    Ok(Opened { token, preference: Preference::from_words(&credentials.preference) })
}

/// Begins a session of somebody who has proved who they are.
pub(super) async fn begin(
    portal: &Portal,
    conn: &mut Conn,
    person: PersonId,
    origin: &Origin,
) -> Result<Token, AppError> {
    let (token, now) = (new_token(), portal.now());
    let session = Session {
        token_hash: digest(&token),
        id: SessionId(new_id()),
        person,
        agent: origin.agent(),
        address: origin.address.map(|it| it.to_string()).unwrap_or_default(),
        created_at: now,
        seen_at: now,
        expires_at: now + portal.settings.session_length(),
    };
    session::insert(conn, &session).await?;
    people::note_sign_in(conn, person, now).await?;
    Ok(token)
}

/// Which of somebody's sessions this is; none, if it has ended.
pub async fn named(portal: &Portal, token: &str) -> Result<Option<SessionId>, AppError> {
    let mut conn = portal.read().await?;
    Ok(living(portal, &mut conn, &digest(token)).await?.map(|(session, _)| session.id))
}

/// Whose token this is, and that they are active now. Nobody's, if the session has ended.
pub async fn recognize(portal: &Portal, token: &str) -> Result<Option<Actor>, AppError> {
    let digest = digest(token);
    let mut conn = portal.read().await?;
    let Some((session, actor)) = living(portal, &mut conn, &digest).await? else { return Ok(None) };
    drop(conn);
    if portal.now() - session.seen_at >= TOUCH_EVERY {
        // Logged where it arose: a full disk or a busy writer must not keep anybody from reading.
        let _noted = touch(portal, &digest, portal.now()).await;
    }
    Ok(Some(actor))
}

/// The same without counting as activity: for what the page does by itself.
pub async fn watch(portal: &Portal, token: &str) -> Result<Option<Actor>, AppError> {
    let mut conn = portal.read().await?;
    Ok(living(portal, &mut conn, &digest(token)).await?.map(|(_, actor)| actor))
}

async fn living(
    portal: &Portal,
    conn: &mut Conn,
    digest: &[u8; 32],
) -> Result<Option<(Session, Actor)>, AppError> {
    let Some(session) = session::find(conn, digest).await? else { return Ok(None) };
    let now = portal.now();
    if session.expires_at <= now || now - session.seen_at >= portal.settings.session_idle() {
        return Ok(None);
    }
    let actor = people::actor(conn, session.person).await?;
    Ok(actor.map(|actor| (session, actor)))
}

async fn touch(portal: &Portal, digest: &[u8; 32], at: DateTime<Utc>) -> Result<(), AppError> {
    let mut conn = portal.db.begin().await?;
    session::touch(&mut conn, digest, at).await?;
    Ok(conn.commit().await?)
}

/// Ends a session.
pub async fn close(portal: &Portal, token: &str) -> Result<(), AppError> {
    let mut conn = portal.db.begin().await?;
    session::remove(&mut conn, &digest(token)).await?;
    Ok(conn.commit().await?)
}

/// Removes what has ended: sessions, and wrong passwords that no longer slow anybody down.
pub async fn sweep(portal: &Portal) -> Result<(), AppError> {
    let now = portal.now();
    let mut conn = portal.db.begin().await?;
    session::remove_expired(&mut conn, now, now - portal.settings.session_idle()).await?;
    attempt::remove_before(&mut conn, now - patience::MEMORY).await?;
    Ok(conn.commit().await?)
}

/// A secret that nobody guesses; whoever keeps it keeps its [`digest`].
pub(super) fn new_token() -> Token {
    hexadecimal(&rand::random::<[u8; TOKEN_BYTES]>())
}

/// What is kept of a secret.
pub(super) fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
