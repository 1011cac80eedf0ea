//! The codes of automated inspection: stable names that people quote in mails.

use crate::key::keyed;

keyed! {
    /// What is wrong with a file, as a code that never changes. Declared worst first.
    pub enum ErrorCode {
        /// Zero bytes.
        FileEmpty = "FILE-Empty", "The file is empty";
        /// The stored bytes are not the bytes that were sent.
        FileCorrupt = "FILE-Corrupt", "The file was damaged on its way";
        /// Nothing that the portal knows how to read.
        FileUnreadable = "FILE-Unreadable", "The file cannot be read";
        /// Reading it needs more time, memory or output than one file may use.
        FileTooCostly = "FILE-TooCostly", "The file takes too much to read";
        /// Another kind of file than the request asks for.
        IncorrectAssetType = "ANALYZER-IncorrectAssetType", "This is the wrong kind of file";
        /// A picture that does not meet the delivery specification.
        VideoSpecMismatch = "VIDEO-SpecMismatch", "The picture does not meet the specification";
        /// Sound that does not meet the delivery specification.
        AudioSpecMismatch = "AUDIO-SpecMismatch", "The sound does not meet the specification";
        /// The chosen channel layout has another number of channels than the file.
        InconsistentChannelCount = "ChannelMapping-InconsistentChannelCount", "The channel layout does not fit the file";
        /// The document breaks the rules of its own format.
        TimedTextNotWellFormed = "TimedText-NotWellFormed", "The timed text breaks the rules of its format";
        /// The chosen timing reference is not the one of the file.
        TimeBaseConflict = "TimedText-TimeBaseConflict", "The timing reference is not that of the file";
        /// The file declares another language than the request.
        LanguageMismatch = "TimedText-LanguageMismatch", "The file is in another language";
        /// A container with neither picture nor sound.
        NoStreamsFound = "ANALYZER-NoStreamsFound", "There is neither picture nor sound in the file";
        /// Another length than the source that this file replaces.
        SourceDuration = "VALIDATOR-SourceDuration", "The length differs from the previous source";
        /// Picture and sound end at different times.
        VideoAudioDuration = "VALIDATOR-VideoAudioDuration", "Picture and sound differ in length";
    }
}

keyed! {
    /// What a finding means for the file it was made in.
    pub enum Severity {
        /// The file cannot be used; only another file helps.
        Fatal = "fatal", "Cannot be overridden";
        /// Stops the file until somebody answers for it.
        Overridable = "overridable", "Can be overridden";
    }
}

impl ErrorCode {
    /// Facts about what a file *is* are fatal. What may be intended (a shorter cut, a longer tail, a silent
    /// container) can be answered for by the partner and is then reviewed by the platform.
    pub const fn severity(self) -> Severity {
        match self {
            Self::FileEmpty
            | Self::FileCorrupt
            | Self::FileUnreadable
            | Self::FileTooCostly
            | Self::IncorrectAssetType
            | Self::VideoSpecMismatch
            | Self::AudioSpecMismatch
            | Self::InconsistentChannelCount
            | Self::TimedTextNotWellFormed
            | Self::TimeBaseConflict
            | Self::LanguageMismatch => Severity::Fatal,
            Self::NoStreamsFound | Self::SourceDuration | Self::VideoAudioDuration => {
                Severity::Overridable
            }
        }
    }

    /// What is wrong, in words.
    pub const fn title(self) -> &'static str {
        self.label()
    }

    /// The part before the dash: which inspector speaks.
    pub fn family(self) -> &'static str {
        self.key().split_once('-').map_or(self.key(), |(family, _)| family)
    }
}

impl std::fmt::Display for ErrorCode {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Keyed;

    #[test]
    fn codes_are_inspector_dash_problem_and_stay_as_they_are() {
        let all: Vec<_> = ErrorCode::ALL.iter().map(|it| it.key()).collect();
        assert_eq!(
            all,
            [
                "FILE-Empty",
                "FILE-Corrupt",
                "FILE-Unreadable",
                "FILE-TooCostly",
                "ANALYZER-IncorrectAssetType",
                "VIDEO-SpecMismatch",
                "AUDIO-SpecMismatch",
                "ChannelMapping-InconsistentChannelCount",
                "TimedText-NotWellFormed",
                "TimedText-TimeBaseConflict",
                "TimedText-LanguageMismatch",
                "ANALYZER-NoStreamsFound",
                "VALIDATOR-SourceDuration",
                "VALIDATOR-VideoAudioDuration",
            ]
        );
        for &code in ErrorCode::ALL {
            assert_eq!(ErrorCode::from_key(code.key()), Some(code));
            assert_eq!(serde_json::to_string(&code).unwrap(), format!("\"{code}\""));
            assert!(
                code.key().split('-').all(|part| part.chars().all(char::is_alphanumeric)),
                "{code}"
            );
        }
        assert_eq!(ErrorCode::TimeBaseConflict.family(), "TimedText");
        assert_eq!(ErrorCode::from_key("FILE-Unknown"), None);
    }

    #[test]
    fn worst_comes_first_in_the_declaration() {
        assert!(ErrorCode::ALL.is_sorted_by_key(|it| it.severity()));
    }
}
