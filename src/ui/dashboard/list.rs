//! The table of requests.

use domain::dashboard::{Filter, Sort, SortKey};
use leptos::prelude::*;

use super::{
    empty::{NothingFound, Unread},
    row::Row,
    selection::{BulkBar, Selection, TickAll},
    shown::Shown,
};
use crate::{
    paths,
    ui::kit::{Pages, SortHeading, Sorted},
};

/// Rows, or what stands there without any.
#[component]
pub fn List(shown: Shown, filter: Memo<Filter>) -> impl IntoView {
    let selection = Selection::default();
    let is_empty = move || shown.lines.with(Vec::is_empty);
    let blank = move || match (is_empty(), shown.trouble.get()) {
        (_, Some(error)) => view! { <Unread error shown filter/> }.into_any(),
        (true, None) => view! { <NothingFound filter/> }.into_any(),
        (false, None) => ().into_any(),
    };
    view! {
        {blank}
        <table class="table" class:old=move || shown.is_reading.get() || shown.trouble.with(Option::is_some)
            hidden=is_empty aria-busy=move || shown.is_reading.get().then_some("true")
        >
            <caption class="vh">"Requests"</caption>
            <Heads shown filter selection/>
            <tbody>
                <For each=move || shown.lines.get() key=|line| line.id let:line>
                    <Row line selection/>
                </For>
            </tbody>
        </table>
        <Turning shown filter/>
        <BulkBar shown selection/>
    }
}

#[component]
fn Heads(shown: Shown, filter: Memo<Filter>, selection: Selection) -> impl IntoView {
    let head = move |key: SortKey, class: &'static str| {
        let href = move || filter.with(|it| pressed(it, key));
        let sorted = move || filter.with(|it| sorted_by(it.sort, key));
        view! { <SortHeading class href=Signal::derive(href) sorted=Signal::derive(sorted)>{key.label()}</SortHeading> }
    };
    view! {
        <thead>
            <tr>
                <TickAll shown selection/>
                <th scope="col" class="c-status">"Status"</th>
                <th scope="col" class="c-request">"Request"</th>
                {head(SortKey::Title, "c-title")}
                <th scope="col" class="c-transfer">"Last delivery"</th>
                {head(SortKey::Due, "c-due")}
                {head(SortKey::Estimated, "c-est")}
                <th scope="col" class="c-partner">"Partner"</th>
                <th scope="col" class="c-waiting">"Waiting on"</th>
                <th scope="col" class="c-details"><span class="vh">"Details"</span></th>
            </tr>
        </thead>
    }
}

/// The list after the head of `key` was pressed, from its beginning.
fn pressed(filter: &Filter, key: SortKey) -> String {
    paths::requests(&Filter { sort: filter.sort.pressed(key), from: None, ..filter.clone() })
}

fn sorted_by(sort: Sort, key: SortKey) -> Sorted {
    match (sort.key == key, sort.descending) {
        (false, _) => Sorted::Not,
        (true, false) => Sorted::Rising,
        (true, true) => Sorted::Falling,
    }
}

/// The way to the pages before and after, where there are any.
#[component]
fn Turning(shown: Shown, filter: Memo<Filter>) -> impl IntoView {
    let to = move |cursor: RwSignal<_>| {
        Signal::derive(move || {
            let from = Some(cursor.get()?);
            Some(paths::requests(&Filter { from, ..filter.get() }))
        })
    };
    let (before, after) = (to(shown.newer), to(shown.older));
    let is_one_page = move || before.with(Option::is_none) && after.with(Option::is_none);
    let count = move || shown.lines.with(Vec::len);
    view! {
        <div hidden=is_one_page>
            <Pages label="Pages of the list" before after>{count}" on this page"</Pages>
        </div>
    }
}
