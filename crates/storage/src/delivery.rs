//! Transfers: each attempt to deliver the files of a request.

mod card;
mod file;
mod inspection;
mod overrides;
mod product;
mod row;
mod run;

use chrono::{DateTime, Utc};
use domain::{
    delivery::{Step, Transfer, TransferStatus},
    id::{FileId, HandInId, PackageId, RequestId, TransferId},
};
use sqlx::types::Json;

pub use card::{details, details_of, heads_of, note_passage, passages_of};
pub use file::{Stored, note_received, save_file, sent_digest, set_sent_digest, stored_files};
pub(crate) use file::{file_of_hand_in, files_of_hand_ins, insert_files_of_hand_in};
pub use inspection::{
    Inspection, packages_measured, previous_succeeded, primary_measured, save_inspection,
};
pub use overrides::{
    Asked, Awaiting, Decision, approved_of, awaiting, count_reviews, decide_override, explained_of,
    insert_override, precedents, reviews, undecided_among,
};

use crate::{
    Conn, Result, StorageError,
    column::Col,
    dashboard,
    db::{change, ensure_changed, find, list},
    number,
};
pub use product::{Product, product_of_primary, save_products};
pub(crate) use row::Files;
use row::Row;
pub use run::{begin_run, break_off_runs, end_run, note_advance, note_facts};

/// Draws the next transfer number.
pub async fn next_number(conn: &mut Conn) -> Result<i64> {
    number::next(conn, "transfer").await
}

/// Stores a new transfer with its files. A second one that waits for its upload, for the same request, is
/// refused: the first is superseded before.
pub async fn insert(conn: &mut Conn, transfer: &Transfer) -> Result<()> {
    insert_row(conn, transfer).await?;
    file::insert_all(conn, transfer).await?;
    note_newest(conn, transfer.request).await?;
    dashboard::reword(conn, transfer.request).await
}

/// Stores the transfer that a hand-in has become. Its files are those of the hand-in.
pub async fn insert_released(
    conn: &mut Conn,
    transfer: &Transfer,
    hand_in: HandInId,
) -> Result<()> {
    insert_row(conn, transfer).await?;
    file::adopt(conn, transfer.id, hand_in).await?;
    note_newest(conn, transfer.request).await?;
    dashboard::reword(conn, transfer.request).await
}

async fn insert_row(conn: &mut Conn, transfer: &Transfer) -> Result<()> {
    const SQL: &str = "
        INSERT INTO transfers (id, number, request_id, status, method, client, initiated_by, organization_id,
            initiated_at, uploaded_at, processed_at, metadata)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

    change!(
        conn,
        SQL,
        Col(transfer.id),
        transfer.number,
        Col(transfer.request),
        Col(transfer.status),
        Col(transfer.method),
        transfer.client.as_deref(),
        Col(transfer.initiated_by),
        Col(transfer.organization),
        Col(transfer.initiated_at),
        transfer.uploaded_at.map(Col),
        transfer.processed_at.map(Col),
        Json(transfer.metadata.entries()),
    )
    .map(drop)
}

/// The transfer with its files, if it exists.
pub async fn find(conn: &mut Conn, id: TransferId) -> Result<Option<Transfer>> {
    const SQL: &str = "SELECT * FROM transfers WHERE id = $1";

    let rows: Vec<Row> = list!(conn, "transfers", SQL, Col(id))?;
    Ok(with_files(conn, rows).await?.pop())
}

/// The transfer to which a file belongs.
pub async fn find_by_file(conn: &mut Conn, file: FileId) -> Result<Option<Transfer>> {
    const SQL: &str =
        "SELECT t.* FROM transfers t JOIN transfer_files f ON f.transfer_id = t.id WHERE f.id = $1";

    let rows: Vec<Row> = list!(conn, "transfers", SQL, Col(file))?;
    Ok(with_files(conn, rows).await?.pop())
}

/// The transfers of a request, newest first: the order of the cards.
pub async fn of_request(conn: &mut Conn, request: RequestId) -> Result<Vec<Transfer>> {
    const SQL: &str =
        "SELECT * FROM transfers WHERE request_id = $1 ORDER BY initiated_at DESC, id DESC";

    let rows: Vec<Row> = list!(conn, "transfers", SQL, Col(request))?;
    with_files(conn, rows).await
}

/// The transfers that stand for the requests of a package, in the order of the requests.
pub async fn standing_of_package(conn: &mut Conn, package: PackageId) -> Result<Vec<Transfer>> {
    const SQL: &str = "
        SELECT t.* FROM transfers t JOIN requests r ON r.current_transfer_id = t.id
         WHERE r.package_id = $1
         ORDER BY r.number";

    let rows: Vec<Row> = list!(conn, "transfers", SQL, Col(package))?;
    with_files(conn, rows).await
}

/// The transfer of a request whose upload has not finished, if there is one.
pub async fn unfinished_of(conn: &mut Conn, request: RequestId) -> Result<Option<Transfer>> {
    const SQL: &str = "SELECT * FROM transfers WHERE request_id = $1 AND status = $2";

    let rows: Vec<Row> =
        list!(conn, "transfers", SQL, Col(request), Col(TransferStatus::WaitingForUpload))?;
    Ok(with_files(conn, rows).await?.pop())
}

/// How many transfers a request has.
pub async fn count_of(conn: &mut Conn, request: RequestId) -> Result<u32> {
    const SQL: &str = "SELECT COUNT(*) FROM transfers WHERE request_id = $1";

    let row: Option<(Col<u32>,)> = find!(conn, "transfers", SQL, Col(request))?;
    Ok(row.map_or(0, |(count,)| count.0))
}

/// Moves a transfer on, unless somebody moved it first.
pub async fn advance(conn: &mut Conn, id: TransferId, step: Step) -> Result<()> {
    const SQL: &str =
        "UPDATE transfers SET status = $1 WHERE id = $2 AND status = $3 RETURNING request_id";

    let moved: Option<(Col<RequestId>,)> =
        find!(conn, "transfers", SQL, Col(step.to), Col(id), Col(step.from))?;
    let (request,) = moved.ok_or(StorageError::MovedOn)?;
    note_newest(conn, request.0).await
}

/// Notes when the last byte had arrived.
pub async fn set_uploaded_at(conn: &mut Conn, id: TransferId, at: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "UPDATE transfers SET uploaded_at = $1 WHERE id = $2";

    change!(conn, SQL, Col(at), Col(id)).and_then(ensure_changed)
}

/// Notes when inspection had come to an end.
pub async fn set_processed_at(conn: &mut Conn, id: TransferId, at: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "UPDATE transfers SET processed_at = $1 WHERE id = $2";

    change!(conn, SQL, Col(at), Col(id)).and_then(ensure_changed)
}

/// Keeps the status of the newest transfer beside the request, and the list true.
async fn note_newest(conn: &mut Conn, request: RequestId) -> Result<()> {
    const SQL: &str = "
        UPDATE requests SET newest_status =
               (SELECT status FROM transfers WHERE request_id = $1 ORDER BY initiated_at DESC, id DESC LIMIT 1)
         WHERE id = $1";

    change!(conn, SQL, Col(request)).and_then(ensure_changed)?;
    dashboard::relist(conn, request).await
}

/// The transfers of `rows`, in the same order, with their files.
async fn with_files(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<Transfer>> {
    let ids: Vec<_> = rows.iter().map(Row::id).collect();
    let mut files = file::of_transfers(conn, &ids).await?;
    Ok(rows.into_iter().map(|row| row.with_files(&mut files)).collect())
}
