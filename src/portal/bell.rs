//! The bell: it says that something has changed, and whoever wants to know what looks for themselves.
//!
//! Several rings while nobody listens are one ring, so nothing piles up and nothing is lost.

use std::time::Duration;

use futures::StreamExt;
use storage::{Db, WakeUp, event};
use tokio::{sync::watch, time::sleep};

/// Pages and workers hear different sounds: a letter that waits is no news to a page.
#[derive(Clone, Debug)]
pub struct Bell {
    pages: watch::Sender<()>,
    workers: watch::Sender<()>,
}

/// Hears the bell from the moment it was made.
#[derive(Debug)]
pub struct Ear(watch::Receiver<()>);

impl Default for Bell {
    fn default() -> Self {
        Self { pages: watch::Sender::new(()), workers: watch::Sender::new(()) }
    }
}

impl Bell {
    /// Something has changed.
    pub fn ring(&self) {
        self.pages.send_replace(());
    }

    /// Work waits.
    pub fn call(&self) {
        self.workers.send_replace(());
    }

    /// Hears when something has changed.
    pub fn listen(&self) -> Ear {
        Ear::to(&self.pages)
    }

    /// Hears when work waits.
    pub fn await_calls(&self) -> Ear {
        Ear::to(&self.workers)
    }

    /// Nobody knows what another process has done.
    fn ring_for_all(&self) {
        self.ring();
        self.call();
    }
}

impl Ear {
    fn to(sound: &watch::Sender<()>) -> Self {
        let mut heard = sound.subscribe();
        heard.mark_unchanged();
        Self(heard)
    }

    /// Waits until the bell has rung since it was last heard.
    pub async fn hear(&mut self) {
        // Without a bell there is silence, not news.
        if self.0.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// How often it is looked whether another process has changed an embedded database, which wakes nobody.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// How long to wait when the database is away.
const TRY_AGAIN: Duration = Duration::from_secs(1);

/// Rings for what other processes have changed; never ends by itself.
pub async fn relay(db: &Db, bell: &Bell) {
    loop {
        match db.listen().await {
            Ok(None) => return look_again_and_again(db, bell).await,
            Ok(Some(mut wake_ups)) => {
                while let Some(wake_up) = wake_ups.next().await {
                    match wake_up {
                        WakeUp::Job => bell.call(),
                        WakeUp::Anything => bell.ring_for_all(),
                    }
                }
            }
            Err(error) => tracing::warn!(%error, "the changes of other servers cannot be heard"),
        }
        sleep(TRY_AGAIN).await;
        // What was missed meanwhile.
        bell.ring_for_all();
    }
}

async fn look_again_and_again(db: &Db, bell: &Bell) {
    let mut known = None;
    loop {
        match latest(db).await {
            Ok(latest) if known == Some(latest) => {}
            Ok(latest) => {
                known = Some(latest);
                bell.ring_for_all();
            }
            Err(error) => tracing::warn!(%error, "changes cannot be looked for"),
        }
        sleep(LOOK_EVERY).await;
    }
}

async fn latest(db: &Db) -> storage::Result<i64> {
    event::latest(&mut db.read().await?).await
}
