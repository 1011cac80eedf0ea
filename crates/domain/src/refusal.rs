//! Every way the portal says no, worded for the person who asked.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    delivery::TransferStatus,
    inspection::ErrorCode,
    quantity::bytes,
    request::{MaterialStatus, RequestStatus, SourceType},
};

/// A "no" of the rules: one clear sentence, with the way out where there is one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("Only the organization this request is assigned to can do that.")]
    NotAssigned,
    #[error(
        "Nobody is assigned to this request yet. The content partner assigns a fulfillment partner."
    )]
    Unassigned,
    #[error(
        "A subassigned partner cannot deliver to the platform. Hand the file to the assigned partner."
    )]
    SubassigneeCannotDeliver,
    #[error(
        "Your role may look at this, but not do it. An administrator of your organization can change your role."
    )]
    RoleTooNarrow,
    #[error("Your organization has not been given this right. The platform can grant it.")]
    NotGranted,
    #[error("Only the platform can do that.")]
    PlatformOnly,
    #[error("Not possible while the request is {}.", .0.label())]
    WrongStatus(RequestStatus),
    #[error("Material status is {}. Set it to Received or Accepted in Edit.", .0.label())]
    MaterialsMissing(MaterialStatus),
    #[error("{} requests are never canceled by partners.", .0.label())]
    NeverCanceled(SourceType),
    #[error("{} requests have no service type.", .0.label())]
    NoServiceType(SourceType),
    #[error("{} requests have no material status.", .0.label())]
    NoMaterialStatus(SourceType),
    #[error("There is nothing to edit on this request now.")]
    NothingToEdit,
    #[error("Only the content partner and the platform say who works on a request.")]
    OwnersOnly,
    #[error("Say in a comment what is wrong with the material.")]
    RejectionUnexplained,
    #[error("Nothing was changed.")]
    NothingChanged,
    #[error("Choose at least one reason why the file is wanted again.")]
    RedeliveryUnexplained,
    #[error("Say in the comment what is meant.")]
    WordsMissing,
    #[error("Choose an organization of the list.")]
    UnknownOrganization,
    #[error("This is longer than {most} characters.")]
    TooLong { most: usize },
    #[error("Choose a day and a time, such as 24.12.2026 and 18:00.")]
    BadDate,
    #[error("Choose a day, such as 24.12.2026.")]
    BadDay,
    #[error("Clocks are turned at that time. Choose which one you mean.")]
    WhichOne,
    #[error("Choose a day between 1970 and 2200.")]
    DateOutOfRange,
    #[error("The first day is after the last one.")]
    DaysReversed,
    #[error("“{0}” is not one of the choices.")]
    UnknownChoice(String),
    #[error("Give a reason for the new date.")]
    ReasonMissing,
    #[error("Explain the reason \u{201c}Other\u{201d} in a comment.")]
    CommentMissing,
    #[error("“{0}” is not a time zone of the list. Choose one, such as Europe/Berlin.")]
    UnknownZone(String),
    #[error("A request cannot be subassigned to the organization that already works on it.")]
    AlreadyTheirs,
    #[error("Only fulfillment partners can be subassigned.")]
    NotAFulfillmentPartner,
    #[error("Choose a file to deliver.")]
    NoFile,
    #[error("{} takes one file; {count} were chosen.", .source_type.label())]
    TooManyFiles { source_type: SourceType, count: usize },
    #[error(
        "This request has had {limit} deliveries, and takes no more. Ask the platform for a new request."
    )]
    TooManyDeliveries { limit: u32 },
    #[error("“{name}” has {}; this portal takes files of at most {}.", bytes(*size), bytes(*limit))]
    FileTooLarge { name: String, size: u64, limit: u64 },
    #[error("A file name must have between 1 and 255 characters.")]
    BadFileName,
    #[error("{}", complaint(label, problem))]
    BadMetadata { key: String, label: String, problem: String },
    #[error("Not possible while the transfer is {}.", .0.label())]
    WrongTransferStatus(TransferStatus),
    #[error("A transfer that is {} cannot become {}.", .from.label(), .to.label())]
    NoSuchMove { from: TransferStatus, to: TransferStatus },
    #[error("{} can never be overridden. Mend the file and deliver it again.", .0.key())]
    NotOverridable(ErrorCode),
    #[error("Say why {} is no fault.", .0.key())]
    OverrideUnexplained(ErrorCode),
    #[error("Only the organization that started this delivery can do that.")]
    NotYourDelivery,
    #[error(
        "The file is another one than before: “{name}” had {expected} and now has {found}. Choose the same file, or start a new delivery."
    )]
    AnotherFile { name: String, expected: String, found: String },
    #[error("Write something, or attach a file.")]
    CommentEmpty,
    #[error("Say who reads the comment.")]
    AudienceMissing,
    #[error("This comment was deleted.")]
    CommentDeleted,
    #[error("Only who wrote a comment can change it.")]
    NotYourComment,
    #[error("A comment can be edited for 15 minutes, and these are over. Write another one.")]
    TooLateToEdit,
    #[error("This thread has {most} answers, and takes no more. Begin a new one.")]
    ThreadFull { most: usize },
    #[error("A comment calls at most {most} people.")]
    TooManyMentions { most: usize },
    #[error("At most {most} files hang on a comment.")]
    TooManyAttachments { most: usize },
    #[error("“{name}” has more than {}, too much for a comment. Large files are delivered.", bytes(*limit))]
    AttachmentTooLarge { name: String, limit: u64 },
    #[error("The e-mail or the password is wrong.")]
    WrongCredentials,
    #[error("Too many wrong passwords. Try again in {seconds} seconds.")]
    SlowDown { seconds: u64 },
    #[error("This account was deactivated. Ask an administrator of your organization.")]
    Deactivated,
}

/// On what a refusal rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Grounds {
    /// Not for this person.
    Person,
    /// Not at this moment.
    Moment,
    /// Not in this form.
    Form,
    /// Too much of it.
    Size,
    /// Too fast.
    Pace,
}

impl Refusal {
    pub const fn grounds(&self) -> Grounds {
        use Refusal as R;
        match self {
            R::NotAssigned
            | R::Unassigned
            | R::SubassigneeCannotDeliver
            | R::RoleTooNarrow
            | R::OwnersOnly
            | R::NotGranted => Grounds::Person,
            R::PlatformOnly | R::NotYourDelivery | R::WrongCredentials | R::Deactivated => {
                Grounds::Person
            }
            R::NotYourComment => Grounds::Person,
            R::CommentDeleted | R::TooLateToEdit | R::ThreadFull { .. } => Grounds::Moment,
            R::CommentEmpty
            | R::AudienceMissing
            | R::TooManyMentions { .. }
            | R::TooManyAttachments { .. } => Grounds::Form,
            R::AttachmentTooLarge { .. } => Grounds::Size,
            R::WrongStatus(_) | R::MaterialsMissing(_) | R::NeverCanceled(_) | R::NothingToEdit => {
                Grounds::Moment
            }
            R::TooManyDeliveries { .. } => Grounds::Moment,
            R::NoServiceType(_)
            | R::NoMaterialStatus(_)
            | R::AlreadyTheirs
            | R::NotAFulfillmentPartner => Grounds::Moment,
            R::NotOverridable(_)
            | R::WrongTransferStatus(_)
            | R::NoSuchMove { .. }
            | R::AnotherFile { .. } => Grounds::Moment,
            R::ReasonMissing | R::CommentMissing | R::UnknownZone(_) => Grounds::Form,
            R::OverrideUnexplained(_)
            | R::RejectionUnexplained
            | R::RedeliveryUnexplained
            | R::WordsMissing
            | R::NothingChanged
            | R::UnknownOrganization
            | R::TooLong { .. }
            | R::BadDate
            | R::BadDay
            | R::WhichOne
            | R::DaysReversed
            | R::UnknownChoice(_)
            | R::DateOutOfRange => Grounds::Form,
            R::NoFile | R::TooManyFiles { .. } => Grounds::Form,
            R::BadFileName | R::BadMetadata { .. } => Grounds::Form,
            R::FileTooLarge { .. } => Grounds::Size,
            R::SlowDown { .. } => Grounds::Pace,
        }
    }
}

/// "Timing reference is missing.", "Language: choose one of the list."
fn complaint(label: &str, problem: &str) -> String {
    let between = if problem.starts_with("is ") { " " } else { ": " };
    format!("{label}{between}{problem}")
}

/// `Ok` where the condition holds, the refusal where it does not.
pub fn ensure(holds: bool, otherwise: Refusal) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(otherwise) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_said_as_they_are_written_and_sizes_as_people_say_them() {
        let name = "Sen\u{303}or.mov".to_owned();
        let refusal = Refusal::FileTooLarge { name, size: 6_000_000_000, limit: 5_000_000_000 };
        assert_eq!(
            refusal.to_string(),
            "“Sen\u{303}or.mov” has 6.00 GB; this portal takes files of at most 5.00 GB."
        );
    }

    #[test]
    fn a_field_and_its_problem_make_a_sentence() {
        for (problem, sentence) in [
            ("is missing.", "Language is missing."),
            ("choose one of the list.", "Language: choose one of the list."),
        ] {
            let (key, label) = ("language".to_owned(), "Language".to_owned());
            let refusal = Refusal::BadMetadata { key, label, problem: problem.to_owned() };
            assert_eq!(refusal.to_string(), sentence);
        }
    }
}
