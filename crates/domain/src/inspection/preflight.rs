//! Preflight: what can be told of a file before it is sent, by its header or, where it is text, by all of it; and what
//! is left to the server.

use serde::{Deserialize, Serialize};

use super::{Delivered, ErrorCode, Expectation, Finding, Measurement, Severity, judge_delivery};
use crate::{delivery::FileName, key::keyed, people::TimecodeStyle};

/// So many facts of a file are shown in its line.
const FACTS: usize = 10;

/// Rows of the technical metadata that say what a file is, by the end of their keys.
const TELLING: [&str; 18] = [
    "container",
    "codec",
    "_size",
    "frame_rate",
    "duration",
    "sample_rate",
    "bit_depth",
    "channels",
    "language",
    "languages",
    "format",
    "time_base",
    "cue_count",
    "document",
    "pages",
    "pictures",
    "imf",
    "essence",
];

/// Those of them that mean nothing without their name.
const COUNTS: [&str; 3] = ["cue_count", "pages", "pictures"];

/// Who finds what a code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Teller {
    /// The browser before the file is sent, as far as it can read it; and the server in any case.
    Preflight,
    /// The server alone, as it takes more than a header and more than this file.
    Server(Later),
}

keyed! {
    /// What only the server looks at.
    pub enum Later {
        Arrival = "arrival", "whether every byte arrives";
        Repetition = "repetition", "whether the same file was delivered before";
        Decoding = "decoding", "whether all of it can be decoded";
        Stillness = "stillness", "black, still and repeated pictures";
        Fields = "fields", "interlacing and telecine";
        Coding = "coding", "groups of pictures";
        Look = "look", "color, levels, black bars and captions inside the picture";
        Hearing = "hearing", "silence, levels, loudness and the order of channels";
        Sync = "sync", "whether the sound is in step with the primary";
        Digests = "digests", "the digests of the packing list";
    }
}

impl ErrorCode {
    /// Who finds it: the one table of what preflight may say.
    pub const fn teller(self) -> Teller {
        match self {
            Self::FileEmpty
            | Self::FileTruncated
            | Self::FileUnsafe
            | Self::FileUnreadable
            | Self::FileTooCostly
            | Self::IncorrectAssetType
            | Self::NoStreamsFound
            | Self::ExtensionMismatch
            | Self::ImageUnreadable
            | Self::ImageFormat
            | Self::ImagePixelBomb
            | Self::ImageColorModel
            | Self::ImageDimensions
            | Self::ImageAlpha
            | Self::DubCardConformance
            | Self::DocumentUnreadable
            | Self::DocumentEncrypted
            | Self::VideoSpecMismatch
            | Self::AspectRatio
            | Self::ChromaOrDepth
            | Self::VideoBitRate
            | Self::StartTimecode
            | Self::AudioSpecMismatch
            | Self::InconsistentChannelCount
            | Self::AudioDurationMismatch
            | Self::SourceDuration
            | Self::VideoAudioDuration
            | Self::TimedTextNotWellFormed
            | Self::TextEncoding
            | Self::TextNamespace
            | Self::TextNoCues
            | Self::TextDurationNotPositive
            | Self::TimeBaseConflict
            | Self::TextFrameRateConflict
            | Self::TextDropModeConflict
            | Self::LanguageMismatch
            | Self::TextLanguageMissing
            | Self::TextLanguageMalformed
            | Self::TextLanguageSuspect
            | Self::TextIdAttribute
            | Self::TextIdSyntax
            | Self::TextIdDuplicate
            | Self::TextUnknownAttribute
            | Self::TextOverlapping
            | Self::TextOverlappingRendered
            | Self::TextOutOfBounds
            | Self::TextTooShort
            | Self::TextTooLong
            | Self::TextGap
            | Self::TextTooManyLines
            | Self::TextLineTooLong
            | Self::TextReadingSpeed
            | Self::TextUnknownGlyph
            | Self::TextEmptyCue
            | Self::TextDialogueDash
            | Self::TextItalics
            | Self::TextOrder
            | Self::ImfAssetMapInvalid
            | Self::ImfPackingListInvalid
            | Self::ImfCompositionInvalid
            | Self::ImfCompositionMissing
            | Self::ImfPathUnsafe
            | Self::ImfPathDuplicate
            | Self::ImfAssetMissing
            | Self::ImfIdMismatch
            | Self::ImfSizeMismatch
            | Self::ImfDigestMissing
            | Self::ImfPictureMissing
            | Self::ImfSoundMissing
            | Self::ImfEditRate
            | Self::ImfEntryPoint
            | Self::ImfDuration
            | Self::ImfMixedEssence
            | Self::ImfFrameCount
            | Self::ImfLanguageMismatch
            | Self::ImfEssenceMismatch
            | Self::ImfTrackFileUnknown => Teller::Preflight,
            Self::FileCorrupt => Teller::Server(Later::Arrival),
            Self::FileDuplicate => Teller::Server(Later::Repetition),
            Self::VideoDecodeErrors => Teller::Server(Later::Decoding),
            Self::HeadTailBlack
            | Self::CommercialBlacks
            | Self::FreezeDetected
            | Self::LowVarianceFile
            | Self::CadenceBreak => Teller::Server(Later::Stillness),
            Self::InterlaceDetected | Self::TelecineDetected => Teller::Server(Later::Fields),
            Self::IncorrectGopStructure | Self::KeyFrameGopTooLong => Teller::Server(Later::Coding),
            // Some containers leave their colors to the stream, where a header does not say them.
            Self::ColorMismatch
            | Self::LevelsOutOfRange
            | Self::CaptionsPresent
            | Self::ActivePicture => Teller::Server(Later::Look),
            Self::AudioAllSilent
            | Self::AudioUnexpectedSilence
            | Self::AudioChannelSilent
            | Self::AudioDeadChannel
            | Self::AudioDuplicateChannel
            | Self::AudioPhaseInverted
            | Self::AudioClipping
            | Self::AudioTruePeak
            | Self::AudioLoudness
            | Self::AudioDualMono
            | Self::AudioChannelOrder
            | Self::AudioDcOffset
            | Self::AudioLoudnessRange => Teller::Server(Later::Hearing),
            Self::AudioOutOfSync => Teller::Server(Later::Sync),
            Self::ImfDigestMismatch => Teller::Server(Later::Digests),
        }
    }
}

impl Later {
    /// Whether it is looked at in files of which this is expected.
    fn is_due(self, wanted: &Expectation) -> bool {
        let limits = wanted.picture.map(|it| it.limits);
        match self {
            Self::Arrival | Self::Repetition => true,
            Self::Decoding => limits.is_some() || wanted.sound.is_some() || wanted.image.is_some(),
            Self::Stillness => limits.is_some_and(|it| it.freeze.is_some() || it.ends.is_some()),
            Self::Fields => limits.is_some_and(|it| it.repeats.is_some()),
            Self::Coding => limits.is_some_and(|it| it.group.is_some()),
            Self::Look => limits.is_some_and(|it| it.levels.is_some()),
            Self::Hearing => wanted.sound.is_some(),
            Self::Sync => wanted.sound.is_some_and(|it| it.mix.sync.is_some()),
            Self::Digests => wanted.family == crate::request::Family::Package,
        }
    }
}

/// What preflight could see of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Enough to hold it against the rules.
    Clear(Measurement),
    /// That there is nothing to be read in it.
    Hopeless(Finding),
    /// At most what it is; what is missing means nothing.
    Dim(Measurement),
}

/// What preflight tells of the files that were chosen for a delivery.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forecast {
    /// Whether any of the files could be looked into: of the others nothing is said, good or bad.
    pub is_seen: bool,
    /// For each file, in their order, what it is in short; empty where nothing could be read.
    pub facts: Vec<String>,
    /// What the server would find, worst first.
    pub findings: Vec<Foreseen>,
    /// What only the server can tell, in words that fit behind "The server will still look at".
    pub later: Vec<String>,
}

/// A finding with all the words that a page shows of it, so that the page need not know the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foreseen {
    /// The code, which leads to the help article.
    pub code: ErrorCode,
    /// What is wrong, in words.
    pub title: String,
    /// What is wrong with this very file.
    pub message: String,
    /// What was measured, what is allowed, and where, as far as there is such a thing.
    pub numbers: Vec<(String, String)>,
    /// What would follow from it.
    pub severity: Severity,
}

impl From<Finding> for Foreseen {
    fn from(finding: Finding) -> Self {
        let severity = finding.severity();
        let Finding { code, message, measured, limit, place, elsewhere, .. } = finding;
        let others = crate::quantity::count(elsewhere.len() as u64);
        let place = place.map(|it| match elsewhere.is_empty() {
            true => it,
            false => format!("{it}, and {others} more"),
        });
        let numbers = [("Measured", measured), ("Allowed", limit), ("Where", place)];
        Self {
            code,
            title: code.title().to_owned(),
            message,
            numbers: numbers
                .into_iter()
                .filter_map(|(it, value)| Some((it.to_owned(), value?)))
                .collect(),
            severity,
        }
    }
}

/// What would be found in the files, as far as it can be told now.
pub fn foreseen(files: &[(FileName, u64, Sight)], wanted: &Expectation) -> Vec<Finding> {
    let delivered: Vec<_> = files
        .iter()
        .map(|(name, size, sight)| Delivered {
            name,
            size: *size,
            digests: Vec::new(),
            besides: Vec::new(),
            outcome: match sight {
                Sight::Clear(measurement) => Some(Ok(measurement)),
                Sight::Hopeless(finding) => Some(Err(finding)),
                Sight::Dim(_) => None,
            },
        })
        .collect();
    let mut findings = judge_delivery(&delivered, wanted);
    // As long as the form is open, nothing contradicts it.
    let open = |it: &Finding| it.code == ErrorCode::TimeBaseConflict && wanted.time_base.is_none();
    findings.retain(|it| it.code.teller() == Teller::Preflight && !open(it));
    findings
}

/// All that preflight tells of the files.
pub fn forecast(files: &[(FileName, u64, Sight)], wanted: &Expectation) -> Forecast {
    let facts = files.iter().map(|(_, _, sight)| match sight {
        Sight::Clear(measurement) | Sight::Dim(measurement) => measurement.in_short(),
        Sight::Hopeless(_) => String::new(),
    });
    let dim = files.iter().filter(|it| matches!(it.2, Sight::Dim(_)));
    let inside = dim.map(|(name, ..)| format!("what is inside {name}, which cannot be read here"));
    let later = Later::ALL.iter().filter(|it| it.is_due(wanted)).map(|it| it.label().to_owned());
    Forecast {
        is_seen: files.iter().any(|it| !matches!(it.2, Sight::Dim(_))),
        facts: facts.collect(),
        findings: foreseen(files, wanted).into_iter().map(Foreseen::from).collect(),
        later: inside.chain(later).collect(),
    }
}

impl Measurement {
    /// What the file is, in one line: `QuickTime / MOV · Apple ProRes, HQ · 1,920 × 1,080 · 25 fps`.
    pub fn in_short(&self) -> String {
        let mut values: Vec<String> = Vec::new();
        for row in self.technical(TimecodeStyle::Timecode) {
            let telling = TELLING.iter().any(|it| row.key.ends_with(it));
            let value = match COUNTS.iter().any(|it| row.key.ends_with(it)) {
                true => format!("{}: {}", row.label, row.value),
                false => row.value,
            };
            if telling && !values.contains(&value) && values.len() < FACTS {
                values.push(value);
            }
        }
        values.join(" · ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspection::judge::sample;

    fn named(name: &str) -> FileName {
        FileName::new(name).unwrap()
    }

    #[test]
    fn every_code_is_told_by_one_of_the_two_and_nothing_is_left_for_later_without_a_code() {
        let (mut early, mut late) = (0, Vec::new());
        for code in ErrorCode::ALL {
            match code.teller() {
                Teller::Preflight => early += 1,
                Teller::Server(later) => late.push(later),
            }
        }
        assert_eq!(early + late.len(), ErrorCode::ALL.len());
        for later in Later::ALL {
            assert!(late.contains(later), "{later:?} is promised, and no code is for it");
        }
    }

    #[test]
    fn what_only_the_server_can_tell_is_not_said() {
        let mut file = sample::master();
        file.video[0].color.primaries = None;
        file.video[0].start_timecode = None;
        file.container.as_mut().unwrap().start_timecode = None;
        let files = [(named("a.mov"), 7, Sight::Clear(file))];
        let codes: Vec<_> =
            foreseen(&files, &Expectation::for_video()).iter().map(|it| it.code).collect();
        assert_eq!(codes, [ErrorCode::StartTimecode]);
    }

    #[test]
    fn a_form_that_is_still_open_is_not_contradicted() {
        let mut text = sample::subtitle();
        text.timed_text.as_mut().unwrap().declared_time_base =
            Some(crate::inspection::TimeBase::Media);
        let files = [(named("a.ttml"), 7, Sight::Clear(text))];
        let wanted = Expectation::of(crate::request::SourceType::Subtitle);
        let conflicts = |wanted: &Expectation| {
            foreseen(&files, wanted)
                .iter()
                .filter(|it| it.code == ErrorCode::TimeBaseConflict)
                .count()
        };
        assert_eq!(conflicts(&wanted), 0);
        assert_eq!(conflicts(&wanted.entered("time_base", "smpte")), 1);
    }

    #[test]
    fn what_could_not_be_read_is_left_to_the_server() {
        let files = [
            (named("a.ts"), 7, Sight::Dim(Measurement::default())),
            (named("b.avi"), 7, Sight::Hopeless(Finding::unreadable("it is an AVI file."))),
        ];
        let told = forecast(&files, &Expectation::for_video());
        assert_eq!(told.facts, ["", ""]);
        assert!(told.later[0].contains("a.ts") && told.later.len() > 5, "{:?}", told.later);
        let [only] = told.findings.as_slice() else { panic!("{told:?}") };
        assert_eq!((only.code, only.severity), (ErrorCode::FileUnreadable, Severity::Fatal));
        assert_eq!(only.numbers, [("Where".to_owned(), "b.avi".to_owned())]);
        let document = forecast(&[], &Expectation::for_document()).later;
        assert_eq!(document, [Later::Arrival.label(), Later::Repetition.label()]);
    }

    #[test]
    fn a_file_is_told_in_one_line() {
        for (file, parts) in [
            (sample::master(), ["Apple ProRes, HQ", "1,920 × 1,080", "48 kHz"]),
            (sample::stem(6), ["48 kHz", "24-bit", "6 channels, 5.1(side)"]),
            (sample::subtitle(), ["TTML", "MEDIA", "Cues: 12"]),
        ] {
            let line = file.in_short();
            for part in parts {
                assert_eq!(line.split(" · ").filter(|it| *it == part).count(), 1, "{line}");
            }
        }
    }
}
