//! Where the focus goes when another page is opened without loading it anew: to its heading, so that
//! readers say where one is.

use leptos::prelude::*;
use web_sys::Element;

use crate::ui::browser::{clock, focus, root};

/// How long a page may take to show its heading, in milliseconds; after that the focus stays where it is.
const PATIENCE: i64 = 8_000;
/// How long a heading may stay as it was until it counts as that of the new page, in milliseconds.
const A_MOMENT: i64 = 600;

/// A heading as it was when its page was left: the next page may write its own into the same element.
struct Left {
    heading: Element,
    words: Option<String>,
}

/// Focuses the heading of every page that is opened after the first one.
pub fn greet(path: Memo<String>) {
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        // Whoever asks for a place in the page is to see that place, and not its heading.
        if before.is_some_and(|before| before != now) && !root::is_marked() {
            let left = heading().map(|it| Left { words: it.text_content(), heading: it });
            focus_when_there(left, milliseconds());
        }
        now
    });
}

/// Looks once per frame until the heading of the page is there.
fn focus_when_there(left: Option<Left>, since: i64) {
    let waited = milliseconds() - since;
    let arrived =
        |it: &Element| waited > A_MOMENT || left.as_ref().is_none_or(|left| left.is_not(it));
    match heading().filter(arrived) {
        Some(heading) => land_on(&heading),
        None if waited < PATIENCE => {
            request_animation_frame(move || focus_when_there(left, since));
        }
        None => {}
    }
}

impl Left {
    fn is_not(&self, heading: &Element) -> bool {
        self.heading != *heading || self.words != heading.text_content()
    }
}

fn milliseconds() -> i64 {
    clock::now().map_or(0, |it| it.timestamp_millis())
}

/// Focuses the first element that matches, whether or not it takes the focus by itself.
pub fn go_to(selector: &str) {
    if let Some(place) = document().query_selector(selector).ok().flatten() {
        land_on(&place);
    }
}

fn land_on(place: &Element) {
    let _ = place.set_attribute("tabindex", "-1");
    focus::give_back(Some(place.clone()));
}

fn heading() -> Option<Element> {
    document().query_selector("main h1").ok().flatten()
}
