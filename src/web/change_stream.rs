//! Server-sent events: "this request has changed". Pages fetch what they show themselves.

use std::{collections::VecDeque, convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, header},
    response::{
        IntoResponse,
        sse::{Event, KeepAlive, Sse},
    },
};
use domain::{id::RequestId, people::Actor};
use futures::{Stream, stream};
use serde::Serialize;
use tokio::time::sleep;

use crate::{
    error::AppError,
    portal::{Ear, Portal},
    services::{event, session},
    visitor::{self, Visitor},
};

/// Proxies cut what is silent for longer; and so often it is seen that a session has ended.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// The browser comes back after this when the line breaks.
const RETRY: Duration = Duration::from_secs(1);

/// What a page hears.
#[derive(Clone, Copy, Serialize)]
struct Word {
    seq: i64,
    /// Absent in the first word, which only says where the portal stands.
    request: Option<RequestId>,
}

/// One page that listens.
struct Listener {
    portal: Portal,
    token: String,
    ear: Ear,
    /// The newest change that was looked at.
    seen: i64,
    words: VecDeque<Word>,
}

/// The stream of changes of the requests that exist for the visitor.
pub async fn changes(
    State(portal): State<Portal>,
    Visitor(actor): Visitor,
    headers: HeaderMap,
) -> Result<impl IntoResponse, AppError> {
    let token = visitor::token(&portal, &headers).ok_or(AppError::SignedOut)?.to_owned();
    let listener = Listener::begin(portal, token, &actor, last_heard(&headers)).await?;
    let plain =
        [(header::CACHE_CONTROL, "no-store"), (HeaderName::from_static("x-accel-buffering"), "no")];
    Ok((plain, Sse::new(listener.stream()).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))))
}

fn last_heard(headers: &HeaderMap) -> Option<i64> {
    headers.get("last-event-id")?.to_str().ok()?.parse().ok()
}

impl Listener {
    /// Listens first and looks then, so that nothing falls between the two. A browser that comes back is told
    /// what it has missed.
    async fn begin(
        portal: Portal,
        token: String,
        actor: &Actor,
        heard: Option<i64>,
    ) -> Result<Self, AppError> {
        let ear = portal.bell.listen();
        let latest = event::latest(&portal).await?;
        let present = Word { seq: latest, request: None };
        let seen = heard.map_or(latest, |it| it.clamp(0, latest));
        let mut listener = Self { portal, token, ear, seen, words: VecDeque::from([present]) };
        listener.look(actor).await?;
        Ok(listener)
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
            let actor = session::watch(&self.portal, &self.token).await.ok()??;
            self.look(&actor).await.ok()?;
        }
    }

    /// Looks what is new, and keeps what the actor may know.
    async fn look(&mut self, actor: &Actor) -> Result<(), AppError> {
        let news = event::since(&self.portal, actor, self.seen).await?;
        self.seen = news.seen;
        self.words
            .extend(news.changes.iter().map(|it| Word { seq: it.seq, request: Some(it.request) }));
        Ok(())
    }
}

fn event_of(word: Word) -> Event {
    let event = Event::default().event("change").id(word.seq.to_string()).retry(RETRY);
    let data = serde_json::to_string(&word).unwrap_or_default();
    event.data(data)
}
