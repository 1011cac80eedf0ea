//! The eight frame rates of the trade, as exact fractions, and the two ways to count them.

use super::{Fraction, Rounding};
use crate::key::keyed;

keyed! {
    /// How many pictures a second the material has.
    pub enum FrameRate {
        /// 24000/1001: film for NTSC countries.
        Fps23_976 = "23.976", "23.976 fps";
        /// 24: cinema.
        Fps24 = "24", "24 fps";
        /// 25: PAL countries.
        Fps25 = "25", "25 fps";
        /// 30000/1001: NTSC countries.
        Fps29_97 = "29.97", "29.97 fps";
        /// 30.
        Fps30 = "30", "30 fps";
        /// 50: PAL countries, high frame rate.
        Fps50 = "50", "50 fps";
        /// 60000/1001: NTSC countries, high frame rate.
        Fps59_94 = "59.94", "59.94 fps";
        /// 60.
        Fps60 = "60", "60 fps";
    }
}

keyed! {
    /// Whether labels are left out so that timecode keeps step with the clock.
    pub enum Counting {
        /// Every label is used.
        NonDrop = "non_drop", "Non-drop-frame";
        /// Two labels (four at 59.94) are left out each minute but every tenth. Exists at 29.97 and 59.94 only.
        Drop = "drop", "Drop-frame";
    }
}

impl FrameRate {
    /// Frames per second, exactly.
    pub const fn fraction(self) -> Fraction {
        let nominal = self.nominal() as i64;
        let (above, below) = if self.is_slowed() { (nominal * 1000, 1001) } else { (nominal, 1) };
        Fraction { numerator: above, denominator: below }
    }

    /// Frames in one second of labels: 30 for 29.97.
    pub const fn nominal(self) -> u32 {
        match self {
            Self::Fps23_976 | Self::Fps24 => 24,
            Self::Fps25 => 25,
            Self::Fps29_97 | Self::Fps30 => 30,
            Self::Fps50 => 50,
            Self::Fps59_94 | Self::Fps60 => 60,
        }
    }

    /// The rate a person or a file means: `23.976`, `23.98`, `24000/1001`, `25 fps`.
    pub fn from_text(text: &str) -> Option<Self> {
        let number = text.trim().trim_end_matches("fps").trim_end();
        Self::from_fraction(Fraction::parse(number)?)
    }

    /// The one of the eight that `fraction` is, or a usual rounding of (within 0.02 %).
    pub fn from_fraction(fraction: Fraction) -> Option<Self> {
        let (above, below) = (i128::from(fraction.numerator()), i128::from(fraction.denominator()));
        Self::ALL.iter().copied().find(|rate| {
            let exact = rate.fraction();
            let (wanted, unit) = (i128::from(exact.numerator()), i128::from(exact.denominator()));
            // The closest neighbors, 24 and 23.976, are 0.1 % apart; 23.98 is 0.017 % off.
            ((above * unit).abs_diff(wanted * below)) * 5000 < (wanted * below).unsigned_abs()
        })
    }

    /// Whether drop-frame counting exists at this rate.
    pub const fn can_drop(self) -> bool {
        matches!(self, Self::Fps29_97 | Self::Fps59_94)
    }

    /// How many frames have passed after `seconds` of real time.
    pub(crate) fn frames_in(self, seconds: Fraction, rounding: Rounding) -> i128 {
        let rate = self.fraction();
        let above = i128::from(seconds.numerator()) * i128::from(rate.numerator());
        let below = i128::from(seconds.denominator()) * i128::from(rate.denominator());
        match rounding {
            Rounding::Shown => above.div_euclid(below),
            Rounding::Nearest => {
                above.div_euclid(below) + above.rem_euclid(below) / (below - below / 2)
            }
        }
    }

    /// How long `frames` frames last in real time.
    pub fn seconds_of(self, frames: i64) -> Fraction {
        let rate = self.fraction();
        Fraction::reduced(
            i128::from(frames) * i128::from(rate.denominator()),
            i128::from(rate.numerator()),
        )
        .unwrap_or(Fraction::ZERO)
    }

    /// Frames from midnight to midnight, by label.
    pub(super) fn frames_per_day(self, counting: Counting) -> i64 {
        let labels = i64::from(self.nominal()) * 86_400;
        labels - i64::from(self.dropped_per_minute(counting)) * 9 * 6 * 24
    }

    /// Labels left out at the start of each minute but every tenth.
    pub(super) const fn dropped_per_minute(self, counting: Counting) -> u32 {
        match counting {
            Counting::NonDrop => 0,
            Counting::Drop => self.nominal() / 15,
        }
    }

    /// Whether the rate is its nominal one slowed by 1000/1001.
    const fn is_slowed(self) -> bool {
        matches!(self, Self::Fps23_976 | Self::Fps29_97 | Self::Fps59_94)
    }
}

impl Counting {
    /// The mark printed before the frames.
    pub(super) const fn separator(self) -> char {
        match self {
            Self::NonDrop => ':',
            Self::Drop => ';',
        }
    }
}
