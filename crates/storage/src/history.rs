//! What happened, for ever: nothing here is changed or removed, and a chain of seals shows it where it is.
//!
//! What one organization keeps to itself is written down and sealed like everything else, but the history that all
//! who work on a request read does not tell it, search it or count it.

pub mod chain;

use chrono::{DateTime, SubsecRound, Utc};
use domain::{
    history::{Author, By, Happening, HistoryEntry, HistoryFilter, HistoryPage, Topic},
    id::{OrganizationId, PersonId, RequestId},
    request::WantedAgain,
};
use sqlx::{AssertSqlSafe, FromRow, types::Json};
use uuid::Uuid;

use self::chain::Written;
use crate::{
    Conn, Result,
    column::Col,
    db::{find, list},
    error::StorageError,
};

#[derive(FromRow)]
pub(crate) struct Row {
    number: i64,
    request_id: Col<RequestId>,
    at: DateTime<Utc>,
    author_id: Option<Col<PersonId>>,
    author_name: Option<String>,
    author_organization: Option<String>,
    happening: Json<Happening>,
}

#[derive(FromRow)]
struct AuthorRow {
    author_id: Col<PersonId>,
    author_name: String,
    author_organization: String,
}

/// Writes a happening down and answers its number. The author's name is kept as it is now.
pub async fn insert(
    conn: &mut Conn,
    request: RequestId,
    at: DateTime<Utc>,
    author: &Author,
    happening: &Happening,
) -> Result<i64> {
    write(conn, request, None, at, author, happening).await
}

/// The same, known to one organization and to nobody else.
pub async fn insert_within(
    conn: &mut Conn,
    request: RequestId,
    organization: OrganizationId,
    at: DateTime<Utc>,
    author: &Author,
    happening: &Happening,
) -> Result<i64> {
    write(conn, request, Some(organization), at, author, happening).await
}

async fn write(
    conn: &mut Conn,
    request: RequestId,
    only: Option<OrganizationId>,
    at: DateTime<Utc>,
    author: &Author,
    happening: &Happening,
) -> Result<i64> {
    const SQL: &str = "
        INSERT INTO history (request_id, organization_id, at, author_id, author_name, author_organization, happening)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        RETURNING number";

    let (id, name, organization) = match author {
        Author::Person { id, name, organization } => {
            (Some(*id), Some(name.as_str()), Some(organization.as_str()))
        }
        Author::Rule => (None, None, None),
    };
    let happening = serde_json::to_value(happening).map_err(sqlx::Error::decode)?;
    let row: Option<(i64,)> = find!(
        conn,
        "history",
        SQL,
        Col(request),
        only.map(Col),
        Col(at),
        id.map(Col),
        name,
        organization,
        Json(&happening)
    )?;
    let (number,) = row.ok_or(StorageError::Database(sqlx::Error::RowNotFound))?;
    conn.written.push(Written {
        number,
        request_id: request.0,
        organization_id: only.map(|it| it.0),
        at: at.trunc_subsecs(6),
        author_id: id.map(|it| it.0),
        author_name: name.map(str::to_owned),
        author_organization: organization.map(str::to_owned),
        happening: Json(happening),
    });
    Ok(number)
}

/// The history of a request, newest first: at most `limit` entries older than the one numbered `before`.
pub async fn of_request(
    conn: &mut Conn,
    request: RequestId,
    before: Option<i64>,
    limit: u32,
) -> Result<HistoryPage> {
    matching(conn, request, &HistoryFilter::default(), before, limit).await
}

/// The same, of the entries that `filter` looks for.
pub async fn matching(
    conn: &mut Conn,
    request: RequestId,
    filter: &HistoryFilter,
    before: Option<i64>,
    limit: u32,
) -> Result<HistoryPage> {
    let (by, person) = match filter.by {
        None => ("anybody", PersonId(Uuid::nil())),
        Some(By::Person(person)) => ("person", person),
        Some(By::Rule) => ("rule", PersonId(Uuid::nil())),
    };
    let sql = format!(
        "SELECT number, request_id, at, author_id, author_name, author_organization, happening
           FROM history
          WHERE request_id = $1 AND organization_id IS NULL AND number < $2 AND at >= $3 AND at < $4
            AND CASE CAST($5 AS TEXT) WHEN 'person' THEN author_id = $6 WHEN 'rule' THEN author_id IS NULL ELSE TRUE END
            {}
          ORDER BY number DESC
          LIMIT $7",
        of_topic(filter),
    );
    let rows: Vec<Row> = list!(
        conn,
        "history",
        AssertSqlSafe(sql.as_str()),
        Col(request),
        before.unwrap_or(i64::MAX),
        Col(filter.from.unwrap_or(DateTime::UNIX_EPOCH)),
        Col(filter.until.unwrap_or(FAR)),
        by,
        Col(person),
        i64::from(limit) + 1
    )?;
    let mut entries: Vec<_> = rows.into_iter().map(HistoryEntry::from).collect();
    let more = entries.len() > limit as usize;
    entries.truncate(limit as usize);
    let older = entries.last().filter(|_| more).map(|it| it.number);
    Ok(HistoryPage { entries, older })
}

/// Why the request is open for another file, as far as its history tells.
pub async fn wanted_again(conn: &mut Conn, request: RequestId) -> Result<Option<WantedAgain>> {
    const SQL: &str = "
        SELECT number, request_id, at, author_id, author_name, author_organization, happening
          FROM history
         WHERE request_id = $1
           AND happening ->> 'kind' IN ('redelivery_requested', 'override_declined', 'status_set')
         ORDER BY number DESC
         LIMIT 1";

    let row: Option<Row> = find!(conn, "history", SQL, Col(request))?;
    Ok(row.map(HistoryEntry::from).and_then(WantedAgain::said_in))
}

/// Later than anything: the first day of the year 9999.
const FAR: DateTime<Utc> = match DateTime::from_timestamp(253_370_764_800, 0) {
    Some(far) => far,
    None => DateTime::<Utc>::MAX_UTC,
};

/// The clause of a topic. Its words are our own, and never typed by anybody.
fn of_topic(filter: &HistoryFilter) -> String {
    let Some(topic) = filter.topic else { return String::new() };
    let kinds: Vec<_> = topic.kinds().into_iter().map(|it| format!("'{it}'")).collect();
    format!("AND happening ->> 'kind' IN ({})", kinds.join(", "))
}

/// The people who did anything to a request, by name; each as they were called last.
pub async fn authors_of(conn: &mut Conn, request: RequestId) -> Result<Vec<Author>> {
    const SQL: &str = "
        SELECT author_id, author_name, author_organization
          FROM history
         WHERE number IN (SELECT MAX(number) FROM history
                           WHERE request_id = $1 AND organization_id IS NULL AND author_id IS NOT NULL
                          GROUP BY author_id)
         ORDER BY author_name, number";

    let rows: Vec<AuthorRow> = list!(conn, "history", SQL, Col(request))?;
    let author = |it: AuthorRow| Author::Person {
        id: it.author_id.0,
        name: it.author_name,
        organization: it.author_organization,
    };
    Ok(rows.into_iter().map(author).collect())
}

/// How many entries there are of each topic.
pub async fn counts_of(conn: &mut Conn, request: RequestId) -> Result<Vec<(Topic, u32)>> {
    const SQL: &str = "
        SELECT happening ->> 'kind', COUNT(*) FROM history
         WHERE request_id = $1 AND organization_id IS NULL GROUP BY happening ->> 'kind'";

    let rows: Vec<(String, Col<u32>)> = list!(conn, "history", SQL, Col(request))?;
    let count = |topic: Topic| {
        let kinds = topic.kinds();
        let of_topic = rows.iter().filter(|(kind, _)| kinds.contains(&kind.as_str()));
        of_topic.map(|(_, count)| count.0).sum()
    };
    Ok(Topic::ALL.iter().map(|it| (*it, count(*it))).collect())
}

/// How many entries the history of a request has.
pub async fn count_of(conn: &mut Conn, request: RequestId) -> Result<u32> {
    const SQL: &str =
        "SELECT COUNT(*) FROM history WHERE request_id = $1 AND organization_id IS NULL";

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
