//! What was done to titles, for ever: nothing here is changed or removed.

use chrono::{DateTime, Utc};
use domain::{
    history::Author,
    id::TitleId,
    title::{TitleEvent, TitleLine, TitleLog},
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
    event: Json<TitleEvent>,
}

/// Writes down what was done to a title. The author's name is kept as it is now.
pub async fn insert(
    conn: &mut Conn,
    title: TitleId,
    at: DateTime<Utc>,
    author: &Author,
    event: &TitleEvent,
) -> Result<()> {
    const SQL: &str =
        "INSERT INTO title_events (title_id, at, author, event) VALUES ($1, $2, $3, $4)";

    change!(conn, SQL, Col(title), Col(at), Json(author), Json(event)).map(drop)
}

/// What was done to a title, newest first: at most `limit` entries older than the one numbered `before`.
pub async fn of_title(
    conn: &mut Conn,
    title: TitleId,
    before: Option<i64>,
    limit: u32,
) -> Result<TitleLog> {
    const SQL: &str = "
        SELECT number, at, author, event
          FROM title_events
         WHERE title_id = $1 AND number < $2
         ORDER BY number DESC
         LIMIT $3";

    let (before, most) = (before.unwrap_or(i64::MAX), i64::from(limit) + 1);
    let rows: Vec<Row> = list!(conn, "title_events", SQL, Col(title), before, most)?;
    let mut lines: Vec<_> = rows.into_iter().map(TitleLine::from).collect();
    let more = lines.len() > limit as usize;
    lines.truncate(limit as usize);
    let older = lines.last().filter(|_| more).map(|it| it.number);
    Ok(TitleLog { lines, older })
}

impl From<Row> for TitleLine {
    fn from(row: Row) -> Self {
        Self { number: row.number, at: row.at, author: row.author.0, event: row.event.0 }
    }
}
