//! The plain view of a request: everything about it on one page, without scripts, to be read and printed.

mod delivery;
mod overview;
mod talk;

use domain::{
    history::HistoryLine,
    id::RequestId,
    request::{Party, RequestAction, RequestPage, WaitingOn},
};
use leptos::prelude::*;

use self::{
    delivery::deliveries,
    overview::{countries, overview},
    talk::talk,
};
use super::Visit;
use crate::{
    error::AppError,
    paths,
    services::{comment, history, request},
    ui::{
        context::ServedLeaf,
        kit::{Badge, Icon, Mark, Moment, Shape, ZoneLine},
        request::{
            header::{heading, language_of},
            status_badge,
        },
    },
};

pub async fn show(visit: &Visit, id: RequestId) -> Result<ServedLeaf, AppError> {
    let actor = visit.actor()?;
    let page = request::whole(&visit.portal, actor, id).await?;
    let threads = comment::whole(&visit.portal, actor, id).await?;
    let lines = history::whole(&visit.portal, actor, id, visit.zone).await?;
    let title = format!("{}, {}", heading(&page), page.title.name);
    Ok(visit.leaf(title, || {
        view! {
            {ways_on(&page)}
            <article>
                <p class="brand">
                    <Mark/>"Reelgate"
                    <span>"Request "<span class="mono">{page.request.label()}</span>", as of "<Moment at=visit.now/></span>
                </p>
                {head(&page)}
                {overview(&page)}
                {deliveries(&page)}
                {talk(&threads, actor.person)}
                {entries(lines)}
                {countries(&page)}
                <ZoneLine/>
            </article>
        }
    }))
}

/// Back to the page to work on; or, where there is none, what can be done from here.
fn ways_on(page: &RequestPage) -> impl IntoView + use<> {
    let id = page.request.id;
    let (back, label) = if page.request.source_type.has_details_page() {
        (paths::request(id), "Back to the request")
    } else {
        (paths::REQUESTS.to_owned(), "Back to the requests")
    };
    let offers = if page.request.source_type.has_details_page() { &[] } else { &*page.offers };
    let possible = offers.iter().filter(|it| it.refusal.is_none()).map(|it| {
        let address = match it.action {
            RequestAction::Deliver | RequestAction::HandIn => paths::deliver(&[id]),
            action => paths::sheet(id, action),
        };
        view! { <a class="link" href=address>{it.action.label()}</a> }
    });
    view! {
        <nav aria-label="Page">
            <a class="link" href=back><Icon name="arrow-left" class="s"/>{label}</a>
            <span class="end">{possible.collect_view()}</span>
        </nav>
    }
}

fn head(page: &RequestPage) -> impl IntoView + use<> {
    let status = page.request.status;
    let (tone, icon) = status_badge::mark(status);
    let language = language_of(page).map(|it| view! { <span>" · "{it}</span> });
    view! {
        <h1>{page.request.source_type.label()}{language}</h1>
        <p class="under">
            <Badge tone icon label=status.label()/>
            <span><b>{page.title.name.clone()}</b>", Movie ID "<span class="mono">{page.title.movie_id.to_string()}</span></span>
            <span>{waiting(page)}</span>
        </p>
    }
}

fn waiting(page: &RequestPage) -> String {
    let WaitingOn { party, what } = page.waiting_on();
    match party {
        Party::Nobody => "Nothing more to do".to_owned(),
        Party::Platform
        | Party::ContentPartner
        | Party::Partner
        | Party::PrimaryPartner
        | Party::Portal => format!("Waiting on {} for {}", page.name_of(party), what.label()),
    }
}

fn entries(lines: Vec<HistoryLine>) -> impl IntoView {
    let count = lines.len();
    let row = |line: HistoryLine| {
        let (name, by) = match line.who {
            Some(who) => (Some(who.name), who.organization),
            None => (None, "By rule".to_owned()),
        };
        view! {
            <tr>
                <td class="num"><Moment at=line.at shape=Shape::Exact/></td>
                <td>{name.map(|it| view! { <b>{it}</b>" " })}{line.words}</td>
                <td>{by}</td>
            </tr>
        }
    };
    view! {
        <h2>"History"<span>{count}</span></h2>
        <table>
            <thead><tr><th scope="col">"When"</th><th scope="col">"What happened"</th><th scope="col">"By"</th></tr></thead>
            <tbody>{lines.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
