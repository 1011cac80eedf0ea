//! The list of requests for help: one's own, and all of them for the platform.

use domain::{people::Actor, ticket::Ticket};
use leptos::prelude::*;

use super::TicketStatusMark;
use crate::{
    error::AppError,
    leaves::Visit,
    paths,
    said::Said,
    services::ticket::{self, From, Shelf},
    ui::{
        context::ServedLeaf,
        kit::{Empty, Icon, Moment, Shape},
    },
};

pub async fn show(visit: &Visit, said: &Said) -> Result<ServedLeaf, AppError> {
    let actor = visit.actor()?;
    let number = |name| said.text(name).parse::<i64>().ok();
    let from = From { waiting: number("waiting"), solved: number("solved") };
    let shelf = ticket::shelf(&visit.portal, actor, from).await?;
    let (title, everybody) = match actor.is_platform() {
        true => ("Requests for help", true),
        false => ("My requests for help", false),
    };
    Ok(visit.leaf(title, || {
        let list = match shelf.waiting.is_empty() && shelf.solved.is_empty() {
            true => nothing(actor),
            false => view! { <Lists shelf/> }.into_any(),
        };
        view! {
            <div class="ticket wide">
                <p class="crumb"><a href=paths::HELP>"Help"</a></p>
                <header class="row">
                    <h1 class="grow">{title}</h1>
                    <a class="button" class:primary=!everybody href=paths::ask(paths::TICKETS)><Icon name="life-buoy"/>"Submit a Request"</a>
                </header>
                {list}
            </div>
        }
    }))
}

fn nothing(actor: &Actor) -> AnyView {
    let text = match actor.is_platform() {
        true => "What people ask the platform will stand here, oldest first.",
        false => "What you ask the people who run the portal will stand here, with their answers.",
    };
    view! { <Empty icon="life-buoy" title="Nothing was asked" text/> }.into_any()
}

#[component]
fn Lists(shelf: Shelf) -> impl IntoView {
    let Shelf { waiting, more_waiting, solved, more_solved } = shelf;
    let more = |name: &str, behind: Option<i64>| {
        let address = behind.map(|it| paths::tickets_behind(name, it));
        address.map(|it| view! { <p><a class="link" href=it>"More"</a></p> })
    };
    let list = |title: &'static str, tickets: &[Ticket], more| {
        (!tickets.is_empty()).then(|| {
            view! {
                <section>
                    <h2>{title}</h2>
                    <ul class="tickets">{tickets.iter().map(row).collect_view()}</ul>
                    {more}
                </section>
            }
        })
    };
    view! {
        {list("Not solved yet", &waiting, more("waiting", more_waiting))}
        {list("Solved", &solved, more("solved", more_solved))}
    }
}

fn row(ticket: &Ticket) -> impl IntoView + use<> {
    view! {
        <li>
            <a href=paths::ticket(ticket.number)>
                <TicketStatusMark status=ticket.status/>
                <b>{ticket.question.subject.clone()}</b>
                <span class="faint">{ticket.label()}" · "{ticket.asker.clone()}", "{ticket.organization.clone()}" · "<Moment at=ticket.asked_at shape=Shape::Short/></span>
            </a>
        </li>
    }
}
