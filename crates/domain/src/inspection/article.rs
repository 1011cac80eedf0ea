//! The help article behind every code: what it means and what to do now.

mod analyzer;
mod audio;
mod file;
mod picture;
mod timed_text;
mod validator;
mod video;

use super::{ErrorCode, code::Severity};
use picture::{dark, form as picture_form, motion, stream};
use timed_text::{document, form, identity, place, style, time};

/// What a partner needs to know about one code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Article {
    /// The code it is about.
    pub code: ErrorCode,
    /// What has happened, in a paragraph.
    pub meaning: &'static str,
    /// Why it matters, in a short paragraph.
    pub why: &'static str,
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
        ErrorCode::VideoSpecMismatch => video::SPEC_MISMATCH,
        ErrorCode::VideoDecodeErrors => stream::VIDEO_DECODE_ERRORS,
        ErrorCode::AudioSpecMismatch => audio::SPEC_MISMATCH,
        ErrorCode::InconsistentChannelCount => audio::INCONSISTENT_CHANNEL_COUNT,
        ErrorCode::TimedTextNotWellFormed => document::NOT_WELL_FORMED,
        ErrorCode::TextEncoding => document::ENCODING,
        ErrorCode::TextNamespace => document::NAMESPACE,
        ErrorCode::TextNoCues => document::NO_CUES,
        ErrorCode::TextDurationNotPositive => time::DURATION_NOT_POSITIVE,
        ErrorCode::TimeBaseConflict => form::TIME_BASE_CONFLICT,
        ErrorCode::TextFrameRateConflict => form::FRAME_RATE_CONFLICT,
        ErrorCode::TextDropModeConflict => form::DROP_MODE_CONFLICT,
        ErrorCode::LanguageMismatch => form::LANGUAGE_MISMATCH,
        ErrorCode::TextLanguageMissing => form::LANGUAGE_MISSING,
        ErrorCode::TextLanguageMalformed => form::LANGUAGE_MALFORMED,
        ErrorCode::TextIdAttribute => identity::ID_ATTRIBUTE,
        ErrorCode::TextIdSyntax => identity::ID_SYNTAX,
        ErrorCode::TextIdDuplicate => identity::ID_DUPLICATE,
        ErrorCode::TextUnknownAttribute => identity::UNKNOWN_ATTRIBUTE,
        ErrorCode::TextOverlapping => place::OVERLAPPING,
        ErrorCode::TextOutOfBounds => time::OUT_OF_BOUNDS,
        ErrorCode::TextOverlappingRendered => place::OVERLAPPING_RENDERED,
        ErrorCode::NoStreamsFound => analyzer::NO_STREAMS_FOUND,
        ErrorCode::SourceDuration => validator::SOURCE_DURATION,
        ErrorCode::VideoAudioDuration => validator::VIDEO_AUDIO_DURATION,
        ErrorCode::HeadTailBlack => dark::HEAD_TAIL_BLACK,
        ErrorCode::CommercialBlacks => dark::COMMERCIAL_BLACKS,
        ErrorCode::FreezeDetected => dark::FREEZE_DETECTED,
        ErrorCode::LowVarianceFile => dark::LOW_VARIANCE_FILE,
        ErrorCode::InterlaceDetected => motion::INTERLACE_DETECTED,
        ErrorCode::TelecineDetected => motion::TELECINE_DETECTED,
        ErrorCode::CadenceBreak => motion::CADENCE_BREAK,
        ErrorCode::IncorrectGopStructure => stream::INCORRECT_GOP_STRUCTURE,
        ErrorCode::KeyFrameGopTooLong => stream::KEY_FRAME_GOP_TOO_LONG,
        ErrorCode::AspectRatio => picture_form::ASPECT_RATIO,
        ErrorCode::ChromaOrDepth => picture_form::CHROMA_OR_DEPTH,
        ErrorCode::TextLanguageSuspect => form::LANGUAGE_SUSPECT,
        ErrorCode::LevelsOutOfRange => picture_form::LEVELS_OUT_OF_RANGE,
        ErrorCode::ColorMismatch => picture_form::COLOR_MISMATCH,
        ErrorCode::VideoBitRate => picture_form::BIT_RATE,
        ErrorCode::CaptionsPresent => picture_form::CAPTIONS_PRESENT,
        ErrorCode::StartTimecode => picture_form::START_TIMECODE,
        ErrorCode::TextTooShort => time::TOO_SHORT,
        ErrorCode::TextTooLong => time::TOO_LONG,
        ErrorCode::TextGap => time::GAP,
        ErrorCode::TextTooManyLines => style::TOO_MANY_LINES,
        ErrorCode::TextLineTooLong => style::LINE_TOO_LONG,
        ErrorCode::TextReadingSpeed => style::READING_SPEED,
        ErrorCode::TextUnknownGlyph => style::UNKNOWN_GLYPH,
        ErrorCode::TextEmptyCue => style::EMPTY_CUE,
        ErrorCode::TextDialogueDash => style::DIALOGUE_DASH,
        ErrorCode::TextItalics => style::ITALICS,
        ErrorCode::ActivePicture => picture_form::ACTIVE_PICTURE,
        ErrorCode::TextOrder => time::ORDER,
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
            (Severity::Warning, _) => {
                "This stops nothing, so there is nothing to override: the file goes on as it is, and whoever checks \
                 its quality looks at the places that are named."
            }
            (Severity::Note, _) => {
                "This stops nothing and asks for nothing: it is only said so that nobody wonders about it later."
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
            assert!(article.why.len() > 80 && article.why != article.meaning, "{code}");
            assert!(article.steps.len() >= 2 && !article.limits.is_empty(), "{code}");
            assert!(!article.related.is_empty() && !article.related.contains(&code), "{code}");
        }
    }

    #[test]
    fn an_override_is_explained_exactly_where_there_can_be_one() {
        for &code in ErrorCode::ALL {
            let can_be = code.severity() == Severity::Overridable;
            assert_eq!(article(code).overriding.is_some(), can_be, "{code}");
            let answer = article(code).override_answer();
            let fatal = code.severity() == Severity::Fatal;
            assert_eq!(answer.contains("cannot be overridden"), fatal, "{code}");
            let harmless = !code.severity().blocks();
            assert_eq!(answer.starts_with("This stops nothing"), harmless, "{code}");
        }
    }
}
