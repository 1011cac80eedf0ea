//! Keeping the house: what has ended is taken away, what was dropped is picked up.

use std::time::Duration;

use domain::job::JobStatus;
use tokio::time::{MissedTickBehavior, interval};

use super::queue;
use crate::{
    error::AppError,
    portal::{Portal, new_reference},
    services,
};

const ROUND: Duration = Duration::from_secs(30);

/// Makes its rounds until the portal stops.
pub(super) async fn keep(portal: Portal) {
    let mut round = interval(ROUND);
    round.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = portal.stop.cancelled() => return,
            _ = round.tick() => {}
        }
        // Logged where it arose; the next round tries again.
        let _tried = tidy(&portal).await;
    }
}

/// One round.
pub async fn tidy(portal: &Portal) -> Result<(), AppError> {
    for fate in services::job::reap(portal).await? {
        let reference = new_reference();
        tracing::warn!(reference, job.id = %fate.id, status = fate.status.key(), "a worker died over a job");
        if fate.status == JobStatus::Dead {
            queue::give_up(portal, &fate.job, &reference).await?;
        }
        portal.bell.ring();
    }
    services::upload::resume_unfinished(portal).await?;
    services::upload::expire(portal).await?;
    services::session::sweep(portal).await?;
    services::event::sweep(portal).await
}
