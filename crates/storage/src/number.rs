//! Numbers that people say: one row per kind of thing, so that they have no gaps to ask about and are drawn
//! alike on both engines. A number drawn in a transaction that fails is drawn again by the next.

use crate::{Conn, Result, db::find, error::StorageError};

/// Draws the next number of `kind`. Whoever draws next waits until this transaction is over.
pub(crate) async fn next(conn: &mut Conn, kind: &'static str) -> Result<i64> {
    const SQL: &str = "UPDATE numbers SET last = last + 1 WHERE kind = $1 RETURNING last";

    let row: Option<(i64,)> = find!(conn, "numbers", SQL, kind)?;
    let (number,) = row.ok_or(StorageError::Database(sqlx::Error::RowNotFound))?;
    Ok(number)
}
