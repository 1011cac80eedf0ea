//! What people said about a request, and the files that hang on it.

mod attachment;
mod row;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    comment::{Comment, Mention, Posted, Shown, Thread, threads},
    id::{CommentId, OrganizationId, PersonId, RequestId},
};
use uuid::Uuid;

pub use attachment::{Kept, find_attachment, insert_attachment};

use crate::{
    Conn, Result,
    column::Col,
    db::{change, ensure_changed, find, list, list_among, places},
};
use row::{MentionRow, PostedRow};

/// Whose eyes look at the threads of a request, and at which of them.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub person: PersonId,
    pub organization: OrganizationId,
    pub shown: Shown,
}

/// Where a stretch of threads ends, by a thread and when it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With the newest of all.
    Newest,
    Before(DateTime<Utc>, CommentId),
    With(DateTime<Utc>, CommentId),
}

/// How much of a conversation is read at once. The newest thread is, however long.
#[derive(Clone, Copy, Debug)]
pub struct Most {
    pub threads: u32,
    pub comments: usize,
}

/// Some threads of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Oldest first.
    pub threads: Vec<Thread>,
    /// Whether there are older ones.
    pub more: bool,
}

/// No comment is written after this.
const FAR_AWAY: DateTime<Utc> = DateTime::from_timestamp_nanos(i64::MAX);

/// The columns of a comment with the names that stand beside it, and what follows.
macro_rules! posted {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.request_id, c.answers_id, c.author_id, c.organization_id, c.audience, c.words,
                    c.revision, c.created_at, c.edited_at, c.deleted_at, c.deleted_by,
                    a.name AS author_name, o.name AS organization_name, d.name AS deleter_name
               FROM comments c
               JOIN persons a ON a.id = c.author_id
               JOIN organizations o ON o.id = c.organization_id
               LEFT JOIN persons d ON d.id = c.deleted_by ",
            $rest
        )
    };
}

/// One comment, whoever may read it.
pub async fn find(conn: &mut Conn, id: CommentId) -> Result<Option<Comment>> {
    const SQL: &str = posted!("WHERE c.id = $1");

    let row: Option<PostedRow> = find!(conn, "comments", SQL, Col(id))?;
    let found = with_belongings(conn, row.into_iter().collect()).await?;
    Ok(found.into_iter().next().map(|it| it.comment))
}

/// A thread by its first comment; an answer begins none.
pub async fn find_thread(conn: &mut Conn, first: CommentId) -> Result<Option<Thread>> {
    const SQL: &str = posted!(
        "WHERE c.answers_id = $1 OR (c.id = $1 AND c.answers_id IS NULL) ORDER BY c.created_at, c.id"
    );

    let rows: Vec<PostedRow> = list!(conn, "comments", SQL, Col(first))?;
    Ok(threads(with_belongings(conn, rows).await?).into_iter().next())
}

/// The newest threads of a request up to `end`, at most `most`, as whoever looks reads them.
pub async fn of_request(
    conn: &mut Conn,
    request: RequestId,
    look: Look,
    end: End,
    most: Most,
) -> Result<Stretch> {
    const SQL: &str = posted!(
        "WHERE c.request_id = $1 AND c.answers_id IS NULL
           AND (c.audience = 'everyone' OR c.organization_id = $2)
           AND (c.created_at, c.id) <= ($3, $4) AND c.id <> $5
           AND CASE CAST($6 AS TEXT)
               WHEN 'mine' THEN EXISTS (
                   SELECT 1 FROM comments m
                    WHERE (m.id = c.id OR m.answers_id = c.id) AND m.author_id = $7 AND m.deleted_at IS NULL)
               WHEN 'mentions' THEN EXISTS (
                   SELECT 1 FROM mentions n JOIN comments m ON m.id = n.comment_id
                    WHERE (m.id = c.id OR m.answers_id = c.id) AND n.person_id = $7)
               WHEN 'internal' THEN c.audience = 'internal'
               ELSE TRUE END
         ORDER BY c.created_at DESC, c.id DESC
         LIMIT $8"
    );

    let nobody = CommentId(Uuid::nil());
    let (at, id, without) = match end {
        End::Newest => (FAR_AWAY, nobody, nobody),
        End::Before(at, id) => (at, id, id),
        End::With(at, id) => (at, id, nobody),
    };
    let mut firsts: Vec<PostedRow> = list!(
        conn,
        "comments",
        SQL,
        Col(request),
        Col(look.organization),
        Col(at),
        Col(id),
        Col(without),
        look.shown.key(),
        Col(look.person),
        i64::from(most.threads) + 1
    )?;
    let mut ids: Vec<_> = firsts.iter().map(PostedRow::id).collect();
    let kept = fitting(&ids, &lengths_of(conn, &ids).await?, most);
    let more = kept < firsts.len();
    firsts.truncate(kept);
    ids.truncate(kept);
    let mut rows: Vec<_> = firsts.into_iter().rev().collect();
    rows.extend(answers_to(conn, &ids).await?);
    Ok(Stretch { threads: threads(with_belongings(conn, rows).await?), more })
}

/// How many of these threads, of so many answers each, are read together: one of them in any case.
fn fitting(firsts: &[CommentId], answers: &HashMap<CommentId, usize>, most: Most) -> usize {
    let mut comments = 0;
    let fits = |it: &&CommentId| {
        comments += 1 + answers.get(it).copied().unwrap_or_default();
        comments <= most.comments
    };
    let fitting = firsts.iter().take(most.threads as usize).take_while(fits).count();
    fitting.max(1).min(firsts.len())
}

/// How many answers there are in each of these threads.
async fn lengths_of(conn: &mut Conn, firsts: &[CommentId]) -> Result<HashMap<CommentId, usize>> {
    if firsts.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "SELECT answers_id, COUNT(*) FROM comments WHERE answers_id IN ({}) GROUP BY answers_id",
        places(firsts.len())
    );

    let rows: Vec<(Col<CommentId>, Col<u32>)> = list_among!(conn, "comments", sql, firsts)?;
    Ok(rows.into_iter().map(|(id, count)| (id.0, count.0 as usize)).collect())
}

/// How many comments somebody has written since then, those included that were deleted.
pub async fn count_by(conn: &mut Conn, author: PersonId, since: DateTime<Utc>) -> Result<u32> {
    const SQL: &str = "SELECT COUNT(*) FROM comments WHERE author_id = $1 AND created_at > $2";

    let row: Option<(Col<u32>,)> = find!(conn, "comments", SQL, Col(author), Col(since))?;
    Ok(row.map_or(0, |(count,)| count.0))
}

/// The comments on a request that have files, as far as somebody of `reader` reads them: oldest first.
pub async fn with_files(
    conn: &mut Conn,
    request: RequestId,
    reader: OrganizationId,
) -> Result<Vec<Posted>> {
    const SQL: &str = posted!(
        "WHERE c.request_id = $1
           AND (c.audience = 'everyone' OR c.organization_id = $2)
           AND EXISTS (SELECT 1 FROM attachments f WHERE f.comment_id = c.id)
         ORDER BY c.created_at, c.id"
    );

    let rows: Vec<PostedRow> = list!(conn, "comments", SQL, Col(request), Col(reader))?;
    with_belongings(conn, rows).await
}

/// How many comments on a request somebody of `reader` may read.
pub async fn count_of(conn: &mut Conn, request: RequestId, reader: OrganizationId) -> Result<u32> {
    const SQL: &str = "
        SELECT COUNT(*) FROM comments
         WHERE request_id = $1 AND (audience = 'everyone' OR organization_id = $2) AND deleted_at IS NULL";

    let row: Option<(Col<u32>,)> = find!(conn, "comments", SQL, Col(request), Col(reader))?;
    Ok(row.map_or(0, |(count,)| count.0))
}

/// Stores a new comment with those it calls; its files are stored by [`insert_attachment`].
pub async fn insert(conn: &mut Conn, comment: &Comment) -> Result<()> {
    const SQL: &str = "
        INSERT INTO comments (id, request_id, answers_id, author_id, organization_id, audience, words, revision, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    change!(
        conn,
        SQL,
        Col(comment.id),
        Col(comment.request),
        comment.answers.map(Col),
        Col(comment.author),
        Col(comment.organization),
        Col(comment.audience),
        comment.words.as_str(),
        Col(comment.revision),
        Col(comment.created_at),
    )?;
    insert_mentions(conn, comment.id, &comment.mentions).await
}

/// Writes the new words of an edited comment, unless it was edited or deleted meanwhile.
pub async fn edit(conn: &mut Conn, comment: &Comment) -> Result<()> {
    const SQL: &str = "
        UPDATE comments SET words = $1, revision = $2, edited_at = $3
         WHERE id = $4 AND revision = $2 - 1 AND deleted_at IS NULL";

    change!(
        conn,
        SQL,
        comment.words.as_str(),
        Col(comment.revision),
        comment.edited_at.map(Col),
        Col(comment.id),
    )
    .and_then(ensure_changed)?;
    remove_mentions(conn, comment.id).await?;
    insert_mentions(conn, comment.id, &comment.mentions).await
}

/// Takes away what a deleted comment said, whom it called, and the files that hung on it.
pub async fn delete(conn: &mut Conn, comment: &Comment) -> Result<()> {
    const SQL: &str = "
        UPDATE comments SET words = '', deleted_at = $1, deleted_by = $2
         WHERE id = $3 AND deleted_at IS NULL";

    let deleted = comment.deleted;
    change!(
        conn,
        SQL,
        deleted.map(|it| Col(it.at)),
        deleted.map(|it| Col(it.by)),
        Col(comment.id),
    )
    .and_then(ensure_changed)?;
    attachment::remove_all_of(conn, comment.id).await?;
    remove_mentions(conn, comment.id).await
}

async fn insert_mentions(conn: &mut Conn, comment: CommentId, mentions: &[Mention]) -> Result<()> {
    const SQL: &str =
        "INSERT INTO mentions (comment_id, position, person_id, name) VALUES ($1, $2, $3, $4)";

    for (position, it) in (0_u32..).zip(mentions) {
        change!(conn, SQL, Col(comment), Col(position), Col(it.person), it.name.as_str())?;
    }
    Ok(())
}

async fn remove_mentions(conn: &mut Conn, comment: CommentId) -> Result<()> {
    const SQL: &str = "DELETE FROM mentions WHERE comment_id = $1";

    change!(conn, SQL, Col(comment)).map(drop)
}

/// The answers in these threads, oldest first.
async fn answers_to(conn: &mut Conn, firsts: &[CommentId]) -> Result<Vec<PostedRow>> {
    if firsts.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "{} WHERE c.answers_id IN ({}) ORDER BY c.created_at, c.id",
        posted!(""),
        places(firsts.len())
    );
    list_among!(conn, "comments", sql, firsts)
}

/// The comments with those they call and the files that hang on them, in their order.
async fn with_belongings(conn: &mut Conn, rows: Vec<PostedRow>) -> Result<Vec<Posted>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = rows.iter().map(PostedRow::id).collect();
    let sql = format!(
        "SELECT comment_id, person_id, name FROM mentions WHERE comment_id IN ({}) ORDER BY comment_id, position",
        places(ids.len())
    );

    let mentions: Vec<MentionRow> = list_among!(conn, "mentions", sql, &ids)?;
    let mut mentions = MentionRow::by_comment(mentions);
    let mut attachments = attachment::of_comments(conn, &ids).await?;
    let posted = |row: PostedRow| {
        let id = row.id();
        row.posted(
            mentions.remove(&id).unwrap_or_default(),
            attachments.remove(&id).unwrap_or_default(),
        )
    };
    Ok(rows.into_iter().map(posted).collect())
}
