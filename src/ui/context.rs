//! What every component may expect of the page it stands on.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use domain::people::Actor;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    preference,
    server_fns::people::who_am_i,
    ui::browser::{
        clock::{self, WallTime},
        store,
    },
};

pub use crate::ui::change::use_live;

/// The names of the files that a page loads, as the build has written them into its manifest; given by the
/// door that serves pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteFiles {
    pub script: String,
    pub wasm: String,
    pub style: String,
    /// The worker that looks at files before they are sent, where files are chosen.
    pub preflight: Option<String>,
    /// Whether a page loads itself anew when it would be another one.
    pub reloads: bool,
}

/// The answer this page is sent with; given by the door that serves pages, absent in the browser.
#[derive(Clone, Copy)]
pub struct Answer {
    /// Sends the page with the status of something that is not here.
    pub not_found: fn(),
    /// Sends the page with this content security policy.
    pub policy: fn(&str),
}

/// A part of the page as the portal has made it; given by the door that serves pages, and what comes of a leaf
/// that is asked for by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServedLeaf {
    pub title: String,
    pub markup: String,
}

/// Says that there is nothing at this address. Works while a page is being built, not later.
pub fn answer_not_found() {
    if let Some(answer) = use_context::<Answer>() {
        (answer.not_found)();
    }
}

/// Whether the page is awake: false on the server and while the browser takes the page over, true after.
/// Whatever differs between the two (time zone, measured sizes) asks this and stays derived.
#[derive(Clone, Copy)]
pub struct Awake(pub Signal<bool>);

/// See [`Awake`].
pub fn use_awake() -> Awake {
    use_context().unwrap_or_else(|| Awake(Signal::stored(false)))
}

/// Wakes the page up; once, in the app. Tests wait for the attribute: a click before it is lost.
pub fn provide_awake() {
    let awake = RwSignal::new(false);
    Effect::new(move |_| {
        awake.set(true);
        if let Some(body) = document().body() {
            let _ = body.set_attribute("data-ready", "");
        }
        if let Some(zone) = clock::own_zone() {
            store::keep_cookie(&preference::zone_cookie(&zone));
        }
    });
    provide_context(Awake(awake.into()));
}

/// Who is signed in, if anybody is; given by the door that serves pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visiting(pub Option<Actor>);

/// Who is signed in, as the page knows it.
#[derive(Clone, Copy)]
pub struct SignedIn(RwSignal<Option<Actor>>);

impl SignedIn {
    /// Asks the server who is signed in now.
    pub fn ask_again(self) {
        spawn_local(async move {
            if let Ok(actor) = who_am_i().await {
                let _ = self.0.try_set(actor);
            }
        });
    }
}

/// Takes over from the server who is signed in; once, in the app.
pub fn provide_signed_in() {
    let known = SharedValue::new(|| use_context::<Visiting>().unwrap_or_default().0).into_inner();
    provide_context(SignedIn(RwSignal::new(known)));
}

/// See [`SignedIn`].
pub fn use_sign_in() -> SignedIn {
    use_context().unwrap_or_else(|| SignedIn(RwSignal::new(None)))
}

/// Who is signed in, if anybody is.
pub fn use_signed_in() -> Signal<Option<Actor>> {
    use_sign_in().0.into()
}

/// The moment the server rendered this page, by the portal's clock; given by the door that serves pages.
#[derive(Clone, Copy)]
pub struct RenderedAt(pub DateTime<Utc>);

/// How the wall shows a moment in the time zone that the browser named before; given by the door that serves pages,
/// so that times stand in the first paint as they stay.
#[derive(Clone)]
pub struct ServedZone(pub Arc<dyn Fn(DateTime<Utc>) -> WallTime + Send + Sync>);

/// The present moment, for saying how long ago or how far away something is. It begins with the moment
/// of rendering, so that both sides say the same, and moves on once the page is awake.
#[derive(Clone, Copy)]
pub struct Now(pub Signal<Option<DateTime<Utc>>>);

/// See [`Now`].
pub fn use_now() -> Now {
    use_context().unwrap_or_else(|| Now(Signal::stored(None)))
}

/// Starts the clock of the page; once, in the app.
pub fn provide_now() {
    let rendered_at = SharedValue::new(|| use_context::<RenderedAt>().map(|it| it.0)).into_inner();
    let now = RwSignal::new(rendered_at);
    Effect::new(move |_| {
        now.set(clock::now());
        let ticking =
            set_interval_with_handle(move || now.set(clock::now()), Duration::from_secs(20));
        on_cleanup(move || {
            if let Ok(ticking) = ticking {
                ticking.clear();
            }
        });
    });
    provide_context(Now(now.into()));
}
