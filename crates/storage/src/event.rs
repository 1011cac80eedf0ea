//! Which requests changed: what open pages follow.
//!
//! No change is ever lost between two looks. The number of an event is drawn from a counter row, which the
//! transaction keeps locked until it is committed: so numbers become visible in the order in which they were
//! drawn, without a gap, and whoever has seen number n has been able to see everything before it. (A sequence
//! of PostgreSQL would hand out 7 and 8 and let 8 become visible first; a reader that went on from 8 would
//! never see 7.) The lock is taken as the very last thing before the commit, so that transactions wait for
//! each other as briefly as can be and cannot wait in a circle.

use chrono::{DateTime, Utc};
use domain::{
    dashboard::Scope,
    id::{OrganizationId, RequestId},
    people::Actor,
};
use sqlx::{FromRow, QueryBuilder};

use crate::{
    Conn, Result,
    column::Col,
    db::{Bell, change, list, on},
    dialect, number,
};

/// The channel on which servers wake each other.
pub(crate) const CHANNEL: &str = "reelgate";
/// The channel on which they wake each other's workers only.
pub(crate) const CALLS: &str = "reelgate_jobs";

/// Events written by one statement.
const AT_ONCE: usize = 1_000;

/// A request changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// Grows by one with every event.
    pub seq: i64,
    /// What changed.
    pub request: RequestId,
    /// When.
    pub at: DateTime<Utc>,
    /// Whose request it is.
    pub content_partner: OrganizationId,
    /// Who is assigned to it.
    pub partner: Option<OrganizationId>,
    /// Who is sub-assigned to it.
    pub subassignee: Option<OrganizationId>,
    /// The only organization that is told; absent where all are.
    pub only: Option<OrganizationId>,
}

/// What a transaction tells when it is committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    request: RequestId,
    at: DateTime<Utc>,
    only: Option<OrganizationId>,
}

#[derive(FromRow)]
struct Row {
    seq: i64,
    request_id: Col<RequestId>,
    at: DateTime<Utc>,
    content_partner_id: Col<OrganizationId>,
    partner_id: Option<Col<OrganizationId>>,
    subassignee_id: Option<Col<OrganizationId>>,
    organization_id: Option<Col<OrganizationId>>,
}

impl Event {
    /// Whether this is told to `actor`.
    pub fn concerns(&self, actor: &Actor) -> bool {
        self.is_within(Scope::of(actor)) && self.only.is_none_or(|it| actor.works_for(it))
    }

    /// Whether the request exists for those who look through `scope`.
    fn is_within(&self, scope: Scope) -> bool {
        match scope {
            Scope::Everything => true,
            Scope::Of(own) => {
                self.content_partner == own
                    || self.partner == Some(own)
                    || self.subassignee == Some(own)
            }
        }
    }
}

/// Tells that a request changed. The event is written when the transaction is committed, once per request.
pub fn insert(conn: &mut Conn, request: RequestId, at: DateTime<Utc>) {
    tell(conn, Told { request, at, only: None });
}

/// The same, told to one organization and to nobody else.
pub fn insert_within(
    conn: &mut Conn,
    request: RequestId,
    organization: OrganizationId,
    at: DateTime<Utc>,
) {
    tell(conn, Told { request, at, only: Some(organization) });
}

fn tell(conn: &mut Conn, news: Told) {
    let known = |it: &Told| it.request == news.request && it.only == news.only;
    if !conn.told.iter().any(known) {
        conn.told.push(news);
    }
}

/// Wakes the other servers when the transaction is committed, although no request changed.
pub fn ring(conn: &mut Conn) {
    conn.bell = Bell::Rings;
}

/// Wakes the workers of the other servers when the transaction is committed: a job waits.
pub(crate) fn call(conn: &mut Conn) {
    conn.bell = conn.bell.max(Bell::Calls);
}

/// The events after number `seq`, oldest first, with the parties of the requests as they are now.
pub async fn since(conn: &mut Conn, seq: i64, limit: u32) -> Result<Vec<Event>> {
    const SQL: &str = "
        SELECT e.seq, e.request_id, e.at, e.organization_id, r.content_partner_id, r.partner_id, r.subassignee_id
          FROM events e JOIN requests r ON r.id = e.request_id
         WHERE e.seq > $1
         ORDER BY e.seq
         LIMIT $2";

    let rows: Vec<Row> = list!(conn, "events", SQL, seq, i64::from(limit))?;
    Ok(rows.into_iter().map(Event::from).collect())
}

/// The number of the newest event; 0 if there is none.
pub async fn latest(conn: &mut Conn) -> Result<i64> {
    number::last(conn, "event").await
}

/// Forgets the events before `before`; no page stays open that long without asking. Answers how many.
pub async fn remove_before(conn: &mut Conn, before: DateTime<Utc>) -> Result<u64> {
    const SQL: &str = "DELETE FROM events WHERE at < $1";

    change!(conn, SQL, Col(before))
}

/// Writes the events of a transaction that is about to be committed, and wakes the other servers.
pub(crate) async fn write_told(conn: &mut Conn) -> Result<()> {
    const SQL: &str = "INSERT INTO events (seq, request_id, at, organization_id) ";

    for told in std::mem::take(&mut conn.told).chunks(AT_ONCE) {
        let numbers = number::draw(conn, "event", told.len() as i64).await?;
        on!(conn, |c| {
            let mut builder = QueryBuilder::new(SQL);
            builder.push_values(numbers.zip(told), |mut row, (seq, it)| {
                row.push_bind(seq).push_bind(Col(it.request));
                row.push_bind(Col(it.at)).push_bind(it.only.map(Col));
            });
            builder.build().execute(c).await?;
        });
        conn.bell = Bell::Rings;
    }
    match conn.bell {
        Bell::Rings => dialect::wake(conn, CHANNEL).await,
        Bell::Calls => dialect::wake(conn, CALLS).await,
        Bell::Quiet => Ok(()),
    }
}

impl From<Row> for Event {
    fn from(row: Row) -> Self {
        Self {
            seq: row.seq,
            request: row.request_id.0,
            at: row.at,
            content_partner: row.content_partner_id.0,
            partner: row.partner_id.map(|it| it.0),
            subassignee: row.subassignee_id.map(|it| it.0),
            only: row.organization_id.map(|it| it.0),
        }
    }
}
