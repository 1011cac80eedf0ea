//! What a refusal rests on.

use serde::{Deserialize, Serialize};

use super::Refusal;

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
    /// What it rests on, and with it how a door answers.
    pub const fn grounds(&self) -> Grounds {
        use Refusal as R;
        match self {
            R::NotAssigned
            | R::Unassigned
            | R::SubassigneeCannotDeliver
            | R::RoleTooNarrow
            | R::OwnersOnly
            | R::RoleNeeded { .. }
            | R::OwnAccount
            | R::SubassigneesOnly
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
            R::NotYourTicket => Grounds::Person,
            R::WrongStatus(_)
            | R::MaterialsMissing { .. }
            | R::NeverCanceled(_)
            | R::NoSettings(_)
            | R::NothingToEdit => Grounds::Moment,
            R::TooManyDeliveries { .. } | R::TooManyHandIns { .. } | R::WrongHandInStatus(_) => {
                Grounds::Moment
            }
            R::AlreadyAsked(_) => Grounds::Moment,
            R::BadImport(fault) => fault.grounds(),
            R::LanguageMissing(_)
            | R::NoLanguage(_)
            | R::BadLanguage(_)
            | R::NotAContentPartner(_)
            | R::MakesNoFiles(_)
            | R::UnknownPackage(_)
            | R::SourceTypeMissing
            | R::BadMovieId
            | R::MovieIdTaken { .. }
            | R::BadReleaseYear
            | R::TitleKindMissing
            | R::EpisodeMissing
            | R::NoEpisode(_)
            | R::OriginalLanguageMissing
            | R::BadPackageNumber
            | R::PackageNumberTaken(_)
            | R::MaterialStatusMissing
            | R::UnknownCountry(_)
            | R::BadSetting(_)
            | R::TooManyTags { .. }
            | R::TagTooLong { .. } => Grounds::Form,
            R::NotNeededFor(_)
            | R::FinalProxyOnly
            | R::LockedProxyNotForOwners
            | R::ReferencesOnly => Grounds::Person,
            R::MaterialsClosed(_) | R::MaterialNotThere | R::LinkEnded => Grounds::Moment,
            R::NoMaterial | R::TooManyMaterials { .. } => Grounds::Form,
            R::NoServiceType(_) | R::NoMaterialStatus(_) | R::AlreadyTheirs | R::NotApproved(_) => {
                Grounds::Moment
            }
            R::TooManyInvitations { .. } | R::TooManyInvited { .. } => Grounds::Moment,
            R::ChangedMeanwhile { .. } => Grounds::Moment,
            R::LastAdministrator | R::AccountInactive | R::AccountActive => Grounds::Moment,
            R::NotOverridable(_)
            | R::Overtaken { .. }
            | R::VerdictGiven
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
            R::SubjectMissing | R::QuestionMissing | R::AnswerMissing => Grounds::Form,
            R::WrongPassword
            | R::PasswordTooShort { .. }
            | R::PasswordsDiffer
            | R::BadName
            | R::BadEmail
            | R::EmailTaken
            | R::NameTaken
            | R::UnknownRole
            | R::UnknownKind => Grounds::Form,
            R::NoFile | R::TooManyFiles { .. } => Grounds::Form,
            R::BadFileName | R::BadMetadata { .. } => Grounds::Form,
            R::SlowDown { .. } | R::TooManyTickets { .. } | R::TooManyComments { .. } => {
                Grounds::Pace
            }
            R::FileTooLarge { .. } | R::TooManyAtOnce { .. } => Grounds::Size,
        }
    }
}
