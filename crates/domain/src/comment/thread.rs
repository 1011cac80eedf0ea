//! Comments as they are read: in threads, oldest first, with the names of those who wrote them.

use std::collections::HashMap;

use super::Comment;
use crate::{
    id::CommentId,
    people::Actor,
    refusal::{Refusal, ensure},
    request::SourceRequest,
};

/// The most answers in one thread.
pub const MOST_ANSWERS: usize = 200;

/// The most comments of one person within an hour, on whatever requests.
pub const MOST_AN_HOUR: u32 = 100;

/// Whether somebody who has written so many comments within the last hour may write one more.
pub fn ensure_not_too_many(written: u32) -> Result<(), Refusal> {
    ensure(written < MOST_AN_HOUR, Refusal::TooManyComments { most: MOST_AN_HOUR })
}

/// A comment with the names that stand beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    pub comment: Comment,
    pub author: String,
    pub organization: String,
    /// Who deleted it, where it was deleted.
    pub deleter: Option<String>,
}

/// A comment and its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    pub first: Posted,
    /// Oldest first.
    pub answers: Vec<Posted>,
}

impl Thread {
    /// Whether `actor` may answer: as long as anything is left to be answered.
    pub fn permits_answer(&self, request: &SourceRequest, actor: &Actor) -> Result<(), Refusal> {
        request.permits_comment(actor)?;
        let mut all = self.answers.iter().chain([&self.first]);
        ensure(all.any(|it| it.comment.deleted.is_none()), Refusal::CommentDeleted)?;
        ensure(self.answers.len() < MOST_ANSWERS, Refusal::ThreadFull { most: MOST_ANSWERS })
    }
}

/// The comments of a request, oldest first, put into threads. An answer whose thread is not among them is left out.
pub fn threads(comments: Vec<Posted>) -> Vec<Thread> {
    let (answers, firsts): (Vec<_>, Vec<_>) =
        comments.into_iter().partition(|it| it.comment.answers.is_some());
    let mut by_thread: HashMap<CommentId, Vec<Posted>> = HashMap::new();
    for answer in answers {
        if let Some(first) = answer.comment.answers {
            by_thread.entry(first).or_default().push(answer);
        }
    }
    let thread = |first: Posted| {
        let answers = by_thread.remove(&first.comment.id).unwrap_or_default();
        Thread { first, answers }
    };
    firsts.into_iter().map(thread).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        comment::sample::comment,
        request::{SourceType, sample::*},
    };

    fn posted(id: u128, answers: Option<u128>) -> Posted {
        let answers = answers.map(|it| CommentId(Uuid::from_u128(it)));
        let comment =
            Comment { id: CommentId(Uuid::from_u128(id)), answers, ..comment(&partner(), "so") };
        Posted { comment, author: "Nora".into(), organization: "Studio".into(), deleter: None }
    }

    fn ids(of: &[Posted]) -> Vec<u128> {
        of.iter().map(|it| it.comment.id.0.as_u128()).collect()
    }

    #[test]
    fn answers_stand_under_what_they_answer_in_the_order_in_which_they_came() {
        let all = [(1, None), (2, None), (3, Some(1)), (4, Some(9)), (5, Some(2)), (6, Some(1))];
        let told = threads(all.map(|(id, answers)| posted(id, answers)).into());
        let told: Vec<_> =
            told.iter().map(|it| (it.first.comment.id.0.as_u128(), ids(&it.answers))).collect();
        assert_eq!(told, [(1, vec![3, 6]), (2, vec![5])]);
    }

    #[test]
    fn nobody_writes_more_than_a_hundred_comments_within_an_hour() {
        let refused = Err(Refusal::TooManyComments { most: 100 });
        for (written, answer) in [(0, Ok(())), (99, Ok(())), (100, refused.clone()), (101, refused)]
        {
            assert_eq!(ensure_not_too_many(written), answer, "{written}");
        }
    }

    #[test]
    fn a_thread_is_answered_while_anything_is_left_of_it() {
        let request = request(SourceType::Subtitle);
        let gone = |posted: Posted| Posted {
            comment: posted.comment.deleted(&partner(), request.created_at).unwrap(),
            ..posted
        };
        let first = gone(posted(1, None));
        let left = Thread { first: first.clone(), answers: vec![posted(2, Some(1))] };
        assert_eq!(left.permits_answer(&request, &owner()), Ok(()));
        assert_eq!(left.permits_answer(&request, &stranger()), Err(Refusal::NotAssigned));
        let full = Thread { answers: vec![posted(2, Some(1)); MOST_ANSWERS], ..left };
        assert_eq!(full.permits_answer(&request, &owner()), Err(Refusal::ThreadFull { most: 200 }));
        let empty = Thread { first, answers: vec![gone(posted(2, Some(1)))] };
        assert_eq!(empty.permits_answer(&request, &owner()), Err(Refusal::CommentDeleted));
    }
}
