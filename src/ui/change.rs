//! Following what changes on the server: one stream of events for the tab, and pages that read again only
//! what concerns them.

use std::{cell::Cell, rc::Rc, time::Duration};

use domain::id::RequestId;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    error::AppError,
    paths,
    ui::{
        browser::events::{Events, News, fields},
        context::{use_sign_in, use_signed_in},
    },
};

/// Something that has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Grows with every change of the portal.
    pub seq: i64,
    /// The request it happened to; absent where it may be any, as after a connection was made.
    pub request: Option<RequestId>,
}

/// What the tab has heard of the server.
#[derive(Clone, Copy)]
pub struct Live {
    last: RwSignal<Option<Change>>,
    line: RwSignal<Line>,
    unread: RwSignal<u32>,
}

/// How the stream stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// Nobody listens, or all that happens is heard.
    Fine,
    /// Broken a moment ago; as a rule it mends itself.
    Broken,
    Lost,
}

/// See [`Live`].
pub fn use_live() -> Live {
    use_context().unwrap_or_else(Live::deaf)
}

impl Live {
    fn deaf() -> Self {
        let (last, line) = (RwSignal::new(None), RwSignal::new(Line::Fine));
        Self { last, line, unread: RwSignal::new(0) }
    }

    /// The newest change; `None` before the first connection.
    pub fn last(self) -> Option<Change> {
        self.last.get()
    }

    /// As [`Live::last`], without following it: to be asked before something is read, and handed to [`follow`].
    pub fn last_untracked(self) -> Option<Change> {
        self.last.get_untracked()
    }

    /// How many notices wait at the bell, as far as it was heard.
    pub fn unread(self) -> u32 {
        self.unread.get()
    }

    /// Whether the server has not been heard for longer than a moment.
    pub fn is_lost(self) -> bool {
        self.line.get() == Line::Lost
    }

    fn hear(self, change: Change) {
        let known = self.last.get_untracked().map(|it| it.seq);
        // The first word after a connection is the present number: the gap is closed if it is another one.
        if change.request.is_some() || known != Some(change.seq) {
            self.last.set(Some(change));
        }
    }
}

/// How long a broken line may take to mend before anybody is told; and how long to wait before a stream that
/// the server has refused is asked for again: as long as this, and longer each time.
const PATIENCE: Duration = Duration::from_secs(3);
const LONGEST_PATIENCE: u32 = 20;

/// Listens to the stream of changes while somebody is signed in and looks at the tab; once, in the app.
pub fn provide_live() {
    let live = Live::deaf();
    let known = use_sign_in();
    let signed_in = use_signed_in();
    provide_context(live);
    Effect::new(move |_| {
        let stream = StoredValue::new_local(None::<Events>);
        // Setting the signal opens the stream anew, so the count is kept apart from it.
        let refused = RwSignal::new(0_u32);
        let times_refused = StoredValue::new(0_u32);
        let is_seen = RwSignal::new(!document().hidden());
        let person = Memo::new(move |_| signed_in.with(|it| it.as_ref().map(|it| it.person)));
        // Browsers give a site six connections over HTTP/1.1: a tab that nobody looks at must not hold one.
        let looked_at = window_event_listener_untyped("visibilitychange", move |_| {
            is_seen.set(!document().hidden());
            if signed_in.with_untracked(Option::is_none) {
                // Somebody may have signed in again in another tab.
                known.ask_again();
            }
        });
        on_cleanup(move || looked_at.remove());
        let listen = move |news: News| match news {
            News::Opened => {
                times_refused.set_value(0);
                live.line.set(Line::Fine);
            }
            News::Said(text) => live.hear_text(&text),
            News::Interrupted => live.notice_break(),
            News::Refused => {
                live.notice_break();
                // The session may have ended.
                known.ask_again();
                let times = times_refused.get_value() + 1;
                times_refused.set_value(times);
                let wait = PATIENCE * times.min(LONGEST_PATIENCE);
                let again = move || {
                    let _ = refused.try_set(times);
                };
                set_timeout(again, wait);
            }
        };
        Effect::new(move |_| {
            let _ = refused.get();
            let is_wanted = is_seen.get() && person.get().is_some();
            let opened =
                is_wanted.then(|| Events::listen(paths::CHANGES, "change", listen)).flatten();
            if opened.is_none() {
                live.line.set(Line::Fine);
            }
            stream.set_value(opened);
        });
    });
}

impl Live {
    fn notice_break(self) {
        if self.line.get_untracked() == Line::Fine {
            self.line.set(Line::Broken);
            let tell = move || {
                if self.line.try_get_untracked() == Some(Line::Broken) {
                    self.line.set(Line::Lost);
                }
            };
            set_timeout(tell, PATIENCE);
        }
    }

    fn hear_text(self, text: &str) {
        let Some(said) = fields(text) else { return };
        if let Some(unread) = said.number("unread").and_then(|it| u32::try_from(it).ok()) {
            self.unread.set(unread);
        }
        let Some(seq) = said.number("seq") else { return };
        self.hear(Change { seq, request: said.text("request").and_then(|it| it.parse().ok()) });
    }
}

/// How long a page rests between two readings, however fast the changes come; after one that failed twice as
/// long, and so on, so many times.
const REST: Duration = Duration::from_millis(250);
const MOST_DOUBLINGS: u32 = 5;

/// How a reading went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// The portal could not be asked: what has changed is still unknown.
    Failed,
}

impl From<()> for Outcome {
    fn from((): ()) -> Self {
        Self::Done
    }
}

impl From<Result<(), AppError>> for Outcome {
    fn from(read: Result<(), AppError>) -> Self {
        match read {
            Ok(())
            | Err(
                AppError::Refused(_)
                | AppError::Told { .. }
                | AppError::NotFound
                | AppError::SignedOut
                | AppError::MovedOn
                | AppError::Unreadable(_)
                | AppError::NoRoom,
            ) => Self::Done,
            Err(AppError::Broken { .. } | AppError::Unreachable) => Self::Failed,
        }
    }
}

/// Reads again in the browser whenever something has changed that `concerns` the page, until it is read.
/// `seen` is what [`Live::last_untracked`] said before the page was read first, so that nothing in between
/// is lost.
pub fn follow<Reading>(
    seen: Option<Change>,
    concerns: impl Fn(RequestId) -> bool + 'static,
    read: impl Fn() -> Reading + 'static,
) where
    Reading: Future<Output: Into<Outcome>> + 'static,
{
    let live = use_live();
    let reader = Rc::new(Reader {
        read,
        state: Cell::new(State::Idle),
        failures: Cell::new(0),
        page: StoredValue::new(()),
    });
    Effect::new(move |before: Option<Option<Change>>| {
        let now = live.last();
        let missed = before.is_none() && now != seen;
        let told = before.is_some_and(|before| before != now);
        if let (Some(change), true) = (now, missed || told)
            && (missed || change.request.is_none_or(&concerns))
        {
            Rc::clone(&reader).wake();
        }
        now
    });
}

struct Reader<Read> {
    read: Read,
    state: Cell<State>,
    /// In a row.
    failures: Cell<u32>,
    /// Gone with the page, whose signals `read` looks at.
    page: StoredValue<()>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Idle,
    Reading,
    /// Something has changed since the reading under way began, or it has failed.
    ToReadAgain,
}

impl<Read, Reading> Reader<Read>
where
    Read: Fn() -> Reading + 'static,
    Reading: Future<Output: Into<Outcome>> + 'static,
{
    fn wake(self: Rc<Self>) {
        if self.state.get() != State::Idle {
            return self.state.set(State::ToReadAgain);
        }
        if self.page.try_get_value().is_none() {
            return;
        }
        self.state.set(State::Reading);
        spawn_local(async move {
            let failures = match (self.read)().await.into() {
                Outcome::Done => 0,
                Outcome::Failed => {
                    self.state.set(State::ToReadAgain);
                    MOST_DOUBLINGS.min(self.failures.get() + 1)
                }
            };
            self.failures.set(failures);
            set_timeout(move || self.rested(), REST * 2_u32.pow(failures));
        });
    }

    fn rested(self: Rc<Self>) {
        if self.state.replace(State::Idle) == State::ToReadAgain {
            self.wake();
        }
    }
}
