//! One thing that is wrong with one file, with its numbers.

use serde::{Deserialize, Serialize};

use super::{Level, Runtime, catalogue::ErrorCode, code::Severity};
use crate::{
    key::keyed,
    quantity::{count, counted},
};

/// A difference between a file and what was expected of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What is wrong, as a code.
    pub code: ErrorCode,
    /// What is wrong with this very file, in a sentence.
    pub message: String,
    /// What the file has, as people read it.
    pub measured: Option<String>,
    /// What was allowed, as people read it.
    pub limit: Option<String>,
    /// Where in the file: a track, a line.
    pub place: Option<String>,
    /// Where else the same was found; the first places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<String>,
    /// The same two numbers to scale, where there are numbers.
    pub gauge: Option<Gauge>,
    /// Whether the partner may answer for it instead of delivering another file.
    pub overridable: bool,
    /// What follows from it in this file, where that is less than its code says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eased: Option<Severity>,
}

/// A measured number beside the number it must keep to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gauge {
    /// What was measured.
    pub value: i64,
    /// What was allowed.
    pub limit: i64,
    /// What both are counted in.
    pub unit: Unit,
    /// On which side of the limit the file has to be.
    pub direction: Direction,
}

keyed! {
    /// What a gauge counts.
    pub enum Unit {
        Milliseconds = "milliseconds", "ms";
        Hertz = "hertz", "Hz";
        Bits = "bits", "bits";
        Channels = "channels", "channels";
        Pixels = "pixels", "pixels";
        Frames = "frames", "frames";
        Lines = "lines", "lines";
        Characters = "characters", "characters";
        CharactersPerSecond = "characters_per_second", "characters per second";
        /// Hundredths of a decibel.
        Decibels = "centidecibels", "hundredths of a decibel";
        /// Hundredths of a loudness unit.
        Loudness = "centi_loudness_units", "hundredths of a loudness unit";
        Bytes = "bytes", "bytes";
    }
}

keyed! {
    /// On which side of its limit a measured number has to be.
    pub enum Direction {
        AtMost = "at_most", "at most";
        AtLeast = "at_least", "at least";
        Exactly = "exactly", "exactly";
    }
}

impl Finding {
    /// A finding without numbers; whether it can be overridden follows from its code.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            measured: None,
            limit: None,
            place: None,
            elsewhere: Vec::new(),
            gauge: None,
            overridable: code.severity() == Severity::Overridable,
            eased: None,
        }
    }

    /// A warning at most, for files in which it may well be meant. What follows from the code is not made worse.
    pub fn eased(self) -> Self {
        match self.severity() {
            Severity::Fatal | Severity::Overridable => {
                Self { overridable: false, eased: Some(Severity::Warning), ..self }
            }
            Severity::Warning | Severity::Note => self,
        }
    }

    /// What follows from it.
    pub const fn severity(&self) -> Severity {
        match self.eased {
            Some(eased) => eased,
            None => self.code.severity(),
        }
    }

    /// What was found in the file and what was allowed.
    pub fn against(self, measured: impl Into<String>, limit: impl Into<String>) -> Self {
        Self { measured: Some(measured.into()), limit: Some(limit.into()), ..self }
    }

    /// Where in the file.
    pub fn at(self, place: impl Into<String>) -> Self {
        Self { place: Some(place.into()), ..self }
    }

    /// Where else the same was found.
    pub fn also_at(self, elsewhere: Vec<String>) -> Self {
        Self { elsewhere, ..self }
    }

    /// The two numbers to scale.
    pub fn gauged(self, value: i64, direction: Direction, limit: i64, unit: Unit) -> Self {
        Self { gauge: Some(Gauge { value, limit, unit, direction }), ..self }
    }

    /// Zero bytes arrived.
    pub fn empty() -> Self {
        Self::new(ErrorCode::FileEmpty, "The file has no content.")
            .against("0 bytes", "more than 0 bytes")
    }

    /// The portal could not make sense of the file, for the reason `why`.
    pub fn unreadable(why: &str) -> Self {
        Self::new(ErrorCode::FileUnreadable, format!("The file could not be read: {why}"))
    }

    /// The stored bytes have another digest than the ones that were sent.
    pub fn corrupt(sent: &str, stored: &str) -> Self {
        Self::new(ErrorCode::FileCorrupt, "The file that arrived is not the file that was sent.")
            .against(stored, sent)
    }

    /// Reading the file used up `what` (for example "time"), of which `limit` was allowed.
    pub fn too_costly(what: &str, limit: &str) -> Self {
        Self::new(
            ErrorCode::FileTooCostly,
            format!("Reading the file used up the {what} that one file may use."),
        )
        .against(format!("more than {limit}"), limit)
    }

    /// The codes that keep a file out, each once, in the order of the findings.
    pub fn blocking(findings: &[Self]) -> Vec<ErrorCode> {
        let mut codes: Vec<_> =
            findings.iter().filter(|it| it.blocks()).map(|it| it.code).collect();
        codes.dedup();
        codes
    }

    /// Whether the file may not be used as long as this stands unanswered.
    pub const fn blocks(&self) -> bool {
        self.severity().blocks()
    }
}

impl Gauge {
    /// How far the file is from where it has to be: `0.4 s over the limit`, `4 channels too few`.
    pub fn distance(self) -> String {
        let apart = self.value.abs_diff(self.limit);
        let (over, amount) = (self.value > self.limit, self.unit.amount(apart));
        match (self.direction, over) {
            (Direction::AtMost | Direction::AtLeast, true) => format!("{amount} over the limit"),
            (Direction::AtMost | Direction::AtLeast, false) => format!("{amount} under the limit"),
            (Direction::Exactly, true) => format!("{amount} too many"),
            (Direction::Exactly, false) => format!("{amount} too few"),
        }
    }
}

impl Unit {
    /// So many of this unit, as people read it.
    pub fn amount(self, number: u64) -> String {
        match self {
            Self::Milliseconds => {
                Runtime::from_millis(i64::try_from(number).unwrap_or(i64::MAX)).in_seconds()
            }
            Self::Hertz => format!("{} Hz", count(number)),
            Self::Bits => counted(number, "bit", "bits"),
            Self::Channels => counted(number, "channel", "channels"),
            Self::Pixels => counted(number, "pixel", "pixels"),
            Self::Frames => counted(number, "frame", "frames"),
            Self::Lines => counted(number, "line", "lines"),
            Self::Characters => counted(number, "character", "characters"),
            Self::Bytes => counted(number, "byte", "bytes"),
            Self::CharactersPerSecond => {
                counted(number, "character per second", "characters per second")
            }
            Self::Decibels => hundredths(number).counted_in("dB"),
            Self::Loudness => hundredths(number).counted_in("LU"),
        }
    }
}

fn hundredths(number: u64) -> Level {
    Level::from_decibels(number as f64 / 100.0).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_to_the_limit_is_said_in_words() {
        for (value, direction, limit, unit, words) in [
            (1400, Direction::AtMost, 1000, Unit::Milliseconds, "0.4 s over the limit"),
            (16, Direction::AtLeast, 24, Unit::Bits, "8 bits under the limit"),
            (2, Direction::Exactly, 6, Unit::Channels, "4 channels too few"),
            (7, Direction::Exactly, 6, Unit::Channels, "1 channel too many"),
            (44_100, Direction::Exactly, 48_000, Unit::Hertz, "3,900 Hz too few"),
            (-20, Direction::AtMost, -200, Unit::Decibels, "1.8 dB over the limit"),
            (-3120, Direction::AtLeast, -2700, Unit::Loudness, "4.2 LU under the limit"),
        ] {
            assert_eq!(Gauge { value, limit, unit, direction }.distance(), words);
        }
    }

    #[test]
    fn what_is_eased_warns_and_cannot_be_overridden() {
        for &code in ErrorCode::ALL {
            let (plain, eased) = (Finding::new(code, ""), Finding::new(code, "").eased());
            assert!(!eased.blocks() && !eased.overridable, "{code}");
            assert!(
                eased.severity() >= plain.severity() && !plain.blocks() || eased.eased.is_some()
            );
            let json = serde_json::to_string(&eased).unwrap();
            assert_eq!(serde_json::from_str::<Finding>(&json).unwrap(), eased);
        }
    }

    #[test]
    fn a_finding_is_stored_and_read_back() {
        let finding =
            Finding::corrupt("aa", "bb").at("Part 2").gauged(1, Direction::AtMost, 0, Unit::Bits);
        let json = serde_json::to_string(&finding).unwrap();
        assert!(json.contains("\"code\":\"FILE-Corrupt\""), "{json}");
        assert_eq!(serde_json::from_str::<Finding>(&json).unwrap(), finding);
    }
}
