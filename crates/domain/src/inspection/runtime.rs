//! Lengths of time, in whole microseconds.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::timecode::Fraction;

/// How long something lasts, or how far into the program something happens. Microseconds inside.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Runtime(i64);

impl Runtime {
    /// So many microseconds.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// So many milliseconds.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis.saturating_mul(1000))
    }

    /// So many seconds, to the closest microsecond; the longest time that can be held where it is longer still.
    pub fn from_seconds(seconds: Fraction) -> Self {
        Self(i64::try_from(seconds.scaled(1_000_000)).unwrap_or(i64::MAX))
    }

    /// Microseconds.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Milliseconds, cut off.
    pub const fn millis(self) -> i64 {
        self.0 / 1000
    }

    /// How far two times lie apart.
    pub const fn apart(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).saturating_abs())
    }

    /// So much later; the longest time there is where the sum is longer.
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// Seconds with up to three decimals, for small differences: `1.24 s`.
    pub fn in_seconds(self) -> String {
        let seconds = Fraction::new(self.0, 1_000_000).unwrap_or(Fraction::ZERO);
        format!("{} s", seconds.decimal())
    }
}

impl fmt::Display for Runtime {
    /// As on a clock: `00:42:10.200`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let millis = self.0.unsigned_abs() / 1000;
        let (seconds, millis) = (millis / 1000, millis % 1000);
        write!(
            out,
            "{sign}{:02}:{:02}:{:02}.{millis:03}",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Runtime;
    use crate::timecode::Fraction;

    #[test]
    fn times_read_as_on_a_clock() {
        assert_eq!(Runtime::from_millis(2_530_200).to_string(), "00:42:10.200");
        assert_eq!(
            Runtime::from_micros(i64::MIN).apart(Runtime::from_micros(i64::MAX)).micros(),
            i64::MAX
        );
        assert_eq!(Runtime::from_millis(-1500).to_string(), "-00:00:01.500");
        assert_eq!(Runtime::from_seconds(Fraction::new(1001, 24000).unwrap()).micros(), 41_708);
        assert_eq!(Runtime::from_millis(1240).in_seconds(), "1.24 s");
    }
}
