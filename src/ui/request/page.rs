//! The Source Request Details page. It is built once per request; a signal carries what changes.

use domain::{delivery::OpenCards, id::RequestId, request::RequestPage};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    header::{RequestHeader, heading},
    overview::{Overview, OverviewGlance},
    tab::DetailsTab,
};
use crate::{
    error::AppError,
    server_fns::request::find_request,
    ui::{
        app::NotFoundPage,
        change::{Change, follow, use_live},
        delivery::{
            deck::{Deck, renew},
            tab::{DeliveriesTab, Expander},
        },
        kit::{Failed, ShowPane, SplitPane, TabPanel, Tabs, Waiting},
        leaf::Leaf,
        sheet_panel::{SheetPanel, Sheets},
    },
};

#[component]
pub fn DetailsPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|it| it.get_str("id")?.parse::<RequestId>().ok()));
    let cards = Memo::new(move |_| query.with(|it| cards_in(it.get_str("card"))));
    let tab = Memo::new(move |_| query.with(|it| DetailsTab::named(it.get_str("tab"))));
    let live = use_live();
    let seen = StoredValue::new(live.last_untracked());
    let found = Resource::new_blocking(
        move || id.get(),
        move |id| {
            let _ = seen.try_update_value(|it| *it = live.last_untracked());
            find_request(id, query.with_untracked(|it| cards_in(it.get_str("card"))))
        },
    );
    let again = Callback::new(move |()| found.refetch());
    view! {
        <Suspense fallback=|| view! { <main id="main"><Waiting text="Reading the request" rows=12/></main> }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(page) => view! {
                        <Title text=title_of(&page)/>
                        <Details page cards tab seen=seen.try_get_value().flatten()/>
                    }.into_any(),
                    Err(error) => view! { <NotShown error again/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

fn cards_in(word: Option<&str>) -> OpenCards {
    word.and_then(|it| it.parse().ok()).unwrap_or_default()
}

fn title_of(page: &RequestPage) -> String {
    format!("{} – {}", heading(page), page.title.name)
}

#[component]
fn Details(
    page: RequestPage,
    cards: Memo<OpenCards>,
    tab: Memo<DetailsTab>,
    seen: Option<Change>,
) -> impl IntoView {
    let id = page.request.id;
    let page = RwSignal::new(page);
    let deck = Deck::new(page, cards);
    let sheets = Sheets::default();
    follow(seen, move |changed| changed == id, move || read_again(deck, id));

    let tabs =
        Signal::derive(move || page.with(|it| DetailsTab::row(id, &it.counts, &deck.said())));
    let selected = Signal::derive(move || tab.get().key());
    let about =
        Signal::derive(move || page.with(|it| Some(format!("{}, {}", heading(it), it.title.name))));
    let version = Memo::new(move |_| page.with(|it| it.request.version));
    Effect::new(move |before: Option<i64>| {
        let now = version.get();
        if before.is_some_and(|it| it != now) {
            sheets.look_again();
        }
        now
    });
    view! {
        <main id="main">
        <RequestHeader page sheets/>
        <SplitPane id="overview" label="Overview" pane=move || view! { <Overview page/> } glance=move || view! { <OverviewGlance page/> }>
            <Tabs label="Request" tabs selected before=|| view! { <ShowPane label="Overview"/> }>
                {move || (tab.get() == DetailsTab::Deliveries).then(|| view! { <Expander deck/> })}
            </Tabs>
            <TabPanel selected>
                {move || match tab.get() {
                    DetailsTab::Deliveries => view! { <DeliveriesTab deck sheets/> }.into_any(),
                    DetailsTab::HandIns
                    | DetailsTab::QualityControl
                    | DetailsTab::Comments
                    | DetailsTab::History
                    | DetailsTab::Materials => view! { <Leaf request=id sheets/> }.into_any(),
                }}
            </TabPanel>
        </SplitPane>
        <SheetPanel sheets about/>
        </main>
    }
}

async fn read_again(deck: Deck, id: RequestId) -> Result<(), AppError> {
    let Some(open) = deck.open_now() else { return Ok(()) };
    let new = find_request(Some(id), OpenCards::These(open)).await?;
    let _ = deck.page.try_update(|page| renew(page, new));
    Ok(())
}

/// What stands in place of a request that could not be shown.
#[component]
fn NotShown(error: AppError, again: Callback<()>) -> impl IntoView {
    match error {
        AppError::NotFound => view! { <NotFoundPage/> }.into_any(),
        error @ (AppError::Refused(_)
        | AppError::Told { .. }
        | AppError::SignedOut
        | AppError::MovedOn
        | AppError::Unreadable(_)
        | AppError::NoRoom
        | AppError::Broken { .. }
        | AppError::Unreachable) => view! {
            <Title text="Not read"/>
            <main id="main">
                <h1 class="vh">"Source request"</h1>
                <Failed title="The request could not be read" text=error.to_string() on_retry=again/>
            </main>
        }.into_any(),
    }
}
