//! Keeping the house: what has ended is taken away, what was dropped is picked up.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use super::queue;
use crate::{
    error::AppError,
    portal::{Portal, new_reference},
    services,
};

const ROUND: Duration = Duration::from_secs(30);

/// Makes its rounds until the portal stops.
pub async fn keep(portal: Portal) {
    let mut round = interval(ROUND);
    round.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = portal.stop.cancelled() => return,
            _ = round.tick() => {}
        }
        tidy(&portal).await;
    }
}

/// One round. Each chore is done by itself, so that one that goes wrong holds up none of the others.
pub async fn tidy(portal: &Portal) {
    note("picking up jobs", pick_up(portal).await);
    note("forgetting jobs", services::job::sweep(portal).await);
    note("finishing uploads", services::upload::resume_unfinished(portal).await);
    note("giving up uploads", services::upload::expire(portal).await);
    note("removing copies", services::inspection::sweep(portal).await);
    note("removing attachments", services::comment::sweep(portal).await);
    note("ending sessions", services::session::sweep(portal).await);
    note("forgetting invitations", services::people::sweep(portal).await);
    note("writing of notices", services::notice::mail_due(portal).await);
    note("forgetting notices", services::notice::sweep(portal).await);
    note("forgetting letters", services::letter::sweep(portal).await);
    note("forgetting links", services::material::sweep(portal).await);
    note("forgetting tables", services::import::sweep(portal).await);
    note("forgetting changes", services::event::sweep(portal).await);
}

fn note(chore: &str, outcome: Result<(), AppError>) {
    if let Err(error) = outcome {
        tracing::warn!(chore, %error, "a chore is left to the next round");
    }
}

/// Takes the jobs of workers that died back, for others to go on with.
async fn pick_up(portal: &Portal) -> Result<(), AppError> {
    for claim in services::job::lapsed(portal).await? {
        let reference = new_reference();
        tracing::warn!(reference, job.id = %claim.id, attempt = claim.attempt, "a worker died over a job");
        match queue::put_back(portal, &claim, "The worker vanished.", &reference).await {
            // Another server was faster.
            Ok(()) | Err(AppError::MovedOn) => portal.bell.call(),
            Err(error) => tracing::error!(reference, %error, "the job could not be put back"),
        }
    }
    Ok(())
}
