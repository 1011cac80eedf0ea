//! The form by which people ask those who run the portal.

use domain::ticket::{LONGEST_SUBJECT, Question};
use leptos::prelude::*;

use super::{Trouble, Words};
use crate::{
    error::AppError,
    leaves::{Outcome, Visit},
    paths,
    said::Said,
    services::ticket,
    ui::{
        context::ServedLeaf,
        kit::{Field, Icon, Limit, described_by},
    },
};

pub fn show(visit: &Visit, said: &Said) -> Result<ServedLeaf, AppError> {
    visit.actor()?;
    Ok(form(visit, said, Trouble::default()))
}

pub async fn take(visit: &Visit, said: &Said) -> Result<Outcome, AppError> {
    let actor = visit.actor()?;
    let page = page(said);
    let asked = match Question::new(said.text("subject"), said.text("words"), page.as_deref()) {
        Ok(question) => ticket::ask(&visit.portal, actor, question).await,
        Err(refusal) => Err(refusal.into()),
    };
    match asked {
        Ok(ticket) => {
            let told = format!("Sent as {}", ticket.label());
            Ok(Outcome::Done { told, to: paths::ticket(ticket.number) })
        }
        Err(AppError::Refused(refusal)) => {
            Ok(Outcome::Again(form(visit, said, Trouble::of(&refusal))))
        }
        Err(error) => Err(error),
    }
}

/// The page from which somebody came, without what they had typed there.
fn page(said: &Said) -> Option<String> {
    paths::inside(said.text("page")).map(paths::told)
}

fn form(visit: &Visit, said: &Said, trouble: Trouble) -> ServedLeaf {
    let (subject, words) = (said.text("subject").to_owned(), said.text("words").to_owned());
    let page = page(said);
    let refused = trouble.with("subject");
    let invalid = refused.is_some().then_some("true");
    let from = page.map(|it| view! {
        <input type="hidden" name="page" value=it.clone()/>
        <p class="faint">"Sent with it: the page you came from, "<a class="link" href=it.clone()>{it.clone()}</a></p>
    });
    visit.leaf("Submit a Request", || view! {
        <div class="ticket">
            <p class="crumb"><a href=paths::HELP>"Help"</a><span>"/"</span><a href=paths::TICKETS>"Requests for help"</a></p>
            <h1>"Submit a Request"</h1>
            <p class="lead">"You and the people who run this portal read it, and nobody else. The answer will stand under Requests for help."</p>
            <form method="post" action=paths::part(paths::ASK) autocomplete="off">
                {trouble.notice()}
                <Field id="ticket-subject" label="Subject" hint=Signal::stored(Some(format!("In a few words, at most {LONGEST_SUBJECT} characters.")))
                    refused=Signal::stored(refused)
                >
                    <input class="input" id="ticket-subject" name="subject" value=subject maxlength=LONGEST_SUBJECT
                        aria-describedby=described_by("ticket-subject") aria-invalid=invalid/>
                    <Limit/>
                </Field>
                <Words label="What do you need help with?" draft="ticket".to_owned() said=words trouble
                    hint="Name the request, the file and the time."/>
                {from}
                <footer><button type="submit" class="button primary"><Icon name="life-buoy"/>"Send"</button></footer>
            </form>
        </div>
    })
}
