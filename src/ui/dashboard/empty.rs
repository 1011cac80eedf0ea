//! What stands where the list has no rows, or could not be read.

use domain::dashboard::Filter;
use leptos::prelude::*;

use super::{filters::Dimension, shown::Shown};
use crate::{
    error::AppError,
    paths,
    ui::kit::{ActionLink, Empty, Failed, Notice, Tone},
};

/// Why there is nothing, and the way out.
#[component]
pub fn NothingFound(filter: Memo<Filter>) -> impl IntoView {
    move || {
        let filter = filter.get();
        if !filter.is_empty() {
            view! { <Hidden filter/> }.into_any()
        } else if filter.from.is_some() {
            let first = paths::requests(&Filter { from: None, ..filter });
            view! {
                <Empty icon="list" title="This page of the list is empty" text="What stood here is on another page now.">
                    <a class="button" href=first>"To the first page"</a>
                </Empty>
            }
            .into_any()
        } else {
            let text = "Requests of your organization appear here as soon as they are made.";
            view! { <Empty icon="inbox" title="No requests yet" text/> }.into_any()
        }
    }
}

/// The filters that hide things, each with the way to do without it.
#[component]
fn Hidden(filter: Filter) -> impl IntoView {
    let active: Vec<_> = Dimension::ALL.into_iter().filter(|it| it.is_active(&filter)).collect();
    let title = if active.len() == 1 {
        "No request fits this filter"
    } else {
        "No request fits these filters"
    };
    let without = |it: Dimension| {
        let href = paths::requests(&it.cleared(&filter));
        view! { <a class="button small" href=href>"Without "{it.label()}</a> }
    };
    let each = (active.len() > 1).then(|| active.iter().copied().map(without).collect_view());
    let cleared = paths::requests(&Filter { sort: filter.sort, ..Filter::default() });
    view! {
        <Empty icon="search-x" title text="Nothing was lost: the filters hide what does not fit.">
            <div class="hides">{each}</div>
            <ActionLink href=cleared icon="x">"Clear filters"</ActionLink>
        </Empty>
    }
}

/// What could not be read. What was read before stays below.
#[component]
pub fn Unread(error: AppError, shown: Shown, filter: Memo<Filter>) -> impl IntoView {
    let again = move || shown.read(filter.get_untracked());
    let is_signed_out = error == AppError::SignedOut;
    let door = is_signed_out.then(|| {
        let back = paths::sign_in(&filter.with_untracked(paths::requests));
        view! { <a class="button" href=back rel="external">"Sign in"</a> }
    });
    if shown.lines.with_untracked(Vec::is_empty) {
        let text = error.to_string();
        return if is_signed_out {
            view! { <Empty icon="key-round" title="You are signed out" text>{door}</Empty> }
                .into_any()
        } else {
            view! { <Failed title="The requests could not be read" text on_retry=again/> }
                .into_any()
        };
    }
    let retry = (!is_signed_out).then(|| {
        view! { <button type="button" class="button small" on:click=move |_| again()>"Try again"</button> }
    });
    view! {
        <Notice tone=Tone::Bad icon="wifi-off">
            <span role="alert"><b>"The list could not be brought up to date. "</b>{error.to_string()}</span>
            {retry}
            {door}
        </Notice>
    }
    .into_any()
}
