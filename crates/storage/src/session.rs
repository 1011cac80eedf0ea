//! Who is signed in. The token itself is never stored: a copy of the table signs nobody in.

use chrono::{DateTime, Utc};
use domain::id::PersonId;
use sqlx::FromRow;

use crate::{
    Conn, Result,
    column::Col,
    db::{change, find},
    error::StorageError,
};

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the token in the cookie.
    pub token_hash: [u8; 32],
    /// Whose session it is.
    pub person: PersonId,
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
    person_id: Col<PersonId>,
    created_at: DateTime<Utc>,
    seen_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
}

/// Stores a new session.
pub async fn insert(conn: &mut Conn, session: &Session) -> Result<()> {
    const SQL: &str = "
        INSERT INTO sessions (token_hash, person_id, created_at, seen_at, expires_at)
        VALUES ($1, $2, $3, $4, $5)";

    change!(
        conn,
        SQL,
        session.token_hash.to_vec(),
        Col(session.person),
        Col(session.created_at),
        Col(session.seen_at),
        Col(session.expires_at),
    )
    .map(drop)
}

/// The session with this token, whether it has expired or not.
pub async fn find(conn: &mut Conn, token_hash: &[u8; 32]) -> Result<Option<Session>> {
    const SQL: &str = "
        SELECT token_hash, person_id, created_at, seen_at, expires_at FROM sessions WHERE token_hash = $1";

    let row: Option<Row> = find!(conn, "sessions", SQL, token_hash.to_vec())?;
    row.map(Session::try_from).transpose()
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
            person: row.person_id.0,
            created_at: row.created_at,
            seen_at: row.seen_at,
            expires_at: row.expires_at,
        })
    }
}
