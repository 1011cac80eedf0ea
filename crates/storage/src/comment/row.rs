//! Comments as their rows.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    comment::{Attachment, Audience, Comment, Deletion, Mention, Posted, Words},
    id::{CommentId, OrganizationId, PersonId, RequestId},
};
use sqlx::FromRow;

use crate::column::Col;

#[derive(FromRow)]
pub(super) struct PostedRow {
    id: Col<CommentId>,
    request_id: Col<RequestId>,
    answers_id: Option<Col<CommentId>>,
    author_id: Col<PersonId>,
    organization_id: Col<OrganizationId>,
    audience: Col<Audience>,
    words: Col<Words>,
    revision: Col<u32>,
    created_at: DateTime<Utc>,
    edited_at: Option<DateTime<Utc>>,
    deleted_at: Option<DateTime<Utc>>,
    deleted_by: Option<Col<PersonId>>,
    author_name: String,
    organization_name: String,
    deleter_name: Option<String>,
}

#[derive(FromRow)]
pub(super) struct MentionRow {
    comment_id: Col<CommentId>,
    person_id: Col<PersonId>,
    name: String,
}

impl PostedRow {
    pub fn id(&self) -> CommentId {
        self.id.0
    }

    pub fn posted(self, mentions: Vec<Mention>, attachments: Vec<Attachment>) -> Posted {
        let comment = Comment {
            id: self.id.0,
            request: self.request_id.0,
            answers: self.answers_id.map(|it| it.0),
            author: self.author_id.0,
            organization: self.organization_id.0,
            audience: self.audience.0,
            words: self.words.0,
            mentions,
            attachments,
            revision: self.revision.0,
            created_at: self.created_at,
            edited_at: self.edited_at,
            deleted: self.deleted_at.zip(self.deleted_by).map(|(at, by)| Deletion { by: by.0, at }),
        };
        Posted {
            comment,
            author: self.author_name,
            organization: self.organization_name,
            deleter: self.deleter_name,
        }
    }
}

impl MentionRow {
    pub fn by_comment(rows: Vec<Self>) -> HashMap<CommentId, Vec<Mention>> {
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for row in rows {
            let mention = Mention { person: row.person_id.0, name: row.name };
            found.entry(row.comment_id.0).or_default().push(mention);
        }
        found
    }
}
