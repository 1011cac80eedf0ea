//! The queue: claim a job, run it, keep it while it runs, say how it went.

use std::time::Duration;

use chrono::TimeDelta;
use domain::job::{Job, Lane};
use tokio::time::{MissedTickBehavior, interval, sleep};
use uuid::Uuid;

use super::{inspection, mail};
use crate::{
    error::AppError,
    portal::{Portal, new_id, new_reference},
    services::{self, job::Claim},
};

/// A job is a worker's own for so long; a worker that died holds it back no longer than this.
const LEASE: TimeDelta = TimeDelta::seconds(60);
/// The lease is renewed three times before it would end.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// What nobody rings for: attempts that have become due again, jobs of other machines.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// Why a job did not get done.
#[derive(Debug)]
pub(super) enum Mishap {
    /// Services have logged it already.
    Desk(AppError),
    /// Something that we need does not work, in words for the log.
    Machinery(String),
    /// Something that all jobs of the line need is not to be had, in words for the log.
    Away(String),
}

impl From<AppError> for Mishap {
    fn from(error: AppError) -> Self {
        Self::Desk(error)
    }
}

impl Mishap {
    pub(super) fn words(&self) -> String {
        match self {
            Self::Desk(error) => error.to_string(),
            Self::Machinery(why) | Self::Away(why) => why.clone(),
        }
    }
}

/// Takes one job of a line after the other until the portal stops.
pub(super) async fn work(portal: Portal, lane: Lane) {
    let worker = new_id();
    let mut ear = portal.bell.await_calls();
    while !portal.stop.is_cancelled() {
        match work_off_one(&portal, lane, worker).await {
            Ok(0) => tokio::select! {
                () = portal.stop.cancelled() => {}
                () = ear.hear() => {}
                () = sleep(LOOK_AGAIN) => {}
            },
            Ok(_) => {}
            // Logged where it arose; a database that is away comes back no sooner for being asked at once.
            Err(_) => tokio::select! {
                () = portal.stop.cancelled() => {}
                () = sleep(LOOK_AGAIN) => {}
            },
        }
    }
}

/// Runs one job of each line that is due, if there is one; answers with how many were run.
pub async fn work_off(portal: &Portal, worker: Uuid) -> Result<usize, AppError> {
    let mut run = 0;
    for lane in Lane::ALL {
        run += work_off_one(portal, lane, worker).await?;
    }
    Ok(run)
}

async fn work_off_one(portal: &Portal, lane: Lane, worker: Uuid) -> Result<usize, AppError> {
    let claimed = services::job::claim(portal, lane, worker, portal.now() + LEASE, 1).await?;
    for job in &claimed {
        attend(portal, job).await;
    }
    Ok(claimed.len())
}

/// Runs a job while its lease is kept alive. A lease that was lost means that another worker has it now.
async fn attend(portal: &Portal, claim: &Claim) {
    let outcome = tokio::select! {
        outcome = run(portal, &claim.job) => outcome,
        () = lost(portal, claim) => {
            tracing::warn!(job.id = %claim.id, "the job was taken over by another worker");
            return;
        }
    };
    let noted = match outcome {
        Ok(()) => services::job::finish(portal, claim).await,
        Err(mishap) => failed(portal, claim, &mishap).await,
    };
    match noted {
        Ok(()) => {}
        Err(AppError::MovedOn) => {
            tracing::warn!(job.id = %claim.id, "the job was taken over before its end was noted")
        }
        Err(error) => {
            tracing::error!(job.id = %claim.id, %error, "the end of the job could not be noted")
        }
    }
}

async fn run(portal: &Portal, job: &Job) -> Result<(), Mishap> {
    match job {
        Job::Inspect { transfer } => inspection::inspect(portal, *transfer).await,
        Job::Release { package } => Ok(services::delivery::release(portal, *package).await?),
        Job::SendLetter { letter } => mail::send(portal, *letter).await,
    }
}

/// Returns when the job is no longer ours.
async fn lost(portal: &Portal, claim: &Claim) {
    let mut beat = interval(HEARTBEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    beat.tick().await;
    loop {
        beat.tick().await;
        // A database that was away for a moment is no reason to drop the work.
        let kept = services::job::keep(portal, claim, portal.now() + LEASE).await;
        if matches!(kept, Err(AppError::MovedOn)) {
            return;
        }
    }
}

async fn failed(portal: &Portal, claim: &Claim, mishap: &Mishap) -> Result<(), AppError> {
    let (reference, why) = (new_reference(), mishap.words());
    tracing::error!(reference, job.id = %claim.id, job.key = claim.job.dedupe_key(), attempt = claim.attempt, "a job failed: {why}");
    put_back(portal, claim, &why, &reference).await?;
    match mishap {
        Mishap::Away(_) => services::job::put_off(portal, claim).await,
        Mishap::Desk(_) | Mishap::Machinery(_) => Ok(()),
    }
}

/// Notes that an attempt came to nothing. After the last one the job is given up.
pub(super) async fn put_back(
    portal: &Portal,
    claim: &Claim,
    why: &str,
    reference: &str,
) -> Result<(), AppError> {
    // First, so that a transfer never waits for a job that is given up already.
    if claim.attempt >= claim.job.attempts() {
        give_up(portal, &claim.job, reference).await?;
    }
    services::job::fail(portal, claim, &format!("{why} ({reference})")).await?;
    Ok(())
}

/// What stays behind when a job will not be tried again: an error of ours, which the platform sees.
async fn give_up(portal: &Portal, job: &Job, reference: &str) -> Result<(), AppError> {
    match job {
        Job::Inspect { transfer } => {
            services::inspection::give_up(portal, *transfer, reference).await
        }
        Job::Release { package } => {
            tracing::error!(reference, package.id = %package, "transfers may wait for a primary that has succeeded");
            Ok(())
        }
        Job::SendLetter { letter } => {
            let why = format!("the mail server was not to be had (reference {reference})");
            services::letter::give_up(portal, *letter, &why).await
        }
    }
}
