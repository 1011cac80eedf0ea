//! Why the platform asks for a file once more.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{RequestAction, RequestStatus, SourceRequest};
use crate::{
    history::{Author, Happening, HistoryEntry},
    key::keyed,
    people::Actor,
    refusal::{Refusal, ensure},
};

keyed! {
    /// A reason to reject a file that had arrived; several may be given.
    pub enum RedeliveryReason {
        Picture = "picture", "Picture";
        Sound = "sound", "Sound";
        Sync = "sync", "Sync";
        Text = "text", "Text";
        Language = "language", "Language";
        Content = "content", "Content";
        Format = "format", "Format";
        Metadata = "metadata", "Metadata only";
        CreativeChange = "creative_change", "Creative change";
        Other = "other", "Other";
    }
}

/// Why a file is wanted once more, who said so, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedAgain {
    /// "Sound, Sync"; what was done, where no reasons are chosen.
    pub reasons: String,
    /// What was said with it; possibly nothing.
    pub comment: String,
    pub by: Option<String>,
    pub at: DateTime<Utc>,
}

impl WantedAgain {
    /// What this entry of the history says of it; nothing where it is about something else.
    pub fn said_in(entry: HistoryEntry) -> Option<Self> {
        let (reasons, comment) = match entry.happening {
            Happening::RedeliveryRequested { reasons, comment } => {
                let labels: Vec<_> = reasons.iter().map(|it| it.label()).collect();
                (labels.join(", "), comment)
            }
            Happening::OverrideDeclined { reason, .. } => ("Override declined".to_owned(), reason),
            Happening::StatusSet { to: RequestStatus::RedeliveryRequested, comment, .. } => {
                ("Status set by hand".to_owned(), comment)
            }
            _ => return None,
        };
        let by = match entry.author {
            Author::Person { name, .. } => Some(name),
            Author::Rule => None,
        };
        Some(Self { reasons, comment, by, at: entry.at })
    }
}

impl RedeliveryReason {
    /// When to give this reason.
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::Picture => "Dropouts, artifacts, wrong aspect or cropping, levels",
            Self::Sound => "Clipping, noise, missing or swapped channels, loudness",
            Self::Sync => "Sound or text is early, late, or drifts",
            Self::Text => "Spelling, timing, missing or overlapping events",
            Self::Language => "Another language than the request asks for",
            Self::Content => "Another cut, a missing reel, wrong or missing credits",
            Self::Format => "The file is sound, but not as the specification wants it",
            Self::Metadata => "The file is right and what was entered beside it is not",
            Self::CreativeChange => {
                "Nothing is wrong; the wish has changed. Say in the comment how"
            }
            Self::Other => "None of these. Say in the comment what",
        }
    }

    /// Whether it says nothing without a comment.
    const fn needs_words(self) -> bool {
        matches!(self, Self::CreativeChange | Self::Other)
    }
}

impl SourceRequest {
    /// The request open for a new file, because the one that had arrived will not do.
    pub fn request_redelivery(
        self,
        actor: &Actor,
        reasons: &[RedeliveryReason],
        comment: &str,
    ) -> Result<Self, Refusal> {
        self.permits(RequestAction::RequestRedelivery, actor)?;
        ensure(!reasons.is_empty(), Refusal::RedeliveryUnexplained)?;
        let wordless = comment.trim().is_empty() && reasons.iter().any(|it| it.needs_words());
        ensure(!wordless, Refusal::WordsMissing)?;
        Ok(Self { status: RequestStatus::RedeliveryRequested, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::{SourceType, sample::*};

    #[test]
    fn a_redelivery_is_asked_for_with_reasons_and_some_of_them_need_words() {
        for reason in RedeliveryReason::ALL {
            let processed = || in_status(SourceType::Subtitle, RequestStatus::Processed);
            let silent = processed().request_redelivery(&platform(), &[*reason], "  ");
            let expected = match reason.needs_words() {
                true => Err(Refusal::WordsMissing),
                false => Ok(RequestStatus::RedeliveryRequested),
            };
            assert_eq!(silent.map(|it| it.status), expected, "{reason:?}");
            assert!(processed().request_redelivery(&platform(), &[*reason], "See reel 3").is_ok());
        }
        let none = in_status(SourceType::Subtitle, RequestStatus::Processed).request_redelivery(
            &platform(),
            &[],
            "Again",
        );
        assert_eq!(none, Err(Refusal::RedeliveryUnexplained));
    }

    #[test]
    fn only_what_opens_a_request_for_another_file_says_why_it_is_wanted() {
        for happening in crate::history::everything() {
            let (is_told, kind) = match &happening {
                Happening::RedeliveryRequested { .. } | Happening::OverrideDeclined { .. } => {
                    (true, "asked for")
                }
                Happening::StatusSet { to, .. } => {
                    (*to == RequestStatus::RedeliveryRequested, "set by hand")
                }
                _ => (false, "something else"),
            };
            let entry = HistoryEntry {
                number: 1,
                request: request(SourceType::Subtitle).id,
                at: instant("2026-11-12T09:00:00Z"),
                author: Author::from(&platform()),
                happening,
            };
            let said = WantedAgain::said_in(entry.clone());
            assert_eq!(said.is_some(), is_told, "{kind} {entry:?}");
            assert!(said.is_none_or(|it| it.by == Some(platform().name)));
        }
    }

    #[test]
    fn only_what_has_arrived_and_was_not_accepted_is_asked_for_again() {
        for status in RequestStatus::ALL {
            let answer = in_status(SourceType::Subtitle, *status)
                .permits(RequestAction::RequestRedelivery, &platform());
            let arrived = matches!(status, RequestStatus::Delivered | RequestStatus::Processed);
            assert_eq!(answer.is_ok(), arrived, "{status:?}");
        }
    }
}
