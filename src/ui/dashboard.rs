//! Finding requests: the list, its filters, its order, its pages. All of its state stands in the address.

mod chips;
mod empty;
mod filters;
mod head;
mod list;
mod row;
mod selection;
mod shown;
mod views;

use domain::dashboard::Filter;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use self::{head::ListHead, list::List, shown::Shown};
use crate::{
    server_fns::dashboard::list_requests,
    ui::{context::use_live, kit::Waiting},
};

/// The list of requests.
#[component]
pub fn RequestsPage() -> impl IntoView {
    let filter = use_filter();
    let seen = use_live().last_untracked();
    let asked = filter.get_untracked();
    let first = asked.clone();
    let found = Resource::new_blocking(|| (), move |()| list_requests(first.clone()));
    view! {
        <Title text="Requests"/>
        <main id="main" data-density="compact">
            <ListHead filter/>
            <div class="list">
                <Suspense fallback=|| view! { <Waiting text="Reading the requests" rows=16/> }>
                    {move || {
                        let asked = asked.clone();
                        Suspend::new(async move {
                            let shown = Shown::new(found.await);
                            shown.follow(filter, asked, seen);
                            view! { <List shown filter/> }
                        })
                    }}
                </Suspense>
            </div>
        </main>
    }
}

/// The filter that the address holds.
pub fn use_filter() -> Memo<Filter> {
    let query = use_query_map();
    Memo::new(move |_| {
        query.with(|it| {
            Filter::from_params(it.latest_values().map(|(name, value)| (name.as_ref(), value)))
        })
    })
}
