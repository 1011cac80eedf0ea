//! The delivery page: files in a bin, a card per request, and the bytes on their way.

mod bin;
mod card;
mod desk;
mod fate;
mod foot;
mod form;
mod meter;
mod preflight;
mod sending;
mod source;

use domain::{id::RequestId, quantity::counted};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use self::{bin::Bin, card::UploadCard, desk::Desk, foot::Foot};
use crate::{
    error::AppError,
    paths,
    server_fns::delivery::find_deliverables,
    ui::{
        browser::upload,
        kit::states::{Empty, Failed, Waiting},
    },
};

const WITHOUT_SCRIPTS: &str = r#"<p class="notice" data-tone="warn">Files are sent by a script, and this browser runs none. Allow scripts for this portal, or deliver by its interface for programs (tus).</p>"#;

/// Opens with the requests of the address preloaded.
#[component]
pub fn DeliverPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| requests_in(&query.read().get("requests").unwrap_or_default()));
    let found = Resource::new_blocking(move || asked.get(), find_deliverables);
    view! {
        <Title text="Deliver"/>
        <Suspense fallback=|| view! { <main id="main"><Waiting text="Reading the requests"/></main> }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(deliverables) if deliverables.is_empty() => view! { <Nothing/> }.into_any(),
                    Ok(deliverables) => view! { <Delivery desk=Desk::new(deliverables)/> }.into_any(),
                    Err(error) => view! { <Unread error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// The ids of `?requests=a,b`; what is no id is left out.
fn requests_in(text: &str) -> Vec<RequestId> {
    let mut ids = Vec::new();
    for id in text.split(',').filter_map(|it| it.trim().parse().ok()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <main id="main">
            <h1 class="hidden">"Deliver"</h1>
            <Empty icon="upload" title="No request to deliver to"
                text="Open a request and choose Deliver. It opens here with the request preloaded."
            >
                <a class="button" href=paths::REQUESTS>"Go to the requests"</a>
            </Empty>
        </main>
    }
}

#[component]
fn Unread(error: AppError) -> impl IntoView {
    view! {
        <main id="main">
            <h1 class="hidden">"Deliver"</h1>
            <Failed title="The requests could not be read" text=error.to_string()/>
        </main>
    }
}

#[component]
fn Delivery(desk: Desk) -> impl IntoView {
    desk.guard_leaving();
    desk.follow_changes();
    let over = RwSignal::new(false);
    let hang = move |event: web_sys::DragEvent| {
        if upload::carries_files(&event) {
            event.prevent_default();
            over.set(true);
        }
    };
    let drop = move |event: web_sys::DragEvent| {
        over.set(false);
        if upload::carries_files(&event) && !event.default_prevented() {
            event.prevent_default();
            desk.add(upload::dropped_by(&event));
        }
    };
    let cards = desk.lots().into_iter().map(|lot| view! { <UploadCard desk lot/> }).collect_view();
    view! {
        <main id="main" class="deliver" on:dragover=hang on:dragleave=move |_| over.set(false) on:drop=drop>
            <Bin desk over/>
            <section class="queue" aria-label="Requests">
                <header>
                    <h1 tabindex="-1">"Deliver"</h1>
                    <span class="faint">{desk.about()}</span>
                </header>
                <noscript inner_html=WITHOUT_SCRIPTS></noscript>
                <div class="cards">{cards}</div>
                <Foot desk/>
            </section>
        </main>
    }
}

impl Desk {
    /// "3 requests of The Long Tide".
    fn about(self) -> String {
        let lots = self.lots();
        let requests = counted(lots.len() as u64, "request", "requests");
        let mut titles: Vec<_> = lots.iter().map(|it| it.title()).collect();
        titles.dedup();
        match titles.as_slice() {
            [title] => format!("{requests} of {title}"),
            _ => format!("{requests} of {} titles", titles.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_names_each_request_once() {
        let id = "018f0000-0000-7000-8000-000000000001";
        assert_eq!(requests_in(&format!("{id}, {id},nonsense,")).len(), 1);
        assert!(requests_in("").is_empty());
    }
}
