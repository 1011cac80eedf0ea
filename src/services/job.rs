//! The portal's own work: who takes which job, and what becomes of it.
//!
//! Nobody is told of any of this, so none of it rings the bell: a worker that rang at each look for work
//! would wake itself up for ever.

use chrono::{DateTime, TimeDelta, Utc};
use domain::job::{Job, Lane, back_off};
use storage::{delivery, job};
use uuid::Uuid;

pub use storage::job::{Claim, Fate};

use crate::{error::AppError, portal::Portal};

/// What was done stays for a week, for whoever wonders.
const MEMORY: TimeDelta = TimeDelta::days(7);

/// Takes up to `limit` jobs of a line that are due. They are the worker's own until `lease_until`.
pub async fn claim(
    portal: &Portal,
    lane: Lane,
    worker: Uuid,
    lease_until: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<Claim>, AppError> {
    let mut conn = portal.db.begin().await?;
    let claimed = job::claim(&mut conn, lane, worker, portal.now(), lease_until, limit).await?;
    conn.commit().await?;
    Ok(claimed)
}

/// Says that the worker is still at it; `MovedOn` means that the job is no longer its own.
pub async fn keep(
    portal: &Portal,
    claim: &Claim,
    lease_until: DateTime<Utc>,
) -> Result<(), AppError> {
    let mut conn = portal.db.begin().await?;
    job::heartbeat(&mut conn, claim, lease_until).await?;
    Ok(conn.commit().await?)
}

pub async fn finish(portal: &Portal, claim: &Claim) -> Result<(), AppError> {
    let mut conn = portal.db.begin().await?;
    job::finish(&mut conn, claim, portal.now()).await?;
    Ok(conn.commit().await?)
}

/// The attempt failed: there will be another one later, unless this was the last.
pub async fn fail(portal: &Portal, claim: &Claim, why: &str) -> Result<Fate, AppError> {
    let mut conn = portal.db.begin().await?;
    let fate = job::fail(&mut conn, claim, portal.now(), why).await?;
    // The next attempt starts over. In one go with the failure, as that may begin at once.
    if let Job::Inspect { transfer } = claim.job {
        delivery::break_off_runs(&mut conn, transfer).await?;
    }
    conn.commit().await?;
    Ok(fate)
}

/// Puts off all that is due in the line of a job that has just found out for all of them that it is no use now.
pub async fn put_off(portal: &Portal, claim: &Claim) -> Result<(), AppError> {
    let mut conn = portal.db.begin().await?;
    job::put_off(&mut conn, claim.job.lane(), portal.now() + back_off(claim.attempt)).await?;
    Ok(conn.commit().await?)
}

/// The jobs whose workers died over them.
pub async fn lapsed(portal: &Portal) -> Result<Vec<Claim>, AppError> {
    let mut conn = portal.read().await?;
    Ok(job::lapsed(&mut conn, portal.now()).await?)
}

/// Forgets what was done long ago.
pub async fn sweep(portal: &Portal) -> Result<(), AppError> {
    let mut conn = portal.db.begin().await?;
    job::remove_done_before(&mut conn, portal.now() - MEMORY).await?;
    Ok(conn.commit().await?)
}
