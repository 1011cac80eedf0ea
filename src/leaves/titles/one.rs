//! One title: what is known of it, its packages, and what was done to it.

use domain::{
    id::TitleId,
    request::Progress,
    title::{Broadcast, Package, TitleLine},
};
use leptos::prelude::*;

use super::what;
use crate::{
    error::AppError,
    leaves::Visit,
    paths,
    said::Said,
    services::title::{self, TitlePage},
    ui::{
        context::ServedLeaf,
        kit::{Empty, Icon, Moment, Shape},
    },
};

/// So many countries are named; more are counted.
const FEW: usize = 5;

pub async fn show(visit: &Visit, id: TitleId, said: &Said) -> Result<ServedLeaf, AppError> {
    let before = said.text("before").parse().ok();
    let page = title::page(&visit.portal, visit.actor()?, id, before).await?;
    Ok(visit.leaf(page.title.name.clone(), || whole(&page)))
}

fn whole(page: &TitlePage) -> impl IntoView + use<> {
    let title = &page.title;
    let (id, name) = (title.id, title.name.clone());
    let facts = [
        ("Movie ID", title.movie_id.to_string()),
        ("What it is", what(title)),
        ("Release year", title.release_year.to_string()),
        ("Original language", title.original_language.label()),
        ("Broadcast", title.broadcast.map_or("none", Broadcast::label).to_owned()),
    ];
    let facts = facts.map(|(label, fact)| view! { <div><dt>{label}</dt><dd>{fact}</dd></div> });
    view! {
        <div class="titles">
            <header class="row">
                <a class="link" href=paths::TITLES>"Titles"</a>
                <h1>{name.clone()}</h1>
                <span class="row">
                    <a class="button" href=paths::title_sheet(id) data-sheet=name.clone()>"Correct the title"</a>
                    {add(id, &name, "button primary")}
                </span>
            </header>
            <dl class="facts">{facts}</dl>
            <h2>"Packages"</h2>
            {packages(page)}
            {log(page)}
        </div>
    }
}

/// Opens the sheet of a new package.
fn add(id: TitleId, name: &str, class: &'static str) -> impl IntoView + use<> {
    view! {
        <a class=class href=paths::new_package(id) data-sheet=name.to_owned()><Icon name="plus"/>"Add a package"</a>
    }
}

fn packages(page: &TitlePage) -> AnyView {
    if page.packages.is_empty() {
        let text = "Requests are made in a package: one for each release.";
        let add = add(page.title.id, &page.title.name, "button");
        return view! { <Empty icon="package" title="No package yet" text>{add}</Empty> }
            .into_any();
    }
    view! {
        <div class="scroll">
            <table class="table">
                <caption class="vh">"Packages"</caption>
                <thead><tr>
                    <th scope="col">"Package"</th><th scope="col">"Name"</th><th scope="col">"Countries"</th>
                    <th scope="col">"Tags"</th><th scope="col">"Launch"</th><th scope="col" class="num">"Arrived"</th>
                    <th scope="col"><span class="vh">"Actions"</span></th>
                </tr></thead>
                <tbody>{page.packages.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row((package, progress): &(Package, Progress)) -> impl IntoView + use<> {
    let countries = match package.countries.as_slice() {
        [] => "none yet".to_owned(),
        few if few.len() <= FEW => few.iter().map(|it| it.name()).collect::<Vec<_>>().join(", "),
        many => format!("{} countries", many.len()),
    };
    let launch =
        package.launch.map_or("not known".to_owned(), |it| it.format("%d %b %Y").to_string());
    let tags = if package.tags.is_empty() { "none".to_owned() } else { package.tags.join(", ") };
    let label = package.label();
    view! {
        <tr>
            <td><span class="mono">{label.clone()}</span></td>
            <td data-label="Name">{package.name.clone()}</td>
            <td data-label="Countries">{countries}</td>
            <td data-label="Tags">{tags}</td>
            <td data-label="Launch">{launch}</td>
            <td data-label="Arrived" class="num">{format!("{} of {}", progress.fulfilled, progress.all)}</td>
            <td><span class="acts">
                <a class="button small" href=paths::package_sheet(package.id) data-sheet=label.clone()
                    aria-label=format!("Edit the package {label}")>"Edit the package"</a>
                <a class="button small" href=paths::new_request_in(package)
                    aria-label=format!("New request in {label}")>"New request"</a>
            </span></td>
        </tr>
    }
}

fn log(page: &TitlePage) -> impl IntoView + use<> {
    let id = page.title.id;
    let older = page.log.older.map(|it| {
        view! { <a class="button small" href=paths::title_before(id, it)>"Older"</a> }
    });
    let lines = page.log.lines.iter().map(line).collect_view();
    let shown = if page.log.lines.is_empty() {
        let text = "Corrections and new packages will stand here, with who made them and when.";
        view! { <Empty icon="history" title="Nothing was done" text/> }.into_any()
    } else {
        view! { <ol class="deeds">{lines}</ol> }.into_any()
    };
    view! {
        <section class="card section" aria-labelledby="deeds">
            <h2 id="deeds">"What was done"</h2>
            {shown}
            {older}
        </section>
    }
}

fn line(line: &TitleLine) -> impl IntoView + use<> {
    let (who, words) = (line.who().to_owned(), line.event.words());
    view! {
        <li>
            <span><b>{who}</b>" "{words}</span>
            <small><Moment at=line.at shape=Shape::Short/></small>
        </li>
    }
}
