//! The page New Request.

use domain::refusal::{Grounds, Refusal};
use leptos::prelude::*;

use super::{Outcome, Visit};
use crate::{
    error::AppError,
    paths,
    said::Said,
    sheets::{
        Field, Input, LONGEST, field_of, field_view,
        order::{self, Part},
    },
    ui::{
        context::ServedLeaf,
        kit::{Icon, Notice, Tone},
    },
};

pub async fn show(visit: &Visit, said: &Said) -> Result<ServedLeaf, AppError> {
    let parts = parts(visit, said).await?;
    Ok(page(visit, parts, None))
}

pub async fn take(visit: &Visit, said: &Said) -> Result<Outcome, AppError> {
    let mut parts = parts(visit, said).await?;
    let mut fields = parts.iter_mut().flat_map(|it| &mut it.fields);
    if let Some(field) = fields.find(|it| it.is_overlong()) {
        field.problem = Some(Refusal::TooLong { most: LONGEST }.to_string());
        return Ok(Outcome::Again(page(visit, parts, None)));
    }
    match order::place(&visit.portal, visit.actor()?, said).await {
        Ok((package, made)) => {
            let to = match said.text("next") {
                "another" => paths::new_request_in(&package),
                _ => paths::request(made.id),
            };
            Ok(Outcome::Done { told: format!("{} is open", made.label()), to })
        }
        Err(AppError::Refused(refusal)) if refusal.grounds() != Grounds::Person => {
            let problem = blame(&mut parts, &refusal);
            Ok(Outcome::Again(page(visit, parts, problem)))
        }
        Err(error) => Err(error),
    }
}

async fn parts(visit: &Visit, said: &Said) -> Result<[Part; 3], AppError> {
    order::parts(&visit.portal, visit.actor()?, said, visit.now, visit.zone).await
}

/// Says what is wrong beside the field that is to blame, or answers it where there is none.
fn blame(parts: &mut [Part], refusal: &Refusal) -> Option<String> {
    let to_blame = field_of(refusal);
    let is_to_blame = |it: &Field| match refusal {
        Refusal::UnknownChoice(word) => {
            matches!(it.input, Input::Select(_)) && it.value().trim().starts_with(word)
        }
        _ => Some(&it.name) == to_blame.as_ref(),
    };
    let mut fields = parts.iter_mut().flat_map(|it| &mut it.fields);
    match fields.find(|it| is_to_blame(it)) {
        Some(field) => {
            field.problem = Some(refusal.to_string());
            None
        }
        None => Some(refusal.to_string()),
    }
}

fn page(visit: &Visit, parts: [Part; 3], problem: Option<String>) -> ServedLeaf {
    visit.leaf("New request", move || {
        view! {
            <form class="order" method="post" action=paths::part(paths::NEW_REQUEST) autocomplete="off">
                <header class="row">
                    <h1>"New request"</h1>
                    <a class="link" href=paths::IMPORT>"or import many from CSV"</a>
                </header>
                {problem.map(|it| view! {
                    <div role="alert"><Notice tone=Tone::Bad icon="circle-alert"><span>{it}</span></Notice></div>
                })}
                {parts.into_iter().map(part).collect_view()}
                <footer>
                    <a class="button" href=paths::REQUESTS>"Leave"</a>
                    <button class="button" type="submit" name="next" value="another">"Create, and another one"</button>
                    <button class="button primary" type="submit"><Icon name="plus"/>"Create request"</button>
                </footer>
            </form>
        }
    })
}

fn part(part: Part) -> impl IntoView {
    view! {
        <section class="card">
            <h2>{part.heading}<small>{part.about}</small></h2>
            <div>
                {part.fields.iter().map(field_view).collect_view()}
                {part.way_out.map(|(page, words)| view! { <a class="link" href=page>{words}</a> })}
            </div>
        </section>
    }
}
