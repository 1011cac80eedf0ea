//! One unit of work: what changes together, and who is told.

use std::ops::{Deref, DerefMut};

use chrono::{DateTime, Utc};
use domain::{
    history::{Author, Happening},
    id::{JobId, OrganizationId, RequestId, TitleId},
    job::Job,
    people::AccountEvent,
    request::SourceRequest,
    title::TitleEvent,
};
use storage::{
    Conn, event, history, job,
    notice::{self, Origin, Post},
    people::account_event,
    title,
};
use uuid::Uuid;

use super::{Portal, Seen, new_id, new_reference};
use crate::error::AppError;

/// One unit of work: a transaction, the moment it began, and what it has told.
/// Dropped unfinished, it has never happened.
pub struct Work {
    conn: Conn,
    portal: Portal,
    now: DateTime<Utc>,
    told: usize,
    /// What its author has seen; absent once nothing newer was found.
    seen: Option<Seen>,
    /// Whether pages have to look at a change.
    rings: bool,
    /// Whether workers have to look at a job.
    calls: bool,
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
        Self {
            conn,
            portal: portal.clone(),
            now: portal.now(),
            told: 0,
            seen: portal.seen,
            rings: false,
            calls: false,
        }
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
        self.ensure_seen(request).await?;
        let number =
            history::insert(&mut self.conn, request, self.now, &author, &happening).await?;
        self.notify(
            Origin { number, request, at: self.now, author: author.person(), within: None },
            &happening,
        )
        .await?;
        event::insert(&mut self.conn, request, self.now);
        self.told += 1;
        self.rings = true;
        Ok(())
    }

    /// The same within one organization: its open pages are told, and those of its people whom it names. It is
    /// written down and sealed, but the history that all who work on the request read says nothing of it.
    pub async fn confide(
        &mut self,
        author: impl Into<Author>,
        organization: OrganizationId,
        request: RequestId,
        happening: Happening,
    ) -> Result<(), AppError> {
        let (author, now, within) = (author.into(), self.now, Some(organization));
        let number =
            history::insert_within(&mut self.conn, request, organization, now, &author, &happening)
                .await?;
        let origin = Origin { number, request, at: now, author: author.person(), within };
        self.notify(origin, &happening).await?;
        event::insert_within(&mut self.conn, request, organization, now);
        self.told += 1;
        self.rings = true;
        Ok(())
    }

    /// Whether nobody else has told of the request since its author looked. Whoever changes a request holds it until
    /// the end, so that nothing comes in between either.
    async fn ensure_seen(&mut self, request: RequestId) -> Result<(), AppError> {
        if let Some(seen) = self.seen.take_if(|it| it.request == request) {
            let newest = history::of_request(&mut self.conn, request, None, 1).await?.entries;
            if newest.first().is_some_and(|it| it.number > seen.number) {
                return Err(AppError::MovedOn);
            }
        }
        Ok(())
    }

    async fn notify(&mut self, origin: Origin, happening: &Happening) -> Result<(), AppError> {
        let post = self.post();
        Ok(notice::tell(&mut self.conn, origin, happening, post).await?)
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

    /// Has the open pages of a request look, although nothing has happened that its history tells.
    pub fn show(&mut self, request: RequestId) {
        event::insert(&mut self.conn, request, self.now);
        self.rings = true;
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
        self.calls = true;
        Ok(())
    }

    /// Has it looked again who waits for this request, where it is a primary: its file has come, or is not wanted.
    pub async fn release(&mut self, request: &SourceRequest) -> Result<(), AppError> {
        if !request.source_type.is_primary() {
            return Ok(());
        }
        self.push(&Job::Release { package: request.package }).await
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
        if self.calls {
            self.portal.bell.call();
        }
        Ok(())
    }
}
