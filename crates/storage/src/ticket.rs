//! Questions to the people who run the portal, and what was written under them.

use chrono::{DateTime, Utc};
use domain::{
    id::{PersonId, TicketId},
    ticket::{Question, Reply, Ticket, TicketStatus},
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Conn, Result,
    column::Col,
    db::{change, ensure_changed, find, list},
    number,
};

#[derive(FromRow)]
struct Row {
    id: Col<TicketId>,
    number: i64,
    asked_by: Col<PersonId>,
    asker: String,
    organization: String,
    subject: String,
    words: String,
    page: Option<String>,
    status: Col<TicketStatus>,
    asked_at: DateTime<Utc>,
    changed_at: DateTime<Utc>,
    version: i64,
}

#[derive(FromRow)]
struct ReplyRow {
    at: DateTime<Utc>,
    author_id: Col<PersonId>,
    name: String,
    organization: String,
    words: String,
}

/// Draws the number of a new ticket.
pub async fn next_number(conn: &mut Conn) -> Result<i64> {
    number::next(conn, "ticket").await
}

/// Stores a new ticket.
pub async fn insert(conn: &mut Conn, ticket: &Ticket) -> Result<()> {
    const SQL: &str = "
        INSERT INTO tickets (id, number, asked_by, asker, organization, subject, words, page, status, asked_at,
                             changed_at, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

    let Question { subject, words, page } = &ticket.question;
    change!(
        conn,
        SQL,
        Col(ticket.id),
        ticket.number,
        Col(ticket.asked_by),
        ticket.asker.as_str(),
        ticket.organization.as_str(),
        subject.as_str(),
        words.as_str(),
        page.as_deref(),
        Col(ticket.status),
        Col(ticket.asked_at),
        Col(ticket.changed_at),
        ticket.version,
    )
    .map(drop)
}

/// The ticket with this number.
pub async fn find(conn: &mut Conn, number: i64) -> Result<Option<Ticket>> {
    const SQL: &str = "
        SELECT id, number, asked_by, asker, organization, subject, words, page, status, asked_at, changed_at, version
          FROM tickets WHERE number = $1";

    let row: Option<Row> = find!(conn, "tickets", SQL, number)?;
    Ok(row.map(Ticket::from))
}

/// The tickets that are not solved yet, oldest first, behind the one numbered `after`: of one person, or of all.
pub async fn waiting(
    conn: &mut Conn,
    asked_by: Option<PersonId>,
    after: i64,
    limit: u32,
) -> Result<Vec<Ticket>> {
    const SQL: &str = "
        SELECT id, number, asked_by, asker, organization, subject, words, page, status, asked_at, changed_at, version
          FROM tickets
         WHERE asked_by = COALESCE($1, asked_by) AND status <> 'solved' AND number > $2
         ORDER BY number LIMIT $3";

    let rows: Vec<Row> = list!(conn, "tickets", SQL, asked_by.map(Col), after, i64::from(limit))?;
    Ok(rows.into_iter().map(Ticket::from).collect())
}

/// The solved tickets, newest first, before the one numbered `before`: of one person, or of all.
pub async fn solved(
    conn: &mut Conn,
    asked_by: Option<PersonId>,
    before: i64,
    limit: u32,
) -> Result<Vec<Ticket>> {
    const SQL: &str = "
        SELECT id, number, asked_by, asker, organization, subject, words, page, status, asked_at, changed_at, version
          FROM tickets
         WHERE asked_by = COALESCE($1, asked_by) AND status = 'solved' AND number < $2
         ORDER BY number DESC LIMIT $3";

    let rows: Vec<Row> = list!(conn, "tickets", SQL, asked_by.map(Col), before, i64::from(limit))?;
    Ok(rows.into_iter().map(Ticket::from).collect())
}

/// How often a person has asked since `since`: tickets they opened, and what they wrote under their own.
pub async fn count_since(conn: &mut Conn, person: PersonId, since: DateTime<Utc>) -> Result<u32> {
    const SQL: &str = "
        SELECT (SELECT COUNT(*) FROM tickets WHERE asked_by = $1 AND asked_at > $2)
             + (SELECT COUNT(*) FROM ticket_replies r JOIN tickets t ON t.id = r.ticket_id
                 WHERE t.asked_by = $1 AND r.author_id = $1 AND r.at > $2)";

    let row: Option<(Col<u32>,)> = find!(conn, "tickets", SQL, Col(person), Col(since))?;
    Ok(row.map_or(0, |(count,)| count.0))
}

/// Moves a ticket on, unless somebody else has since it was read.
pub async fn advance(
    conn: &mut Conn,
    ticket: &Ticket,
    status: TicketStatus,
    at: DateTime<Utc>,
) -> Result<()> {
    const SQL: &str = "
        UPDATE tickets SET status = $1, changed_at = $2, version = version + 1 WHERE id = $3 AND version = $4";

    change!(conn, SQL, Col(status), Col(at), Col(ticket.id), ticket.version)
        .and_then(ensure_changed)
}

/// Stores what was written under a ticket.
pub async fn insert_reply(
    conn: &mut Conn,
    id: Uuid,
    ticket: TicketId,
    reply: &Reply,
) -> Result<()> {
    const SQL: &str = "
        INSERT INTO ticket_replies (id, ticket_id, at, author_id, name, organization, words)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";

    let Reply { at, author, name, organization, words } = reply;
    change!(
        conn,
        SQL,
        id,
        Col(ticket),
        Col(*at),
        Col(*author),
        name.as_str(),
        organization.as_str(),
        words.as_str(),
    )
    .map(drop)
}

/// What was written under a ticket, oldest first.
pub async fn replies(conn: &mut Conn, ticket: TicketId) -> Result<Vec<Reply>> {
    const SQL: &str = "
        SELECT at, author_id, name, organization, words FROM ticket_replies WHERE ticket_id = $1 ORDER BY at, id";

    let rows: Vec<ReplyRow> = list!(conn, "ticket_replies", SQL, Col(ticket))?;
    Ok(rows.into_iter().map(Reply::from).collect())
}

impl From<Row> for Ticket {
    fn from(row: Row) -> Self {
        let Row { asker, organization, subject, words, page, asked_at, changed_at, .. } = row;
        Self {
            id: row.id.0,
            number: row.number,
            asked_by: row.asked_by.0,
            asker,
            organization,
            question: Question { subject, words, page },
            status: row.status.0,
            asked_at,
            changed_at,
            version: row.version,
        }
    }
}

impl From<ReplyRow> for Reply {
    fn from(row: ReplyRow) -> Self {
        let ReplyRow { at, author_id, name, organization, words } = row;
        Self { at, author: author_id.0, name, organization, words }
    }
}
