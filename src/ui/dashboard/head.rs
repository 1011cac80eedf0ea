//! Above the list: what it is, and what of it is shown.

use domain::dashboard::Filter;
use leptos::prelude::*;

use super::{chips::Chips, views::Views};
use crate::{
    paths,
    ui::{context::use_signed_in, kit::Icon},
};

/// Heading, views, filters.
#[component]
pub fn ListHead(filter: Memo<Filter>) -> impl IntoView {
    let actor = use_signed_in();
    let asks = Memo::new(move |_| {
        actor.with(|it| it.as_ref().is_some_and(|it| it.permits_asking().is_ok()))
    });
    let asking = move || {
        asks.get().then(|| view! { <a class="button small" href=paths::NEW_REQUEST><Icon name="plus"/>"New request"</a> })
    };
    view! {
        <div class="list-head">
            <div class="title"><h1>"Requests"</h1><Views filter/>{asking}</div>
            <Chips filter/>
        </div>
    }
}
