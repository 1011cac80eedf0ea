//! What the cards of the Deliveries tab show.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    delivery::{FileName, Milestone, Passage, TransferDetails, TransferHead, TransferStatus},
    id::{PersonId, RequestId, TransferId},
    inspection::{Headway, Property},
    request::SourceType,
};
use sqlx::FromRow;

use super::{
    file, inspection, overrides,
    row::Row,
    run::{self, Run},
};
use crate::{
    Conn, Result,
    column::Col,
    db::{change, list, list_among, places},
    job,
    people::member,
};

#[derive(FromRow)]
struct HeadRow {
    id: Col<TransferId>,
    number: i64,
    status: Col<TransferStatus>,
    initiated_at: DateTime<Utc>,
    file_name: Col<FileName>,
    files: Col<u32>,
    size: Col<u64>,
    received: Col<u64>,
}

#[derive(FromRow)]
struct DetailsRow {
    #[sqlx(flatten)]
    transfer: Row,
    source_type: Col<SourceType>,
    person_name: String,
    organization_name: String,
}

#[derive(FromRow)]
struct PassageRow {
    transfer_id: Col<TransferId>,
    milestone: Col<Milestone>,
    at: DateTime<Utc>,
    note: Option<String>,
}

/// The heads of all cards of a request, newest first.
pub async fn heads_of(conn: &mut Conn, request: RequestId) -> Result<Vec<TransferHead>> {
    const SQL: &str = "
        SELECT t.id, t.number, t.status, t.initiated_at, first.name AS file_name, COUNT(*) AS files,
               CAST(SUM(f.size) AS BIGINT) AS size, CAST(SUM(f.received) AS BIGINT) AS received
          FROM transfers t
          JOIN transfer_files first ON first.transfer_id = t.id AND first.position = 0
          JOIN transfer_files f ON f.transfer_id = t.id
         WHERE t.request_id = $1
         GROUP BY t.id, t.number, t.status, t.initiated_at, first.name
         ORDER BY t.initiated_at DESC, t.id DESC";

    let rows: Vec<HeadRow> = list!(conn, "transfers", SQL, Col(request))?;
    Ok(rows.into_iter().map(TransferHead::from).collect())
}

/// The inside of a card, with times as `reader` reads them.
pub async fn details(
    conn: &mut Conn,
    id: TransferId,
    reader: PersonId,
) -> Result<Option<TransferDetails>> {
    Ok(details_of(conn, &[id], reader).await?.pop())
}

/// The insides of several cards, newest first; what does not exist is left out.
pub async fn details_of(
    conn: &mut Conn,
    ids: &[TransferId],
    reader: PersonId,
) -> Result<Vec<TransferDetails>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT t.*, r.source_type, p.name AS person_name, o.name AS organization_name
           FROM transfers t
           JOIN requests r ON r.id = t.request_id
           JOIN persons p ON p.id = t.initiated_by
           JOIN organizations o ON o.id = t.organization_id
          WHERE t.id IN ({})
          ORDER BY t.initiated_at DESC, t.id DESC",
        places(ids.len()),
    );

    let rows: Vec<DetailsRow> = list_among!(conn, "transfers", sql, ids)?;
    let mut files = file::of_transfers(conn, ids).await?;
    let mut passages = passages_of_all(conn, ids).await?;
    let mut judged = inspection::judged_of(conn, ids).await?;
    let mut measurements = inspection::measurements_of(conn, ids).await?;
    let mut rulings = overrides::rulings_of(conn, ids).await?;
    let undecided = overrides::undecided_among(conn, ids).await?;
    let style = member::timecode_style_of(conn, reader).await?;
    let mut runs = run::runs_of(conn, ids).await?;
    let line = line_of(conn, &rows, &runs).await?;
    let whole = |row: DetailsRow| {
        let id = row.transfer.id();
        let transfer = row.transfer.with_files(&mut files);
        let run = runs.remove(&id);
        let headway = match &run {
            Some(run) => Some(Headway::Begun(run.advance)),
            None => place_in(&line, id),
        };
        let stored = measurements.remove(&id);
        let measurement = run.and_then(|it| it.facts).or(stored);
        let (findings, profile) = match judged.remove(&id) {
            Some(judged) => (judged.findings, Some(judged.profile)),
            None => (Vec::new(), None),
        };
        // What is read anew is not judged yet.
        let judged_by = profile.filter(|_| headway.is_none()).map(|it| Property::judged_by(&it));
        TransferDetails {
            entered: transfer.metadata.beside(measurement.as_ref(), row.source_type.0),
            technical: measurement
                .map(|it| it.technical(style).into_iter().chain(judged_by).collect()),
            headway,
            transfer,
            initiated_by: row.person_name,
            organization: row.organization_name,
            passages: passages.remove(&id).unwrap_or_default(),
            findings,
            ruling: rulings.remove(&id),
            undecided: undecided.contains(&id),
            offers: Vec::new(),
        }
    };
    Ok(rows.into_iter().map(whole).collect())
}

/// Who waits for an inspection, where one of these does.
async fn line_of(
    conn: &mut Conn,
    rows: &[DetailsRow],
    runs: &HashMap<TransferId, Run>,
) -> Result<Vec<TransferId>> {
    let waits =
        |row: &DetailsRow| row.transfer.is_processing() && !runs.contains_key(&row.transfer.id());
    if rows.iter().any(waits) { job::inspections_in_line(conn).await } else { Ok(Vec::new()) }
}

fn place_in(line: &[TransferId], id: TransferId) -> Option<Headway> {
    let before = line.iter().position(|it| *it == id)?;
    Some(Headway::InLine { before: u32::try_from(before).unwrap_or(u32::MAX) })
}

/// Writes down that a transfer passed a milestone.
pub async fn note_passage(conn: &mut Conn, id: TransferId, passage: &Passage) -> Result<()> {
    const SQL: &str =
        "INSERT INTO passages (transfer_id, milestone, at, note) VALUES ($1, $2, $3, $4)";

    change!(conn, SQL, Col(id), Col(passage.milestone), Col(passage.at), passage.note.as_deref())
        .map(drop)
}

/// The way of a transfer so far, in order of time.
pub async fn passages_of(conn: &mut Conn, id: TransferId) -> Result<Vec<Passage>> {
    Ok(passages_of_all(conn, &[id]).await?.remove(&id).unwrap_or_default())
}

async fn passages_of_all(
    conn: &mut Conn,
    ids: &[TransferId],
) -> Result<HashMap<TransferId, Vec<Passage>>> {
    let sql = format!(
        "SELECT transfer_id, milestone, at, note FROM passages WHERE transfer_id IN ({}) ORDER BY at, number",
        places(ids.len()),
    );

    let rows: Vec<PassageRow> = list_among!(conn, "passages", sql, ids)?;
    let mut passages: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        let passage = Passage { milestone: row.milestone.0, at: row.at, note: row.note };
        passages.entry(row.transfer_id.0).or_default().push(passage);
    }
    Ok(passages)
}

impl From<HeadRow> for TransferHead {
    fn from(row: HeadRow) -> Self {
        Self {
            id: row.id.0,
            number: row.number,
            status: row.status.0,
            file_name: row.file_name.0,
            files: row.files.0,
            initiated_at: row.initiated_at,
            size: row.size.0,
            received: row.received.0,
        }
    }
}
