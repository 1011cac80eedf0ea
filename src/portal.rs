//! The portal's tools in one hand, and one unit of work with them.

mod bell;
mod work;

use std::{
    ops::Deref,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::{delivery::Limits, id::RequestId};
use storage::{Conn, Db, vault::Vault};
use tokio::sync::Semaphore;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

pub use bell::{Bell, Ear};
pub use work::Work;

pub use crate::settings::{Post, Transport};

use crate::{error::AppError, settings::Settings};

/// All that the services work with. Cheap to clone.
#[derive(Clone)]
pub struct Portal {
    tools: Arc<Tools>,
    seen: Option<Seen>,
}

/// How far somebody has seen the history of a request that they are about to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub request: RequestId,
    /// The newest happening; 0 for none.
    pub number: i64,
}

/// What a [`Portal`] holds.
pub struct Tools {
    pub db: Db,
    pub vault: Vault,
    pub clock: Clock,
    /// Rings whenever something has changed.
    pub bell: Bell,
    pub settings: Settings,
    /// What this deployment takes.
    pub limits: Limits,
    /// Canceled when the portal stops: whoever waits for something waits for this too.
    pub stop: CancellationToken,
    /// What is still done after an answer was given: waited for when the portal stops.
    pub tasks: TaskTracker,
    /// Passwords hashed at the same time: each takes 19 MiB, and the pages need the processor too.
    pub hashing: Semaphore,
}

const HASHED_AT_ONCE: usize = 2;

impl Deref for Portal {
    type Target = Tools;

    fn deref(&self) -> &Tools {
        &self.tools
    }
}

impl Portal {
    pub fn new(db: Db, vault: Vault, clock: Clock, settings: Settings) -> Self {
        let limits = settings.limits();
        let (bell, stop, hashing) =
            (Bell::default(), CancellationToken::new(), Semaphore::new(HASHED_AT_ONCE));
        let tasks = TaskTracker::new();
        let tools = Tools { db, vault, clock, bell, settings, limits, stop, tasks, hashing };
        Self { tools: Arc::new(tools), seen: None }
    }

    /// The same for somebody who has seen this: a unit of work that tells of the request is
    /// [`MovedOn`](AppError::MovedOn), and has never happened, where others have told of it since.
    pub fn as_seen(&self, seen: Option<Seen>) -> Self {
        Self { tools: Arc::clone(&self.tools), seen }
    }

    /// A connection to read with.
    pub async fn read(&self) -> Result<Conn, AppError> {
        Ok(self.db.read().await?)
    }

    /// A unit of work: everything in it happens, or nothing of it.
    pub async fn begin(&self) -> Result<Work, AppError> {
        let conn = self.db.begin().await?;
        Ok(Work::new(conn, self))
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Rings the bell when another process has changed something, until the portal stops.
    pub async fn hear_others(self) {
        tokio::select! {
            () = self.stop.cancelled() => {}
            () = bell::relay(&self.db, &self.bell) => {}
        }
    }
}

/// The only place where the portal asks for the time.
#[derive(Clone, Debug)]
pub enum Clock {
    Real,
    /// Stands still until it is turned.
    Turned(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// A clock that stands at `at`.
    pub fn standing(at: DateTime<Utc>) -> Self {
        Self::Turned(Arc::new(Mutex::new(at)))
    }

    /// The present, cut to the microseconds that both databases keep.
    #[expect(clippy::disallowed_methods, reason = "the one place where the time is asked for")]
    pub fn now(&self) -> DateTime<Utc> {
        let now = match self {
            Self::Real => Utc::now(),
            Self::Turned(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        };
        now.trunc_subsecs(6)
    }

    /// Turns a standing clock on; the real one goes by itself.
    pub fn turn(&self, by: TimeDelta) {
        match self {
            Self::Real => {}
            Self::Turned(at) => *at.lock().unwrap_or_else(PoisonError::into_inner) += by,
        }
    }
}

/// A new identity; grows with time, so that what was made together lies together.
#[expect(clippy::disallowed_methods, reason = "the one place where identities are made")]
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// A short name for one mishap: it stands in the log and in what the person sees.
pub fn new_reference() -> String {
    let mut reference = Uuid::new_v4().simple().to_string();
    reference.truncate(8);
    reference
}
