//! One title: its packages, another one, what is said of it, and what was done to it.

use domain::{
    id::TitleId,
    request::Progress,
    title::{Package, TitleLine},
};
use leptos::prelude::*;

use super::{trouble, what};
use crate::{
    error::AppError,
    leaves::{Outcome, Visit},
    paths,
    said::Said,
    services::title::{self, TitlePage},
    sheets::{
        Field, field_view,
        title::{blame, is_overlong, package_facts, package_fields, title_facts, title_fields},
    },
    ui::{
        context::ServedLeaf,
        kit::{Empty, Icon, Moment, Notice, Shape, Tone},
    },
};

/// So many countries are named; more are counted.
const FEW: usize = 5;

/// The forms of the page, as they are filled in.
struct Forms {
    title: Vec<Field>,
    package: Vec<Field>,
    problem: Option<String>,
    /// What others did since the page was opened.
    meanwhile: Vec<String>,
}

impl Forms {
    fn of(page: &TitlePage, said: &Said) -> Self {
        let nothing = Said::default();
        let amends = said.text("do") == "amend";
        let (of_title, of_package) = if amends { (said, &nothing) } else { (&nothing, said) };
        Self {
            title: title_fields(of_title, Some(&page.title)),
            package: package_fields(of_package),
            problem: None,
            meanwhile: Vec::new(),
        }
    }
}

pub async fn show(visit: &Visit, id: TitleId, said: &Said) -> Result<ServedLeaf, AppError> {
    let before = said.text("before").parse().ok();
    let page = title::page(&visit.portal, visit.actor()?, id, before).await?;
    let forms = Forms::of(&page, &Said::default());
    Ok(shown(visit, &page, &forms))
}

pub async fn take(visit: &Visit, id: TitleId, said: &Said) -> Result<Outcome, AppError> {
    let (portal, actor) = (&visit.portal, visit.actor()?);
    let page = title::page(portal, actor, id, None).await?;
    let mut forms = Forms::of(&page, said);
    let amends = match said.text("do") {
        "amend" => true,
        "package" => false,
        _ => return Err(AppError::NotFound),
    };
    let fields = if amends { &mut forms.title } else { &mut forms.package };
    if is_overlong(fields) {
        return Ok(Outcome::Again(shown(visit, &page, &forms)));
    }
    let done = if amends { amend(visit, id, said).await } else { add(visit, id, said).await };
    match done {
        Ok(told) => Ok(Outcome::Done { told, to: paths::title(id) }),
        Err(AppError::Refused(refusal)) => {
            forms.problem = blame(fields, &refusal);
            Ok(Outcome::Again(shown(visit, &page, &forms)))
        }
        Err(AppError::MovedOn) => {
            let page = title::page(portal, actor, id, None).await?;
            forms.meanwhile = meanwhile(&page, said.seen().unwrap_or(i64::MAX));
            Ok(Outcome::Again(shown(visit, &page, &forms)))
        }
        Err(error) => Err(error),
    }
}

async fn amend(visit: &Visit, id: TitleId, said: &Said) -> Result<String, AppError> {
    let version = said.text("version").parse().unwrap_or_default();
    let facts = title_facts(said)?;
    let title = title::amend(&visit.portal, visit.actor()?, id, version, facts).await?;
    Ok(format!("{} saved", title.name))
}

async fn add(visit: &Visit, id: TitleId, said: &Said) -> Result<String, AppError> {
    let facts = package_facts(said)?;
    let package = title::enter_package(&visit.portal, visit.actor()?, id, facts).await?;
    Ok(format!("{} is entered", package.label()))
}

/// What was done since, as sentences, oldest first.
fn meanwhile(page: &TitlePage, seen: i64) -> Vec<String> {
    let newer = page.log.lines.iter().filter(|it| it.number > seen);
    let mut sentences: Vec<_> =
        newer.map(|it| format!("{} {}", it.who(), it.event.words())).collect();
    sentences.reverse();
    sentences
}

fn shown(visit: &Visit, page: &TitlePage, forms: &Forms) -> ServedLeaf {
    let title = &page.title;
    visit.leaf(title.name.clone(), || {
        let about = format!(
            "Movie ID {}, {}, {}, {}",
            title.movie_id,
            what(title),
            title.release_year,
            title.original_language.label()
        );
        view! {
            <div class="titles">
                <header class="row">
                    <h1>{title.name.clone()}</h1>
                    <span class="faint">{about}</span>
                    <a class="button small" href=paths::TITLES>"All titles"</a>
                </header>
                {forms.problem.clone().map(trouble)}
                {packages(&page.packages)}
                {package_form(title.id, forms)}
                {title_form(page, forms)}
                {log(page)}
            </div>
        }
    })
}

fn packages(packages: &[(Package, Progress)]) -> AnyView {
    if packages.is_empty() {
        let text = "Add one below: requests are made in a package.";
        return view! { <Empty icon="package" title="No package yet" text/> }.into_any();
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
                <tbody>{packages.iter().map(row).collect_view()}</tbody>
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
    let launch = package.launch.map(|it| it.format("%d %b %Y").to_string());
    view! {
        <tr>
            <th scope="row" class="mono">{package.label()}</th>
            <td>{package.name.clone()}</td>
            <td>{countries}</td>
            <td>{package.tags.join(", ")}</td>
            <td>{launch}</td>
            <td class="num">{format!("{} of {}", progress.fulfilled, progress.all)}</td>
            <td><a class="button small" href=paths::new_request_in(package)
                aria-label=format!("New request in {}", package.label())>"New request"</a></td>
        </tr>
    }
}

fn package_form(id: TitleId, forms: &Forms) -> impl IntoView + use<> {
    let fields = forms.package.iter().map(field_view).collect_view();
    view! {
        <form class="order" method="post" action=paths::part(&paths::title(id)) autocomplete="off">
            <section class="card">
                <h2>"Add a package"<small>"All requests for one release"</small></h2>
                <div>{fields}</div>
                <footer>
                    <button class="button" type="submit" name="do" value="package"><Icon name="plus"/>"Add the package"</button>
                </footer>
            </section>
        </form>
    }
}

fn title_form(page: &TitlePage, forms: &Forms) -> impl IntoView + use<> {
    let fields = forms.title.iter().map(field_view).collect_view();
    let newest = page.log.lines.first().map_or(0, |it| it.number);
    let meanwhile = (!forms.meanwhile.is_empty()).then(|| {
        let sentences = forms.meanwhile.iter().map(|it| view! { <li>{it.clone()}</li> }).collect_view();
        view! {
            <div role="alert"><Notice tone=Tone::Live icon="users">
                <span><b>"Changed meanwhile. "</b>"What you typed is kept. Look, and send it again."<ul>{sentences}</ul></span>
            </Notice></div>
        }
    });
    view! {
        <form class="order" method="post" action=paths::part(&paths::title(page.title.id)) autocomplete="off">
            {meanwhile}
            <input type="hidden" name="version" value=page.title.version/>
            <input type="hidden" name="seen" value=newest/>
            <section class="card">
                <h2>"Correct the title"<small>"All its requests are told"</small></h2>
                <div>{fields}</div>
                <footer>
                    <button class="button" type="submit" name="do" value="amend">"Save the title"</button>
                </footer>
            </section>
        </form>
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
