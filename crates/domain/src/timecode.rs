//! The address of a frame: counted in whole frames, so that nothing is ever rounded away.

mod fraction;
mod parse;
mod rate;

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use fraction::Fraction;
pub use rate::{Counting, FrameRate};

/// A frame of a program: its number since midnight, with the rate and the way of counting that label it.
///
/// Always within one day: an address past the last frame of the day starts again at 00:00:00:00, as on a tape machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct Timecode {
    frames: i64,
    rate: FrameRate,
    counting: Counting,
}

/// Why a text or a number is not the address of a frame, in words for the person who typed it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TimecodeError {
    /// Nothing was typed.
    #[error("Type a timecode, for example 01:00:10:05.")]
    Empty,
    /// The text has another shape than a timecode.
    #[error("“{0}” is not a timecode. Write it like 01:00:10:05, 01:00:10;05 or 01:00:10.200.")]
    Malformed(String),
    /// One of the four numbers is larger than it can be at this rate.
    #[error("{part} go from 0 to {last}, not to {value}.")]
    OutOfRange {
        /// Which number: Hours, Minutes, Seconds or Frames.
        part: &'static str,
        /// What was typed.
        value: u32,
        /// The largest that exists.
        last: u32,
    },
    /// Drop-frame counting leaves this label out.
    #[error(
        "{label} does not exist in drop-frame counting. The nearest frames are {before} and {after}."
    )]
    DroppedLabel {
        /// The label that was typed.
        label: String,
        /// The label of the frame before the gap.
        before: String,
        /// The label of the frame after the gap.
        after: String,
    },
    /// Drop-frame counting was asked for at a rate that has none.
    #[error("Drop-frame counting exists at 29.97 and 59.94 only, not at {}.", .0.label())]
    NeverDrops(FrameRate),
    /// A semicolon was typed where frames are counted without drop.
    #[error(
        "A semicolon means drop-frame, but this file is counted non-drop. Write it with colons."
    )]
    CountedNonDrop,
    /// Two addresses of different rates cannot be subtracted.
    #[error("Timecodes at {} and {} cannot be compared frame by frame.", .0.label(), .1.label())]
    RatesDiffer(FrameRate, FrameRate),
}

/// Which frame a moment between two frames belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// The frame that is on screen at that moment.
    Shown,
    /// The frame whose start is closest, for times that were printed with few digits.
    Nearest,
}

/// The four numbers people read: hours, minutes, seconds, frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fields {
    /// 0 to 23.
    pub hours: u32,
    /// 0 to 59.
    pub minutes: u32,
    /// 0 to 59.
    pub seconds: u32,
    /// 0 to one less than the nominal rate.
    pub frames: u32,
}

impl Timecode {
    /// The frame with this number since midnight; numbers outside the day wrap around.
    pub fn of_frame(
        frames: i64,
        rate: FrameRate,
        counting: Counting,
    ) -> Result<Self, TimecodeError> {
        if counting == Counting::Drop && !rate.can_drop() {
            return Err(TimecodeError::NeverDrops(rate));
        }
        Ok(Self { frames, rate, counting }.wrapped())
    }

    /// The frame at this many seconds of real time after 00:00:00:00.
    pub fn at_seconds(
        seconds: Fraction,
        rate: FrameRate,
        counting: Counting,
        rounding: Rounding,
    ) -> Result<Self, TimecodeError> {
        let exact = rate.frames_in(seconds, rounding);
        // A day is far smaller than an i64, so only the remainder has to fit.
        let within_day = exact.rem_euclid(i128::from(rate.frames_per_day(counting)));
        Self::of_frame(i64::try_from(within_day).unwrap_or_default(), rate, counting)
    }

    /// The frame with this label.
    pub fn of_fields(
        fields: Fields,
        rate: FrameRate,
        counting: Counting,
    ) -> Result<Self, TimecodeError> {
        let nominal = rate.nominal();
        let parts = [
            ("Hours", fields.hours, 23),
            ("Minutes", fields.minutes, 59),
            ("Seconds", fields.seconds, 59),
            ("Frames", fields.frames, nominal - 1),
        ];
        for (part, value, last) in parts {
            if value > last {
                return Err(TimecodeError::OutOfRange { part, value, last });
            }
        }
        let dropped = rate.dropped_per_minute(counting);
        let minutes = fields.hours * 60 + fields.minutes;
        if fields.seconds == 0 && fields.frames < dropped && !fields.minutes.is_multiple_of(10) {
            return Err(dropped_label(fields, rate));
        }
        let labels = (minutes * 60 + fields.seconds) * nominal + fields.frames;
        let skipped = dropped * (minutes - minutes / 10);
        Self::of_frame(i64::from(labels) - i64::from(skipped), rate, counting)
    }

    /// The number of this frame since midnight, the first being 0.
    pub const fn frame(self) -> i64 {
        self.frames
    }

    /// The rate this address is counted at.
    pub const fn rate(self) -> FrameRate {
        self.rate
    }

    /// Whether labels are left out to keep step with the clock.
    pub const fn counting(self) -> Counting {
        self.counting
    }

    /// Real time from 00:00:00:00 to the start of this frame, exactly.
    pub fn seconds(self) -> Fraction {
        self.rate.seconds_of(self.frames)
    }

    /// The label of this frame in its four numbers.
    pub fn fields(self) -> Fields {
        let nominal = i64::from(self.rate.nominal());
        let labels = self.frames + self.labels_skipped();
        Fields {
            hours: small(labels / (nominal * 3600)),
            minutes: small(labels / (nominal * 60) % 60),
            seconds: small(labels / nominal % 60),
            frames: small(labels % nominal),
        }
    }

    /// The frame this many frames later, past midnight starting again at zero.
    pub fn plus(self, frames: i64) -> Self {
        let day = self.rate.frames_per_day(self.counting);
        Self { frames: self.frames + frames.rem_euclid(day), ..self }.wrapped()
    }

    /// The frame this many frames earlier, before midnight ending the day before.
    pub fn minus(self, frames: i64) -> Self {
        let day = self.rate.frames_per_day(self.counting);
        Self { frames: self.frames - frames.rem_euclid(day), ..self }.wrapped()
    }

    /// How many frames lie between this address and a later one of the same rate; negative when it is earlier.
    pub fn frames_until(self, later: Self) -> Result<i64, TimecodeError> {
        if self.rate != later.rate {
            return Err(TimecodeError::RatesDiffer(self.rate, later.rate));
        }
        Ok(later.frames - self.frames)
    }

    /// The frame of another rate or counting that starts closest to the same moment of real time.
    pub fn converted(self, rate: FrameRate, counting: Counting) -> Result<Self, TimecodeError> {
        Self::at_seconds(self.seconds(), rate, counting, Rounding::Nearest)
    }

    /// How many labels drop-frame counting has left out before this frame.
    fn labels_skipped(self) -> i64 {
        let dropped = i64::from(self.rate.dropped_per_minute(self.counting));
        if dropped == 0 {
            return 0;
        }
        let minute = i64::from(self.rate.nominal()) * 60 - dropped;
        let ten_minutes = minute * 10 + dropped;
        let (tens, rest) = (self.frames / ten_minutes, self.frames % ten_minutes);
        // The first minute of ten is a whole one: it leaves nothing out.
        let minutes_into = if rest < dropped { 0 } else { (rest - dropped) / minute };
        dropped * (tens * 9 + minutes_into)
    }

    fn wrapped(self) -> Self {
        Self { frames: self.frames.rem_euclid(self.rate.frames_per_day(self.counting)), ..self }
    }
}

impl fmt::Display for Timecode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&printed(self.fields(), self.counting))
    }
}

fn printed(fields: Fields, counting: Counting) -> String {
    let Fields { hours, minutes, seconds, frames } = fields;
    let mark = counting.separator();
    format!("{hours:02}:{minutes:02}:{seconds:02}{mark}{frames:02}")
}

fn dropped_label(fields: Fields, rate: FrameRate) -> TimecodeError {
    let first_kept = Fields { frames: rate.dropped_per_minute(Counting::Drop), ..fields };
    let name =
        |frame: Result<Timecode, TimecodeError>| frame.map(|it| it.to_string()).unwrap_or_default();
    let after = Timecode::of_fields(first_kept, rate, Counting::Drop);
    TimecodeError::DroppedLabel {
        label: printed(fields, Counting::Drop),
        before: name(after.clone().map(|it| it.minus(1))),
        after: name(after),
    }
}

/// Numbers of a label are below 86400 by construction.
fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

#[derive(Serialize, Deserialize)]
struct Stored {
    frame: i64,
    rate: FrameRate,
    counting: Counting,
}

impl From<Timecode> for Stored {
    fn from(timecode: Timecode) -> Self {
        Self { frame: timecode.frames, rate: timecode.rate, counting: timecode.counting }
    }
}

impl TryFrom<Stored> for Timecode {
    type Error = TimecodeError;

    fn try_from(stored: Stored) -> Result<Self, TimecodeError> {
        Self::of_frame(stored.frame, stored.rate, stored.counting)
    }
}

#[cfg(test)]
mod tests;
