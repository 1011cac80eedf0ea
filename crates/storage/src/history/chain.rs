//! The chain of the history: every entry is sealed together with the seal of the entry before it.
//!
//! Whoever changes, removes, adds or reorders an entry past the portal would have to seal everything after it
//! anew; and who kept a seal of that time elsewhere notices even that ([`verify`]).
//!
//! There is one chain for the whole portal, in the order of the commits. The place of an entry is drawn from a
//! counter row, which the transaction keeps locked until it is committed; so no two writers on PostgreSQL can
//! follow the same link, and the chain never forks. That is done as the very last thing before the commit, as
//! for the events, so that transactions wait for each other as briefly as can be and cannot wait in a circle.
//! The number of an entry is drawn earlier, when it is written: the chain's order and that of the numbers may
//! differ where two wrote at once.

mod seal;
mod walk;
mod written;

use std::ops::RangeInclusive;

use sqlx::AssertSqlSafe;

use self::seal::{BEGINNING, Digested, sealed};
pub(crate) use self::written::Written;
pub use self::{
    seal::{NoSeal, Seal},
    walk::{Flaw, verify},
};
use crate::{
    Conn, Db, Result,
    db::{find, list, on},
    number,
};

/// The counter of the links.
const LINKS: &str = "history";
/// Links read or written by one statement.
const BATCH: usize = 1_000;

/// Links what was written before there was a chain. Later on that is never done again: what no link holds then
/// was not written by the portal.
pub(crate) async fn begin(db: &Db) -> Result<()> {
    let mut work = db.begin().await?;
    // Held until the end, so that of two servers that start at once one looks when the other is done.
    let drawn = number::draw(&mut work, LINKS, 0).await?;
    if *drawn.end() > 0 {
        return Ok(());
    }
    let mut after = i64::MIN;
    loop {
        let entries = written_after(&mut work, after).await?;
        let Some(last) = entries.last() else { break };
        after = last.number;
        append(&mut work, &entries).await?;
    }
    work.commit().await
}

/// Links the entries of a transaction that is about to be committed.
pub(crate) async fn link_written(conn: &mut Conn) -> Result<()> {
    for entries in std::mem::take(&mut conn.written).chunks(BATCH) {
        append(conn, entries).await?;
    }
    Ok(())
}

async fn append(conn: &mut Conn, entries: &[Written]) -> Result<()> {
    let places = number::draw(conn, LINKS, entries.len() as i64).await?;
    // Where the link before is gone, the work goes on all the same, and the walk tells what is missing.
    let mut digest = digest_of(conn, places.start() - 1).await?.unwrap_or(BEGINNING);
    let digests: Vec<_> = entries
        .iter()
        .map(|entry| {
            digest = sealed(&digest, entry);
            digest
        })
        .collect();
    insert_links(conn, places, entries, &digests).await
}

async fn insert_links(
    conn: &mut Conn,
    places: RangeInclusive<i64>,
    entries: &[Written],
    digests: &[Digested],
) -> Result<()> {
    let rows: Vec<_> = (0..entries.len())
        .map(|row| format!("(${}, ${}, ${})", 3 * row + 1, 3 * row + 2, 3 * row + 3))
        .collect();
    let sql = format!("INSERT INTO history_chain (link, entry, seal) VALUES {}", rows.join(", "));
    let links = || places.clone().zip(entries).zip(digests);
    on!(conn, |c| links()
        .fold(sqlx::query(AssertSqlSafe(sql.as_str())), |query, ((link, entry), digest)| {
            query.bind(link).bind(entry.number).bind(&digest[..])
        })
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

async fn written_after(conn: &mut Conn, number: i64) -> Result<Vec<Written>> {
    const SQL: &str = "
        SELECT number, request_id, organization_id, at, author_id, author_name, author_organization, happening
          FROM history WHERE number > $1 ORDER BY number LIMIT $2";

    list!(conn, "history", SQL, number, BATCH as i64)
}

async fn digest_of(conn: &mut Conn, link: i64) -> Result<Option<Digested>> {
    const SQL: &str = "SELECT seal FROM history_chain WHERE link = $1";

    let row: Option<(Vec<u8>,)> = find!(conn, "history_chain", SQL, link)?;
    Ok(row.and_then(|(seal,)| seal.try_into().ok()))
}
