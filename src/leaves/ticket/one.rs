//! One request for help, with what was written under it.

use domain::{
    people::Actor,
    refusal::Grounds,
    ticket::{Reply, Ticket, TicketStatus},
};
use leptos::prelude::*;

use super::{TicketStatusMark, Trouble, Words};
use crate::{
    error::AppError,
    leaves::{Outcome, Visit},
    paths,
    said::Said,
    services::ticket,
    ui::{
        context::ServedLeaf,
        kit::{Field, Icon, Moment, described_by},
    },
};

pub async fn show(visit: &Visit, number: Option<i64>) -> Result<ServedLeaf, AppError> {
    leaf(visit, number, &Said::default(), Trouble::default()).await
}

pub async fn take(visit: &Visit, number: Option<i64>, said: &Said) -> Result<Outcome, AppError> {
    let known = number.ok_or(AppError::NotFound)?;
    let (portal, actor, words) = (&visit.portal, visit.actor()?, said.text("words"));
    let read = (known, said.text("version").parse().unwrap_or_default());
    let done = match said.key::<TicketStatus>("status") {
        Ok(Some(status)) => ticket::answer(portal, actor, read, status, words).await,
        Ok(None) => ticket::follow_up(portal, actor, read, words).await,
        Err(refusal) => Err(refusal.into()),
    };
    let trouble = match done {
        Ok(ticket) => {
            let told = format!("{} is {}", ticket.label(), ticket.status.label());
            return Ok(Outcome::Done { told, to: paths::ticket(known) });
        }
        Err(AppError::Refused(refusal)) if refusal.grounds() != Grounds::Person => {
            Trouble::of(&refusal)
        }
        Err(error @ AppError::MovedOn) => Trouble { field: None, said: Some(error.to_string()) },
        Err(error) => return Err(error),
    };
    Ok(Outcome::Again(leaf(visit, number, said, trouble).await?))
}

async fn leaf(
    visit: &Visit,
    number: Option<i64>,
    said: &Said,
    trouble: Trouble,
) -> Result<ServedLeaf, AppError> {
    let (actor, number) = (visit.actor()?, number.ok_or(AppError::NotFound)?);
    let (ticket, replies) = ticket::find(&visit.portal, actor, number).await?;
    let title = format!("{} {}", ticket.label(), ticket.question.subject);
    Ok(visit.leaf(title, || {
        let form = form(actor, &ticket, said, trouble);
        let page = ticket.question.page.clone().map(|it| {
            view! { <dt>"Came from"</dt><dd><a class="link" href=it.clone()>{it.clone()}</a></dd> }
        });
        view! {
            <div class="ticket">
                <p class="crumb"><a href=paths::HELP>"Help"</a><span>"/"</span><a href=paths::TICKETS>"Requests for help"</a></p>
                <h1>{ticket.question.subject.clone()}</h1>
                <div class="facts"><span class="code">{ticket.label()}</span><TicketStatusMark status=ticket.status/></div>
                <dl class="props">
                    <dt>"Asked by"</dt><dd>{ticket.asker.clone()}", "{ticket.organization.clone()}</dd>
                    {page}
                </dl>
                <ol class="turns">
                    <li><p><b>{ticket.asker.clone()}</b>" "<Moment at=ticket.asked_at/></p><p class="said">{ticket.question.words.clone()}</p></li>
                    {replies.iter().map(turn).collect_view()}
                </ol>
                {form}
            </div>
        }
    }))
}

fn turn(reply: &Reply) -> impl IntoView + use<> {
    let Reply { at, name, organization, words, .. } = reply.clone();
    view! { <li><p><b>{name}</b>", "{organization}" "<Moment at/></p><p class="said">{words}</p></li> }
}

/// What the actor may say here: an answer, more of the question, or nothing.
fn form(actor: &Actor, ticket: &Ticket, said: &Said, trouble: Trouble) -> AnyView {
    if ticket.permits_answer(actor).is_ok() {
        view! { <AnswerForm ticket=ticket.clone() said=said.clone() trouble/> }.into_any()
    } else if ticket.permits_follow_up(actor).is_ok() {
        view! { <FollowUp ticket=ticket.clone() said=said.clone() trouble/> }.into_any()
    } else {
        let why = ticket.permits_answer(actor).err().map(|it| it.to_string());
        view! { <p class="notice"><Icon name="lock"/><span>{why}</span></p> }.into_any()
    }
}

#[component]
fn AnswerForm(ticket: Ticket, said: Said, trouble: Trouble) -> impl IntoView {
    let chosen = said.key::<TicketStatus>("status").ok().flatten().unwrap_or(match ticket.status {
        TicketStatus::Open => TicketStatus::InProgress,
        status @ (TicketStatus::InProgress | TicketStatus::Solved) => status,
    });
    let option = move |it: &TicketStatus| view! { <option value=it.key() selected=*it == chosen>{it.label()}</option> };
    view! {
        <form method="post" action=paths::part(&paths::ticket(ticket.number)) autocomplete="off">
            {trouble.notice()}
            <input type="hidden" name="version" value=ticket.version/>
            <Words label="Answer" draft=format!("ticket-{}", ticket.number) said=said.text("words").to_owned() trouble
                hint="Read by whoever asked. At most 5,000 characters."/>
            <Field id="ticket-status" label="Status">
                <span class="select">
                    <select class="input" id="ticket-status" name="status" aria-describedby=described_by("ticket-status")>
                        {TicketStatus::ALL.iter().map(option).collect_view()}
                    </select>
                    <Icon name="chevron-down" class="s"/>
                </span>
            </Field>
            <footer><button type="submit" class="button primary">"Save"</button></footer>
        </form>
    }
}

#[component]
fn FollowUp(ticket: Ticket, said: Said, trouble: Trouble) -> impl IntoView {
    let hint = match ticket.status {
        TicketStatus::Solved => "Opens the request again. At most 5,000 characters.",
        TicketStatus::Open | TicketStatus::InProgress => "At most 5,000 characters.",
    };
    view! {
        <form method="post" action=paths::part(&paths::ticket(ticket.number)) autocomplete="off">
            {trouble.notice()}
            <input type="hidden" name="version" value=ticket.version/>
            <Words label="Write more" hint draft=format!("ticket-{}", ticket.number) said=said.text("words").to_owned() trouble/>
            <footer><button type="submit" class="button">"Send"</button></footer>
        </form>
    }
}
