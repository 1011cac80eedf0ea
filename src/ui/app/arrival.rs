//! Where the focus goes when another page is opened without loading it anew: to its heading, so that
//! readers say where one is.

use leptos::prelude::*;
use web_sys::Element;

use crate::ui::browser::{clock, focus};

/// How long a page may take to show its heading, in seconds; after that the focus stays where it is.
const PATIENCE: i64 = 8;

/// Focuses the heading of every page that is opened after the first one.
pub fn greet(path: Memo<String>) {
    Effect::new(move |before: Option<(String, Option<Element>)>| {
        let now = path.get();
        let left = heading();
        if before.is_some_and(|(path, _)| path != now) {
            focus_when_there(left.clone(), clock::now().map(|it| it.timestamp() + PATIENCE));
        }
        (now, left)
    });
}

/// Looks once per frame until another heading than that of the page left is there.
fn focus_when_there(left: Option<Element>, until: Option<i64>) {
    if clock::now().map(|it| it.timestamp()) > until {
        return;
    }
    match heading() {
        Some(heading) if left.as_ref() != Some(&heading) => land_on(&heading),
        Some(_) | None => request_animation_frame(move || focus_when_there(left, until)),
    }
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
