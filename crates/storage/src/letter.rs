//! Letters on their way. What stands in a letter is kept no longer than it takes to send it: links in it may
//! open doors.

use chrono::{DateTime, Utc};
use domain::id::{LetterId, PersonId};
use sqlx::FromRow;

use crate::{
    Conn, Result,
    column::Col,
    db::{change, find},
};

/// A letter as it goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    pub id: LetterId,
    pub name: String,
    pub address: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Absent in letters that were asked for.
    pub subscription: Option<Subscription>,
}

/// By what a reader says that they want no more of these letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// The address that stands in the letter, with a token in it.
    pub address: String,
    /// Who wants no more of them.
    pub person: PersonId,
    /// SHA-256 of the token.
    pub token_hash: [u8; 32],
}

/// A letter that waits, as the mail server is handed it.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Waiting {
    pub name: String,
    pub address: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub unsubscribe: Option<String>,
    pub queued_at: DateTime<Utc>,
}

/// Stores a letter that is to be sent.
pub async fn insert(conn: &mut Conn, letter: &Outgoing, queued_at: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "
        INSERT INTO letters (id, name, address, subject, text, html, unsubscribe, person_id, token_hash, queued_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

    let subscription = letter.subscription.as_ref();
    change!(
        conn,
        SQL,
        Col(letter.id),
        letter.name.as_str(),
        letter.address.as_str(),
        letter.subject.as_str(),
        letter.text.as_str(),
        letter.html.as_str(),
        subscription.map(|it| it.address.as_str()),
        subscription.map(|it| Col(it.person)),
        subscription.map(|it| it.token_hash.to_vec()),
        Col(queued_at),
    )
    .map(drop)
}

/// The letter, if it has been neither sent nor given up.
pub async fn find_waiting(conn: &mut Conn, id: LetterId) -> Result<Option<Waiting>> {
    const SQL: &str = "
        SELECT name, address, subject, text, html, unsubscribe, queued_at
          FROM letters WHERE id = $1 AND sent_at IS NULL AND given_up_at IS NULL";

    find!(conn, "letters", SQL, Col(id))
}

/// Notes that the mail server has taken the letter, and forgets what stood in it.
pub async fn note_sent(conn: &mut Conn, id: LetterId, at: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "
        UPDATE letters SET sent_at = $1, text = '', html = '', unsubscribe = NULL WHERE id = $2";

    change!(conn, SQL, Col(at), Col(id)).map(drop)
}

/// Notes that the letter will never be sent, and why; forgets what stood in it.
pub async fn note_given_up(
    conn: &mut Conn,
    id: LetterId,
    at: DateTime<Utc>,
    why: &str,
) -> Result<()> {
    const SQL: &str = "
        UPDATE letters SET given_up_at = $1, why = $2, text = '', html = '', unsubscribe = NULL
         WHERE id = $3 AND sent_at IS NULL";

    change!(conn, SQL, Col(at), why, Col(id)).map(drop)
}

/// Whose letters a token is about.
pub async fn subscriber(conn: &mut Conn, token_hash: &[u8; 32]) -> Result<Option<PersonId>> {
    const SQL: &str =
        "SELECT person_id AS id FROM letters WHERE token_hash = $1 AND person_id IS NOT NULL";

    let row: Option<(Col<PersonId>,)> = find!(conn, "letters", SQL, token_hash.to_vec())?;
    Ok(row.map(|(person,)| person.0))
}

/// Forgets the letters queued before `before` that wait no more. Answers how many.
pub async fn remove_before(conn: &mut Conn, before: DateTime<Utc>) -> Result<u64> {
    const SQL: &str = "
        DELETE FROM letters WHERE queued_at < $1 AND (sent_at IS NOT NULL OR given_up_at IS NOT NULL)";

    change!(conn, SQL, Col(before))
}
