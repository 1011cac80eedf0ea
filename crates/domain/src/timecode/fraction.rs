//! An exact fraction: rates such as 24000/1001 have no decimal notation.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A number as numerator over denominator, in lowest terms, the denominator positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fraction {
    pub(super) numerator: i64,
    pub(super) denominator: i64,
}

impl Fraction {
    /// Zero.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };

    /// The fraction in lowest terms; nothing when the denominator is zero or the number is too large to hold.
    pub fn new(numerator: i64, denominator: i64) -> Option<Self> {
        Self::reduced(i128::from(numerator), i128::from(denominator))
    }

    /// A whole number.
    pub const fn whole(number: i64) -> Self {
        Self { numerator: number, denominator: 1 }
    }

    /// Reads `24000/1001`, `24000:1001`, `25` and `23.976`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((above, below)) = text.split_once(['/', ':']) {
            return Self::new(above.trim().parse().ok()?, below.trim().parse().ok()?);
        }
        let Some((whole, decimals)) = text.split_once('.') else {
            return Some(Self::whole(text.parse().ok()?));
        };
        if decimals.is_empty()
            || decimals.len() > 9
            || !decimals.bytes().all(|it| it.is_ascii_digit())
        {
            return None;
        }
        let scale = 10_i64.checked_pow(u32::try_from(decimals.len()).ok()?)?;
        let part: i64 = decimals.parse().ok()?;
        let part = if whole.starts_with('-') { -part } else { part };
        let whole: i64 = whole.parse().ok()?;
        Self::new(whole.checked_mul(scale)?.checked_add(part)?, scale)
    }

    /// The number above the line.
    pub const fn numerator(self) -> i64 {
        self.numerator
    }

    /// The number below the line, always positive.
    pub const fn denominator(self) -> i64 {
        self.denominator
    }

    /// The product, when it can be held exactly.
    pub fn times(self, other: Self) -> Option<Self> {
        Self::reduced(
            i128::from(self.numerator) * i128::from(other.numerator),
            i128::from(self.denominator) * i128::from(other.denominator),
        )
    }

    /// The sum, when it can be held exactly.
    pub fn plus(self, other: Self) -> Option<Self> {
        let (one, two) = (i128::from(self.denominator), i128::from(other.denominator));
        // Each product of two 64-bit numbers fits, their sum may not.
        let above =
            (i128::from(self.numerator) * two).checked_add(i128::from(other.numerator) * one)?;
        Self::reduced(above, one * two)
    }

    /// This number times `factor`, rounded to the nearest whole number, halves upwards.
    pub fn scaled(self, factor: u32) -> i128 {
        let (above, below) =
            (i128::from(self.numerator) * i128::from(factor), i128::from(self.denominator));
        (2 * above + below).div_euclid(2 * below)
    }

    /// At most three decimals, for people: `23.976`, `25`, `1.778`.
    pub fn decimal(self) -> String {
        let thousandths = self.scaled(1000);
        let sign = if thousandths < 0 { "-" } else { "" };
        let (whole, part) = (thousandths.abs() / 1000, thousandths.abs() % 1000);
        let printed = format!("{sign}{whole}.{part:03}");
        printed.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    pub(super) fn reduced(numerator: i128, denominator: i128) -> Option<Self> {
        let divisor = common_divisor(numerator, denominator)?;
        let sign = denominator.signum();
        Some(Self {
            numerator: i64::try_from(sign * numerator / divisor).ok()?,
            denominator: i64::try_from(sign * denominator / divisor).ok()?,
        })
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.denominator {
            1 => write!(out, "{}", self.numerator),
            below => write!(out, "{}/{below}", self.numerator),
        }
    }
}

impl From<Fraction> for String {
    fn from(fraction: Fraction) -> Self {
        fraction.to_string()
    }
}

impl TryFrom<String> for Fraction {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` is not a fraction"))
    }
}

/// The largest number that divides both; nothing for a denominator of zero.
fn common_divisor(numerator: i128, denominator: i128) -> Option<i128> {
    if denominator == 0 {
        return None;
    }
    let (mut larger, mut smaller) = (numerator.abs(), denominator.abs());
    while smaller != 0 {
        (larger, smaller) = (smaller, larger % smaller);
    }
    Some(larger)
}

#[cfg(test)]
mod tests {
    use super::Fraction;

    #[test]
    fn fractions_are_kept_in_lowest_terms_and_never_divide_by_zero() {
        assert_eq!(Fraction::new(48000, 2002), Fraction::new(24000, 1001));
        assert_eq!(Fraction::new(1, -2), Fraction::new(-1, 2));
        assert_eq!(Fraction::new(1, 0), None);
        assert_eq!(Fraction::parse("0/0"), None);
        assert_eq!(Fraction::new(i64::MIN, -1), None);
        let half = Fraction::new(1, 2).unwrap();
        assert_eq!(half.plus(Fraction::new(1, 3).unwrap()), Fraction::new(5, 6));
        assert_eq!(half.plus(Fraction::whole(i64::MAX)), None);
        let least = Fraction::whole(i64::MIN);
        assert_eq!(least.plus(least), None);
    }

    #[test]
    fn text_is_read_exactly_and_printed_for_people() {
        for (text, stored, decimal) in [
            ("24000/1001", "24000/1001", "23.976"),
            ("25", "25", "25"),
            ("25/1", "25", "25"),
            ("23.976", "2997/125", "23.976"),
            ("-0.5", "-1/2", "-0.5"),
            ("16:9", "16/9", "1.778"),
        ] {
            let fraction = Fraction::parse(text).unwrap();
            assert_eq!(
                (fraction.to_string().as_str(), fraction.decimal().as_str()),
                (stored, decimal),
                "{text}"
            );
            let json = serde_json::to_string(&fraction).unwrap();
            assert_eq!(serde_json::from_str::<Fraction>(&json).unwrap(), fraction);
        }
        for text in ["", "/", "1/", "a", "1.2.3", "99999999999999999999", "1e9", ".5", "1."] {
            assert_eq!(Fraction::parse(text), None, "{text}");
        }
    }
}
