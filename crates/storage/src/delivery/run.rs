//! Inspections under way: how far they have come, and what they have read so far.
//!
//! Each run has an id of its own. A worker that has lost its job to another one, or whose transfer was taken out of
//! account, finds its run gone, and whatever it still has to say is not heard.

use std::collections::HashMap;

use domain::{
    id::{RunId, TransferId},
    inspection::{Advance, Measurement},
};
use sqlx::{FromRow, types::Json};

use crate::{
    Conn, Result,
    column::Col,
    db::{change, ensure_changed, list_among, places},
};

/// An inspection under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pub advance: Advance,
    /// What was read out of the first file so far.
    pub facts: Option<Measurement>,
}

#[derive(FromRow)]
struct Row {
    transfer_id: Col<TransferId>,
    advance: Json<Advance>,
    facts: Option<Json<Measurement>>,
}

/// Begins a run; one that was begun before is over.
pub async fn begin_run(
    conn: &mut Conn,
    transfer: TransferId,
    run: RunId,
    advance: Advance,
) -> Result<()> {
    const SQL: &str = "
        INSERT INTO inspection_runs (transfer_id, run, advance, facts) VALUES ($1, $2, $3, NULL)
        ON CONFLICT (transfer_id) DO UPDATE SET run = excluded.run, advance = excluded.advance, facts = NULL";

    change!(conn, SQL, Col(transfer), Col(run), Json(advance)).map(drop)
}

/// Notes how far a run has come.
///
/// # Errors
/// `MovedOn` where the run is over.
pub async fn note_advance(
    conn: &mut Conn,
    transfer: TransferId,
    run: RunId,
    advance: Advance,
) -> Result<()> {
    const SQL: &str = "UPDATE inspection_runs SET advance = $1 WHERE transfer_id = $2 AND run = $3";

    change!(conn, SQL, Json(advance), Col(transfer), Col(run)).and_then(ensure_changed)
}

/// Notes what a run has read out of the first file.
///
/// # Errors
/// `MovedOn` where the run is over.
pub async fn note_facts(
    conn: &mut Conn,
    transfer: TransferId,
    run: RunId,
    facts: &Measurement,
) -> Result<()> {
    const SQL: &str = "UPDATE inspection_runs SET facts = $1 WHERE transfer_id = $2 AND run = $3";

    change!(conn, SQL, Json(facts), Col(transfer), Col(run)).and_then(ensure_changed)
}

/// Ends a run.
///
/// # Errors
/// `MovedOn` where it is over already.
pub async fn end_run(conn: &mut Conn, transfer: TransferId, run: RunId) -> Result<()> {
    const SQL: &str = "DELETE FROM inspection_runs WHERE transfer_id = $1 AND run = $2";

    change!(conn, SQL, Col(transfer), Col(run)).and_then(ensure_changed)
}

/// Ends whatever run there is over a transfer. Answers how many there were.
pub async fn break_off_runs(conn: &mut Conn, transfer: TransferId) -> Result<u64> {
    const SQL: &str = "DELETE FROM inspection_runs WHERE transfer_id = $1";

    change!(conn, SQL, Col(transfer))
}

/// The runs over these transfers.
pub(super) async fn runs_of(
    conn: &mut Conn,
    ids: &[TransferId],
) -> Result<HashMap<TransferId, Run>> {
    let sql = format!(
        "SELECT transfer_id, advance, facts FROM inspection_runs WHERE transfer_id IN ({})",
        places(ids.len()),
    );

    let rows: Vec<Row> = list_among!(conn, "inspection_runs", sql, ids)?;
    let run = |row: Row| {
        let facts = row.facts.map(|it| it.0);
        (row.transfer_id.0, Run { advance: row.advance.0, facts })
    };
    Ok(rows.into_iter().map(run).collect())
}
