//! The tab Materials of a request, and the page of the materials of many.

mod detail;
mod row;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::RequestId,
    language::Language,
    material::{Group, Item, Material, Shelf, Source, needed_for},
};
use leptos::prelude::*;

use super::Visit;
use crate::{
    error::AppError,
    paths,
    said::Said,
    services::material::{self, Stock},
    ui::{
        context::ServedLeaf,
        kit::{Empty, Icon},
    },
};

/// What is shown of the materials.
struct Look {
    /// The page it stands on.
    page: String,
    group: Group,
    /// The row whose details are open.
    shown: Option<String>,
}

impl Look {
    fn of(page: String, said: &Said) -> Result<Self, AppError> {
        let group = said.key("group")?.unwrap_or(Group::All);
        Ok(Self { page, group, shown: said.find("shown").map(str::to_owned) })
    }

    fn address(&self, group: Group, shown: Option<&str>) -> String {
        paths::materials_shown(&self.page, group, shown)
    }
}

/// A material in the list.
struct Row<'a> {
    stock: &'a Stock,
    material: &'a Material,
    /// By which the address names it.
    key: String,
}

impl Row<'_> {
    /// What a form asks for to be handed it, where it can be had.
    fn wanted(&self) -> Option<String> {
        let piece = self.material.goods()?.piece();
        Some(Item { request: self.stock.request.id, piece }.to_string())
    }
}

/// The tab of one request.
pub async fn show(visit: &Visit, id: RequestId, said: &Said) -> Result<ServedLeaf, AppError> {
    let stock = material::of_request(&visit.portal, visit.actor()?, id).await?;
    let look = Look::of(paths::tab(id, "materials"), said)?;
    Ok(visit.leaf("Materials", || {
        view! {
            <h2 class="vh">"Materials"</h2>
            {materials(visit, std::slice::from_ref(&stock), &look)}
        }
    }))
}

/// The page of many requests.
pub async fn show_of_many(visit: &Visit, said: &Said) -> Result<ServedLeaf, AppError> {
    let ids: Vec<RequestId> =
        said.text("requests").split(',').filter_map(|it| it.parse().ok()).collect();
    let stocks = material::of_requests(&visit.portal, visit.actor()?, &ids).await?;
    let found: Vec<_> = stocks.iter().map(|it| it.request.id).collect();
    let look = Look::of(paths::materials(&found), said)?;
    let title = match stocks.len() {
        1 => "Materials of 1 request".to_owned(),
        count => format!("Materials of {count} requests"),
    };
    let head = title.clone();
    Ok(visit.leaf(title, || view! { <h1>{head}</h1><h2 class="vh">"Files to work from"</h2>{materials(visit, &stocks, &look)} }))
}

fn materials(visit: &Visit, stocks: &[Stock], look: &Look) -> impl IntoView {
    let day_of = |at: DateTime<Utc>| -> NaiveDate { at.with_timezone(&visit.zone).date_naive() };
    let all: Vec<Row> = stocks.iter().flat_map(rows).collect();
    let holds = |group: Group, row: &Row| group.holds(row.material, visit.now, day_of);
    let count = |group| all.iter().filter(|it| holds(group, it)).count();
    let counts: Vec<_> = Group::ALL.iter().map(|it| (*it, count(*it))).collect();
    let shown: Vec<&Row> = all.iter().filter(|it| holds(look.group, it)).collect();
    let open = all.iter().find(|it| look.shown.as_ref() == Some(&it.key));
    view! {
        <div class="materials">
            {groups(look, &counts, stocks)}
            {list(look, &shown, stocks.len())}
            {open.map(|it| detail::detail(visit, look, it))}
        </div>
    }
}

fn rows(stock: &Stock) -> impl Iterator<Item = Row<'_>> {
    stock.materials.iter().map(move |material| {
        let from = match &material.source {
            Source::Nowhere => "0".to_owned(),
            Source::Package(origin) => origin.request.number.to_string(),
            Source::Comment(attached) => attached.file.id.to_string(),
        };
        let key = format!("{}-{}-{from}", stock.request.number, material.kind.key());
        Row { stock, material, key }
    })
}

/// The column of groups, each with its number.
fn groups(look: &Look, counts: &[(Group, usize)], stocks: &[Stock]) -> impl IntoView {
    let (kinds, views): (Vec<_>, Vec<_>) =
        counts.iter().copied().partition(|(group, _)| group.shelf().is_some());
    let link = |(group, count): (Group, usize)| {
        let current = (group == look.group).then_some("true");
        view! {
            <a href=look.address(group, None) aria-current=current>
                <Icon name=icon_of(group)/>{group.label()}<em>{count}</em>
            </a>
        }
    };
    let needs = match stocks {
        [only] => Some(needs_of(only)),
        _ => None,
    };
    view! {
        <nav class="groups" aria-label="Groups">
            {views.into_iter().map(link).collect_view()}
            <h3>"By kind"</h3>
            {kinds.into_iter().map(link).collect_view()}
            {needs.map(|it| view! { <p>{it}</p> })}
        </nav>
    }
}

/// "What Secondary Audio needs: Final Proxy, M&E, Print master."
fn needs_of(stock: &Stock) -> String {
    let source_type = stock.request.source_type;
    let kinds: Vec<_> = needed_for(source_type).iter().map(|it| it.label()).collect();
    match kinds.as_slice() {
        [] => format!("{} needs nothing of the package.", source_type.label()),
        kinds => format!("What {} needs: {}.", source_type.label(), kinds.join(", ")),
    }
}

/// What the group holds, in a form by which it is downloaded.
fn list(look: &Look, shown: &[&Row], requests: usize) -> impl IntoView {
    if shown.is_empty() {
        return nothing(look.group, requests).into_any();
    }
    let mut lines = Vec::new();
    let mut under = None;
    for row in shown {
        let request = row.stock.request.id;
        if requests > 1 && under != Some(request) {
            lines.push(head_of(row.stock).into_any());
            under = Some(request);
        }
        lines.push(row::row(look, row).into_any());
    }
    let some = shown.iter().any(|it| it.wanted().is_some());
    view! {
        // A download is left to the browser.
        <form method="post" action=paths::MATERIAL_LINKS data-plain="">
            <table class="table">
                <caption class="vh">{look.group.label()}</caption>
                <thead>
                    <tr>
                        <th scope="col"><span class="vh">"Selected"</span></th>
                        <th scope="col">"Material"</th>
                        <th scope="col" class="updated num">"Updated"</th>
                        <th scope="col" class="num">"Size"</th>
                        <th scope="col">"Availability"</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            {some.then(|| view! {
                <div class="take">
                    <p>"One file comes as it is, several as one ZIP."</p>
                    <button type="submit" class="button"><Icon name="folder-archive"/>"Download selected"</button>
                </div>
            })}
        </form>
    }
    .into_any()
}

/// The line above the materials of one of many requests.
fn head_of(stock: &Stock) -> impl IntoView {
    let request = &stock.request;
    let language = request.language.as_ref().map(|it| format!(" · {}", meant(it, stock).label()));
    view! {
        <tr class="of">
            <th colspan="5" scope="rowgroup">
                <a class="link" href=paths::tab(request.id, "materials")>{request.label()}</a>
                " "<b>{request.source_type.label()}</b>{language}", "{stock.title.name.clone()}
            </th>
        </tr>
    }
}

fn nothing(group: Group, requests: usize) -> impl IntoView {
    let (icon, title, text) = match (group, requests) {
        (_, 0) => (
            "search-x",
            "None of these requests is here",
            "They are not here, or not for you to see. Open Materials from a request, or from the list.",
        ),
        (Group::Downloaded, _) => (
            "download",
            "You have downloaded nothing yet",
            "What you download to its last byte is listed here, and stands in the history of the request.",
        ),
        (Group::New, _) => (
            "clock",
            "Nothing new in seven days",
            "Files that pass inspection stand here for seven days.",
        ),
        (Group::Available, _) => (
            "hourglass",
            "Nothing is available yet",
            "Under All stands what is needed, who makes it, and what it waits for.",
        ),
        (Group::All, _) => (
            "package",
            "Nothing is needed for this request",
            "It is made without anything that the package brings.",
        ),
        (Group::Attachments, _) => (
            "paperclip",
            "Nothing is attached",
            "Files that somebody puts beside a comment are listed here, for those who read the comment.",
        ),
        (Group::Picture | Group::Audio | Group::Text, _) => (
            "package",
            "Nothing of this kind",
            "No request of the package brings it, and none of these requests needs it.",
        ),
    };
    view! { <Empty icon title text/> }
}

/// The language that is meant, where a request says "original".
fn meant<'a>(language: &'a Language, stock: &'a Stock) -> &'a Language {
    if language.tag() == Language::ORIGINAL { &stock.title.original_language } else { language }
}

const fn icon_of(group: Group) -> &'static str {
    match group {
        Group::Downloaded => "check",
        Group::New => "clock",
        Group::Available => "circle-check",
        Group::All => "rows-3",
        Group::Picture => on_shelf(Shelf::Picture),
        Group::Audio => on_shelf(Shelf::Audio),
        Group::Text => on_shelf(Shelf::Text),
        Group::Attachments => on_shelf(Shelf::Attachments),
    }
}

const fn on_shelf(shelf: Shelf) -> &'static str {
    match shelf {
        Shelf::Picture => "film",
        Shelf::Audio => "audio-lines",
        Shelf::Text => "file-text",
        Shelf::Attachments => "paperclip",
    }
}
