//! The titles, for those of the platform who enter them: the list, and one with its packages.

mod one;

use domain::{id::TitleId, title::Title};
use leptos::prelude::*;

use super::Visit;
use crate::{
    error::AppError,
    paths,
    said::Said,
    services::title::{self, Catalog, Listed},
    ui::{
        context::ServedLeaf,
        kit::{Empty, Icon},
    },
};

pub use one::show as show_one;

/// Longer texts are looked for by their beginning.
const LONGEST: usize = 120;

/// The list, as the query asks for it.
pub async fn show(visit: &Visit, said: &Said) -> Result<ServedLeaf, AppError> {
    let text: String = said.text("q").chars().take(LONGEST).collect();
    let before: Option<TitleId> = said.text("before").parse().ok();
    let catalog = title::catalog(&visit.portal, visit.actor()?, &text, before).await?;
    Ok(visit.leaf("Titles", || list(catalog, text)))
}

fn list(catalog: Catalog, text: String) -> impl IntoView {
    let older = catalog.older.map(|it| {
        view! { <a class="button small" href=paths::titles(&text, Some(it))>"Older"</a> }
    });
    let shown = match (catalog.titles.is_empty(), text.is_empty()) {
        (true, true) => view! {
            <Empty icon="film" title="No title yet" text="A title and its packages are entered once; requests are made in a package.">
                {enter("button")}
            </Empty>
        }
        .into_any(),
        (true, false) => view! {
            <Empty icon="search-x" title="No title fits" text="Words of the name, Movie IDs and numbers of packages are searched.">
                <a class="button" href=paths::TITLES>"All titles"</a>
            </Empty>
        }
        .into_any(),
        (false, _) => table(catalog.titles).into_any(),
    };
    view! {
        <div class="titles">
            <header class="row">
                <h1>"Titles"</h1>
                {enter("button primary")}
            </header>
            <form class="seek" role="search" method="get" action=paths::TITLES>
                <input class="input" id="seek-title" name="q" type="search" value=text maxlength=LONGEST
                    aria-label="Name, Movie ID or package" placeholder="Name, Movie ID or package"/>
                <button type="submit" class="button">"Search"</button>
            </form>
            {shown}
            {older}
        </div>
    }
}

/// Opens the sheet of a new title.
fn enter(class: &'static str) -> impl IntoView {
    view! { <a class=class href=paths::NEW_TITLE data-sheet=""><Icon name="plus"/>"Enter a title"</a> }
}

fn table(titles: Vec<Listed>) -> impl IntoView {
    let row = |it: Listed| {
        let Listed { title, packages } = it;
        view! {
            <tr>
                <td><a class="link" href=paths::title(title.id)>{title.name.clone()}</a></td>
                <td data-label="Movie ID"><span class="mono">{title.movie_id}</span></td>
                <td data-label="What it is">{what(&title)}</td>
                <td data-label="Year">{title.release_year}</td>
                <td data-label="Original language">{title.original_language.label()}</td>
                <td data-label="Packages" class="num">{packages}</td>
            </tr>
        }
    };
    view! {
        <div class="scroll">
            <table class="table">
                <thead><tr>
                    <th scope="col">"Title"</th><th scope="col">"Movie ID"</th><th scope="col">"What it is"</th>
                    <th scope="col">"Year"</th><th scope="col">"Original language"</th>
                    <th scope="col" class="num">"Packages"</th>
                </tr></thead>
                <tbody>{titles.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

/// "Episode, S01 E03"
fn what(title: &Title) -> String {
    match title.episode {
        Some(it) => format!("{}, {}", title.kind.label(), it.label()),
        None => title.kind.label().to_owned(),
    }
}
