//! The conversation about a request. An internal comment is told to its own organization only: the history that all
//! who work on the request read says nothing of it.

mod keeping;

use chrono::TimeDelta;
use domain::{
    comment::{
        Attachment, Audience, Comment, Mention, Reader, Shown, Thread, Words, ensure_attachable,
        ensure_not_too_many, mentioned,
    },
    delivery::FileName,
    history::Happening,
    id::{AttachmentId, CommentId, PersonId, RequestId},
    material::{Attached, Goods, Parcel},
    people::Actor,
    refusal::{Refusal, ensure},
    request::SourceRequest,
};
use futures::{StreamExt, TryStreamExt, stream::BoxStream};
use storage::{
    Conn,
    comment::{self, End, Look, Most},
    people,
    vault::Key,
};
use tokio_util::bytes::Bytes;

pub use keeping::sweep;

use crate::{
    error::AppError,
    portal::{Portal, Work},
    services::sight,
};

/// What is read at once: a thread may be long.
const AT_ONCE: Most = Most { threads: 50, comments: 200 };
/// Comments of one person are counted over this time.
const HOUR: TimeDelta = TimeDelta::hours(1);

/// The bytes of a file, read as they are asked for.
pub type Content = BoxStream<'static, Result<Bytes, AppError>>;

/// What somebody is about to say.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub words: String,
    pub files: Vec<DraftFile>,
}

/// A file that is to hang on a comment.
#[derive(Clone, Debug)]
pub struct DraftFile {
    pub name: FileName,
    pub bytes: Vec<u8>,
}

/// Which stretch of the threads is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stretch {
    #[default]
    Newest,
    /// The threads before this one.
    Before(CommentId),
    /// Those among which this comment stands.
    With(CommentId),
}

/// What was said about a request, as far as the actor reads it.
#[derive(Clone, Debug)]
pub struct Conversation {
    pub request: SourceRequest,
    /// Oldest first.
    pub threads: Vec<Thread>,
    /// The thread before which there are others.
    pub older: Option<CommentId>,
    /// Whether these are the newest.
    pub is_newest: bool,
    /// Everybody who reads what is said to everyone, by name.
    pub readers: Vec<Reader>,
}

/// A stretch of what was said about a request, of the threads that are to be shown.
pub async fn of_request(
    portal: &Portal,
    actor: &Actor,
    request: RequestId,
    shown: Shown,
    stretch: Stretch,
) -> Result<Conversation, AppError> {
    let mut conn = portal.read().await?;
    let request = sight::request(&mut conn, actor, request).await?;
    let look = look(actor, shown);
    let mut end = match stretch {
        Stretch::Newest | Stretch::With(_) => End::Newest,
        Stretch::Before(id) => {
            let thread = readable(&mut conn, actor, &request, id).await?;
            End::Before(thread.created_at, thread.id)
        }
    };
    let mut found = comment::of_request(&mut conn, request.id, look, end, AT_ONCE).await?;
    if let Stretch::With(id) = stretch {
        let named = readable(&mut conn, actor, &request, id).await?;
        let first = match named.answers {
            Some(first) => readable(&mut conn, actor, &request, first).await?,
            None => named,
        };
        if !found.threads.iter().any(|it| it.first.comment.id == first.id) {
            end = End::With(first.created_at, first.id);
            found = comment::of_request(&mut conn, request.id, look, end, AT_ONCE).await?;
        }
    }
    let comment::Stretch { threads, more } = found;
    let older = threads.first().filter(|_| more).map(|it| it.first.comment.id);
    let readers = people::readers_of(&mut conn, &request).await?;
    Ok(Conversation { request, threads, older, is_newest: end == End::Newest, readers })
}

/// Everybody who reads what is said to everyone about a request, by name.
pub async fn readers(
    portal: &Portal,
    actor: &Actor,
    request: RequestId,
) -> Result<Vec<Reader>, AppError> {
    let mut conn = portal.read().await?;
    let request = sight::request(&mut conn, actor, request).await?;
    Ok(people::readers_of(&mut conn, &request).await?)
}

/// All threads of a request, oldest first.
pub async fn whole(
    portal: &Portal,
    actor: &Actor,
    request: RequestId,
) -> Result<Vec<Thread>, AppError> {
    let mut conn = portal.read().await?;
    let request = sight::request(&mut conn, actor, request).await?.id;
    let (mut all, mut end) = (Vec::new(), End::Newest);
    loop {
        let look = look(actor, Shown::All);
        let comment::Stretch { mut threads, more } =
            comment::of_request(&mut conn, request, look, end, AT_ONCE).await?;
        if let Some(oldest) = threads.first().map(|it| &it.first.comment) {
            end = End::Before(oldest.created_at, oldest.id);
        }
        threads.append(&mut all);
        all = threads;
        if !more {
            return Ok(all);
        }
    }
}

/// Begins a thread.
pub async fn post(
    portal: &Portal,
    actor: &Actor,
    request: RequestId,
    audience: Audience,
    draft: Draft,
) -> Result<Comment, AppError> {
    let words = {
        let mut conn = portal.read().await?;
        let request = sight::request(&mut conn, actor, request).await?;
        request.permits_comment(actor)?;
        checked(&draft)?
    };
    let kept = keeping::keep(portal, draft.files).await?;
    let mut work = portal.begin().await?;
    let request = sight::held_request(&mut work, actor, request).await?;

    request.permits_comment(actor)?;

    say(work, actor, &request, Place { answers: None, audience }, words, kept).await
}

/// Answers in a thread. An answer is read by those who read the thread.
pub async fn answer(
    portal: &Portal,
    actor: &Actor,
    request: RequestId,
    thread: CommentId,
    draft: Draft,
) -> Result<Comment, AppError> {
    let words = {
        let mut conn = portal.read().await?;
        let request = sight::request(&mut conn, actor, request).await?;
        found_thread(&mut conn, actor, &request, thread).await?.permits_answer(&request, actor)?;
        checked(&draft)?
    };
    let kept = keeping::keep(portal, draft.files).await?;
    let mut work = portal.begin().await?;
    // Held, so that two who answer at once are both counted.
    let request = sight::held_request(&mut work, actor, request).await?;
    let thread = found_thread(&mut work, actor, &request, thread).await?;

    thread.permits_answer(&request, actor)?;

    let first = thread.first.comment;
    let place = Place { answers: Some(first.id), audience: first.audience };
    say(work, actor, &request, place, words, kept).await
}

/// Writes other words in place of those of a comment, as its `revision` was read.
pub async fn edit(
    portal: &Portal,
    actor: &Actor,
    request: RequestId,
    id: CommentId,
    revision: u32,
    words: &str,
) -> Result<Comment, AppError> {
    let mut work = portal.begin().await?;
    let request = sight::held_request(&mut work, actor, request).await?;
    let before = readable(&mut work, actor, &request, id).await?;
    before.permits_edit(actor, work.now())?;
    if before.revision != revision {
        return Err(AppError::MovedOn);
    }
    let called: Vec<_> = before.mentions.iter().map(|it| it.person).collect();

    let words = Words::new(words)?;
    let mentions = called_by(&mut work, actor, &request, before.audience, &words).await?;
    let comment = before.edited(actor, words, mentions, work.now())?;

    comment::edit(&mut work, &comment).await?;

    let mut mentioned = persons(&comment.mentions);
    mentioned.retain(|it| !called.contains(it));
    tell(&mut work, actor, &comment, Happening::CommentEdited { comment: id, mentioned }).await?;
    work.finish().await?;
    Ok(comment)
}

/// Takes away what a comment said.
pub async fn delete(
    portal: &Portal,
    actor: &Actor,
    request: RequestId,
    id: CommentId,
) -> Result<Comment, AppError> {
    let mut work = portal.begin().await?;
    let request = sight::held_request(&mut work, actor, request).await?;
    let comment = readable(&mut work, actor, &request, id).await?;

    let comment = comment.deleted(actor, work.now())?;

    comment::delete(&mut work, &comment).await?;

    let author = comment.author;
    tell(&mut work, actor, &comment, Happening::CommentDeleted { comment: id, author }).await?;
    work.finish().await?;
    Ok(comment)
}

/// A file that hangs on a comment, read as it is asked for. It is had by whoever reads the comment, also where work on
/// the request has ended.
pub async fn attachment(
    portal: &Portal,
    actor: &Actor,
    id: AttachmentId,
) -> Result<(Parcel, Content), AppError> {
    let mut conn = portal.read().await?;
    let kept = comment::find_attachment(&mut conn, id).await?.ok_or(AppError::NotFound)?;
    let comment = comment::find(&mut conn, kept.comment).await?.ok_or(AppError::NotFound)?;
    let request = sight::request(&mut conn, actor, comment.request).await?;
    let said = comment::with_files(&mut conn, request.id, actor.organization.id).await?;
    let beside = said.into_iter().find(|it| it.comment.id == kept.comment);
    let beside = beside.filter(|it| it.comment.visible_to(actor)).ok_or(AppError::NotFound)?;
    drop(conn);
    let content = portal.vault.read(&kept.key, 0..kept.attachment.size).await?;
    let goods = Goods::Attached(Attached { file: kept.attachment, beside });
    Ok((Parcel { request, goods }, content.map_err(AppError::from).boxed()))
}

fn look(actor: &Actor, shown: Shown) -> Look {
    Look { person: actor.person, organization: actor.organization.id, shown }
}

/// Where a comment is to stand, and who is to read it.
#[derive(Clone, Copy)]
struct Place {
    answers: Option<CommentId>,
    audience: Audience,
}

/// What every draft is asked before any of it is kept.
fn checked(draft: &Draft) -> Result<Words, Refusal> {
    let words = Words::new(&draft.words)?;
    ensure(!words.is_empty() || !draft.files.is_empty(), Refusal::CommentEmpty)?;
    ensure_attachable(draft.files.iter().map(|it| (&it.name, it.bytes.len() as u64)))?;
    Ok(words)
}

async fn say(
    mut work: Work,
    actor: &Actor,
    request: &SourceRequest,
    place: Place,
    words: Words,
    kept: Vec<(Attachment, Key)>,
) -> Result<Comment, AppError> {
    let since = work.now() - HOUR;
    ensure_not_too_many(comment::count_by(&mut work, actor.person, since).await?)?;
    let comment = Comment {
        id: CommentId(work.new_id()),
        request: request.id,
        answers: place.answers,
        author: actor.person,
        organization: actor.organization.id,
        audience: place.audience,
        mentions: called_by(&mut work, actor, request, place.audience, &words).await?,
        words,
        attachments: kept.iter().map(|(file, _)| file.clone()).collect(),
        revision: 1,
        created_at: work.now(),
        edited_at: None,
        deleted: None,
    };

    comment::insert(&mut work, &comment).await?;
    for (position, (file, key)) in (0..).zip(&kept) {
        comment::insert_attachment(&mut work, comment.id, position, file, key).await?;
    }

    let (id, answers, mentioned) = (comment.id, comment.answers, persons(&comment.mentions));
    let happening = Happening::CommentAdded { comment: id, answers, mentioned };
    tell(&mut work, actor, &comment, happening).await?;
    work.finish().await?;
    Ok(comment)
}

/// Tells what happened to a comment to those who read it, and to nobody else.
async fn tell(
    work: &mut Work,
    actor: &Actor,
    comment: &Comment,
    happening: Happening,
) -> Result<(), AppError> {
    match comment.audience {
        Audience::Everyone => work.tell(actor, comment.request, happening).await,
        Audience::Internal => {
            work.confide(actor, comment.organization, comment.request, happening).await
        }
    }
}

/// Who is called by `words`, of those who will read them.
async fn called_by(
    conn: &mut Conn,
    actor: &Actor,
    request: &SourceRequest,
    audience: Audience,
    words: &Words,
) -> Result<Vec<Mention>, AppError> {
    let own = actor.organization.id;
    let mut readers = people::readers_of(conn, request).await?;
    readers.retain(|it| audience.admits(own, it.organization));
    Ok(mentioned(words, &readers)?)
}

fn persons(mentions: &[Mention]) -> Vec<PersonId> {
    mentions.iter().map(|it| it.person).collect()
}

/// A comment of this very request that exists for the actor.
async fn readable(
    conn: &mut Conn,
    actor: &Actor,
    request: &SourceRequest,
    id: CommentId,
) -> Result<Comment, AppError> {
    let found = comment::find(conn, id).await?;
    let found = found.filter(|it| it.request == request.id && it.visible_to(actor));
    found.ok_or(AppError::NotFound)
}

/// A thread of this very request that exists for the actor.
async fn found_thread(
    conn: &mut Conn,
    actor: &Actor,
    request: &SourceRequest,
    id: CommentId,
) -> Result<Thread, AppError> {
    let found = comment::find_thread(conn, id).await?;
    let found = found
        .filter(|it| it.first.comment.request == request.id && it.first.comment.visible_to(actor));
    found.ok_or(AppError::NotFound)
}
