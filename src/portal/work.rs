//! One unit of work: what changes together, and who is told.

use std::ops::{Deref, DerefMut};

use chrono::{DateTime, Utc};
use domain::{
    history::{Author, Happening},
    id::{JobId, OrganizationId, RequestId, TitleId},
    job::Job,
    people::AccountEvent,
    title::TitleEvent,
};
use storage::{
    Conn, event, history, job,
    notice::{self, Origin, Post},
    people::account_event,
    title,
};
use uuid::Uuid;

use super::{Portal, new_id, new_reference};
use crate::error::AppError;

/// One unit of work: a transaction, the moment it began, and what it has told.
/// Dropped unfinished, it has never happened.
pub struct Work {
    conn: Conn,
    portal: Portal,
    now: DateTime<Utc>,
    told: usize,
    /// Whether somebody has to look: a page at a change, a worker at a job.
    rings: bool,
}

impl Deref for Work {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Work {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

impl Work {
    pub(super) fn new(conn: Conn, portal: &Portal) -> Self {
        Self { conn, portal: portal.clone(), now: portal.now(), told: 0, rings: false }
    }

    /// The moment of this work: everything in it happens at once.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    pub fn new_id(&self) -> Uuid {
        new_id()
    }

    /// The portal whose work this is.
    pub fn portal(&self) -> &Portal {
        &self.portal
    }

    /// Writes what happened into the request's history, and tells the open pages of it and whom it concerns.
    pub async fn tell(
        &mut self,
        author: impl Into<Author>,
        request: RequestId,
        happening: Happening,
    ) -> Result<(), AppError> {
        let author = author.into();
        let number =
            history::insert(&mut self.conn, request, self.now, &author, &happening).await?;
        let origin = Origin { number, request, at: self.now, author: author.person() };
        let post = self.post();
        notice::tell(&mut self.conn, origin, &happening, post).await?;
        event::insert(&mut self.conn, request, self.now);
        self.told += 1;
        self.rings = true;
        Ok(())
    }

    /// Tells the open pages of one organization that something is new about the request. The history, which all who
    /// work on the request read, says nothing of it.
    pub fn confide(&mut self, organization: OrganizationId, request: RequestId) {
        event::insert_within(&mut self.conn, request, organization, self.now);
        self.told += 1;
        self.rings = true;
    }

    /// Writes down what was done to the accounts of an organization.
    pub async fn note(
        &mut self,
        author: impl Into<Author>,
        organization: OrganizationId,
        done: AccountEvent,
    ) -> Result<(), AppError> {
        let author = author.into();
        account_event::insert(&mut self.conn, organization, self.now, &author, &done).await?;
        self.told += 1;
        Ok(())
    }

    /// Writes down what was done to a title, and has the open pages look.
    pub async fn record(
        &mut self,
        author: impl Into<Author>,
        title: TitleId,
        done: TitleEvent,
    ) -> Result<(), AppError> {
        title::event::insert(&mut self.conn, title, self.now, &author.into(), &done).await?;
        self.told += 1;
        self.ring();
        Ok(())
    }

    fn post(&self) -> Post {
        if self.portal.settings.post().is_some() { Post::Goes } else { Post::Stays }
    }

    /// Has everybody look who listens, although no request has changed.
    pub fn ring(&mut self) {
        event::ring(&mut self.conn);
        self.rings = true;
    }

    /// Leaves work to the workers, as soon as this work is finished.
    pub async fn push(&mut self, job: &Job) -> Result<(), AppError> {
        self.push_at(job, self.now).await
    }

    /// Leaves work to the workers, not before `run_at`.
    pub async fn push_at(&mut self, job: &Job, run_at: DateTime<Utc>) -> Result<(), AppError> {
        let id = JobId(new_id());
        job::push(&mut self.conn, id, job, run_at).await?;
        self.rings = true;
        Ok(())
    }

    /// Makes it all true. A change that nobody was told of is not made.
    pub async fn finish(self) -> Result<(), AppError> {
        if self.told == 0 {
            let reference = new_reference();
            tracing::error!(reference, "a unit of work told nothing and was rolled back");
            return Err(AppError::Broken { reference });
        }
        self.conclude().await
    }

    /// Makes it all true although there is nothing to tell: no request has changed.
    pub async fn finish_untold(self) -> Result<(), AppError> {
        self.conclude().await
    }

    async fn conclude(self) -> Result<(), AppError> {
        self.conn.commit().await?;
        if self.rings {
            self.portal.bell.ring();
        }
        Ok(())
    }
}
