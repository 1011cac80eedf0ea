//! Numbers that people say: one row per kind of thing, so that they have no gaps to ask about and are drawn
//! alike on both engines. A number drawn in a transaction that fails is drawn again by the next.

use std::ops::RangeInclusive;

use crate::{Conn, Result, db::find, error::StorageError};

/// Draws the next number of `kind`. Whoever draws next waits until this transaction is over.
pub(crate) async fn next(conn: &mut Conn, kind: &'static str) -> Result<i64> {
    Ok(*draw(conn, kind, 1).await?.start())
}

/// Draws the next `count` numbers of `kind`, in the same way.
pub(crate) async fn draw(
    conn: &mut Conn,
    kind: &'static str,
    count: i64,
) -> Result<RangeInclusive<i64>> {
    const SQL: &str = "UPDATE numbers SET last = last + $2 WHERE kind = $1 RETURNING last";

    let row: Option<(i64,)> = find!(conn, "numbers", SQL, kind, count)?;
    let (last,) = row.ok_or(StorageError::Database(sqlx::Error::RowNotFound))?;
    Ok(last - count + 1..=last)
}

/// The number of `kind` that was drawn last.
pub(crate) async fn last(conn: &mut Conn, kind: &'static str) -> Result<i64> {
    const SQL: &str = "SELECT last FROM numbers WHERE kind = $1";

    let row: Option<(i64,)> = find!(conn, "numbers", SQL, kind)?;
    Ok(row.map_or(0, |(last,)| last))
}
