//! The wings of the portal: a page belongs to one, and each has a client of its own.
//!
//! A first visit loads the code of one wing. From one to the other the browser loads the page anew, which it
//! does for most of them anyway: the delivery page and help articles open in tabs of their own, and signing in
//! ought to begin with nothing left over.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    paths,
    ui::{
        browser::root, dashboard::RequestsPage, delivery::upload_page::DeliverPage, kit::Waiting,
        leaf::LeafPage, people::SignInPage, request::DetailsPage,
    },
};

/// Which client wakes a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wing {
    /// The list, the pages that are one leaf, and what stands where nothing is.
    Portal,
    /// The details page of a request.
    Details,
    /// The delivery page, and the way in.
    Desk,
}

impl Wing {
    pub const ALL: [Self; 3] = [Self::Portal, Self::Details, Self::Desk];

    /// Its folder in `clients/`, and its name in the manifest of the site.
    pub fn word(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Details => "details",
            Self::Desk => "desk",
        }
    }

    /// The wing of the page at `path`.
    pub fn of(path: &str) -> Self {
        let is_under = |folder: &str| {
            path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if [paths::DELIVER, paths::SIGN_IN].iter().any(|it| is_under(it)) {
            Self::Desk
        } else if is_under(paths::DETAILS) {
            Self::Details
        } else {
            Self::Portal
        }
    }
}

/// Every page of the portal, or what stands in its place where another wing has it.
#[derive(Clone, Copy)]
pub struct Pages {
    pub requests: fn() -> AnyView,
    pub details: fn() -> AnyView,
    pub deliver: fn() -> AnyView,
    pub sign_in: fn() -> AnyView,
    /// Any page that is one leaf.
    pub leaf: fn() -> AnyView,
}

impl Pages {
    /// What the server shows.
    pub const ALL: Self = Self {
        details: Self::DETAILS.details,
        deliver: Self::DESK.deliver,
        sign_in: Self::DESK.sign_in,
        ..Self::PORTAL
    };
    const NONE: Self = Self {
        requests: elsewhere,
        details: elsewhere,
        deliver: elsewhere,
        sign_in: elsewhere,
        leaf: elsewhere,
    };
    /// See [`Wing::Portal`].
    pub const PORTAL: Self = Self {
        requests: || RequestsPage().into_any(),
        leaf: || LeafPage().into_any(),
        ..Self::NONE
    };
    /// See [`Wing::Details`].
    pub const DETAILS: Self = Self { details: || DetailsPage().into_any(), ..Self::NONE };
    /// See [`Wing::Desk`].
    pub const DESK: Self = Self {
        deliver: || DeliverPage().into_any(),
        sign_in: || SignInPage().into_any(),
        ..Self::NONE
    };
}

/// Leaves for another wing: this client does not know the page. Never runs on the server, which knows them all.
fn elsewhere() -> AnyView {
    let location = use_location();
    let behind = |mark: &str, part: String| match part.trim_start_matches(mark) {
        "" => String::new(),
        part => format!("{mark}{part}"),
    };
    root::load_anew(format!(
        "{}{}{}",
        location.pathname.get_untracked(),
        behind("?", location.search.get_untracked()),
        behind("#", location.hash.get_untracked()),
    ));
    view! { <main id="main"><Waiting text="Opening the page" rows=8/></main> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_its_wing() {
        for (path, wing) in [
            ("/", Wing::Portal),
            ("/requests/0198c5a0-0000-7000-8000-000000000000", Wing::Details),
            ("/deliver", Wing::Desk),
            ("/new", Wing::Portal),
            ("/titles/new", Wing::Portal),
            ("/import/0198c5a0-0000-7000-8000-000000000000", Wing::Portal),
            ("/bulk/assign", Wing::Portal),
            ("/sign-in", Wing::Desk),
            ("/help", Wing::Portal),
            ("/help/inspection/FILE-Empty", Wing::Portal),
            ("/account", Wing::Portal),
            ("/people", Wing::Portal),
            ("/notices", Wing::Portal),
            ("/materials", Wing::Portal),
            ("/helpless", Wing::Portal),
            ("/requestsoever", Wing::Portal),
            ("/nothing-here", Wing::Portal),
        ] {
            assert_eq!(Wing::of(path), wing, "{path}");
        }
    }
}
