//! What happened, for ever: nothing here is changed or removed.

use chrono::{DateTime, Utc};
use domain::{
    history::{Author, Happening, HistoryEntry, HistoryPage},
    id::{PersonId, RequestId},
};
use sqlx::{FromRow, types::Json};

use crate::{
    Conn, Result,
    column::Col,
    db::{find, list},
    error::StorageError,
};

#[derive(FromRow)]
struct Row {
    number: i64,
    request_id: Col<RequestId>,
    at: DateTime<Utc>,
    author_id: Option<Col<PersonId>>,
    author_name: Option<String>,
    author_organization: Option<String>,
    happening: Json<Happening>,
}

/// Writes a happening down and answers its number. The author's name is kept as it is now.
pub async fn insert(
    conn: &mut Conn,
    request: RequestId,
    at: DateTime<Utc>,
    author: &Author,
    happening: &Happening,
) -> Result<i64> {
    const SQL: &str = "
        INSERT INTO history (request_id, at, author_id, author_name, author_organization, happening)
        VALUES ($1, $2, $3, $4, $5, $6)
        RETURNING number";

    let (id, name, organization) = match author {
        Author::Person { id, name, organization } => {
            (Some(Col(*id)), Some(name.as_str()), Some(organization.as_str()))
        }
        Author::Rule => (None, None, None),
    };
    let row: Option<(i64,)> = find!(
        conn,
        "history",
        SQL,
        Col(request),
        Col(at),
        id,
        name,
        organization,
        Json(happening)
    )?;
    row.map(|(number,)| number).ok_or(StorageError::Database(sqlx::Error::RowNotFound))
}

/// The history of a request, newest first: at most `limit` entries older than the one numbered `before`.
pub async fn of_request(
    conn: &mut Conn,
    request: RequestId,
    before: Option<i64>,
    limit: u32,
) -> Result<HistoryPage> {
    const SQL: &str = "
        SELECT number, request_id, at, author_id, author_name, author_organization, happening
          FROM history
         WHERE request_id = $1 AND number < $2
         ORDER BY number DESC
         LIMIT $3";

    let rows: Vec<Row> = list!(
        conn,
        "history",
        SQL,
        Col(request),
        before.unwrap_or(i64::MAX),
        i64::from(limit) + 1
    )?;
    let mut entries: Vec<_> = rows.into_iter().map(HistoryEntry::from).collect();
    let more = entries.len() > limit as usize;
    entries.truncate(limit as usize);
    let older = entries.last().filter(|_| more).map(|it| it.number);
    Ok(HistoryPage { entries, older })
}

/// How many entries the history of a request has.
pub async fn count_of(conn: &mut Conn, request: RequestId) -> Result<u32> {
    const SQL: &str = "SELECT COUNT(*) FROM history WHERE request_id = $1";

    let row: Option<(Col<u32>,)> = find!(conn, "history", SQL, Col(request))?;
    Ok(row.map_or(0, |(count,)| count.0))
}

impl From<Row> for HistoryEntry {
    fn from(row: Row) -> Self {
        let author = match (row.author_id, row.author_name, row.author_organization) {
            (Some(id), Some(name), Some(organization)) => {
                Author::Person { id: id.0, name, organization }
            }
            (_, _, _) => Author::Rule,
        };
        Self {
            number: row.number,
            request: row.request_id.0,
            at: row.at,
            author,
            happening: row.happening.0,
        }
    }
}
