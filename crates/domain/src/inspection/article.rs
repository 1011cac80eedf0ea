//! The help article behind every code: what it means and what to do now.

mod analyzer;
mod audio;
mod file;
mod image;
mod imf;
mod picture;
mod script;
mod sound;
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
        ErrorCode::FileTruncated => file::TRUNCATED,
        ErrorCode::FileUnsafe => file::UNSAFE,
        ErrorCode::FileUnreadable => file::UNREADABLE,
        ErrorCode::FileTooCostly => file::TOO_COSTLY,
        ErrorCode::IncorrectAssetType => analyzer::INCORRECT_ASSET_TYPE,
        ErrorCode::ImageUnreadable => image::UNREADABLE,
        ErrorCode::ImageFormat => image::FORMAT,
        ErrorCode::ImagePixelBomb => image::PIXEL_BOMB,
        ErrorCode::ImageColorModel => image::COLOR_MODEL,
        ErrorCode::DocumentUnreadable => script::UNREADABLE,
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
        ErrorCode::ImfAssetMapInvalid => imf::lists::ASSET_MAP_INVALID,
        ErrorCode::ImfPackingListInvalid => imf::lists::PACKING_LIST_INVALID,
        ErrorCode::ImfCompositionInvalid => imf::lists::COMPOSITION_INVALID,
        ErrorCode::ImfCompositionMissing => imf::lists::COMPOSITION_MISSING,
        ErrorCode::ImfPathUnsafe => imf::files::PATH_UNSAFE,
        ErrorCode::ImfPathDuplicate => imf::files::PATH_DUPLICATE,
        ErrorCode::ImfAssetMissing => imf::files::ASSET_MISSING,
        ErrorCode::ImfIdMismatch => imf::files::ID_MISMATCH,
        ErrorCode::ImfSizeMismatch => imf::files::SIZE_MISMATCH,
        ErrorCode::ImfDigestMismatch => imf::files::DIGEST_MISMATCH,
        ErrorCode::ImfPictureMissing => imf::composition::PICTURE_MISSING,
        ErrorCode::ImfEditRate => imf::composition::EDIT_RATE,
        ErrorCode::ImfEntryPoint => imf::time::ENTRY_POINT,
        ErrorCode::ImfDuration => imf::time::DURATION,
        ErrorCode::ImfMixedEssence => imf::essence::MIXED_ESSENCE,
        ErrorCode::ImfFrameCount => imf::time::FRAME_COUNT,
        ErrorCode::ImfLanguageMismatch => imf::composition::LANGUAGE_MISMATCH,
        ErrorCode::ImfEssenceMismatch => imf::essence::ESSENCE_MISMATCH,
        ErrorCode::TextOverlappingRendered => place::OVERLAPPING_RENDERED,
        ErrorCode::ImageDimensions => image::DIMENSIONS,
        ErrorCode::DubCardConformance => image::CONFORMANCE,
        ErrorCode::DocumentEncrypted => script::ENCRYPTED,
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
        ErrorCode::ExtensionMismatch => file::EXTENSION_MISMATCH,
        ErrorCode::FileDuplicate => file::DUPLICATE,
        ErrorCode::ImageAlpha => image::ALPHA,
        ErrorCode::ImfSoundMissing => imf::composition::SOUND_MISSING,
        ErrorCode::ImfTrackFileUnknown => imf::composition::TRACK_FILE_UNKNOWN,
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
        ErrorCode::ImfDigestMissing => imf::files::DIGEST_MISSING,
        ErrorCode::ActivePicture => picture_form::ACTIVE_PICTURE,
        ErrorCode::TextOrder => time::ORDER,
        ErrorCode::AudioAllSilent => sound::silence::ALL,
        ErrorCode::AudioUnexpectedSilence => sound::silence::UNEXPECTED,
        ErrorCode::AudioChannelSilent => sound::channel::SILENT,
        ErrorCode::AudioDeadChannel => sound::channel::DEAD,
        ErrorCode::AudioDuplicateChannel => sound::alike::DUPLICATE,
        ErrorCode::AudioPhaseInverted => sound::alike::INVERTED,
        ErrorCode::AudioClipping => sound::level::CLIPPING,
        ErrorCode::AudioTruePeak => sound::level::TRUE_PEAK,
        ErrorCode::AudioLoudness => sound::level::LOUDNESS,
        ErrorCode::AudioDurationMismatch => sound::place::DURATION,
        ErrorCode::AudioOutOfSync => sound::place::OUT_OF_SYNC,
        ErrorCode::AudioDualMono => sound::alike::DUAL_MONO,
        ErrorCode::AudioChannelOrder => sound::channel::ORDER,
        ErrorCode::AudioDcOffset => sound::channel::OFFSET,
        ErrorCode::AudioLoudnessRange => sound::level::RANGE,
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
