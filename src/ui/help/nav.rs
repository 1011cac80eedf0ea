//! The column of places in the help.

use domain::{delivery::TransferStatus, inspection::ErrorCode, request::RequestStatus};
use leptos::prelude::*;

use super::{families, name_of};
use crate::paths;

/// Leads to the parts of the help; `current` is the family of the article that is open.
#[component]
pub fn HelpNav(#[prop(optional)] current: Option<&'static str>) -> impl IntoView {
    let family = move |family: &'static str| {
        let count = ErrorCode::ALL.iter().filter(|it| it.family() == family).count();
        let is_current = (current == Some(family)).then_some("true");
        view! { <a href=paths::help_part(family) aria-current=is_current>{name_of(family)}<em>{count}</em></a> }
    };
    let part = |part: &'static str, name: &'static str, count: usize| {
        view! { <a href=paths::help_part(part)>{name}<em>{count}</em></a> }
    };
    view! {
        <nav class="groups help-nav" aria-label="Help">
            <h3>"Inspection codes"</h3>
            {families().into_iter().map(family).collect_view()}
            <h3>"Statuses"</h3>
            {part("request-statuses", "Of a request", RequestStatus::ALL.len())}
            {part("transfer-statuses", "Of a transfer", TransferStatus::ALL.len())}
        </nav>
    }
}
