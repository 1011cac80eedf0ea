//! Hand-ins: files that a subassigned partner gives to the assigned one.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    delivery::{DeliveryMetadata, DeliveryMethod},
    handin::{HandIn, HandInLine, HandInStatus},
    id::{FileId, HandInId, OrganizationId, PersonId, RequestId, TransferId},
};
use sqlx::{FromRow, types::Json};

use crate::{
    Conn, Result,
    column::Col,
    db::{change, ensure_changed, find, list},
    delivery::{file_of_hand_in, files_of_hand_ins, insert_files_of_hand_in},
};

/// What was decided about a hand-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision<'a> {
    pub by: PersonId,
    pub at: DateTime<Utc>,
    pub reason: &'a str,
}

#[derive(FromRow)]
struct Row {
    id: Col<HandInId>,
    request_id: Col<RequestId>,
    status: Col<HandInStatus>,
    method: Col<DeliveryMethod>,
    client: Option<String>,
    sender_id: Col<PersonId>,
    organization_id: Col<OrganizationId>,
    begun_at: DateTime<Utc>,
    arrived_at: Option<DateTime<Utc>>,
    metadata: Json<BTreeMap<String, String>>,
    transfer_id: Option<Col<TransferId>>,
}

#[derive(FromRow)]
struct LineRow {
    #[sqlx(flatten)]
    hand_in: Row,
    sender: String,
    organization: String,
    decider: Option<String>,
    decided_at: Option<DateTime<Utc>>,
    reason: String,
    transfer_number: Option<i64>,
}

/// Stores a new hand-in with its files. A second one that waits for its upload, for the same request, is refused.
pub async fn insert(conn: &mut Conn, hand_in: &HandIn) -> Result<()> {
    const SQL: &str = "
        INSERT INTO hand_ins (id, request_id, status, method, client, sender_id, organization_id, begun_at, arrived_at,
            metadata, reason)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '')";

    change!(
        conn,
        SQL,
        Col(hand_in.id),
        Col(hand_in.request),
        Col(hand_in.status),
        Col(hand_in.method),
        hand_in.client.as_deref(),
        Col(hand_in.sender),
        Col(hand_in.organization),
        Col(hand_in.begun_at),
        hand_in.arrived_at.map(Col),
        Json(hand_in.metadata.entries()),
    )?;
    insert_files_of_hand_in(conn, hand_in).await
}

/// The hand-in with its files, if it exists.
pub async fn find(conn: &mut Conn, id: HandInId) -> Result<Option<HandIn>> {
    const SQL: &str = "SELECT * FROM hand_ins WHERE id = $1";

    let rows: Vec<Row> = list!(conn, "hand_ins", SQL, Col(id))?;
    Ok(with_files(conn, rows).await?.pop())
}

/// The hand-in to which a file belongs, or belonged before it was released.
pub async fn find_by_file(conn: &mut Conn, file: FileId) -> Result<Option<HandIn>> {
    match file_of_hand_in(conn, file).await? {
        Some(id) => find(conn, id).await,
        None => Ok(None),
    }
}

/// The hand-in of a request whose upload has not finished, if there is one.
pub async fn unfinished_of(conn: &mut Conn, request: RequestId) -> Result<Option<HandIn>> {
    const SQL: &str = "SELECT * FROM hand_ins WHERE request_id = $1 AND status = $2";

    let rows: Vec<Row> =
        list!(conn, "hand_ins", SQL, Col(request), Col(HandInStatus::WaitingForUpload))?;
    Ok(with_files(conn, rows).await?.pop())
}

/// How many hand-ins a request has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub all: u32,
    /// Those that wait to be released or sent back.
    pub waiting: u32,
}

/// How many hand-ins a request has, and how many of them wait.
pub async fn counts_of(conn: &mut Conn, request: RequestId) -> Result<Counts> {
    const SQL: &str = "
        SELECT COUNT(*), COUNT(CASE WHEN status = $2 THEN 1 END) FROM hand_ins WHERE request_id = $1";

    let row: Option<(Col<u32>, Col<u32>)> =
        find!(conn, "hand_ins", SQL, Col(request), Col(HandInStatus::HandedIn))?;
    Ok(row.map_or_else(Counts::default, |(all, waiting)| Counts { all: all.0, waiting: waiting.0 }))
}

/// The hand-ins of a request as a list shows them, newest first.
pub async fn of_request(conn: &mut Conn, request: RequestId) -> Result<Vec<HandInLine>> {
    const SQL: &str = "
        SELECT h.*, p.name AS sender, o.name AS organization, d.name AS decider, t.number AS transfer_number
          FROM hand_ins h
          JOIN persons p ON p.id = h.sender_id
          JOIN organizations o ON o.id = h.organization_id
          LEFT JOIN persons d ON d.id = h.decided_by
          LEFT JOIN transfers t ON t.id = h.transfer_id
         WHERE h.request_id = $1
         ORDER BY h.begun_at DESC, h.id DESC";

    let rows: Vec<LineRow> = list!(conn, "hand_ins", SQL, Col(request))?;
    let ids: Vec<_> = rows.iter().map(|it| it.hand_in.id.0).collect();
    let mut files = files_of_hand_ins(conn, &ids).await?;
    let line = |row: LineRow| HandInLine {
        sender: row.sender,
        organization: row.organization,
        decided: row.decider.zip(row.decided_at),
        reason: row.reason,
        transfer: row.transfer_number,
        hand_in: row.hand_in.with_files(&mut files),
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Moves a hand-in on, unless somebody moved it first.
pub async fn advance(
    conn: &mut Conn,
    id: HandInId,
    from: HandInStatus,
    to: HandInStatus,
) -> Result<()> {
    const SQL: &str = "UPDATE hand_ins SET status = $1 WHERE id = $2 AND status = $3";

    change!(conn, SQL, Col(to), Col(id), Col(from)).and_then(ensure_changed)
}

/// Notes when the last byte had arrived.
pub async fn set_arrived_at(conn: &mut Conn, id: HandInId, at: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "UPDATE hand_ins SET arrived_at = $1 WHERE id = $2";

    change!(conn, SQL, Col(at), Col(id)).and_then(ensure_changed)
}

/// Keeps who has decided about a hand-in, and what has become of it.
pub async fn decide(
    conn: &mut Conn,
    id: HandInId,
    transfer: Option<TransferId>,
    decision: &Decision<'_>,
) -> Result<()> {
    const SQL: &str = "
        UPDATE hand_ins SET transfer_id = $1, decided_by = $2, decided_at = $3, reason = $4 WHERE id = $5";

    let Decision { by, at, reason } = decision;
    change!(conn, SQL, transfer.map(Col), Col(*by), Col(*at), *reason, Col(id))
        .and_then(ensure_changed)
}

/// The hand-ins that were begun before `before` and wait for files that nobody is sending, nor has sent since.
pub async fn never_sent(
    conn: &mut Conn,
    before: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<HandInId>> {
    // The status stands in the text, so that the index of unfinished hand-ins serves.
    const SQL: &str = "
        SELECT h.id FROM hand_ins h
         WHERE h.status = 'waiting_for_upload' AND h.begun_at <= $1
           AND NOT EXISTS (
               SELECT 1 FROM uploads u JOIN transfer_files f ON f.id = u.file_id
                WHERE f.hand_in_id = h.id AND u.terminated_at IS NULL
                  AND (u.finished_at IS NULL OR u.finished_at > $1))
         ORDER BY h.begun_at, h.id
         LIMIT $2";

    let rows: Vec<(Col<HandInId>,)> = list!(conn, "hand_ins", SQL, Col(before), i64::from(limit))?;
    Ok(rows.into_iter().map(|(id,)| id.0).collect())
}

async fn with_files(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<HandIn>> {
    let ids: Vec<_> = rows.iter().map(|it| it.id.0).collect();
    let mut files = files_of_hand_ins(conn, &ids).await?;
    Ok(rows.into_iter().map(|row| row.with_files(&mut files)).collect())
}

impl Row {
    fn with_files(self, files: &mut crate::delivery::Files) -> HandIn {
        HandIn {
            id: self.id.0,
            request: self.request_id.0,
            status: self.status.0,
            method: self.method.0,
            client: self.client,
            sender: self.sender_id.0,
            organization: self.organization_id.0,
            begun_at: self.begun_at,
            arrived_at: self.arrived_at,
            metadata: DeliveryMetadata::stored(self.metadata.0),
            files: files.remove(&self.id.0.0).unwrap_or_default(),
            transfer: self.transfer_id.map(|it| it.0),
        }
    }
}
