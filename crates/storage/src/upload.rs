//! Resumable uploads: how far each has come, and who may write to it now.

mod row;

use chrono::{DateTime, Utc};
use domain::{
    delivery::TransferStatus,
    id::{FileId, TransferId, UploadId},
};
use sqlx::types::Json;
use uuid::Uuid;

use crate::{
    Conn, Result,
    column::Col,
    db::{change, ensure_changed, find, list},
};
use row::Row;

/// One resumable upload: of a whole file, or of a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    pub id: UploadId,
    /// The file of a transfer to which its bytes belong.
    pub file: FileId,
    pub kind: UploadKind,
    /// Bytes announced; absent as long as the sender has not said.
    pub length: Option<u64>,
    /// Bytes received and safely stored.
    pub offset: u64,
    /// What a final upload is put together from, in order.
    pub parts: Vec<UploadId>,
    /// The sender's `Upload-Metadata`, as it was sent.
    pub metadata: String,
    /// The running digests after `offset` bytes, so that a restart goes on computing.
    pub state: Vec<u8>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// When the last byte was stored.
    pub finished_at: Option<DateTime<Utc>>,
    /// When the sender gave it up, or it expired.
    pub terminated_at: Option<DateTime<Utc>>,
}

/// What the bytes of an upload are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UploadKind {
    /// All of a file.
    Whole,
    /// A part, to be put together with others.
    Partial,
    /// Put together from parts.
    Final,
}

/// An offset that moves on: what a piece of an upload writes once its bytes are safe.
#[derive(Clone, Debug)]
pub struct Advance {
    pub from: u64,
    pub to: u64,
    /// The running digests after `to` bytes.
    pub state: Vec<u8>,
    pub expires_at: DateTime<Utc>,
}

/// Stores a new upload.
pub async fn insert(conn: &mut Conn, upload: &Upload) -> Result<()> {
    const SQL: &str = "
        INSERT INTO uploads (id, file_id, kind, length, received, parts, metadata, state, created_at, expires_at,
            finished_at, terminated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

    change!(
        conn,
        SQL,
        Col(upload.id),
        Col(upload.file),
        Col(upload.kind),
        upload.length.map(Col),
        Col(upload.offset),
        Json(&upload.parts),
        upload.metadata.as_str(),
        upload.state.as_slice(),
        Col(upload.created_at),
        Col(upload.expires_at),
        upload.finished_at.map(Col),
        upload.terminated_at.map(Col),
    )
    .map(drop)
}

/// The upload, if there ever was one.
pub async fn find(conn: &mut Conn, id: UploadId) -> Result<Option<Upload>> {
    const SQL: &str = "SELECT * FROM uploads WHERE id = $1";

    let row: Option<Row> = find!(conn, "uploads", SQL, Col(id))?;
    Ok(row.map(Upload::from))
}

/// The uploads of a file that were not given up, oldest first.
pub async fn of_file(conn: &mut Conn, file: FileId) -> Result<Vec<Upload>> {
    const SQL: &str = "
        SELECT * FROM uploads WHERE file_id = $1 AND terminated_at IS NULL ORDER BY created_at, id";

    let rows: Vec<Row> = list!(conn, "uploads", SQL, Col(file))?;
    Ok(rows.into_iter().map(Upload::from).collect())
}

/// The unfinished uploads that expired by `now` and that nobody is writing to, longest expired first.
pub async fn expired(conn: &mut Conn, now: DateTime<Utc>, limit: u32) -> Result<Vec<Upload>> {
    const SQL: &str = "
        SELECT * FROM uploads
         WHERE expires_at <= $1 AND finished_at IS NULL AND terminated_at IS NULL
           AND (leased_until IS NULL OR leased_until < $1)
         ORDER BY expires_at, id
         LIMIT $2";

    let rows: Vec<Row> = list!(conn, "uploads", SQL, Col(now), i64::from(limit))?;
    Ok(rows.into_iter().map(Upload::from).collect())
}

/// The uploads of which every byte, or every part, is stored, and that are not put away yet: what a crash
/// left behind, or what waits for its digest. Longest waiting first.
pub async fn arrived(conn: &mut Conn, now: DateTime<Utc>, limit: u32) -> Result<Vec<Upload>> {
    const SQL: &str = "
        SELECT * FROM uploads
         WHERE finished_at IS NULL AND terminated_at IS NULL
           AND (kind = 'final' OR (kind = 'whole' AND received = length))
           AND (leased_until IS NULL OR leased_until < $1)
         ORDER BY expires_at, id
         LIMIT $2";

    let rows: Vec<Row> = list!(conn, "uploads", SQL, Col(now), i64::from(limit))?;
    Ok(rows.into_iter().map(Upload::from).collect())
}

/// The unfinished uploads of transfers and hand-ins that wait for no upload any longer: superseded, stopped, or
/// complete.
pub async fn left_over(conn: &mut Conn, now: DateTime<Utc>, limit: u32) -> Result<Vec<Upload>> {
    const SQL: &str = "
        SELECT u.* FROM uploads u
          JOIN transfer_files f ON f.id = u.file_id
          LEFT JOIN transfers t ON t.id = f.transfer_id
          LEFT JOIN hand_ins h ON h.id = f.hand_in_id
         WHERE u.finished_at IS NULL AND u.terminated_at IS NULL AND COALESCE(t.status, h.status) <> $1
           AND (u.leased_until IS NULL OR u.leased_until < $2)
         ORDER BY u.expires_at, u.id
         LIMIT $3";

    // Both wait under the same word.
    let waiting = Col(TransferStatus::WaitingForUpload);
    let rows: Vec<Row> = list!(conn, "uploads", SQL, waiting, Col(now), i64::from(limit))?;
    Ok(rows.into_iter().map(Upload::from).collect())
}

/// The transfers that were begun before `before` and wait for files that nobody is sending, nor has sent since.
pub async fn never_sent(
    conn: &mut Conn,
    before: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<TransferId>> {
    // The status stands in the text, so that the index of unfinished transfers serves.
    const SQL: &str = "
        SELECT t.id FROM transfers t
         WHERE t.status = 'waiting_for_upload' AND t.initiated_at <= $1
           AND NOT EXISTS (
               SELECT 1 FROM uploads u JOIN transfer_files f ON f.id = u.file_id
                WHERE f.transfer_id = t.id AND u.terminated_at IS NULL
                  AND (u.finished_at IS NULL OR u.finished_at > $1))
         ORDER BY t.initiated_at, t.id
         LIMIT $2";

    let rows: Vec<(Col<TransferId>,)> =
        list!(conn, "transfers", SQL, Col(before), i64::from(limit))?;
    Ok(rows.into_iter().map(|(id,)| id.0).collect())
}

/// The uploads that ended since `since`, one way or the other: their growing files are to be gone.
pub async fn ended_since(conn: &mut Conn, since: DateTime<Utc>) -> Result<Vec<UploadId>> {
    const SQL: &str = "SELECT id FROM uploads WHERE finished_at >= $1 OR terminated_at >= $1";

    let rows: Vec<(Col<UploadId>,)> = list!(conn, "uploads", SQL, Col(since))?;
    Ok(rows.into_iter().map(|(id,)| id.0).collect())
}

/// Takes the right to write for `holder` until `until`. `false`: another holder has it now, or the upload is
/// finished or given up.
pub async fn lease(
    conn: &mut Conn,
    id: UploadId,
    holder: Uuid,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool> {
    const SQL: &str = "
        UPDATE uploads SET holder = $1, leased_until = $2
         WHERE id = $3 AND terminated_at IS NULL AND finished_at IS NULL
           AND (holder IS NULL OR holder = $1 OR leased_until < $4)";

    change!(conn, SQL, holder, Col(until), Col(id), Col(now)).map(|rows| rows == 1)
}

/// Keeps the right to write, unless somebody else has taken it over.
pub async fn renew(
    conn: &mut Conn,
    id: UploadId,
    holder: Uuid,
    until: DateTime<Utc>,
) -> Result<()> {
    const SQL: &str = "
        UPDATE uploads SET leased_until = $1 WHERE id = $2 AND holder = $3 AND terminated_at IS NULL";

    change!(conn, SQL, Col(until), Col(id), holder).and_then(ensure_changed)
}

/// Gives the right to write back. Nothing happens if it was lost already.
pub async fn release(conn: &mut Conn, id: UploadId, holder: Uuid) -> Result<()> {
    const SQL: &str =
        "UPDATE uploads SET holder = NULL, leased_until = NULL WHERE id = $1 AND holder = $2";

    change!(conn, SQL, Col(id), holder).map(drop)
}

/// Moves the offset on, for the one who holds the right to write, from where it is known to stand.
pub async fn advance_offset(
    conn: &mut Conn,
    id: UploadId,
    holder: Uuid,
    advance: &Advance,
) -> Result<()> {
    const SQL: &str = "
        UPDATE uploads SET received = $1, state = $2, expires_at = $3
         WHERE id = $4 AND holder = $5 AND received = $6 AND finished_at IS NULL AND terminated_at IS NULL";

    let Advance { from, to, state, expires_at } = advance;
    change!(conn, SQL, Col(*to), state.as_slice(), Col(*expires_at), Col(id), holder, Col(*from))
        .and_then(ensure_changed)
}

/// Notes that the last byte is stored. Only the first who says so is believed.
pub async fn finish(conn: &mut Conn, id: UploadId, at: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "
        UPDATE uploads SET finished_at = $1, holder = NULL, leased_until = NULL
         WHERE id = $2 AND finished_at IS NULL AND terminated_at IS NULL";

    change!(conn, SQL, Col(at), Col(id)).and_then(ensure_changed)
}

/// Notes that the upload is given up; whoever still writes is told `MovedOn` at the next piece.
pub async fn terminate(conn: &mut Conn, id: UploadId, at: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "
        UPDATE uploads SET terminated_at = $1, holder = NULL, leased_until = NULL
         WHERE id = $2 AND terminated_at IS NULL";

    change!(conn, SQL, Col(at), Col(id)).and_then(ensure_changed)
}
