//! The walk along the chain, from its beginning to the first flaw.

use sqlx::FromRow;
use thiserror::Error;

use super::{BATCH, BEGINNING, LINKS, Seal, Written, sealed};
use crate::{
    Conn, Result,
    db::{find, on, read},
    number,
};

/// Where the history is not what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Flaw {
    #[error("Entry {entry} is not what was written, or stands in another place (link {link}).")]
    Changed { link: i64, entry: i64 },
    #[error("Entry {entry} is gone (link {link}).")]
    EntryGone { link: i64, entry: i64 },
    #[error("Link {link} is gone, and what it held cannot be told.")]
    LinkGone { link: i64 },
    #[error("Entry {entry} was written past the portal: no link holds it.")]
    Unlinked { entry: i64 },
    #[error("The chain was made anew: link {link} has another seal than the one that was kept.")]
    MadeAnew { link: i64 },
}

#[derive(FromRow)]
struct Link {
    link: i64,
    entry: i64,
    seal: Vec<u8>,
    /// The number of the entry; none where it is gone.
    number: Option<i64>,
}

/// Walks the whole chain and tells its seal, or the first flaw. `kept` is the seal of an earlier walk.
pub async fn verify(conn: &mut Conn, kept: Option<Seal>) -> Result<Result<Seal, Flaw>> {
    let last = number::last(conn, LINKS).await?;
    let mut walked = Seal { link: 0, digest: BEGINNING };
    loop {
        let links = links_after(conn, walked.link).await?;
        if links.is_empty() {
            break;
        }
        for (link, written) in links {
            walked = match follow(walked, &link, written.as_ref(), kept) {
                Ok(seal) => seal,
                Err(flaw) => return Ok(Err(flaw)),
            };
        }
    }
    if walked.link < last.max(kept.map_or(0, |it| it.link)) {
        return Ok(Err(Flaw::LinkGone { link: walked.link + 1 }));
    }
    let unlinked = first_unlinked(conn).await?;
    Ok(unlinked.map_or(Ok(walked), |entry| Err(Flaw::Unlinked { entry })))
}

/// The next link of the chain, if it is the next, and holds what was written.
fn follow(
    before: Seal,
    next: &Link,
    written: Option<&Written>,
    kept: Option<Seal>,
) -> Result<Seal, Flaw> {
    let &Link { link, entry, .. } = next;
    if link != before.link + 1 {
        return Err(Flaw::LinkGone { link: before.link + 1 });
    }
    if next.number.is_none() {
        return Err(Flaw::EntryGone { link, entry });
    }
    let digest = written.map(|it| sealed(&before.digest, it));
    match digest.filter(|it| it[..] == next.seal) {
        None => Err(Flaw::Changed { link, entry }),
        Some(digest) if kept.is_some_and(|it| it.link == link && it.digest != digest) => {
            Err(Flaw::MadeAnew { link })
        }
        Some(digest) => Ok(Seal { link, digest }),
    }
}

/// The next links with their entries; none where an entry is gone or can no longer be read.
async fn links_after(conn: &mut Conn, link: i64) -> Result<Vec<(Link, Option<Written>)>> {
    const SQL: &str = "
        SELECT c.link, c.entry, c.seal, h.number, h.request_id, h.organization_id, h.at,
               h.author_id, h.author_name, h.author_organization, h.happening
          FROM history_chain c LEFT JOIN history h ON h.number = c.entry
         WHERE c.link > $1 ORDER BY c.link LIMIT $2";

    on!(conn, |c| {
        let rows = sqlx::query(SQL).bind(link).bind(BATCH as i64).fetch_all(c).await?;
        rows.iter()
            .map(|row| Ok((read!("history_chain", row)?, Written::from_row(row).ok())))
            .collect()
    })
}

async fn first_unlinked(conn: &mut Conn) -> Result<Option<i64>> {
    const SQL: &str = "
        SELECT h.number FROM history h LEFT JOIN history_chain c ON c.entry = h.number
         WHERE c.entry IS NULL ORDER BY h.number LIMIT 1";

    let row: Option<(i64,)> = find!(conn, "history", SQL)?;
    Ok(row.map(|(number,)| number))
}
