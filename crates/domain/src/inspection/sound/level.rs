//! Levels in decibels, loudness among them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A level in hundredths of a decibel. What it is held against (full scale, true peak, K-weighted full scale) follows
/// from where it stands.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Level(i32);

impl Level {
    /// So many decibels, to the closest hundredth; nothing where that is no number, as with the level of silence.
    pub fn from_decibels(decibels: f64) -> Option<Self> {
        let hundredths = (decibels * 100.0).round();
        (hundredths.abs() <= 100_000.0).then_some(Self(hundredths as i32))
    }

    /// So many whole decibels.
    pub const fn whole(decibels: i32) -> Self {
        Self(decibels.saturating_mul(100))
    }

    /// So many hundredths of a decibel.
    pub const fn hundredths(self) -> i32 {
        self.0
    }

    /// How far two levels lie apart.
    pub const fn apart(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).saturating_abs())
    }

    /// So much higher.
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// So much lower.
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// With its unit: `-27.4 LKFS`.
    pub fn counted_in(self, unit: &str) -> String {
        format!("{self} {unit}")
    }
}

impl fmt::Display for Level {
    /// With one decimal: `-27.4`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0.unsigned_abs() + 5) / 10;
        let sign = if self.0 < 0 && tenths > 0 { "-" } else { "" };
        write!(out, "{sign}{}.{}", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::Level;

    #[test]
    fn levels_read_with_one_decimal() {
        for (hundredths, shown) in [
            (-2744, "-27.4"),
            (-2745, "-27.5"),
            (-4, "0.0"),
            (-5, "-0.1"),
            (0, "0.0"),
            (120, "1.2"),
            (i32::MIN, "-21474836.5"),
        ] {
            assert_eq!(Level(hundredths).to_string(), shown);
        }
        assert_eq!(Level::whole(-2).counted_in("dBTP"), "-2.0 dBTP");
    }

    #[test]
    fn silence_has_no_level() {
        assert_eq!(Level::from_decibels(f64::NEG_INFINITY), None);
        assert_eq!(Level::from_decibels(f64::NAN), None);
        assert_eq!(Level::from_decibels(-23.004).map(Level::hundredths), Some(-2300));
    }
}
