//! Who is signed in. The token itself is never stored: a copy of the table signs nobody in.

use chrono::{DateTime, Utc};
use domain::{
    id::{PersonId, SessionId},
    people::Browser,
};
use sqlx::FromRow;

use crate::{
    Conn, Result,
    column::Col,
    db::{change, find, list},
    error::StorageError,
};

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the token in the cookie.
    pub token_hash: [u8; 32],
    /// By which its owner names it.
    pub id: SessionId,
    /// Whose session it is.
    pub person: PersonId,
    /// What the browser said it was.
    pub agent: String,
    /// The network address from which somebody signed in; empty where it was not known.
    pub address: String,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it was last used.
    pub seen_at: DateTime<Utc>,
    /// When it ends, however much it is used.
    pub expires_at: DateTime<Utc>,
}

#[derive(FromRow)]
struct Row {
    token_hash: Vec<u8>,
    id: Col<SessionId>,
    person_id: Col<PersonId>,
    agent: String,
    address: String,
    created_at: DateTime<Utc>,
    seen_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
}

#[derive(FromRow)]
struct BrowserRow {
    id: Col<SessionId>,
    agent: String,
    address: String,
    created_at: DateTime<Utc>,
    seen_at: DateTime<Utc>,
}

/// Stores a new session.
pub async fn insert(conn: &mut Conn, session: &Session) -> Result<()> {
    const SQL: &str = "
        INSERT INTO sessions (token_hash, id, person_id, agent, address, created_at, seen_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

    change!(
        conn,
        SQL,
        session.token_hash.to_vec(),
        Col(session.id),
        Col(session.person),
        session.agent.as_str(),
        session.address.as_str(),
        Col(session.created_at),
        Col(session.seen_at),
        Col(session.expires_at),
    )
    .map(drop)
}

/// The session with this token, whether it has expired or not.
pub async fn find(conn: &mut Conn, token_hash: &[u8; 32]) -> Result<Option<Session>> {
    const SQL: &str = "
        SELECT token_hash, id, person_id, agent, address, created_at, seen_at, expires_at
          FROM sessions WHERE token_hash = $1";

    let row: Option<Row> = find!(conn, "sessions", SQL, token_hash.to_vec())?;
    row.map(Session::try_from).transpose()
}

/// The sessions of a person that have not expired by `now` and were used since `idle_since`, the newest first.
pub async fn browsers_of(
    conn: &mut Conn,
    person: PersonId,
    now: DateTime<Utc>,
    idle_since: DateTime<Utc>,
) -> Result<Vec<Browser>> {
    const SQL: &str = "
        SELECT id, agent, address, created_at, seen_at FROM sessions
         WHERE person_id = $1 AND expires_at > $2 AND seen_at > $3
         ORDER BY seen_at DESC, id DESC";

    let rows: Vec<BrowserRow> =
        list!(conn, "sessions", SQL, Col(person), Col(now), Col(idle_since))?;
    Ok(rows.into_iter().map(Browser::from).collect())
}

/// Notes that the session was used. Every call is a write: once a minute says enough.
pub async fn touch(conn: &mut Conn, token_hash: &[u8; 32], seen_at: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "UPDATE sessions SET seen_at = $1 WHERE token_hash = $2";

    change!(conn, SQL, Col(seen_at), token_hash.to_vec()).map(drop)
}

/// Ends a session.
pub async fn remove(conn: &mut Conn, token_hash: &[u8; 32]) -> Result<()> {
    const SQL: &str = "DELETE FROM sessions WHERE token_hash = $1";

    change!(conn, SQL, token_hash.to_vec()).map(drop)
}

/// Ends one session of a person, by its name. Answers whether there was one.
pub async fn remove_one_of(conn: &mut Conn, person: PersonId, id: SessionId) -> Result<bool> {
    const SQL: &str = "DELETE FROM sessions WHERE person_id = $1 AND id = $2";

    Ok(change!(conn, SQL, Col(person), Col(id))? > 0)
}

/// Ends all sessions of a person but this one. Answers how many.
pub async fn remove_others_of(conn: &mut Conn, person: PersonId, kept: SessionId) -> Result<u64> {
    const SQL: &str = "DELETE FROM sessions WHERE person_id = $1 AND id <> $2";

    change!(conn, SQL, Col(person), Col(kept))
}

/// Ends all sessions of a person: after a new password, or when the account is closed.
pub async fn remove_all_of(conn: &mut Conn, person: PersonId) -> Result<u64> {
    const SQL: &str = "DELETE FROM sessions WHERE person_id = $1";

    change!(conn, SQL, Col(person))
}

/// Removes the sessions that ended by `now`, and those not used since `idle_since`. Answers how many.
pub async fn remove_expired(
    conn: &mut Conn,
    now: DateTime<Utc>,
    idle_since: DateTime<Utc>,
) -> Result<u64> {
    const SQL: &str = "DELETE FROM sessions WHERE expires_at <= $1 OR seen_at < $2";

    change!(conn, SQL, Col(now), Col(idle_since))
}

impl TryFrom<Row> for Session {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self> {
        let token_hash = row.token_hash.try_into();
        Ok(Self {
            token_hash: token_hash.map_err(|_| {
                StorageError::contradiction(
                    "sessions",
                    row.person_id.0.0,
                    "token_hash",
                    "not 32 bytes long",
                )
            })?,
            id: row.id.0,
            person: row.person_id.0,
            agent: row.agent,
            address: row.address,
            created_at: row.created_at,
            seen_at: row.seen_at,
            expires_at: row.expires_at,
        })
    }
}

impl From<BrowserRow> for Browser {
    fn from(row: BrowserRow) -> Self {
        Self {
            session: row.id.0,
            agent: row.agent,
            address: row.address,
            signed_in_at: row.created_at,
            seen_at: row.seen_at,
        }
    }
}
