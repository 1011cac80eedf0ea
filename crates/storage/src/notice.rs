//! What people were told: a row per person and entry of the history, written with the entry itself.
//!
//! A notice outlives the right to see its request. What is listed and counted is therefore joined to the list
//! of requests that exist for the viewer now.

use chrono::{DateTime, Utc};
use domain::{
    dashboard::Scope,
    history::Happening,
    id::{OrganizationId, PersonId, RequestId},
    language::Language,
    notice::{
        Audience, Doer, Goal, MOST_COUNTED, MailFrequency, Notice, NoticePage, Parties, Selection,
        Subject, audience, confided,
    },
    people::OrganizationKind,
    request::SourceType,
};
use sqlx::{AssertSqlSafe, FromRow, types::Json};

use crate::{
    Conn, Result,
    column::Col,
    dashboard::viewer,
    db::{change, ensure_changed, find, list, on},
    error::StorageError,
    history,
};

/// Where a notice comes from: an entry of the history.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    pub number: i64,
    pub request: RequestId,
    pub at: DateTime<Utc>,
    /// Absent where the portal did it by a rule.
    pub author: Option<PersonId>,
    /// The only organization that may learn of it; absent where all who work on the request do.
    pub within: Option<OrganizationId>,
}

/// Whether letters go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Post {
    Goes,
    /// No mail server is set: nothing waits for one.
    Stays,
}

/// Somebody who waits to be told by e-mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub person: PersonId,
    pub frequency: MailFrequency,
    pub time_zone: String,
    /// Since when the oldest notice waits.
    pub since: DateTime<Utc>,
}

#[derive(FromRow)]
struct PartiesRow {
    content_partner_id: Col<OrganizationId>,
    partner_id: Option<Col<OrganizationId>>,
    subassignee_id: Option<Col<OrganizationId>>,
    platform_id: Option<Col<OrganizationId>>,
    own_id: Option<Col<OrganizationId>>,
}

#[derive(FromRow)]
struct Row {
    #[sqlx(flatten)]
    entry: history::Row,
    source_type: Col<SourceType>,
    language: Option<Col<Language>>,
    title: String,
    original_language: Col<Language>,
    within_id: Option<Col<OrganizationId>>,
    read_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct WaitingRow {
    id: Col<PersonId>,
    notice_mail: Col<MailFrequency>,
    time_zone: String,
    since: DateTime<Utc>,
}

/// Tells everybody whom a happening concerns. Of most happenings nobody is told, and then nothing is read.
pub async fn tell(
    conn: &mut Conn,
    origin: Origin,
    happening: &Happening,
    post: Post,
) -> Result<()> {
    if happening.circle().is_empty() {
        return Ok(());
    }
    let (parties, doer) = parties_of(conn, origin).await?;
    let audience = match origin.within {
        None => audience(happening, &parties, doer),
        Some(_) => confided(happening, doer),
    };
    if audience.is_empty() { Ok(()) } else { insert(conn, origin, &audience, post).await }
}

async fn parties_of(conn: &mut Conn, origin: Origin) -> Result<(Parties, Option<Doer>)> {
    const SQL: &str = "
        SELECT r.content_partner_id, r.partner_id, r.subassignee_id, o.id AS platform_id, p.organization_id AS own_id
          FROM requests r
          LEFT JOIN organizations o ON o.kind = $2
          LEFT JOIN persons p ON p.id = $3
         WHERE r.id = $1";

    let platform = Col(OrganizationKind::Platform);
    let rows: Vec<PartiesRow> =
        list!(conn, "requests", SQL, Col(origin.request), platform, origin.author.map(Col))?;
    let first = rows.first().ok_or(StorageError::Database(sqlx::Error::RowNotFound))?;
    let parties = Parties {
        platform: rows.iter().filter_map(|it| it.platform_id).map(|it| it.0).collect(),
        content_partner: first.content_partner_id.0,
        partner: first.partner_id.map(|it| it.0),
        subassignee: first.subassignee_id.map(|it| it.0),
    };
    let doer = origin.author.zip(first.own_id);
    let doer = doer.map(|(person, own)| Doer { person, organization: own.0 });
    Ok((parties, doer))
}

/// One row for each person of the audience with an open account, and a mark where they want a letter too.
async fn insert(conn: &mut Conn, origin: Origin, audience: &Audience, post: Post) -> Result<()> {
    let among = |column: &str, first: usize, count: usize| {
        let places: Vec<_> = (first..first + count).map(|it| format!("${it}")).collect();
        // No id of ours is NULL: nobody is in an empty list.
        if places.is_empty() {
            "1 = 0".to_owned()
        } else {
            format!("{column} IN ({})", places.join(", "))
        }
    };
    let Audience { organizations, persons } = audience;
    let (many, named) = (organizations.len(), persons.len());
    let within = match origin.within {
        None => String::new(),
        Some(_) => format!("AND p.organization_id = ${}", 6 + many + named),
    };
    let sql = format!(
        "INSERT INTO notices (person_id, number, request_id, at, mail_since)
         SELECT p.id, $1, $2, $3, CASE WHEN p.notice_mail = $4 THEN NULL ELSE $5 END
           FROM persons p
          WHERE p.deactivated_at IS NULL AND ({} OR {}) {within}",
        among("p.organization_id", 6, many),
        among("p.id", 6 + many, named),
    );

    let mail_since = match post {
        Post::Goes => Some(Col(origin.at)),
        Post::Stays => None,
    };
    on!(conn, |c| {
        let query = sqlx::query(AssertSqlSafe(sql))
            .bind(origin.number)
            .bind(Col(origin.request))
            .bind(Col(origin.at))
            .bind(Col(MailFrequency::Off))
            .bind(mail_since);
        let query = organizations.iter().fold(query, |query, id| query.bind(Col(*id)));
        let query = persons.iter().fold(query, |query, id| query.bind(Col(*id)));
        let query = origin.within.into_iter().fold(query, |query, id| query.bind(Col(id)));
        query.execute(c).await.map(drop).map_err(StorageError::from)
    })
}

/// What a person was told of requests within `scope`, newest first: at most `limit` older than number `before`.
pub async fn of_person(
    conn: &mut Conn,
    person: PersonId,
    scope: Scope,
    selection: Selection,
    before: Option<i64>,
    limit: u32,
) -> Result<NoticePage> {
    let selected = match selection {
        Selection::All => "",
        Selection::Unread => "AND n.read_at IS NULL",
    };
    let sql = listing(&format!("{selected} AND n.number < $4"));

    let (before, most) = (before.unwrap_or(i64::MAX), i64::from(limit) + 1);
    let rows: Vec<Row> =
        list!(conn, "notices", AssertSqlSafe(sql), Col(person), viewer(scope), most, before)?;
    Ok(page_of(rows, limit))
}

/// What was taken at `at` to be told to a person by e-mail, newest first: at most `limit`.
pub async fn mailed_at(
    conn: &mut Conn,
    person: PersonId,
    scope: Scope,
    at: DateTime<Utc>,
    limit: u32,
) -> Result<NoticePage> {
    let sql = listing("AND n.mailed_at = $4");

    let most = i64::from(limit) + 1;
    let rows: Vec<Row> =
        list!(conn, "notices", AssertSqlSafe(sql), Col(person), viewer(scope), most, Col(at))?;
    Ok(page_of(rows, limit))
}

/// The notices of person `$1` as far as their requests exist for viewer `$2`, newest first, at most `$3`.
fn listing(condition: &str) -> String {
    format!(
        "SELECT n.number, n.request_id, h.at, h.author_id, h.author_name, h.author_organization, h.happening,
                h.organization_id AS within_id, r.source_type, r.language, t.name AS title, t.original_language, n.read_at
           FROM notices n
           JOIN history h ON h.number = n.number
           JOIN requests r ON r.id = n.request_id
           JOIN titles t ON t.id = r.title_id
           JOIN request_list l ON l.viewer = $2 AND l.number = r.number
          WHERE n.person_id = $1 {condition}
          ORDER BY n.number DESC
          LIMIT $3"
    )
}

fn page_of(rows: Vec<Row>, limit: u32) -> NoticePage {
    let mut notices: Vec<_> = rows.into_iter().map(Notice::from).collect();
    let more = notices.len() > limit as usize;
    notices.truncate(limit as usize);
    let older = notices.last().filter(|_| more).map(|it| it.entry.number);
    NoticePage { notices, older }
}

/// How many notices of requests within `scope` a person has not read; one more than are counted stands for more.
pub async fn count_unread(conn: &mut Conn, person: PersonId, scope: Scope) -> Result<u32> {
    const SQL: &str = "
        SELECT COUNT(*) FROM (
            SELECT n.number FROM notices n
              JOIN requests r ON r.id = n.request_id
              JOIN request_list l ON l.viewer = $2 AND l.number = r.number
             WHERE n.person_id = $1 AND n.read_at IS NULL
             LIMIT $3) counted";

    let most = i64::from(MOST_COUNTED) + 1;
    let row: Option<(Col<u32>,)> = find!(conn, "notices", SQL, Col(person), viewer(scope), most)?;
    Ok(row.map_or(0, |(count,)| count.0))
}

/// What a person's notice leads to, if its request exists within `scope`.
pub async fn find_goal(
    conn: &mut Conn,
    person: PersonId,
    scope: Scope,
    number: i64,
) -> Result<Option<Goal>> {
    const SQL: &str = "
        SELECT n.request_id, h.happening FROM notices n
          JOIN history h ON h.number = n.number
          JOIN requests r ON r.id = n.request_id
          JOIN request_list l ON l.viewer = $2 AND l.number = r.number
         WHERE n.person_id = $1 AND n.number = $3";

    let row: Option<(Col<RequestId>, Json<Happening>)> =
        find!(conn, "notices", SQL, Col(person), viewer(scope), number)?;
    Ok(row.map(|(request, happening)| Goal::of(request.0, &happening.0)))
}

/// Marks all that a person was told of a request as read. Answers how many had not been.
pub async fn read_of_request(
    conn: &mut Conn,
    person: PersonId,
    request: RequestId,
    at: DateTime<Utc>,
) -> Result<u64> {
    const SQL: &str = "
        UPDATE notices SET read_at = $3, mail_since = NULL
         WHERE person_id = $1 AND request_id = $2 AND read_at IS NULL";

    change!(conn, SQL, Col(person), Col(request), Col(at))
}

/// Marks one notice of a person as read. Answers whether it had not been.
pub async fn read_one(
    conn: &mut Conn,
    person: PersonId,
    number: i64,
    at: DateTime<Utc>,
) -> Result<u64> {
    const SQL: &str = "
        UPDATE notices SET read_at = $3, mail_since = NULL
         WHERE person_id = $1 AND number = $2 AND read_at IS NULL";

    change!(conn, SQL, Col(person), number, Col(at))
}

/// Marks a person's notices as read, up to the one numbered `newest`. Answers how many had not been.
pub async fn read_all(
    conn: &mut Conn,
    person: PersonId,
    newest: i64,
    at: DateTime<Utc>,
) -> Result<u64> {
    const SQL: &str = "
        UPDATE notices SET read_at = $3, mail_since = NULL
         WHERE person_id = $1 AND number <= $2 AND read_at IS NULL";

    change!(conn, SQL, Col(person), newest, Col(at))
}

/// How often a person is told by e-mail.
pub async fn frequency_of(conn: &mut Conn, person: PersonId) -> Result<Option<MailFrequency>> {
    const SQL: &str = "SELECT notice_mail FROM persons WHERE id = $1";

    let row: Option<(Col<MailFrequency>,)> = find!(conn, "persons", SQL, Col(person))?;
    Ok(row.map(|(frequency,)| frequency.0))
}

/// Sets how often a person is told by e-mail. Whoever wants none any more waits for none.
pub async fn set_frequency(
    conn: &mut Conn,
    person: PersonId,
    frequency: MailFrequency,
) -> Result<()> {
    const SET: &str = "UPDATE persons SET notice_mail = $1 WHERE id = $2";
    const FORGET: &str =
        "UPDATE notices SET mail_since = NULL WHERE person_id = $1 AND mail_since IS NOT NULL";

    change!(conn, SET, Col(frequency), Col(person)).and_then(ensure_changed)?;
    match frequency {
        MailFrequency::Off => change!(conn, FORGET, Col(person)).map(drop),
        MailFrequency::Immediate | MailFrequency::Daily => Ok(()),
    }
}

/// Everybody with an open account who waits to be told by e-mail.
pub async fn waiting(conn: &mut Conn) -> Result<Vec<Waiting>> {
    const SQL: &str = "
        SELECT p.id, p.notice_mail, p.time_zone, w.since
          FROM (SELECT person_id, MIN(mail_since) AS since
                  FROM notices WHERE mail_since IS NOT NULL GROUP BY person_id) w
          JOIN persons p ON p.id = w.person_id
         WHERE p.deactivated_at IS NULL
         ORDER BY p.id";

    let rows: Vec<WaitingRow> = list!(conn, "notices", SQL)?;
    let waiting = |row: WaitingRow| Waiting {
        person: row.id.0,
        frequency: row.notice_mail.0,
        time_zone: row.time_zone,
        since: row.since,
    };
    Ok(rows.into_iter().map(waiting).collect())
}

/// Takes all that waits to be told to a person by e-mail, at `at`. Nobody else takes it too. Answers how many.
pub async fn take_mail(conn: &mut Conn, person: PersonId, at: DateTime<Utc>) -> Result<u64> {
    const SQL: &str = "
        UPDATE notices SET mail_since = NULL, mailed_at = $2 WHERE person_id = $1 AND mail_since IS NOT NULL";

    change!(conn, SQL, Col(person), Col(at))
}

/// Forgets what was told before `before`; it stays in the history. Answers how many.
pub async fn remove_before(conn: &mut Conn, before: DateTime<Utc>) -> Result<u64> {
    const SQL: &str = "DELETE FROM notices WHERE at < $1";

    change!(conn, SQL, Col(before))
}

impl From<Row> for Notice {
    fn from(row: Row) -> Self {
        let original = row.original_language.0;
        let meant = |it: Language| if it.tag() == Language::ORIGINAL { original } else { it };
        let language = row.language.map(|it| meant(it.0));
        let subject = Subject { source_type: row.source_type.0, language, title: row.title };
        Self {
            entry: row.entry.into(),
            is_internal: row.within_id.is_some(),
            subject,
            read_at: row.read_at,
        }
    }
}
