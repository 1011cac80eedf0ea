//! Sign-ins that failed, counted per account and per address, so that guessing becomes slow.

use chrono::{DateTime, Utc};

use crate::{
    Conn, Result,
    column::Col,
    db::{change, find},
};

/// How often it went wrong lately.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recent {
    /// So many times.
    pub count: u32,
    /// The last time, if there was one.
    pub last: Option<DateTime<Utc>>,
}

/// Notes a failed sign-in under `key`: an account or an address.
pub async fn note(conn: &mut Conn, key: &str, at: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "INSERT INTO attempts (key, at) VALUES ($1, $2)";

    change!(conn, SQL, key, Col(at)).map(drop)
}

/// The failed sign-ins under `key` since `since`.
pub async fn recent(conn: &mut Conn, key: &str, since: DateTime<Utc>) -> Result<Recent> {
    const SQL: &str = "SELECT COUNT(*), MAX(at) FROM attempts WHERE key = $1 AND at >= $2";

    let row: Option<(Col<u32>, Option<DateTime<Utc>>)> =
        find!(conn, "attempts", SQL, key, Col(since))?;
    Ok(row.map_or_else(Recent::default, |(count, last)| Recent { count: count.0, last }))
}

/// Forgets the failed sign-ins under `key`, as one has succeeded.
pub async fn clear(conn: &mut Conn, key: &str) -> Result<()> {
    const SQL: &str = "DELETE FROM attempts WHERE key = $1";

    change!(conn, SQL, key).map(drop)
}

/// Forgets all failed sign-ins before `before`. Answers how many.
pub async fn remove_before(conn: &mut Conn, before: DateTime<Utc>) -> Result<u64> {
    const SQL: &str = "DELETE FROM attempts WHERE at < $1";

    change!(conn, SQL, Col(before))
}
