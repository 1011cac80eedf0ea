//! The ticket: somebody asks the people who run the portal, and they answer.

use chrono::{DateTime, Utc};

use crate::{
    id::{PersonId, TicketId},
    key::keyed,
    people::{Ability, Actor},
    refusal::{Refusal, ensure},
    text::storable,
};

/// A subject is never longer, in characters.
pub const LONGEST_SUBJECT: usize = 120;
/// A question or an answer is never longer, in characters.
pub const LONGEST_WORDS: usize = 5_000;
/// The address of a page that is longer is not kept, in characters.
const LONGEST_PAGE: usize = 500;
/// So often a person may ask within a day, anew or under what they asked before: a bad day, and no flood.
pub const MOST_A_DAY: u32 = 20;

keyed! {
    /// Where a ticket stands.
    pub enum TicketStatus {
        Open = "open", "Open";
        InProgress = "in_progress", "In Progress";
        Solved = "solved", "Solved";
    }
}

impl TicketStatus {
    /// What the status means, in one sentence.
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Open => "Nobody of the platform has taken it up yet.",
            Self::InProgress => "Somebody of the platform is working on it.",
            Self::Solved => {
                "Answered, and nothing is left to do. Writing once more opens it again."
            }
        }
    }
}

/// What somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub subject: String,
    pub words: String,
    /// The address in the portal from which they came.
    pub page: Option<String>,
}

impl Question {
    /// The question, if it says what it is about and is not too long.
    pub fn new(subject: &str, words: &str, page: Option<&str>) -> Result<Self, Refusal> {
        let page = page.filter(|it| it.chars().count() <= LONGEST_PAGE);
        let one_line = subject.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(Self {
            subject: said(&one_line, LONGEST_SUBJECT)?.ok_or(Refusal::SubjectMissing)?,
            words: said(words, LONGEST_WORDS)?.ok_or(Refusal::QuestionMissing)?,
            page: page.map(storable),
        })
    }
}

/// What was written, without the space around it; nothing where nothing was.
fn said(text: &str, most: usize) -> Result<Option<String>, Refusal> {
    // Forms send two letters for the end of a line, and count one.
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    ensure(text.chars().count() <= most, Refusal::TooLong { most })?;
    Ok(Some(storable(text)).filter(|it| !it.is_empty()))
}

/// A question to the people who run the portal, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    pub id: TicketId,
    /// The number people say, shown as `H-1001`.
    pub number: i64,
    pub asked_by: PersonId,
    /// Name and organization of whoever asked, as they were then.
    pub asker: String,
    pub organization: String,
    pub question: Question,
    pub status: TicketStatus,
    pub asked_at: DateTime<Utc>,
    /// When somebody last wrote or changed the status.
    pub changed_at: DateTime<Utc>,
    /// Counts changes, so that the second of two who change it is told.
    pub version: i64,
}

/// What was written under a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub at: DateTime<Utc>,
    pub author: PersonId,
    /// Name and organization of the author, as they were then.
    pub name: String,
    pub organization: String,
    pub words: String,
}

/// A ticket as it goes on, and what was written with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    pub status: TicketStatus,
    pub words: Option<String>,
}

impl Ticket {
    /// The number as people write it.
    pub fn label(&self) -> String {
        format!("H-{}", self.number)
    }

    /// Whether this ticket exists for the actor: for whoever asked, and for the platform.
    pub fn visible_to(&self, actor: &Actor) -> bool {
        self.asked_by == actor.person || actor.is_platform()
    }

    /// Whether the actor may answer it and say where it stands.
    pub fn permits_answer(&self, actor: &Actor) -> Result<(), Refusal> {
        ensure(actor.is_platform(), Refusal::PlatformOnly)?;
        ensure(actor.may_ever(Ability::AnswerTickets), Refusal::RoleTooNarrow)
    }

    /// Whether the actor may write more about it.
    pub fn permits_follow_up(&self, actor: &Actor) -> Result<(), Refusal> {
        ensure(self.asked_by == actor.person, Refusal::NotYourTicket)
    }

    /// The platform answers, says where it stands, or both.
    pub fn answer(
        &self,
        actor: &Actor,
        status: TicketStatus,
        words: &str,
    ) -> Result<Turn, Refusal> {
        self.permits_answer(actor)?;
        let words = said(words, LONGEST_WORDS)?;
        ensure(words.is_some() || status != self.status, Refusal::AnswerMissing)?;
        Ok(Turn { status, words })
    }

    /// Whoever asked writes more, which opens a solved ticket again.
    pub fn follow_up(&self, actor: &Actor, words: &str) -> Result<Turn, Refusal> {
        self.permits_follow_up(actor)?;
        let words = said(words, LONGEST_WORDS)?.ok_or(Refusal::QuestionMissing)?;
        let status = match self.status {
            TicketStatus::Open | TicketStatus::Solved => TicketStatus::Open,
            TicketStatus::InProgress => TicketStatus::InProgress,
        };
        Ok(Turn { status, words: Some(words) })
    }
}

/// Whether somebody who asked so often within a day may ask once more.
pub fn permits_another(asked: u32) -> Result<(), Refusal> {
    ensure(asked < MOST_A_DAY, Refusal::TooManyTickets { most: MOST_A_DAY })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        people::{OrganizationKind, Role},
        request::sample::{actor, owner, partner, platform},
    };

    fn ticket(asked_by: PersonId, status: TicketStatus) -> Ticket {
        Ticket {
            id: TicketId(Uuid::nil()),
            number: 1001,
            asked_by,
            asker: "Nora Lind".into(),
            organization: "Studio Nord".into(),
            question: Question::new("Upload", "It stops at 40 %.", Some("/deliver")).unwrap(),
            status,
            asked_at: DateTime::UNIX_EPOCH,
            changed_at: DateTime::UNIX_EPOCH,
            version: 1,
        }
    }

    fn person(number: u128, actor: Actor) -> Actor {
        Actor { person: PersonId(Uuid::from_u128(number)), ..actor }
    }

    #[test]
    fn a_question_says_what_it_is_about_in_one_line_and_in_words() {
        let it = Question::new("  Upload\r\nstops ", " At 40 %.\r\nAlways. ", Some("/deliver"));
        let it = it.unwrap();
        assert_eq!((it.subject.as_str(), it.words.as_str()), ("Upload stops", "At 40 %.\nAlways."));
        assert_eq!(it.page.as_deref(), Some("/deliver"));
        assert_eq!(Question::new(" \n", "Words", None), Err(Refusal::SubjectMissing));
        assert_eq!(Question::new("Upload", " \t", None), Err(Refusal::QuestionMissing));
    }

    #[test]
    fn a_question_may_be_as_long_as_is_said_and_not_one_letter_longer() {
        let long = |count| "ä".repeat(count);
        let ask = |subject, words| Question::new(&long(subject), &long(words), None).map(drop);
        assert_eq!(ask(LONGEST_SUBJECT, LONGEST_WORDS), Ok(()));
        let most = LONGEST_SUBJECT;
        assert_eq!(ask(most + 1, 1), Err(Refusal::TooLong { most }));
        let most = LONGEST_WORDS;
        assert_eq!(ask(1, most + 1), Err(Refusal::TooLong { most }));
        let far = format!("/{}", long(LONGEST_PAGE));
        assert_eq!(Question::new("Upload", "It stops.", Some(&far)).unwrap().page, None);
    }

    #[test]
    fn a_ticket_exists_for_whoever_asked_and_for_the_platform_only() {
        let nora = person(1, partner());
        let it = ticket(nora.person, TicketStatus::Open);
        assert!(it.visible_to(&nora));
        assert!(it.visible_to(&person(2, actor(OrganizationKind::Platform, Role::ReadOnly))));
        assert!(!it.visible_to(&person(3, partner())), "not for others of the same organization");
        assert!(!it.visible_to(&person(4, owner())));
    }

    #[test]
    fn the_platform_answers_as_far_as_the_role_reaches() {
        let nora = person(1, partner());
        let it = ticket(nora.person, TicketStatus::Open);
        for role in Role::ALL {
            let answer = it.permits_answer(&person(2, actor(OrganizationKind::Platform, *role)));
            let expected = match role {
                Role::Administrator | Role::Operations => Ok(()),
                Role::QcOperator | Role::ReadOnly => Err(Refusal::RoleTooNarrow),
            };
            assert_eq!(answer, expected, "{role:?}");
        }
        assert_eq!(it.permits_answer(&nora), Err(Refusal::PlatformOnly));
    }

    #[test]
    fn an_answer_says_something_or_changes_the_status() {
        let it = ticket(PersonId(Uuid::nil()), TicketStatus::Open);
        let answer = |status, words| it.answer(&platform(), status, words);
        assert_eq!(answer(TicketStatus::Open, "  "), Err(Refusal::AnswerMissing));
        let begun = Turn { status: TicketStatus::InProgress, words: None };
        assert_eq!(answer(TicketStatus::InProgress, ""), Ok(begun));
        let told = Turn { status: TicketStatus::Open, words: Some("Try again.".into()) };
        assert_eq!(answer(TicketStatus::Open, "Try again."), Ok(told));
    }

    #[test]
    fn writing_once_more_opens_a_solved_ticket_again_and_is_for_the_asker_alone() {
        let nora = person(1, partner());
        for status in TicketStatus::ALL {
            let turn = ticket(nora.person, *status).follow_up(&nora, "Still so.").unwrap();
            let expected = match status {
                TicketStatus::Open | TicketStatus::Solved => TicketStatus::Open,
                TicketStatus::InProgress => TicketStatus::InProgress,
            };
            assert_eq!((turn.status, turn.words.as_deref()), (expected, Some("Still so.")));
        }
        let it = ticket(nora.person, TicketStatus::Open);
        assert_eq!(it.follow_up(&platform(), "Me too."), Err(Refusal::NotYourTicket));
        assert_eq!(it.follow_up(&nora, ""), Err(Refusal::QuestionMissing));
    }

    #[test]
    fn nobody_asks_without_end() {
        assert_eq!(permits_another(MOST_A_DAY - 1), Ok(()));
        let refused = Err(Refusal::TooManyTickets { most: MOST_A_DAY });
        assert_eq!(permits_another(MOST_A_DAY), refused);
    }
}
