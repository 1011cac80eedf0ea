//! Overrides: who has asked, why, and what the platform said.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    delivery::{Explained, OverrideReason, Precedent, ReviewHead, Ruling, Verdict},
    id::{PersonId, RequestId, TitleId, TransferId},
    inspection::ErrorCode,
    language::Language,
    request::SourceType,
};
use sqlx::{AssertSqlSafe, FromRow};

use crate::{
    Conn, Result, StorageError,
    column::Col,
    db::{change, ensure_changed, find, list, list_among, places},
};

/// An override that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub transfer: TransferId,
    pub by: PersonId,
    pub at: DateTime<Utc>,
}

/// What the platform said to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision<'a> {
    pub verdict: Verdict,
    pub by: PersonId,
    pub at: DateTime<Utc>,
    pub comment: &'a str,
}

/// An override that waits for its verdict, with the names of who has asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaiting {
    pub number: i64,
    pub asked_at: DateTime<Utc>,
    pub person: String,
    pub organization: String,
}

/// What makes an override wait: nobody has decided it, and its file is the one that counts.
const WAITS: &str = "o.decided_at IS NULL AND t.status = 'overridden' AND r.status = 'delivered'";

#[derive(FromRow)]
struct HeadRow {
    number: i64,
    transfer_id: Col<TransferId>,
    source_type: Col<SourceType>,
    language: Option<Col<Language>>,
    title: String,
    partner: String,
    asked_at: DateTime<Utc>,
}

#[derive(FromRow)]
struct RulingRow {
    transfer_id: Col<TransferId>,
    verdict: Col<Verdict>,
    decided_at: DateTime<Utc>,
    decided_by: Option<String>,
    comment: String,
}

#[derive(FromRow)]
struct PrecedentRow {
    code: Col<ErrorCode>,
    reason: Col<OverrideReason>,
    verdict: Col<Verdict>,
    decided_at: DateTime<Utc>,
    decided_by: Option<String>,
    comment: String,
    request_id: Col<RequestId>,
    source_type: Col<SourceType>,
    language: Option<Col<Language>>,
    partner: String,
}

/// Keeps that an override was asked for, with what was said to each finding.
pub async fn insert_override(
    conn: &mut Conn,
    asked: &Asked,
    explained: &[Explained],
) -> Result<()> {
    const SQL: &str = "
        INSERT INTO overrides (transfer_id, asked_by, asked_at, comment) VALUES ($1, $2, $3, '') RETURNING number";
    const REASON: &str = "
        INSERT INTO override_reasons (override_number, code, reason, comment) VALUES ($1, $2, $3, $4)
        ON CONFLICT (override_number, code) DO NOTHING";

    let Asked { transfer, by, at } = asked;
    let row: Option<(i64,)> = find!(conn, "overrides", SQL, Col(*transfer), Col(*by), Col(*at))?;
    let (number,) = row.ok_or(StorageError::Database(sqlx::Error::RowNotFound))?;
    for it in explained {
        change!(conn, REASON, number, Col(it.code), Col(it.reason), it.comment.as_str())?;
    }
    Ok(())
}

/// Keeps what the platform said to the override of a transfer, unless somebody has said it before.
pub async fn decide_override(
    conn: &mut Conn,
    transfer: TransferId,
    decision: &Decision<'_>,
) -> Result<()> {
    const SQL: &str = "
        UPDATE overrides SET verdict = $1, decided_by = $2, decided_at = $3, comment = $4
         WHERE transfer_id = $5 AND decided_at IS NULL";

    let Decision { verdict, by, at, comment } = decision;
    change!(conn, SQL, Col(*verdict), Col(*by), Col(*at), *comment, Col(transfer))
        .and_then(ensure_changed)
}

/// The transfers of a request whose newest override the platform has let stand.
pub async fn approved_of(conn: &mut Conn, request: RequestId) -> Result<Vec<TransferId>> {
    const SQL: &str = "
        SELECT t.id FROM transfers t JOIN overrides o ON o.transfer_id = t.id
         WHERE t.request_id = $1 AND o.verdict = $2
           AND o.number = (SELECT MAX(n.number) FROM overrides n WHERE n.transfer_id = t.id)
         ORDER BY o.number";

    let rows: Vec<(Col<TransferId>,)> =
        list!(conn, "overrides", SQL, Col(request), Col(Verdict::Approved))?;
    Ok(rows.into_iter().map(|(id,)| id.0).collect())
}

/// What the platform has said to the newest override of each of these transfers; one that waits has none.
pub(super) async fn rulings_of(
    conn: &mut Conn,
    transfers: &[TransferId],
) -> Result<HashMap<TransferId, Ruling>> {
    let sql = format!(
        "SELECT o.transfer_id, o.verdict, o.decided_at, d.name AS decided_by, o.comment
           FROM overrides o LEFT JOIN persons d ON d.id = o.decided_by
          WHERE o.decided_at IS NOT NULL
            AND o.number = (SELECT MAX(n.number) FROM overrides n WHERE n.transfer_id = o.transfer_id)
            AND o.transfer_id IN ({})",
        places(transfers.len()),
    );

    let rows: Vec<RulingRow> = list_among!(conn, "overrides", sql, transfers)?;
    let ruling = |row: RulingRow| {
        let (verdict, by, at, comment) =
            (row.verdict.0, row.decided_by, row.decided_at, row.comment);
        (row.transfer_id.0, Ruling { verdict, by, at, comment })
    };
    Ok(rows.into_iter().map(ruling).collect())
}

/// Those of these transfers whose newest override nobody has decided.
pub async fn undecided_among(conn: &mut Conn, ids: &[TransferId]) -> Result<Vec<TransferId>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT o.transfer_id FROM overrides o
          WHERE o.decided_at IS NULL
            AND o.number = (SELECT MAX(n.number) FROM overrides n WHERE n.transfer_id = o.transfer_id)
            AND o.transfer_id IN ({})",
        places(ids.len()),
    );

    let rows: Vec<(Col<TransferId>,)> = list_among!(conn, "overrides", sql, ids)?;
    Ok(rows.into_iter().map(|(id,)| id.0).collect())
}

/// The overrides that wait for a verdict, longest waiting first: at most `limit` behind the one numbered `after`.
pub async fn reviews(conn: &mut Conn, after: i64, limit: u32) -> Result<Vec<ReviewHead>> {
    let sql = format!(
        "SELECT o.number, o.asked_at, o.transfer_id, r.source_type, r.language, i.name AS title, p.name AS partner
           FROM overrides o
           JOIN transfers t ON t.id = o.transfer_id
           JOIN requests r ON r.id = t.request_id AND r.current_transfer_id = t.id
           JOIN titles i ON i.id = r.title_id
           JOIN organizations p ON p.id = t.organization_id
          WHERE {WAITS} AND o.number > $1
          ORDER BY o.number LIMIT $2"
    );

    let rows: Vec<HeadRow> = list!(conn, "overrides", AssertSqlSafe(sql), after, i64::from(limit))?;
    let mut heads: Vec<_> = rows.into_iter().map(ReviewHead::from).collect();
    let numbers: Vec<_> = heads.iter().map(|it| it.number).collect();
    for (number, explained) in explained_among(conn, &numbers).await? {
        let head = heads.iter_mut().find(|it| it.number == number);
        head.into_iter().for_each(|it| it.codes.push(explained.code));
    }
    Ok(heads)
}

/// How many overrides wait for a verdict.
pub async fn count_reviews(conn: &mut Conn) -> Result<u32> {
    let sql = format!(
        "SELECT COUNT(*)
           FROM overrides o
           JOIN transfers t ON t.id = o.transfer_id
           JOIN requests r ON r.id = t.request_id AND r.current_transfer_id = t.id
          WHERE {WAITS}"
    );

    let row: Option<(Col<u32>,)> = find!(conn, "overrides", AssertSqlSafe(sql))?;
    Ok(row.map_or(0, |(count,)| count.0))
}

/// The override of a transfer, if it waits for a verdict.
pub async fn awaiting(conn: &mut Conn, transfer: TransferId) -> Result<Option<Awaiting>> {
    let sql = format!(
        "SELECT o.number, o.asked_at, p.name, g.name
           FROM overrides o
           JOIN transfers t ON t.id = o.transfer_id
           JOIN requests r ON r.id = t.request_id AND r.current_transfer_id = t.id
           JOIN persons p ON p.id = o.asked_by
           JOIN organizations g ON g.id = p.organization_id
          WHERE {WAITS} AND o.transfer_id = $1"
    );

    let row: Option<(i64, DateTime<Utc>, String, String)> =
        find!(conn, "overrides", AssertSqlSafe(sql), Col(transfer))?;
    Ok(row.map(|(number, asked_at, person, organization)| Awaiting {
        number,
        asked_at,
        person,
        organization,
    }))
}

/// What was said to each finding when the override of this number was asked for, worst first.
pub async fn explained_of(conn: &mut Conn, number: i64) -> Result<Vec<Explained>> {
    Ok(explained_among(conn, &[number]).await?.into_iter().map(|(_, it)| it).collect())
}

async fn explained_among(conn: &mut Conn, numbers: &[i64]) -> Result<Vec<(i64, Explained)>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT override_number, code, reason, comment FROM override_reasons WHERE override_number IN ({})",
        places(numbers.len()),
    );

    let rows: Vec<(i64, Col<ErrorCode>, Col<OverrideReason>, String)> =
        list_among!(conn, "override_reasons", sql, numbers)?;
    let explained = |(number, code, reason, comment): (i64, Col<_>, Col<_>, _)| {
        (number, Explained { code: code.0, reason: reason.0, comment })
    };
    let mut all: Vec<_> = rows.into_iter().map(explained).collect();
    all.sort_by_key(|(number, it)| (*number, it.code));
    Ok(all)
}

/// What was decided about a code in the requests of a title, newest first.
pub async fn precedents(
    conn: &mut Conn,
    title: TitleId,
    code: ErrorCode,
    limit: u32,
) -> Result<Vec<Precedent>> {
    const SQL: &str = "
        SELECT w.code, w.reason, o.verdict, o.decided_at, d.name AS decided_by, o.comment,
               r.id AS request_id, r.source_type, r.language, p.name AS partner
          FROM override_reasons w
          JOIN overrides o ON o.number = w.override_number
          JOIN transfers t ON t.id = o.transfer_id
          JOIN requests r ON r.id = t.request_id
          JOIN organizations p ON p.id = t.organization_id
          LEFT JOIN persons d ON d.id = o.decided_by
         WHERE w.code = $1 AND r.title_id = $2 AND o.decided_at IS NOT NULL
         ORDER BY o.decided_at DESC, o.number DESC
         LIMIT $3";

    let rows: Vec<PrecedentRow> =
        list!(conn, "overrides", SQL, Col(code), Col(title), i64::from(limit))?;
    Ok(rows.into_iter().map(Precedent::from).collect())
}

impl From<HeadRow> for ReviewHead {
    fn from(row: HeadRow) -> Self {
        Self {
            number: row.number,
            transfer: row.transfer_id.0,
            source_type: row.source_type.0,
            language: row.language.map(|it| it.0),
            title: row.title,
            partner: row.partner,
            asked_at: row.asked_at,
            codes: Vec::new(),
        }
    }
}

impl From<PrecedentRow> for Precedent {
    fn from(row: PrecedentRow) -> Self {
        Self {
            code: row.code.0,
            reason: row.reason.0,
            verdict: row.verdict.0,
            decided_at: row.decided_at,
            decided_by: row.decided_by,
            comment: row.comment,
            request: row.request_id.0,
            source_type: row.source_type.0,
            language: row.language.map(|it| it.0),
            partner: row.partner,
        }
    }
}
