//! Why a sheet was not taken, and the field that is to blame.

use domain::refusal::Refusal;

use super::Sheet;
use crate::error::AppError;

/// Why a sheet was not taken, and which field is to blame.
pub(super) struct Trouble {
    pub field: Option<String>,
    pub error: AppError,
}

/// The field that a refusal of the rules is about.
pub fn field_of(refusal: &Refusal) -> Option<String> {
    let field = match refusal {
        Refusal::BadSetting(setting) => return Some(setting.key().to_owned()),
        Refusal::OverrideUnexplained(code) => return Some(format!("reason-{}", code.key())),
        Refusal::ReasonMissing | Refusal::RedeliveryUnexplained => "reason",
        Refusal::CommentMissing | Refusal::RejectionUnexplained | Refusal::WordsMissing => {
            "comment"
        }
        Refusal::UnknownZone(_) => "zone",
        Refusal::WhichOne => "turn",
        Refusal::UnknownCountry(_) => "countries",
        Refusal::UnknownPackage(_) => "package",
        Refusal::SourceTypeMissing => "source_type",
        Refusal::BadMovieId | Refusal::MovieIdTaken { .. } => "movie_id",
        Refusal::BadReleaseYear => "release_year",
        Refusal::TitleKindMissing => "kind",
        Refusal::EpisodeMissing | Refusal::NoEpisode(_) => "season",
        Refusal::OriginalLanguageMissing => "original_language",
        Refusal::BadPackageNumber | Refusal::PackageNumberTaken(_) => "number",
        Refusal::LanguageMissing(_) | Refusal::NoLanguage(_) | Refusal::BadLanguage(_) => {
            "language"
        }
        Refusal::NotAContentPartner(_) => "content_partner",
        Refusal::NoServiceType(_) => "service_type",
        Refusal::NoMaterialStatus(_) | Refusal::MaterialStatusMissing => "material_status",
        Refusal::TooManyTags { .. } | Refusal::TagTooLong { .. } => "tags",
        Refusal::BadDate | Refusal::DateOutOfRange => "date",
        Refusal::UnknownOrganization
        | Refusal::NotApproved(_)
        | Refusal::MakesNoFiles(_)
        | Refusal::AlreadyTheirs => "partner",
        _ => return None,
    };
    Some(field.to_owned())
}

impl Sheet {
    /// Whether it is shown again before anything is done: more was typed than is taken, or others did something.
    pub(super) fn is_to_be_seen_again(&mut self) -> bool {
        if let Some(field) = self.fields.iter_mut().find(|it| it.is_overlong()) {
            field.problem = Some(Refusal::TooLong { most: field.most() }.to_string());
            return true;
        }
        !self.meanwhile.is_empty()
    }

    /// Says what is wrong beside the field that is to blame, or above all of them.
    pub(super) fn blame(&mut self, field: Option<&str>, refusal: &Refusal) {
        let why = refusal.to_string();
        // What is said of it while it is filled in is not said twice.
        self.notes.retain(|it| it.text != why);
        match self.fields.iter_mut().find(|it| Some(it.name.as_str()) == field) {
            Some(field)
                if *refusal == Refusal::WordsMissing
                    && field.name != field.label.to_lowercase() =>
            {
                field.problem = Some(format!("Say in “{}” what is meant.", field.label));
            }
            Some(field) => field.problem = Some(why),
            None => self.problem = Some(why),
        }
    }
}

impl Trouble {
    pub(super) fn with(field: impl Into<String>, refusal: Refusal) -> Self {
        Self { field: Some(field.into()), error: refusal.into() }
    }
}

impl From<AppError> for Trouble {
    fn from(error: AppError) -> Self {
        Self { field: None, error }
    }
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::from(AppError::from(refusal))
    }
}
