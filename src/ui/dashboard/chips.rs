//! The filters in force, each with the way to take it away.

use domain::dashboard::{Filter, Sort, SortKey};
use leptos::prelude::*;

use super::filters::{Dimension, FilterMenus};
use crate::{
    paths,
    ui::kit::{Icon, MenuButton},
};

/// Chips, the menus that make them, and the order of the list.
#[component]
pub fn Chips(filter: Memo<Filter>) -> impl IntoView {
    let chip = move |dimension: Dimension| {
        filter.with(|it| dimension.is_active(it)).then(|| {
            let value = filter.with(|it| dimension.value(it));
            let href = filter.with(|it| paths::requests(&dimension.cleared(it)));
            let label = format!("Remove filter {} {value}", dimension.label());
            view! {
                <span class="chip">
                    <span>{dimension.label()}</span><b>{value}</b>
                    <a href=href aria-label=label data-noscroll=""><Icon name="x" class="s"/></a>
                </span>
            }
        })
    };
    let clear = move || {
        filter.with(|it| !it.is_empty()).then(|| {
            let href =
                filter.with(|it| paths::requests(&Filter { sort: it.sort, ..Filter::default() }));
            view! { <a class="button small ghost" href=href data-noscroll="">"Clear filters"</a> }
        })
    };
    view! {
        <div class="chips">
            {Dimension::ALL.map(|dimension| move || chip(dimension)).into_iter().collect_view()}
            <FilterMenus filter/>
            {clear}
            <span class="end"><Order filter/></span>
        </div>
    }
}

/// The order in words; the heads of the table say the same where there is room for them.
#[component]
fn Order(filter: Memo<Filter>) -> impl IntoView {
    let face = move || {
        view! { <Icon name="list"/>"Sort: "{move || filter.with(|it| it.sort.key.label())} }
    };
    let item = move |sort: Sort| {
        let chosen = move || filter.with(|it| it.sort == sort);
        let href = move || paths::requests(&Filter { sort, from: None, ..filter.get() });
        let icon = if sort.descending { "chevron-down" } else { "chevron-up" };
        view! {
            <a class="item" role="menuitemradio" tabindex="-1" data-noscroll="" href=href aria-checked=move || chosen().to_string()>
                <Icon name=icon/><span>{said(sort)}</span>{move || chosen().then(|| view! { <Icon name="check"/> })}
            </a>
        }
    };
    let orders = SortKey::ALL
        .iter()
        .flat_map(|&key| [false, true].map(|descending| Sort { key, descending }));
    view! { <MenuButton id="sort" class="button small ghost" face>{orders.map(item).collect_view()}</MenuButton> }
}

const fn said(sort: Sort) -> &'static str {
    match (sort.key, sort.descending) {
        (SortKey::Due, false) => "Due, earliest first",
        (SortKey::Due, true) => "Due, latest first",
        (SortKey::Estimated, false) => "Estimated, earliest first",
        (SortKey::Estimated, true) => "Estimated, latest first",
        (SortKey::Created, false) => "Created, oldest first",
        (SortKey::Created, true) => "Created, newest first",
        (SortKey::Title, false) => "Title, A to Z",
        (SortKey::Title, true) => "Title, Z to A",
    }
}
