//! What has changed, for open pages.

use chrono::TimeDelta;
use domain::{id::RequestId, people::Actor};
use storage::event;

use crate::{error::AppError, portal::Portal};

/// How far the changes were looked through, and those of them that concern the actor, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    pub seen: i64,
    pub changes: Vec<Change>,
}

/// A change: where it stands in the order of all changes, and which request it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    pub seq: i64,
    pub request: RequestId,
}

/// Changes read at once.
const CHANGES: u32 = 500;

/// No page stays open for longer without loading anew.
const MEMORY: TimeDelta = TimeDelta::days(7);

/// The number of the newest change.
pub async fn latest(portal: &Portal) -> Result<i64, AppError> {
    let mut conn = portal.read().await?;
    Ok(event::latest(&mut conn).await?)
}

/// What changed after number `seq`, as far as it exists for the actor now; each request once.
pub async fn since(portal: &Portal, actor: &Actor, seq: i64) -> Result<News, AppError> {
    let mut conn = portal.read().await?;
    let mut news = News { seen: seq, changes: Vec::new() };
    loop {
        let events = event::since(&mut conn, news.seen, CHANGES).await?;
        let Some(last) = events.last() else { return Ok(news) };
        news.seen = last.seq;
        for event in events.iter().filter(|it| it.concerns(actor)) {
            news.changes.retain(|it| it.request != event.request);
            news.changes.push(Change { seq: event.seq, request: event.request });
        }
    }
}

/// Forgets the changes that no page asks for any more.
pub async fn sweep(portal: &Portal) -> Result<(), AppError> {
    let mut conn = portal.db.begin().await?;
    event::remove_before(&mut conn, portal.now() - MEMORY).await?;
    Ok(conn.commit().await?)
}
