//! Questions to the people who run the portal, and their answers.

mod letters;

use chrono::TimeDelta;
use domain::{
    id::TicketId,
    people::Actor,
    ticket::{Question, Reply, Ticket, TicketStatus, Turn, permits_another},
};
use storage::{Conn, people, ticket};

use crate::{
    error::AppError,
    portal::{Portal, Work},
};

/// Tickets listed at once.
const LISTED: u32 = 50;

/// The tickets that exist for somebody, page by page.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// Not solved yet, oldest first.
    pub waiting: Vec<Ticket>,
    /// The last of these, where there are more behind it.
    pub more_waiting: Option<i64>,
    /// Newest first.
    pub solved: Vec<Ticket>,
    /// The last of these, where there are more behind it.
    pub more_solved: Option<i64>,
}

/// Where a page of the shelf begins: behind these numbers, or at the start.
#[derive(Clone, Copy, Debug, Default)]
pub struct From {
    pub waiting: Option<i64>,
    pub solved: Option<i64>,
}

/// Asks the people who run the portal.
pub async fn ask(portal: &Portal, actor: &Actor, question: Question) -> Result<Ticket, AppError> {
    let mut work = portal.begin().await?;
    let at = work.now();
    ensure_no_flood(&mut work, actor).await?;

    let ticket = Ticket {
        id: TicketId(work.new_id()),
        number: ticket::next_number(&mut work).await?,
        asked_by: actor.person,
        asker: actor.name.clone(),
        organization: actor.organization.name.clone(),
        question,
        status: TicketStatus::Open,
        asked_at: at,
        changed_at: at,
        version: 1,
    };
    ticket::insert(&mut work, &ticket).await?;
    letters::to_desk(&mut work, &ticket, &ticket.question.words).await?;
    work.finish_untold().await?;
    Ok(ticket)
}

/// The actor's own tickets; everybody's for the platform.
pub async fn shelf(portal: &Portal, actor: &Actor, from: From) -> Result<Shelf, AppError> {
    let whose = (!actor.is_platform()).then_some(actor.person);
    let mut conn = portal.read().await?;
    let after = from.waiting.unwrap_or_default();
    let waiting = ticket::waiting(&mut conn, whose, after, LISTED + 1).await?;
    let before = from.solved.unwrap_or(i64::MAX);
    let solved = ticket::solved(&mut conn, whose, before, LISTED + 1).await?;
    let ((waiting, more_waiting), (solved, more_solved)) = (page(waiting), page(solved));
    Ok(Shelf { waiting, more_waiting, solved, more_solved })
}

/// One page, and its last number where one more was found than belongs on it.
fn page(mut found: Vec<Ticket>) -> (Vec<Ticket>, Option<i64>) {
    let goes_on = found.len() > LISTED as usize;
    found.truncate(LISTED as usize);
    let last = found.last().filter(|_| goes_on).map(|it| it.number);
    (found, last)
}

/// A ticket with what was written under it, oldest first.
pub async fn find(
    portal: &Portal,
    actor: &Actor,
    number: i64,
) -> Result<(Ticket, Vec<Reply>), AppError> {
    let mut conn = portal.read().await?;
    let ticket = visible(&mut conn, actor, number).await?;
    let replies = ticket::replies(&mut conn, ticket.id).await?;
    Ok((ticket, replies))
}

/// The platform answers, says where the ticket stands, or both. `version` is the one they had read.
pub async fn answer(
    portal: &Portal,
    actor: &Actor,
    (number, version): (i64, i64),
    status: TicketStatus,
    words: &str,
) -> Result<Ticket, AppError> {
    let mut work = portal.begin().await?;
    let ticket = visible(&mut work, actor, number).await?;

    let turn = ticket.answer(actor, status, words)?;

    let said = turn.words.clone().unwrap_or_default();
    let ticket = write(&mut work, actor, Ticket { version, ..ticket }, turn).await?;
    if ticket.asked_by != actor.person {
        letters::to_asker(&mut work, &ticket, &said).await?;
    }
    work.finish_untold().await?;
    Ok(ticket)
}

/// Whoever asked writes more about it. `version` is the one they had read: a form that is sent twice says it once.
pub async fn follow_up(
    portal: &Portal,
    actor: &Actor,
    (number, version): (i64, i64),
    words: &str,
) -> Result<Ticket, AppError> {
    let mut work = portal.begin().await?;
    let ticket = visible(&mut work, actor, number).await?;

    let turn = ticket.follow_up(actor, words)?;
    ensure_no_flood(&mut work, actor).await?;

    let said = turn.words.clone().unwrap_or_default();
    let ticket = write(&mut work, actor, Ticket { version, ..ticket }, turn).await?;
    letters::to_desk(&mut work, &ticket, &said).await?;
    work.finish_untold().await?;
    Ok(ticket)
}

/// Refuses whoever has asked too often within a day. Of several questions at once each sees those before it.
async fn ensure_no_flood(work: &mut Work, actor: &Actor) -> Result<(), AppError> {
    if !people::hold(work, actor.person).await? {
        return Err(AppError::SignedOut);
    }
    let since = work.now() - TimeDelta::days(1);
    Ok(permits_another(ticket::count_since(work, actor.person, since).await?)?)
}

async fn write(
    work: &mut Work,
    actor: &Actor,
    ticket: Ticket,
    Turn { status, words }: Turn,
) -> Result<Ticket, AppError> {
    let at = work.now();
    ticket::advance(work, &ticket, status, at).await?;
    if let Some(words) = words {
        let id = work.new_id();
        let (name, organization) = (actor.name.clone(), actor.organization.name.clone());
        let reply = Reply { at, author: actor.person, name, organization, words };
        ticket::insert_reply(work, id, ticket.id, &reply).await?;
    }
    Ok(Ticket { status, changed_at: at, version: ticket.version + 1, ..ticket })
}

/// The ticket, if it exists for the actor.
async fn visible(conn: &mut Conn, actor: &Actor, number: i64) -> Result<Ticket, AppError> {
    let found = ticket::find(conn, number).await?;
    found.filter(|it| it.visible_to(actor)).ok_or(AppError::NotFound)
}
