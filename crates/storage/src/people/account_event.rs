//! What was done to accounts and organizations, for ever: nothing here is changed or removed.

use chrono::{DateTime, Utc};
use domain::{
    history::Author,
    id::OrganizationId,
    people::{AccountEntry, AccountEvent, AccountLog},
};
use sqlx::{FromRow, types::Json};

use crate::{
    Conn, Result,
    column::Col,
    db::{change, list},
};

#[derive(FromRow)]
struct Row {
    number: i64,
    at: DateTime<Utc>,
    author: Json<Author>,
    event: Json<AccountEvent>,
}

/// Writes down what was done to the accounts of an organization. The author's name is kept as it is now.
pub async fn insert(
    conn: &mut Conn,
    organization: OrganizationId,
    at: DateTime<Utc>,
    author: &Author,
    event: &AccountEvent,
) -> Result<()> {
    const SQL: &str = "
        INSERT INTO account_events (organization_id, at, author, event) VALUES ($1, $2, $3, $4)";

    change!(conn, SQL, Col(organization), Col(at), Json(author), Json(event)).map(drop)
}

/// What was done in an organization, newest first: at most `limit` entries older than the one numbered `before`.
pub async fn of_organization(
    conn: &mut Conn,
    organization: OrganizationId,
    before: Option<i64>,
    limit: u32,
) -> Result<AccountLog> {
    const SQL: &str = "
        SELECT number, at, author, event
          FROM account_events
         WHERE organization_id = $1 AND number < $2
         ORDER BY number DESC
         LIMIT $3";

    let (before, most) = (before.unwrap_or(i64::MAX), i64::from(limit) + 1);
    let rows: Vec<Row> = list!(conn, "account_events", SQL, Col(organization), before, most)?;
    let mut entries: Vec<_> = rows.into_iter().map(AccountEntry::from).collect();
    let more = entries.len() > limit as usize;
    entries.truncate(limit as usize);
    let older = entries.last().filter(|_| more).map(|it| it.number);
    Ok(AccountLog { entries, older })
}

impl From<Row> for AccountEntry {
    fn from(row: Row) -> Self {
        Self { number: row.number, at: row.at, author: row.author.0, event: row.event.0 }
    }
}
