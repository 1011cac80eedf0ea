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
    ui::{
        context::use_live,
        kit::{Notice, Tone, Waiting},
    },
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
            <LeftOut/>
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

/// What the address asks for that there is not.
#[component]
fn LeftOut() -> impl IntoView {
    let query = use_query_map();
    let unknown = Memo::new(move |_| {
        query.with(|it| {
            Filter::left_out(it.latest_values().map(|(name, value)| (name.as_ref(), value)))
        })
    });
    move || {
        let words = unknown.get().join(", ");
        (!words.is_empty()).then(|| {
            view! {
                <div role="status"><Notice tone=Tone::Warn icon="triangle-alert">
                    <span>"There is no "<b>{words}</b>": it is left out of the filter."</span>
                </Notice></div>
            }
        })
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
