//! Above the list: what it is, and what of it is shown.

use domain::dashboard::Filter;
use leptos::prelude::*;

use super::{chips::Chips, views::Views};

/// Heading, views, filters.
#[component]
pub fn ListHead(filter: Memo<Filter>) -> impl IntoView {
    view! {
        <div class="list-head">
            <div class="title"><h1>"Requests"</h1><Views filter/></div>
            <Chips filter/>
        </div>
    }
}
