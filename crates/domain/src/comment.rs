//! The conversation about a request: threads one level deep, read by everybody who works on the request or by one
//! organization only.

mod attachment;
pub mod markup;
mod mention;
mod thread;
mod words;

use chrono::{DateTime, TimeDelta, Utc};

pub use attachment::{Attachment, LARGEST_ATTACHMENT, MOST_ATTACHMENTS, ensure_attachable};
pub use mention::{MOST_MENTIONS, Mention, Reader, mentioned};
pub use thread::{MOST_AN_HOUR, MOST_ANSWERS, Posted, Thread, ensure_not_too_many, threads};
pub use words::{LONGEST, Words};

use crate::{
    id::{CommentId, OrganizationId, PersonId, RequestId},
    key::keyed,
    people::{Ability, Actor, Role},
    refusal::{Refusal, ensure},
    request::SourceRequest,
};

/// A comment may be edited for so long by whoever wrote it; after that others have read it.
pub const EDITABLE: TimeDelta = TimeDelta::minutes(15);

keyed! {
    /// Who reads a comment.
    pub enum Audience {
        /// Everybody for whom the request exists.
        Everyone = "everyone", "Everyone";
        /// The organization of whoever wrote it, and nobody else.
        Internal = "internal", "Internal";
    }
}

keyed! {
    /// Which threads somebody looks at.
    pub enum Shown {
        All = "all", "All";
        /// Those in which they have said something.
        Mine = "mine", "Mine";
        /// Those in which they are called.
        Mentions = "mentions", "Mentions of me";
        /// Those that only their own organization reads.
        Internal = "internal", "Internal";
    }
}

/// Something that somebody said about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub id: CommentId,
    pub request: RequestId,
    /// The first comment of its thread; absent for the first comment itself.
    pub answers: Option<CommentId>,
    pub author: PersonId,
    /// For whom the author acted.
    pub organization: OrganizationId,
    pub audience: Audience,
    /// Empty once it was deleted.
    pub words: Words,
    pub mentions: Vec<Mention>,
    pub attachments: Vec<Attachment>,
    /// Grows with every edit.
    pub revision: u32,
    pub created_at: DateTime<Utc>,
    pub edited_at: Option<DateTime<Utc>>,
    pub deleted: Option<Deletion>,
}

/// Who deleted a comment, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deletion {
    pub by: PersonId,
    pub at: DateTime<Utc>,
}

impl Audience {
    /// Whether somebody of `reader` reads what somebody of `author` writes for it.
    pub fn admits(self, author: OrganizationId, reader: OrganizationId) -> bool {
        match self {
            Self::Everyone => true,
            Self::Internal => author == reader,
        }
    }
}

impl SourceRequest {
    /// Whether `actor` may say something about this request.
    pub fn permits_comment(&self, actor: &Actor) -> Result<(), Refusal> {
        ensure(self.visible_to(actor), Refusal::NotAssigned)?;
        ensure(actor.may_ever(Ability::Comment), Refusal::RoleTooNarrow)
    }
}

impl Comment {
    /// Whether this comment exists for `actor`, as far as its request does.
    pub fn visible_to(&self, actor: &Actor) -> bool {
        self.audience.admits(self.organization, actor.organization.id)
    }

    /// Whether `actor` may write other words instead.
    pub fn permits_edit(&self, actor: &Actor, now: DateTime<Utc>) -> Result<(), Refusal> {
        ensure(self.author == actor.person, Refusal::NotYourComment)?;
        ensure(actor.may_ever(Ability::Comment), Refusal::RoleTooNarrow)?;
        ensure(self.deleted.is_none(), Refusal::CommentDeleted)?;
        ensure(now - self.created_at <= EDITABLE, Refusal::TooLateToEdit)
    }

    /// Whether `actor` may take it away: whoever wrote it, or an administrator of the platform.
    pub fn permits_deletion(&self, actor: &Actor) -> Result<(), Refusal> {
        let watches = actor.is_platform() && actor.role == Role::Administrator;
        ensure(self.author == actor.person || watches, Refusal::NotYourComment)?;
        ensure(self.visible_to(actor), Refusal::NotYourComment)?;
        ensure(actor.may_ever(Ability::Comment), Refusal::RoleTooNarrow)?;
        ensure(self.deleted.is_none(), Refusal::CommentDeleted)
    }

    /// The comment with other words.
    pub fn edited(
        self,
        actor: &Actor,
        words: Words,
        mentions: Vec<Mention>,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        self.permits_edit(actor, now)?;
        ensure(!words.is_empty() || !self.attachments.is_empty(), Refusal::CommentEmpty)?;
        ensure(words != self.words, Refusal::NothingChanged)?;
        let revision = self.revision + 1;
        Ok(Self { words, mentions, revision, edited_at: Some(now), ..self })
    }

    /// What is left of a deleted comment: that it was there.
    pub fn deleted(self, actor: &Actor, now: DateTime<Utc>) -> Result<Self, Refusal> {
        self.permits_deletion(actor)?;
        Ok(Self {
            words: Words::default(),
            mentions: Vec::new(),
            attachments: Vec::new(),
            deleted: Some(Deletion { by: actor.person, at: now }),
            ..self
        })
    }
}

#[cfg(test)]
pub(crate) mod sample {
    use uuid::Uuid;

    use super::*;
    use crate::request::{
        SourceType,
        sample::{instant, request},
    };

    /// A comment of `author` for everyone, as old as the tests' requests.
    pub fn comment(author: &Actor, words: &str) -> Comment {
        Comment {
            id: CommentId(Uuid::from_u128(500)),
            request: request(SourceType::Subtitle).id,
            answers: None,
            author: author.person,
            organization: author.organization.id,
            audience: Audience::Everyone,
            words: Words::new(words).unwrap(),
            mentions: Vec::new(),
            attachments: Vec::new(),
            revision: 1,
            created_at: instant("2026-11-11T14:00:00Z"),
            edited_at: None,
            deleted: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{sample::comment, *};
    use crate::{
        people::{OrganizationKind, Role},
        request::{SourceType, sample::*},
    };

    fn another(person: u128, actor: Actor) -> Actor {
        Actor { person: PersonId(Uuid::from_u128(person)), ..actor }
    }

    fn later(minutes: i64) -> DateTime<Utc> {
        instant("2026-11-11T14:00:00Z") + TimeDelta::minutes(minutes)
    }

    #[test]
    fn everybody_who_works_on_a_request_speaks_of_it_but_for_those_who_only_look() {
        let request = request(SourceType::Subtitle);
        for kind in OrganizationKind::ALL {
            for role in Role::ALL {
                let answer = request.permits_comment(&actor(*kind, *role));
                let expected = match role {
                    Role::Administrator | Role::Operations => Ok(()),
                    Role::QcOperator | Role::ReadOnly => Err(Refusal::RoleTooNarrow),
                };
                assert_eq!(answer, expected, "{kind:?} {role:?}");
            }
        }
        assert_eq!(request.permits_comment(&subassignee()), Ok(()));
        assert_eq!(request.permits_comment(&stranger()), Err(Refusal::NotAssigned));
    }

    #[test]
    fn an_internal_comment_exists_for_its_own_organization_and_not_even_for_the_platform() {
        let internal =
            Comment { audience: Audience::Internal, ..comment(&partner(), "between us") };
        assert!(internal.visible_to(&another(7, partner())));
        for other in [platform(), owner(), subassignee(), stranger()] {
            assert!(!internal.visible_to(&other), "{}", other.organization.name);
            assert!(comment(&partner(), "for all").visible_to(&other));
        }
    }

    #[test]
    fn one_edits_ones_own_comment_for_a_quarter_of_an_hour() {
        let own = comment(&partner(), "teh file");
        let edit = |comment: &Comment, minutes| {
            let words = Words::new("the file").unwrap();
            comment.clone().edited(&partner(), words, Vec::new(), later(minutes))
        };
        let edited = edit(&own, 15).unwrap();
        assert_eq!((edited.words.as_str(), edited.revision), ("the file", 2));
        assert_eq!(edited.edited_at, Some(later(15)));
        assert_eq!(edit(&own, 16), Err(Refusal::TooLateToEdit));
        assert_eq!(edit(&edited, 1), Err(Refusal::NothingChanged));
        let gone = own.clone().deleted(&partner(), later(1)).unwrap();
        assert_eq!(edit(&gone, 2), Err(Refusal::CommentDeleted));
    }

    #[test]
    fn nobody_edits_what_another_wrote() {
        let own = comment(&partner(), "mine");
        for other in [another(7, partner()), actor(OrganizationKind::Platform, Role::Administrator)]
        {
            let other = another(8, other);
            assert_eq!(own.permits_edit(&other, later(0)), Err(Refusal::NotYourComment));
        }
        let narrowed = Actor { role: Role::ReadOnly, ..partner() };
        assert_eq!(own.permits_edit(&narrowed, later(0)), Err(Refusal::RoleTooNarrow));
    }

    #[test]
    fn an_edit_leaves_something_to_read() {
        let own = comment(&partner(), "mine");
        let nothing = own.edited(&partner(), Words::default(), Vec::new(), later(1));
        assert_eq!(nothing, Err(Refusal::CommentEmpty));
    }

    #[test]
    fn a_deleted_comment_leaves_a_mark_and_no_words() {
        let own = comment(&partner(), "mine");
        let gone = own.deleted(&partner(), later(60)).unwrap();
        assert!(gone.words.is_empty() && gone.attachments.is_empty() && gone.mentions.is_empty());
        assert_eq!(gone.deleted, Some(Deletion { by: partner().person, at: later(60) }));
        assert_eq!(gone.permits_deletion(&partner()), Err(Refusal::CommentDeleted));
    }

    #[test]
    fn an_administrator_of_the_platform_deletes_what_all_can_read() {
        let watch = another(7, actor(OrganizationKind::Platform, Role::Administrator));
        let own = comment(&partner(), "not nice");
        assert_eq!(own.permits_deletion(&watch), Ok(()));
        let internal = Comment { audience: Audience::Internal, ..own.clone() };
        assert_eq!(internal.permits_deletion(&watch), Err(Refusal::NotYourComment));
        for other in [
            another(7, platform()),
            another(7, partner()),
            another(7, actor(OrganizationKind::FulfillmentPartner, Role::Administrator)),
        ] {
            assert_eq!(own.permits_deletion(&other), Err(Refusal::NotYourComment));
        }
    }
}
