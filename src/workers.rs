//! The door for the clock: work that nobody waits for.

mod housekeeping;
mod inspection;
mod mail;
mod queue;

use std::time::Duration;

use domain::job::Lane;
use tokio::task::JoinSet;

use crate::portal::Portal;

pub use housekeeping::tidy;
pub use mail::mail_server_answers;
pub use queue::work_off;

/// A job in hand when the portal stops may take so long to come to its end; then it is left to the next worker.
const GRACE: Duration = Duration::from_secs(20);

/// Works until the portal stops: so many jobs at a time, possibly none, beside them one letter, and the house is
/// kept.
pub async fn run(portal: Portal, at_once: usize) {
    let mut crew = JoinSet::new();
    for _ in 0..at_once {
        crew.spawn(queue::work(portal.clone(), Lane::Work));
    }
    if at_once > 0 {
        crew.spawn(queue::work(portal.clone(), Lane::Post));
    }
    crew.spawn(housekeeping::keep(portal.clone()));
    portal.stop.cancelled().await;
    let left =
        tokio::time::timeout(GRACE, async { while crew.join_next().await.is_some() {} }).await;
    if left.is_err() {
        tracing::warn!("a job was still running at the stop; another worker goes on with it");
    }
}
