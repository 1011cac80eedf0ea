//! Work the portal owes itself: handed out under a lease, tried again when it failed, never done twice.
//!
//! A worker holds a job only as long as its lease runs. Everything it writes about the job names worker and
//! attempt; once the lease has run out and somebody else took over, these no longer match, and the late
//! worker is told `MovedOn`. A worker that commits its results in the same transaction as [`finish`] has
//! therefore done all of the job or nothing.

use chrono::{DateTime, Utc};
use domain::{
    id::{JobId, TransferId},
    job::{Job, JobStatus, Lane, back_off},
};
use sqlx::{AssertSqlSafe, FromRow, types::Json};
use uuid::Uuid;

use crate::{
    Conn, Result,
    column::Col,
    db::{change, ensure_changed, list},
    dialect, event,
};

/// A job in the hands of a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The job's row.
    pub id: JobId,
    /// What is to be done.
    pub job: Job,
    /// Who does it.
    pub worker: Uuid,
    /// Which attempt this is, from 1.
    pub attempt: u32,
}

/// What became of a job whose worker failed or vanished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fate {
    /// The job's row.
    pub id: JobId,
    /// What was to be done.
    pub job: Job,
    /// Queued again, dead after the last attempt, or done where the same work waits already.
    pub status: JobStatus,
}

#[derive(FromRow)]
struct Row {
    id: Col<JobId>,
    job: Json<Job>,
    worker: Option<Uuid>,
    attempt: Col<u32>,
}

/// Queues a job for `run_at`. The same work is queued once: what waits already is only moved forward.
pub async fn push(conn: &mut Conn, id: JobId, job: &Job, run_at: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "
        INSERT INTO jobs (id, job, dedupe_key, status, run_at, attempt)
        VALUES ($1, $2, $3, $4, $5, 0)
        ON CONFLICT (dedupe_key) WHERE status = 'queued' DO UPDATE
           SET run_at = CASE WHEN excluded.run_at < jobs.run_at THEN excluded.run_at ELSE jobs.run_at END";

    let queued = Col(JobStatus::Queued);
    change!(conn, SQL, Col(id), Json(job), job.dedupe_key(), queued, Col(run_at))?;
    event::call(conn);
    Ok(())
}

/// Takes up to `limit` due jobs of a line for `worker`, until `lease_until`. No two workers get the same one, nor
/// two jobs for the same work at once.
pub async fn claim(
    conn: &mut Conn,
    lane: Lane,
    worker: Uuid,
    now: DateTime<Utc>,
    lease_until: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<Claim>> {
    let sql = format!(
        "WITH due AS (
            SELECT j.id FROM jobs j
             WHERE j.status = 'queued' AND j.run_at <= $1 AND (j.dedupe_key LIKE 'letter:%') = $5
               AND NOT EXISTS (SELECT 1 FROM jobs r WHERE r.dedupe_key = j.dedupe_key AND r.status = 'running')
             ORDER BY j.run_at, j.id
             LIMIT $2 {})
         UPDATE jobs SET status = 'running', attempt = attempt + 1, worker = $3, lease_until = $4
          WHERE id IN (SELECT id FROM due)
         RETURNING id, job, worker, attempt",
        dialect::skip_taken(conn),
    );

    let rows: Vec<Row> = list!(
        conn,
        "jobs",
        AssertSqlSafe(sql),
        Col(now),
        i64::from(limit),
        worker,
        Col(lease_until),
        lane == Lane::Post,
    )?;
    Ok(rows
        .into_iter()
        .map(|row| Claim { id: row.id.0, job: row.job.0, worker, attempt: row.attempt.0 })
        .collect())
}

/// Puts off what waits in a line and would be due before `until`, as if it had been tried as well. Answers how many.
pub async fn put_off(conn: &mut Conn, lane: Lane, until: DateTime<Utc>) -> Result<u64> {
    const SQL: &str = "
        UPDATE jobs SET run_at = $1, attempt = attempt + 1
         WHERE status = 'queued' AND run_at < $1 AND (dedupe_key LIKE 'letter:%') = $2";

    change!(conn, SQL, Col(until), lane == Lane::Post)
}

/// Prolongs the lease of a job that is still being worked on.
pub async fn heartbeat(conn: &mut Conn, claim: &Claim, lease_until: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "
        UPDATE jobs SET lease_until = $1 WHERE id = $2 AND worker = $3 AND attempt = $4 AND status = 'running'";

    change!(conn, SQL, Col(lease_until), Col(claim.id), claim.worker, Col(claim.attempt))
        .and_then(ensure_changed)
}

/// Notes that the job is done.
pub async fn finish(conn: &mut Conn, claim: &Claim, now: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "
        UPDATE jobs SET status = 'done', finished_at = $1, worker = NULL, lease_until = NULL
         WHERE id = $2 AND worker = $3 AND attempt = $4 AND status = 'running'";

    change!(conn, SQL, Col(now), Col(claim.id), claim.worker, Col(claim.attempt))
        .and_then(ensure_changed)
}

/// The jobs whose worker has let its lease run out, longest ago first.
pub async fn lapsed(conn: &mut Conn, now: DateTime<Utc>) -> Result<Vec<Claim>> {
    const SQL: &str = "
        SELECT id, job, worker, attempt FROM jobs WHERE status = 'running' AND lease_until < $1 ORDER BY lease_until, id";

    let rows: Vec<Row> = list!(conn, "jobs", SQL, Col(now))?;
    let claim = |row: Row| {
        let worker = row.worker.unwrap_or_default();
        Claim { id: row.id.0, job: row.job.0, worker, attempt: row.attempt.0 }
    };
    Ok(rows.into_iter().map(claim).collect())
}

/// Forgets the jobs done before `before`; the dead stay until somebody has looked. Answers how many.
pub async fn remove_done_before(conn: &mut Conn, before: DateTime<Utc>) -> Result<u64> {
    const SQL: &str = "DELETE FROM jobs WHERE status = 'done' AND finished_at < $1";

    change!(conn, SQL, Col(before))
}

/// How many jobs stand in `status`.
pub async fn count_in(conn: &mut Conn, status: JobStatus) -> Result<u32> {
    const SQL: &str = "SELECT COUNT(*) FROM jobs WHERE status = $1";

    let rows: Vec<(Col<u32>,)> = list!(conn, "jobs", SQL, Col(status))?;
    Ok(rows.first().map_or(0, |(count,)| count.0))
}

/// The transfers that wait for an inspection, in the order in which they come to it; of a long line its beginning.
pub async fn inspections_in_line(conn: &mut Conn) -> Result<Vec<TransferId>> {
    const SQL: &str = "
        SELECT id, job FROM jobs
         WHERE status = 'queued' AND dedupe_key LIKE 'inspect:%'
         ORDER BY run_at, id
         LIMIT 1000";

    let rows: Vec<(Col<JobId>, Json<Job>)> = list!(conn, "jobs", SQL)?;
    let transfer = |(_, job): (Col<JobId>, Json<Job>)| match job.0 {
        Job::Inspect { transfer } => Some(transfer),
        Job::Release { .. } | Job::SendLetter { .. } => None,
    };
    Ok(rows.into_iter().filter_map(transfer).collect())
}

/// Notes that the job failed, and why: it is tried again later, or dead after the last attempt.
pub async fn fail(conn: &mut Conn, claim: &Claim, now: DateTime<Utc>, why: &str) -> Result<Fate> {
    const SQL: &str = "
        UPDATE jobs SET status = $1, run_at = $2, finished_at = $3, last_error = $4, worker = NULL, lease_until = NULL
         WHERE id = $5 AND worker = $6 AND attempt = $7 AND status = 'running'";

    let status = next_status(conn, claim).await?;
    let finished_at = (status != JobStatus::Queued).then_some(Col(now));
    change!(
        conn,
        SQL,
        Col(status),
        Col(now + back_off(claim.attempt)),
        finished_at,
        why,
        Col(claim.id),
        claim.worker,
        Col(claim.attempt),
    )
    .and_then(ensure_changed)?;
    Ok(Fate { id: claim.id, job: claim.job.clone(), status })
}

/// Where a job goes whose attempt has failed. If the same work was queued again meanwhile, that one is enough.
async fn next_status(conn: &mut Conn, claim: &Claim) -> Result<JobStatus> {
    const SQL: &str = "SELECT id FROM jobs WHERE dedupe_key = $1 AND status = 'queued'";

    let twins: Vec<(Col<JobId>,)> = list!(conn, "jobs", SQL, claim.job.dedupe_key())?;
    Ok(match (twins.is_empty(), claim.attempt >= claim.job.attempts()) {
        (false, _) => JobStatus::Done,
        (true, true) => JobStatus::Dead,
        (true, false) => JobStatus::Queued,
    })
}
