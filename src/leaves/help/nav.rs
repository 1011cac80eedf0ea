//! The column of places in the help.

use domain::inspection::ErrorCode;
use handbook::{Guide, List, Shelf, guides, lists};
use leptos::prelude::*;

use super::codes::{families, name_of};
use crate::paths;

/// Leads to every part of the help; `current` is the guide or the family of codes that is open.
#[component]
pub fn HelpNav(#[prop(optional)] current: Option<&'static str>) -> impl IntoView {
    let guide = move |it: &'static Guide| {
        let is_current = (current == Some(it.slug)).then_some("page");
        view! { <a href=paths::guide(it.slug) aria-current=is_current>{it.page.title.as_str()}</a> }
    };
    let shelf = move |shelf: Shelf| {
        let own = guides().iter().filter(|it| it.shelf == shelf);
        view! { <h3>{shelf.title()}</h3>{own.map(guide).collect_view()} }
    };
    let family = move |family: &'static str| {
        let count = ErrorCode::ALL.iter().filter(|it| it.family() == family).count();
        let is_current = (current == Some(family)).then_some("true");
        view! { <a href=paths::help_part(family) rel="external" aria-current=is_current>{name_of(family)}<em>{count}</em></a> }
    };
    let list = |it: List| {
        view! { <a href=paths::help_part(it.anchor) rel="external">{it.short}<em>{it.statuses.len()}</em></a> }
    };
    view! {
        <nav class="groups help-nav" aria-label="Help">
            {Shelf::ALL.map(shelf).into_iter().collect_view()}
            <h3>"Inspection codes"</h3>
            {families().into_iter().map(family).collect_view()}
            <h3>"Statuses"</h3>
            {lists().map(list).into_iter().collect_view()}
            <h3>"Support"</h3>
            <a href=paths::TICKETS>"Requests for help"</a>
        </nav>
    }
}
