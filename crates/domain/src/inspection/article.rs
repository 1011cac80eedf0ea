//! The help article behind every code: what it means and what to do now.

mod analyzer;
mod audio;
mod file;
mod timed_text;
mod validator;
mod video;

use super::{ErrorCode, code::Severity};

/// What a partner needs to know about one code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Article {
    /// The code it is about.
    pub code: ErrorCode,
    /// What has happened, in a paragraph.
    pub meaning: &'static str,
    /// How the portal finds out, in a paragraph.
    pub measuring: &'static str,
    /// What is allowed: property and limit.
    pub limits: &'static [(&'static str, &'static str)],
    /// What to do, one step after the other.
    pub steps: &'static [&'static str],
    /// When an override is worth asking for; nothing for codes that are never overridden.
    pub overriding: Option<&'static str>,
    /// Codes that are often met together with this one.
    pub related: &'static [ErrorCode],
}

/// The article about `code`.
pub const fn article(code: ErrorCode) -> Article {
    match code {
        ErrorCode::FileEmpty => file::EMPTY,
        ErrorCode::FileCorrupt => file::CORRUPT,
        ErrorCode::FileUnreadable => file::UNREADABLE,
        ErrorCode::FileTooCostly => file::TOO_COSTLY,
        ErrorCode::IncorrectAssetType => analyzer::INCORRECT_ASSET_TYPE,
        ErrorCode::NoStreamsFound => analyzer::NO_STREAMS_FOUND,
        ErrorCode::VideoSpecMismatch => video::SPEC_MISMATCH,
        ErrorCode::AudioSpecMismatch => audio::SPEC_MISMATCH,
        ErrorCode::InconsistentChannelCount => audio::INCONSISTENT_CHANNEL_COUNT,
        ErrorCode::TimedTextNotWellFormed => timed_text::NOT_WELL_FORMED,
        ErrorCode::TimeBaseConflict => timed_text::TIME_BASE_CONFLICT,
        ErrorCode::LanguageMismatch => timed_text::LANGUAGE_MISMATCH,
        ErrorCode::SourceDuration => validator::SOURCE_DURATION,
        ErrorCode::VideoAudioDuration => validator::VIDEO_AUDIO_DURATION,
    }
}

impl Article {
    /// The question of overriding, answered for this code.
    pub fn override_answer(&self) -> &'static str {
        match (self.code.severity(), self.overriding) {
            (Severity::Overridable, Some(when)) => when,
            (Severity::Overridable | Severity::Fatal, _) => {
                "This error cannot be overridden: a file that has it is of no use further on. Deliver another file; \
                 there is no limit to the number of attempts."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_an_article_that_helps() {
        for &code in ErrorCode::ALL {
            let article = article(code);
            assert_eq!(article.code, code);
            assert!(article.meaning.len() > 80 && article.measuring.len() > 80, "{code}");
            assert!(article.steps.len() >= 2 && !article.limits.is_empty(), "{code}");
            assert!(!article.related.is_empty() && !article.related.contains(&code), "{code}");
        }
    }

    #[test]
    fn an_override_is_explained_exactly_where_there_can_be_one() {
        for &code in ErrorCode::ALL {
            let can_be = code.severity() == Severity::Overridable;
            assert_eq!(article(code).overriding.is_some(), can_be, "{code}");
            assert_eq!(
                article(code).override_answer().contains("cannot be overridden"),
                !can_be,
                "{code}"
            );
        }
    }
}
