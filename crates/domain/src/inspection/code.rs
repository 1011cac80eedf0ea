//! What a code of automated inspection is: what it says, and what follows from it. The codes themselves are the rows of
//! the [catalogue](super::catalogue).

use super::catalogue::ErrorCode;
use crate::key::keyed;

keyed! {
    /// What a finding means for the file it was made in. Declared worst first.
    pub enum Severity {
        /// The file cannot be used; only another file helps.
        Fatal = "fatal", "Cannot be overridden";
        /// Stops the file until somebody answers for it.
        Overridable = "overridable", "Can be overridden";
        /// Does not stop the file; whoever checks its quality looks there.
        Warning = "warning", "Does not stop the file";
        /// Worth knowing, and nothing is to be done.
        Note = "note", "For information";
    }
}

/// A row of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What is wrong, in words.
    pub title: &'static str,
    /// What follows from it.
    pub severity: Severity,
    /// What is looked at, with the unit where it is a number.
    pub measures: &'static str,
    /// What is allowed where no profile says otherwise.
    pub limit: &'static str,
    /// The version of the rules that has it first.
    pub since: u16,
}

/// Declares the catalogue once, worst first.
macro_rules! catalogue {
    ($($(#[$about:meta])* $variant:ident = $key:literal, $title:literal, $severity:ident, $measures:literal, $limit:literal, $since:literal;)+) => {
        keyed! {
            /// What is wrong with a file, as a code that never changes. Declared worst first.
            pub enum ErrorCode {
                $($(#[$about])* $variant = $key, $title;)+
            }
        }

        impl ErrorCode {
            /// Its row of the catalogue.
            pub const fn entry(self) -> Entry {
                match self {
                    $(Self::$variant => Entry {
                        title: $title,
                        severity: Severity::$severity,
                        measures: $measures,
                        limit: $limit,
                        since: $since,
                    },)+
                }
            }

            /// What follows from it. Facts about what a file *is* are fatal. What may be intended (a shorter cut, a
            /// longer tail, a silent container) can be answered for by the partner and is then reviewed by the
            /// platform. What is a matter of style stops nothing.
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$variant => Severity::$severity,)+
                }
            }
        }
    };
}

pub(super) use catalogue;

impl ErrorCode {
    /// What is wrong, in words.
    pub const fn title(self) -> &'static str {
        self.label()
    }

    /// The part before the dash: which inspector speaks.
    pub fn family(self) -> &'static str {
        self.key().split_once('-').map_or(self.key(), |(family, _)| family)
    }
}

impl Severity {
    /// Whether the file may not be used as long as this stands unanswered.
    pub const fn blocks(self) -> bool {
        match self {
            Self::Fatal | Self::Overridable => true,
            Self::Warning | Self::Note => false,
        }
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

    /// The keys as they were given out: none may ever be changed or taken away.
    const GIVEN_OUT: [&str; 14] = [
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
    ];

    #[test]
    fn codes_are_inspector_dash_problem_and_stay_as_they_are() {
        for key in GIVEN_OUT {
            assert_eq!(ErrorCode::from_key(key).map(ErrorCode::key), Some(key));
        }
        for &code in ErrorCode::ALL {
            assert_eq!(ErrorCode::from_key(code.key()), Some(code));
            assert_eq!(serde_json::to_string(&code).unwrap(), format!("\"{code}\""));
            let parts: Vec<_> = code.key().split('-').collect();
            let is_word = |it: &&str| !it.is_empty() && it.chars().all(char::is_alphanumeric);
            assert!(matches!(parts.len(), 2 | 3) && parts.iter().all(is_word), "{code}");
        }
        assert_eq!(ErrorCode::TimeBaseConflict.family(), "TimedText");
        assert_eq!(ErrorCode::from_key("FILE-Unknown"), None);
    }

    #[test]
    fn every_row_says_something_and_its_own() {
        for (place, &code) in ErrorCode::ALL.iter().enumerate() {
            let entry = code.entry();
            assert_eq!((entry.title, entry.severity), (code.title(), code.severity()));
            assert!(!entry.measures.is_empty() && !entry.limit.is_empty(), "{code}");
            assert!((1..=crate::inspection::RULES).contains(&entry.since), "{code}");
            let twice = ErrorCode::ALL[..place].iter().any(|it| it.title() == code.title());
            assert!(!twice, "{code} has the title of another");
        }
    }

    #[test]
    fn worst_comes_first_in_the_declaration() {
        assert!(ErrorCode::ALL.is_sorted_by_key(|it| it.severity()));
    }
}
