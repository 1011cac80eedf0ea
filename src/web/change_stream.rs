//! Server-sent events: "this request has changed", "so many notices are unread". Pages fetch what they show
//! themselves.

use std::{collections::VecDeque, convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, header},
    response::{
        IntoResponse,
        sse::{Event, KeepAlive, Sse},
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{id::RequestId, people::Actor};
use futures::{Stream, stream};
use serde::Serialize;
use tokio::time::sleep;

use crate::{
    error::AppError,
    portal::{Ear, Portal},
    services::{
        event::{self, Change},
        notice, session,
    },
    visitor,
};

/// Proxies cut what is silent for longer; and so often it is seen that a session has ended.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Whoever was signed in a moment ago still is.
const TRUSTED: TimeDelta = TimeDelta::seconds(3);
/// The browser comes back after this when the line breaks.
const RETRY: Duration = Duration::from_secs(1);

/// What a page hears.
#[derive(Clone, Copy, Serialize)]
struct Word {
    seq: i64,
    /// Absent in the first word, which only says where the portal stands, and in those about notices.
    request: Option<RequestId>,
    /// Said first of all, and when it has become another.
    #[serde(skip_serializing_if = "Option::is_none")]
    unread: Option<u32>,
}

/// One page that listens.
struct Listener {
    portal: Portal,
    token: String,
    /// Who listens, and when that was last looked up.
    actor: Actor,
    asked: DateTime<Utc>,
    ear: Ear,
    /// The newest change that was looked at.
    seen: i64,
    /// How many notices the page knows of.
    unread: u32,
    words: VecDeque<Word>,
}

/// The stream of changes of the requests that exist for the visitor. To listen is no activity: a page that
/// nobody looks at comes back to the stream by itself.
pub async fn changes(
    State(portal): State<Portal>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, AppError> {
    let token = visitor::token(&portal, &headers).ok_or(AppError::SignedOut)?.to_owned();
    let actor = session::watch(&portal, &token).await?.ok_or(AppError::SignedOut)?;
    let listener = Listener::begin(portal, token, actor).await?;
    let plain =
        [(header::CACHE_CONTROL, "no-store"), (HeaderName::from_static("x-accel-buffering"), "no")];
    Ok((plain, Sse::new(listener.stream()).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))))
}

impl Listener {
    /// Listens first and looks then, so that nothing falls between the two. A browser that comes back sees by
    /// the first word whether it has missed anything, and reads again what it shows.
    async fn begin(portal: Portal, token: String, actor: Actor) -> Result<Self, AppError> {
        let (ear, asked) = (portal.bell.listen(), portal.now());
        let seen = event::latest(&portal).await?;
        let unread = notice::unread(&portal, &actor).await?;
        let words = VecDeque::from([Word { seq: seen, request: None, unread: Some(unread) }]);
        Ok(Self { portal, token, actor, asked, ear, seen, unread, words })
    }

    fn stream(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, |mut listener| async move {
            let word = listener.next().await?;
            Some((Ok(event_of(word)), listener))
        })
    }

    /// The next word; none when the portal stops or the session has ended.
    async fn next(&mut self) -> Option<Word> {
        loop {
            if let Some(word) = self.words.pop_front() {
                return Some(word);
            }
            tokio::select! {
                () = self.portal.stop.cancelled() => return None,
                () = self.ear.hear() => {}
                () = sleep(KEEP_ALIVE) => {}
            }
            // An error was logged where it arose; the browser comes back and begins anew.
            self.ask().await.ok()?;
            self.look().await.ok()?;
        }
    }

    /// Asks who listens, where the last answer has grown old: many pages are woken by every change.
    async fn ask(&mut self) -> Result<(), AppError> {
        let now = self.portal.now();
        if now - self.asked >= TRUSTED {
            let actor = session::watch(&self.portal, &self.token).await?;
            (self.actor, self.asked) = (actor.ok_or(AppError::SignedOut)?, now);
        }
        Ok(())
    }

    /// Looks what is new, and keeps what the actor may know.
    async fn look(&mut self) -> Result<(), AppError> {
        let news = event::since(&self.portal, &self.actor, self.seen).await?;
        // Changes of others only are no news; a bell that rings without any may mean that notices were read.
        let may_count_anew = !news.changes.is_empty() || news.seen == self.seen;
        self.seen = news.seen;
        let change = |it: &Change| Word { seq: it.seq, request: Some(it.request), unread: None };
        self.words.extend(news.changes.iter().map(change));
        if may_count_anew { self.count().await } else { Ok(()) }
    }

    /// Says how many notices are unread, where the page knows another number.
    async fn count(&mut self) -> Result<(), AppError> {
        let unread = notice::unread(&self.portal, &self.actor).await?;
        if unread != self.unread {
            self.unread = unread;
            self.words.push_back(Word { seq: self.seen, request: None, unread: Some(unread) });
        }
        Ok(())
    }
}

fn event_of(word: Word) -> Event {
    let event = Event::default().event("change").retry(RETRY);
    let data = serde_json::to_string(&word).unwrap_or_default();
    event.data(data)
}
