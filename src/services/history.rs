//! What happened to a request: told, searched, and handed out as a table.

mod asked;
mod table;

use chrono_tz::Tz;
use domain::{
    history::{Author, History, HistoryEntry, HistoryFilter, HistoryLine, Topic},
    id::RequestId,
    people::Actor,
};
use storage::{Conn, history};

pub use asked::Asked;
pub use table::{Table, table};

use super::sight;
use crate::{error::AppError, portal::Portal, wall};

/// Entries told at once.
const ENTRIES: u32 = 100;
/// Entries read at once where all are wanted.
const STEP: u32 = 1_000;

/// A stretch of a history that was searched, and what can be searched for.
#[derive(Clone, Debug)]
pub struct Searched {
    pub history: History,
    /// The people who have done anything, by name.
    pub authors: Vec<Author>,
    /// How many entries there are of each topic.
    pub counts: Vec<(Topic, u32)>,
}

/// The history of a request, newest first, from before entry `before` on; moments in it are told in `zone`.
pub async fn of_request(
    portal: &Portal,
    actor: &Actor,
    request: RequestId,
    before: Option<i64>,
    zone: Tz,
) -> Result<History, AppError> {
    let mut conn = portal.read().await?;
    let request = sight::request(&mut conn, actor, request).await?;
    let page = history::of_request(&mut conn, request.id, before, ENTRIES).await?;
    Ok(History::told(page, &|at| wall::spelled(at, zone)))
}

/// The same, of the entries that `filter` looks for.
pub async fn search(
    portal: &Portal,
    actor: &Actor,
    request: RequestId,
    filter: &HistoryFilter,
    before: Option<i64>,
    zone: Tz,
) -> Result<Searched, AppError> {
    let mut conn = portal.read().await?;
    let request = sight::request(&mut conn, actor, request).await?.id;
    let page = history::matching(&mut conn, request, filter, before, ENTRIES).await?;
    Ok(Searched {
        history: History::told(page, &|at| wall::spelled(at, zone)),
        authors: history::authors_of(&mut conn, request).await?,
        counts: history::counts_of(&mut conn, request).await?,
    })
}

/// The whole history of a request, newest first.
pub async fn whole(
    portal: &Portal,
    actor: &Actor,
    request: RequestId,
    zone: Tz,
) -> Result<Vec<HistoryLine>, AppError> {
    let mut conn = portal.read().await?;
    let request = sight::request(&mut conn, actor, request).await?.id;
    let entries = all(&mut conn, request, &HistoryFilter::default()).await?;
    let told = |it| HistoryLine::told(it, &|at| wall::spelled(at, zone));
    Ok(entries.into_iter().map(told).collect())
}

/// All entries that are looked for, newest first.
async fn all(
    conn: &mut Conn,
    request: RequestId,
    filter: &HistoryFilter,
) -> Result<Vec<HistoryEntry>, AppError> {
    let mut entries = Vec::new();
    let mut before = None;
    loop {
        let page = history::matching(conn, request, filter, before, STEP).await?;
        entries.extend(page.entries);
        before = page.older;
        if before.is_none() {
            return Ok(entries);
        }
    }
}
