//! The titles, for those of the platform who enter them: the list, a new one, and one with its packages.

mod one;

use domain::{id::TitleId, title::Title};
use leptos::prelude::*;

use super::{Outcome, Visit};
use crate::{
    error::AppError,
    paths,
    said::Said,
    services::title::{self, Catalog, Listed},
    sheets::{
        Field, field_view,
        title::{blame, is_overlong, title_facts, title_fields},
    },
    ui::{
        context::ServedLeaf,
        kit::{Empty, Icon, Notice, Tone},
    },
};

pub use one::{show as show_one, take as take_one};

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
            <Empty icon="film" title="No title yet" text="A title and its packages are entered once; requests are made in a package."/>
        }
        .into_any(),
        (true, false) => view! {
            <Empty icon="search-x" title="No title" text="None fits what you look for. Names, Movie IDs and numbers of packages are searched."/>
        }
        .into_any(),
        (false, _) => table(catalog.titles).into_any(),
    };
    view! {
        <div class="titles">
            <header class="row">
                <h1>"Titles"</h1>
                <a class="button primary" href=paths::NEW_TITLE><Icon name="plus"/>"Enter a title"</a>
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

fn table(titles: Vec<Listed>) -> impl IntoView {
    let row = |it: Listed| {
        let Listed { title, packages } = it;
        view! {
            <tr>
                <td><a class="link" href=paths::title(title.id)>{title.name.clone()}</a></td>
                <td class="mono">{title.movie_id}</td>
                <td>{what(&title)}</td>
                <td>{title.release_year}</td>
                <td>{title.original_language.label()}</td>
                <td class="num">{packages}</td>
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

/// The form for a new title.
pub fn show_new(visit: &Visit, said: &Said) -> Result<ServedLeaf, AppError> {
    visit.actor()?.permits_titles()?;
    Ok(new(visit, title_fields(said, None), None))
}

pub async fn take_new(visit: &Visit, said: &Said) -> Result<Outcome, AppError> {
    let actor = visit.actor()?;
    actor.permits_titles()?;
    let mut fields = title_fields(said, None);
    if is_overlong(&mut fields) {
        return Ok(Outcome::Again(new(visit, fields, None)));
    }
    let entered = match title_facts(said) {
        Ok(facts) => title::enter(&visit.portal, actor, facts).await,
        Err(refusal) => Err(refusal.into()),
    };
    match entered {
        Ok(title) => Ok(Outcome::Done {
            told: format!("{} is entered. Add its first package", title.name),
            to: paths::title(title.id),
        }),
        Err(AppError::Refused(refusal)) => {
            let problem = blame(&mut fields, &refusal);
            Ok(Outcome::Again(new(visit, fields, problem)))
        }
        Err(error) => Err(error),
    }
}

fn new(visit: &Visit, fields: Vec<Field>, problem: Option<String>) -> ServedLeaf {
    visit.leaf("Enter a title", move || {
        view! {
            <form class="order" method="post" action=paths::part(paths::NEW_TITLE) autocomplete="off">
                <header class="row"><h1>"Enter a title"</h1></header>
                {problem.map(trouble)}
                <section class="card">
                    <h2>"Title"<small>"Its packages come next"</small></h2>
                    <div>{fields.iter().map(field_view).collect_view()}</div>
                </section>
                <footer>
                    <a class="button" href=paths::TITLES>"Leave"</a>
                    <button class="button primary" type="submit"><Icon name="plus"/>"Enter the title"</button>
                </footer>
            </form>
        }
    })
}

/// What is wrong where no field alone is to blame.
fn trouble(problem: String) -> impl IntoView {
    view! { <div role="alert"><Notice tone=Tone::Bad icon="circle-alert"><span>{problem}</span></Notice></div> }
}
