//! What happened to a request, told newest first.

mod entry;
mod told;

use domain::id::RequestId;
use leptos::{prelude::*, task::spawn_local};

use self::{entry::Day, told::Told};
use crate::{
    error::AppError,
    server_fns::history::list_history,
    ui::{
        change::follow,
        context::{Awake, use_awake, use_live},
        kit::{ActionButton, Empty, Failed, Look, Waiting},
    },
};

/// The History tab.
#[component]
pub fn HistoryTab(request: RequestId) -> impl IntoView {
    let seen = use_live().last_untracked();
    let found = Resource::new_blocking(move || request, |request| list_history(request, None));
    view! {
        <Suspense fallback=|| view! { <Waiting text="Reading the history"/> }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(page) => {
                        let told = Told::new(request, page);
                        follow(seen, move |changed| changed == request, move || told.read_news());
                        view! { <Log told/> }.into_any()
                    }
                    Err(error) => view! { <Unread error again=Callback::new(move |()| found.refetch())/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Unread(error: AppError, again: Callback<()>) -> impl IntoView {
    view! { <Failed title="The history could not be read" text=error.to_string() on_retry=again/> }
}

#[component]
fn Log(told: Told) -> impl IntoView {
    let Awake(awake) = use_awake();
    let days = move || told.days(awake.get());
    let is_empty = move || told.entries.with(Vec::is_empty);
    let nothing = || {
        view! { <Empty icon="history" title="Nothing has happened yet" text="Everything that happens to this request will be told here."/> }
    };
    view! {
        {move || is_empty().then(nothing)}
        <div class="log" hidden=is_empty>
            <For each=days key=|day| (day.date, day.entries.len(), day.is_whole) let:day>
                <Day day/>
            </For>
        </div>
        <Older told/>
    }
}

/// Reads on where the list ends, as long as there is more.
#[component]
fn Older(told: Told) -> impl IntoView {
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<AppError>);
    let press = move |()| {
        busy.set(true);
        spawn_local(async move {
            let outcome = told.read_older().await;
            let _ = trouble.try_set(outcome.err());
            let _ = busy.try_set(false);
        });
    };
    let reading = Signal::derive(move || busy.get().then(|| "Reading".to_owned()));
    let button = move || {
        view! { <ActionButton look=Look::Small busy=reading on_press=press>"Show older"</ActionButton> }
    };
    view! {
        {move || told.older.get().is_some().then(button)}
        <p class="hint" role="status">{move || trouble.get().map(|it| it.to_string())}</p>
    }
}
