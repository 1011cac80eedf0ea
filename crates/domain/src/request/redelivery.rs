//! Why the platform asks for a file once more.

use super::{RequestAction, RequestStatus, SourceRequest};
use crate::{
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
    fn only_what_has_arrived_and_was_not_accepted_is_asked_for_again() {
        for status in RequestStatus::ALL {
            let answer = in_status(SourceType::Subtitle, *status)
                .permits(RequestAction::RequestRedelivery, &platform());
            let arrived = matches!(status, RequestStatus::Delivered | RequestStatus::Processed);
            assert_eq!(answer.is_ok(), arrived, "{status:?}");
        }
    }
}
