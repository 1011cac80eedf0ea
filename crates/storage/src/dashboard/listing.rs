//! Keeping the list true: what changes a request changes its rows in the list, in the same transaction.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    delivery::{FileName, TransferStatus},
    id::{OrganizationId, RequestId},
    language::Language,
    request::{RequestStatus, SourceType},
};
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

use super::{EVERYTHING, Words, facet::facet, order::time_key, words::folded};
use crate::{
    Conn, Result, StorageError,
    column::Col,
    db::{change, find, list, list_among, on, places},
};

/// What of a request stands in the list.
#[derive(FromRow)]
struct Source {
    number: i64,
    status: Col<RequestStatus>,
    source_type: Col<SourceType>,
    language: Option<Col<Language>>,
    newest_status: Option<Col<TransferStatus>>,
    content_partner_id: Col<OrganizationId>,
    partner_id: Option<Col<OrganizationId>>,
    subassignee_id: Option<Col<OrganizationId>>,
    due_at: DateTime<Utc>,
    estimated_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    title_name: String,
    movie_id: i64,
    season: Option<Col<u16>>,
    episode: Option<Col<u16>>,
    package_number: i64,
    package_name: String,
}

/// A file that was sent, and with which transfer.
struct Sent {
    transfer: i64,
    name: FileName,
}

/// A row of the list.
struct Listed {
    viewer: Uuid,
    number: i64,
    facet: i32,
    due: i64,
    estimated: i64,
    created: i64,
    title: String,
}

const SOURCE: &str = "
    SELECT r.number, r.status, r.source_type, r.newest_status, r.content_partner_id, r.partner_id, r.subassignee_id,
           r.due_at, r.estimated_at, r.created_at, r.language, t.name AS title_name, t.movie_id, t.season, t.episode,
           p.number AS package_number, p.name AS package_name
      FROM requests r JOIN titles t ON t.id = r.title_id JOIN packages p ON p.id = r.package_id";

/// A request is found by the names of its newest files: this is read and written with every delivery.
const MOST_NAMES: i64 = 2000;

/// Longer titles are sorted by their beginning.
const LONGEST_TITLE: usize = 120;

impl Source {
    fn viewers(&self) -> Vec<Uuid> {
        let parties = [Some(self.content_partner_id), self.partner_id, self.subassignee_id];
        let mut viewers = vec![EVERYTHING];
        for party in parties.into_iter().flatten() {
            if !viewers.contains(&party.0.0) {
                viewers.push(party.0.0);
            }
        }
        viewers
    }

    fn listed(&self) -> Vec<Listed> {
        let mut title: String = folded(&self.title_name).chars().take(LONGEST_TITLE).collect();
        if let Some((season, episode)) = self.season.zip(self.episode) {
            title.push_str(&format!(" s{:05} e{:05}", season.0, episode.0));
        }
        let listed = |viewer| Listed {
            viewer,
            number: self.number,
            facet: facet(self.status.0, self.source_type.0, self.newest_status.map(|it| it.0)),
            due: time_key(self.due_at),
            estimated: time_key(self.estimated_at),
            created: time_key(self.created_at),
            title: title.clone(),
        };
        self.viewers().into_iter().map(listed).collect()
    }

    fn words(&self, files: &[Sent]) -> String {
        let episode = self.season.zip(self.episode).map(|(season, episode)| {
            let (season, episode) = (season.0, episode.0);
            format!("s{season:02}e{episode:02} s{season:02} e{episode:02}")
        });
        let numbers = format!("{} R-{} P-{}", self.movie_id, self.number, self.package_number);
        let language = self.language.as_ref().map(|it| it.0.label());
        let own = [
            self.title_name.as_str(),
            numbers.as_str(),
            episode.as_deref().unwrap_or_default(),
            &self.package_name,
            self.source_type.0.label(),
            language.as_deref().unwrap_or_default(),
        ];
        let files: Vec<_> =
            files.iter().map(|it| format!("T-{} {}", it.transfer, it.name.raw())).collect();
        Words::of(own.into_iter().chain(files.iter().map(String::as_str))).line()
    }
}

/// Writes the rows of a request in the list as it now is.
pub(crate) async fn relist(conn: &mut Conn, request: RequestId) -> Result<()> {
    const SQL: &str = "
        INSERT INTO request_list (viewer, number, facet, due, estimated, created, title)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (viewer, number) DO UPDATE
           SET facet = excluded.facet, due = excluded.due, estimated = excluded.estimated, title = excluded.title";

    for it in source_of(conn, request).await?.listed() {
        change!(
            conn,
            SQL,
            it.viewer,
            it.number,
            it.facet,
            it.due,
            it.estimated,
            it.created,
            it.title.as_str()
        )?;
    }
    Ok(())
}

/// Puts requests that are new into the list, with the words by which they are found.
pub(crate) async fn list_new(conn: &mut Conn, ids: &[RequestId]) -> Result<()> {
    let sql = format!("{SOURCE} WHERE r.id IN ({})", places(ids.len()));

    let sources: Vec<Source> = list_among!(conn, "requests", sql, ids)?;
    if sources.is_empty() { Ok(()) } else { write_all(conn, &sources, &HashMap::new()).await }
}

/// The same after the parties may have changed: those `before` who see it no longer lose it from their list.
pub(crate) async fn relist_after(
    conn: &mut Conn,
    request: RequestId,
    before: &[Uuid],
) -> Result<()> {
    const SQL: &str = "DELETE FROM request_list WHERE viewer = $1 AND number = $2";

    let source = source_of(conn, request).await?;
    let now = source.viewers();
    for gone in before.iter().filter(|it| !now.contains(it)) {
        change!(conn, SQL, *gone, source.number)?;
    }
    relist(conn, request).await
}

/// Who sees a request in their list.
pub(crate) async fn viewers_of(conn: &mut Conn, request: RequestId) -> Result<Vec<Uuid>> {
    Ok(source_of(conn, request).await?.viewers())
}

/// Writes the words by which a request is found, as they now are.
pub(crate) async fn reword(conn: &mut Conn, request: RequestId) -> Result<()> {
    const NAMES: &str = "
        SELECT t.number, f.name FROM transfer_files f JOIN transfers t ON t.id = f.transfer_id
         WHERE t.request_id = $1 ORDER BY t.initiated_at DESC, f.position LIMIT $2";
    const SQL: &str = "
        INSERT INTO request_search (number, words) VALUES ($1, $2)
        ON CONFLICT (number) DO UPDATE SET words = excluded.words WHERE request_search.words <> excluded.words";

    let source = source_of(conn, request).await?;
    let sent: Vec<(i64, Col<FileName>)> =
        list!(conn, "transfer_files", NAMES, Col(request), MOST_NAMES)?;
    let sent: Vec<_> =
        sent.into_iter().map(|(transfer, name)| Sent { transfer, name: name.0 }).collect();
    change!(conn, SQL, source.number, source.words(&sent)).map(drop)
}

async fn source_of(conn: &mut Conn, request: RequestId) -> Result<Source> {
    let sql = format!("{SOURCE} WHERE r.id = $1");

    let source: Option<Source> = find!(conn, "requests", sqlx::AssertSqlSafe(sql), Col(request))?;
    source.ok_or(StorageError::MovedOn)
}

/// Requests per step of a rebuild: up to four rows of seven values each, and SQLite takes 32,766 values at once.
const STEP: i64 = 1000;

/// Makes the list anew out of the requests themselves: after a bulk import, or should it ever be in doubt.
pub async fn rebuild(conn: &mut Conn) -> Result<()> {
    change!(conn, "DELETE FROM request_list")?;
    change!(conn, "DELETE FROM request_search")?;
    let mut behind = i64::MIN;
    loop {
        let sql = format!("{SOURCE} WHERE r.number > $1 ORDER BY r.number LIMIT $2");
        let sources: Vec<Source> = list!(conn, "requests", sqlx::AssertSqlSafe(sql), behind, STEP)?;
        let Some(last) = sources.last().map(|it| it.number) else { return Ok(()) };
        let names = names_between(conn, behind, last).await?;
        write_all(conn, &sources, &names).await?;
        behind = last;
    }
}

async fn names_between(conn: &mut Conn, behind: i64, last: i64) -> Result<HashMap<i64, Vec<Sent>>> {
    const SQL: &str = "
        SELECT r.number, t.number, f.name
          FROM requests r JOIN transfers t ON t.request_id = r.id JOIN transfer_files f ON f.transfer_id = t.id
         WHERE r.number > $1 AND r.number <= $2
         ORDER BY t.initiated_at DESC, f.position";

    let rows: Vec<(i64, i64, Col<FileName>)> = list!(conn, "transfer_files", SQL, behind, last)?;
    let mut names: HashMap<_, Vec<Sent>> = HashMap::new();
    for (number, transfer, name) in rows {
        names.entry(number).or_default().push(Sent { transfer, name: name.0 });
    }
    Ok(names)
}

async fn write_all(
    conn: &mut Conn,
    sources: &[Source],
    names: &HashMap<i64, Vec<Sent>>,
) -> Result<()> {
    let words = |it: &Source| {
        (it.number, it.words(names.get(&it.number).map(Vec::as_slice).unwrap_or_default()))
    };
    on!(conn, |c| {
        let mut builder = QueryBuilder::new(
            "INSERT INTO request_list (viewer, number, facet, due, estimated, created, title) ",
        );
        builder.push_values(sources.iter().flat_map(Source::listed), |mut row, it| {
            row.push_bind(it.viewer).push_bind(it.number).push_bind(it.facet);
            row.push_bind(it.due).push_bind(it.estimated).push_bind(it.created).push_bind(it.title);
        });
        builder.build().execute(&mut *c).await?;
        let mut builder = QueryBuilder::new("INSERT INTO request_search (number, words) ");
        builder.push_values(sources.iter().map(words), |mut row, (number, words)| {
            row.push_bind(number).push_bind(words);
        });
        builder.build().execute(c).await?;
    });
    Ok(())
}
