//! Letters about requests for help, where the portal sends any: to those who run it, and to whoever asked.

use domain::{
    letter::{Letter, Part},
    ticket::Ticket,
};
use storage::people;

use crate::{error::AppError, paths, portal::Work, services::letter};

/// Tells those who run the portal that something was asked.
pub async fn to_desk(work: &mut Work, ticket: &Ticket, words: &str) -> Result<(), AppError> {
    let Some(address) = work.portal().settings.support_email.clone() else { return Ok(()) };
    let asker = format!("{} of {} asks:", ticket.asker, ticket.organization);
    let letter = Letter {
        name: "Help".to_owned(),
        address,
        subject: subject(ticket),
        parts: parts(work, ticket, asker, words, "Answer in the portal"),
    };
    letter::send(work, &letter).await
}

/// Tells whoever asked that it was answered; nobody where the account was closed since.
pub async fn to_asker(work: &mut Work, ticket: &Ticket, words: &str) -> Result<(), AppError> {
    let Some(asker) = people::addressee(work, ticket.asked_by).await? else { return Ok(()) };
    let status = format!("Your request for help is {}.", ticket.status.label());
    let letter = Letter {
        name: asker.actor.name,
        address: asker.email,
        subject: subject(ticket),
        parts: parts(work, ticket, status, words, "See it in the portal"),
    };
    letter::send(work, &letter).await
}

fn subject(ticket: &Ticket) -> String {
    format!("{}: {}", ticket.label(), ticket.question.subject)
}

fn parts(work: &Work, ticket: &Ticket, lead: String, words: &str, label: &str) -> Vec<Part> {
    let address = format!("{}{}", work.portal().settings.address(), paths::ticket(ticket.number));
    let said = Some(words.to_owned()).filter(|it| !it.is_empty());
    let said = said.map(Part::Words);
    let action = Part::Action { label: label.to_owned(), address };
    [Part::Words(lead)].into_iter().chain(said).chain([action]).collect()
}
