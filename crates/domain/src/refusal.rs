//! Every way the portal says no, worded for the person who asked.

mod grounds;

pub use grounds::Grounds;
use thiserror::Error;

use crate::{
    delivery::TransferStatus,
    handin::HandInStatus,
    inspection::{ErrorCode, Setting},
    people::Role,
    quantity::bytes,
    request::{MaterialDemand, MaterialStatus, RequestStatus, SourceType, import::ImportFault},
    title::TitleKind,
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
        "A subassigned partner cannot deliver to the platform. Hand the file in to the assigned partner."
    )]
    SubassigneeCannotDeliver,
    #[error("Only a subassigned partner hands files in. Everybody else delivers them.")]
    SubassigneesOnly,
    #[error("Not possible while the hand-in is {}.", .0.label())]
    WrongHandInStatus(HandInStatus),
    #[error(
        "This request has had {limit} hand-ins, and takes no more. Agree with the assigned partner on one of them."
    )]
    TooManyHandIns { limit: u32 },
    #[error(
        "Your role may look at this, but not do it. It takes the role Operations, which an administrator of your organization can give you."
    )]
    RoleTooNarrow,
    #[error("This takes the role {}. {}", .role.label(), given_by(givers))]
    RoleNeeded { role: Role, givers: Vec<String> },
    #[error("Your organization has not been given this right. The platform can grant it.")]
    NotGranted,
    #[error("Only the platform can do that.")]
    PlatformOnly,
    #[error("Not possible while the request is {}.", .0.label())]
    WrongStatus(RequestStatus),
    #[error("Material status is {}. Set it to {} in Edit.", .status.label(), .demand.label())]
    MaterialsMissing { status: MaterialStatus, demand: MaterialDemand },
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
    #[error(
        "Somebody else changed this meanwhile. {what} What you filled in is still here: look again, then send it."
    )]
    ChangedMeanwhile { what: String },
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
    #[error(
        "{0} is not among the approved partners of your organization. The platform can approve it."
    )]
    NotApproved(String),
    #[error("{0} asks for the same in this package. Upgrade it or cancel it first.")]
    AlreadyAsked(String),
    #[error("{} requests name their language, such as fr-FR.", .0.label())]
    LanguageMissing(SourceType),
    #[error("{} requests have no language.", .0.label())]
    NoLanguage(SourceType),
    #[error("“{0}” is not a language tag. Write it with hyphens, such as fr-FR, pt-BR or zh-Hans.")]
    BadLanguage(String),
    #[error("{0} is not a content partner.")]
    NotAContentPartner(String),
    #[error("{0} makes no files for others. Choose a fulfillment partner.")]
    MakesNoFiles(String),
    #[error("There is no package “{0}”. Name it by its number, such as P-5001.")]
    UnknownPackage(String),
    #[error("Choose what is asked for.")]
    SourceTypeMissing,
    #[error("A Movie ID is a number of at most ten digits, such as 81002.")]
    BadMovieId,
    #[error("The Movie ID {movie_id} is taken by “{name}”.")]
    MovieIdTaken { movie_id: i64, name: String },
    #[error("A release year lies between 1888 and 2199.")]
    BadReleaseYear,
    #[error("Choose what the title is.")]
    TitleKindMissing,
    #[error("An episode has a season and a number, each at most 9999. Season 0 is for specials.")]
    EpisodeMissing,
    #[error("A {} has neither season nor episode. Leave both empty.", .0.label())]
    NoEpisode(TitleKind),
    #[error("Name the original language by its tag, such as en-GB.")]
    OriginalLanguageMissing,
    #[error(
        "The number of a package has at most ten digits, such as 5001. Leave it empty to get the next one."
    )]
    BadPackageNumber,
    #[error("There is a package {0} already. Leave the number empty to get the next one.")]
    PackageNumberTaken(String),
    #[error("“{0}” is not a country. Write its name or its two letters, such as NO.")]
    UnknownCountry(String),
    #[error("“{}” is {}. Leave it empty to have it as shipped.", .0.label(), .0.form())]
    BadSetting(Setting),
    #[error("Nothing in a file of the type {} is held to a limit that could be set.", .0.label())]
    NoSettings(SourceType),
    #[error("A package has at most {most} tags.")]
    TooManyTags { most: usize },
    #[error("A tag has at most {most} characters.")]
    TagTooLong { most: usize },
    #[error(transparent)]
    BadImport(ImportFault),
    #[error("Choose a material status.")]
    MaterialStatusMissing,
    #[error("At most {most} requests are changed at once. Choose fewer.")]
    TooManyAtOnce { most: usize },
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
    #[error(
        "A newer delivery, T-{number}, is under way. Wait for its inspection, or stop it first."
    )]
    Overtaken { number: i64 },
    #[error("The platform has already said whether this override stands.")]
    VerdictGiven,
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
    #[error(
        "You have written {most} comments within an hour. Put more into one of them, or come back later."
    )]
    TooManyComments { most: u32 },
    #[error("A comment calls at most {most} people.")]
    TooManyMentions { most: usize },
    #[error("At most {most} files hang on a comment.")]
    TooManyAttachments { most: usize },
    #[error("“{name}” has more than {}, too much for a comment. Large files are delivered.", bytes(*limit))]
    AttachmentTooLarge { name: String, limit: u64 },
    #[error("Say in a few words what it is about.")]
    SubjectMissing,
    #[error("Say what you need help with.")]
    QuestionMissing,
    #[error("Write an answer, or choose another status.")]
    AnswerMissing,
    #[error("Only the person who asked can add to this.")]
    NotYourTicket,
    #[error(
        "You have asked {most} times within a day. Nothing of it is lost; write more tomorrow."
    )]
    TooManyTickets { most: u32 },
    #[error("Not needed for {} requests.", .0.label())]
    NotNeededFor(SourceType),
    #[error("Materials are given while a request is in work; this one is {}.", .0.label())]
    MaterialsClosed(RequestStatus),
    #[error("A content partner is given the final proxy only.")]
    FinalProxyOnly,
    #[error(
        "The locked proxy carries a fulfillment partner's mark; a content partner is not given it."
    )]
    LockedProxyNotForOwners,
    #[error("Quality control is given proxies only.")]
    ReferencesOnly,
    #[error("This material cannot be had now. Load the page again to see what it waits for.")]
    MaterialNotThere,
    #[error("Choose at least one material.")]
    NoMaterial,
    #[error("At most {most} materials are downloaded at once. Choose fewer.")]
    TooManyMaterials { most: usize },
    #[error("This link has ended. Make a new one under Materials.")]
    LinkEnded,
    #[error("The e-mail or the password is wrong.")]
    WrongCredentials,
    #[error("Too many wrong passwords. Try again in {seconds} seconds.")]
    SlowDown { seconds: u64 },
    #[error("This account was deactivated. Ask an administrator of your organization.")]
    Deactivated,
    #[error("That is not your password.")]
    WrongPassword,
    #[error("A password has at least {least} characters.")]
    PasswordTooShort { least: usize },
    #[error("The two passwords are not the same.")]
    PasswordsDiffer,
    #[error("Type a name, all on one line.")]
    BadName,
    #[error("This is no e-mail address. Write it like nora@studionord.example.")]
    BadEmail,
    #[error("Somebody has an account with this e-mail address already.")]
    EmailTaken,
    #[error("{most} invitations wait to be accepted. Withdraw some before you send more.")]
    TooManyInvitations { most: usize },
    #[error("{most} invitations were made within a day. Make the next one tomorrow.")]
    TooManyInvited { most: u32 },
    #[error("There is an organization of this name already.")]
    NameTaken,
    #[error("Choose a role.")]
    UnknownRole,
    #[error("Choose what the organization is.")]
    UnknownKind,
    #[error(
        "Nobody changes or closes their own account as an administrator. Ask another administrator."
    )]
    OwnAccount,
    #[error(
        "An organization keeps at least one administrator. Make somebody else an administrator first."
    )]
    LastAdministrator,
    #[error("This account is deactivated. Reactivate it first.")]
    AccountInactive,
    #[error("This account is active.")]
    AccountActive,
}

/// "Nora Lind or Kim Berg can give it to you."
fn given_by(givers: &[String]) -> String {
    match givers {
        [] => "Your organization has no administrator; the platform can give it to you.".to_owned(),
        [one] => format!("{one} can give it to you."),
        [before @ .., last] => format!("{} or {last} can give it to you.", before.join(", ")),
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
    fn whoever_lacks_a_role_is_told_which_and_who_gives_it() {
        for (givers, end) in [
            (&[][..], "Your organization has no administrator; the platform can give it to you."),
            (&["Nora"][..], "Nora can give it to you."),
            (&["Nora", "Kim", "Lea"][..], "Nora, Kim or Lea can give it to you."),
        ] {
            let givers = givers.iter().map(|it| (*it).to_owned()).collect();
            let refusal = Refusal::RoleNeeded { role: Role::Administrator, givers };
            assert_eq!(refusal.to_string(), format!("This takes the role Administrator. {end}"));
        }
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
