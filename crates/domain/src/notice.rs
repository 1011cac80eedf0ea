//! Notices: what somebody is told because it happened to a request of theirs.

mod circle;

use chrono::{DateTime, Utc};

pub use circle::{Audience, Circle, Doer, Parties, audience, confided};

use crate::{
    history::{Author, Happening, HistoryEntry},
    id::{CommentId, PersonId, RequestId},
    key::keyed,
    language::Language,
    request::SourceType,
};

keyed! {
    /// How often somebody is told of their notices by e-mail as well.
    pub enum MailFrequency {
        Off = "off", "Never";
        Immediate = "immediate", "At once";
        Daily = "daily", "Once a day";
    }
}

/// Which of their notices somebody looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Selection {
    #[default]
    All,
    Unread,
}

/// A happening as one person was told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub entry: HistoryEntry,
    /// Whether only the person's own organization may learn of it.
    pub is_internal: bool,
    /// What it happened to.
    pub subject: Subject,
    /// When the person looked at it; absent while it is unread.
    pub read_at: Option<DateTime<Utc>>,
}

/// Where a notice leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goal {
    pub request: RequestId,
    /// What was said, where it is about something that was said.
    pub comment: Option<CommentId>,
}

/// The request of a notice, as people know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub source_type: SourceType,
    pub language: Option<Language>,
    pub title: String,
}

/// Notices, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoticePage {
    pub notices: Vec<Notice>,
    /// The number to ask for what is older; absent at the end.
    pub older: Option<i64>,
}

/// So many unread notices are counted; more are only called more.
pub const MOST_COUNTED: u32 = 99;

impl Notice {
    /// What happened, as one whole sentence.
    pub fn sentence(&self) -> String {
        let words = self.entry.happening.words(&self.entry.author);
        let told = match &self.entry.author {
            Author::Person { name, .. } => format!("{name} {words}"),
            Author::Rule => words,
        };
        if self.is_internal { format!("{} internally.", told.trim_end_matches('.')) } else { told }
    }

    /// The organization for which it was done; absent where the portal did it by a rule.
    pub fn organization(&self) -> Option<&str> {
        match &self.entry.author {
            Author::Person { organization, .. } => Some(organization),
            Author::Rule => None,
        }
    }

    /// Whether the person was named, rather than being one of many whom it concerns.
    pub fn names(&self, person: PersonId) -> bool {
        self.entry.happening.circle().persons.contains(&person)
    }

    pub const fn is_unread(&self) -> bool {
        self.read_at.is_none()
    }
}

impl Goal {
    /// Where a notice of this happening leads.
    pub fn of(request: RequestId, happening: &Happening) -> Self {
        Self { request, comment: happening.comment() }
    }
}

impl Subject {
    /// "Subtitle · French (fr-FR), The Long Tide"
    pub fn label(&self) -> String {
        let source_type = self.source_type.label();
        match &self.language {
            Some(language) => format!("{source_type} · {}, {}", language.label(), self.title),
            None => format!("{source_type}, {}", self.title),
        }
    }
}

/// The number at the bell: "7", "99+"; nothing where there is nothing new.
pub fn counted(unread: u32) -> String {
    match unread {
        0 => String::new(),
        1..=MOST_COUNTED => unread.to_string(),
        _ => format!("{MOST_COUNTED}+"),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        history::{HappeningKind, everything},
        request::sample::{self, instant},
    };

    fn notice(author: Author) -> Notice {
        let happening = Happening::RequestCanceled { reason: "Not needed".into() };
        let (number, request) = (1, RequestId(Uuid::nil()));
        let at = instant("2026-11-11T14:00:00Z");
        Notice {
            entry: HistoryEntry { number, request, at, author, happening },
            subject: Subject {
                source_type: SourceType::Subtitle,
                language: Language::parse("fr-FR"),
                title: "The Long Tide".into(),
            },
            is_internal: false,
            read_at: None,
        }
    }

    #[test]
    fn a_notice_is_a_whole_sentence_about_something_that_has_a_name() {
        let told = notice(Author::from(&sample::partner()));
        assert_eq!(told.sentence(), "Nora canceled the request: Not needed.");
        assert_eq!(told.organization(), Some("Organization 3"));
        assert_eq!(told.subject.label(), "Subtitle · French (fr-FR), The Long Tide");
        let by_rule = notice(Author::Rule);
        assert_eq!(by_rule.sentence(), "The request was canceled: Not needed.");
        assert_eq!(by_rule.organization(), None);
        assert!(!by_rule.names(sample::partner().person));
    }

    #[test]
    fn what_an_organization_keeps_to_itself_is_told_as_such() {
        let comment = CommentId(Uuid::from_u128(5));
        let mut told = notice(Author::from(&sample::partner()));
        told.entry.happening =
            Happening::CommentAdded { comment, answers: None, mentioned: Vec::new() };
        assert_eq!(told.sentence(), "Nora wrote a comment.");
        told.is_internal = true;
        assert_eq!(told.sentence(), "Nora wrote a comment internally.");
    }

    #[test]
    fn a_notice_leads_to_what_was_said_or_else_to_the_request() {
        let (request, comment) = (RequestId(Uuid::nil()), CommentId(Uuid::from_u128(5)));
        for happening in everything() {
            let says_something = matches!(
                HappeningKind::from(&happening),
                HappeningKind::CommentAdded
                    | HappeningKind::CommentEdited
                    | HappeningKind::CommentDeleted
            );
            let goal = Goal::of(request, &happening);
            assert_eq!(goal.comment.is_some(), says_something, "{happening:?}");
        }
        let happening = Happening::CommentEdited { comment, mentioned: Vec::new() };
        assert_eq!(Goal::of(request, &happening), Goal { request, comment: Some(comment) });
    }

    #[test]
    fn the_bell_counts_as_far_as_anybody_cares() {
        for (unread, shown) in [(0, ""), (1, "1"), (99, "99"), (100, "99+")] {
            assert_eq!(counted(unread), shown);
        }
    }
}
