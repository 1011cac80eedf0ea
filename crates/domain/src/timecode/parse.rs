//! Timecode as people type it.

use super::{Counting, Fields, Fraction, FrameRate, Rounding, Timecode, TimecodeError};

/// Longer than any timecode, short enough to be shown back.
const LONGEST: usize = 32;

impl Timecode {
    /// Reads an address as people type it.
    ///
    /// `01:00:10:05`, `01:00:10;05` (drop-frame), digits only filling from the right (`1005` is 10 seconds 5 frames)
    /// and real time, `01:00:10.200`, which becomes the nearest frame.
    pub fn parse(text: &str, rate: FrameRate, counting: Counting) -> Result<Self, TimecodeError> {
        let text = trimmed(text)?;
        if counting == Counting::Drop && !rate.can_drop() {
            return Err(TimecodeError::NeverDrops(rate));
        }
        if text.contains(['.', ',']) {
            let seconds = clock_time(text).ok_or_else(|| malformed(text))?;
            return Self::at_seconds(seconds, rate, counting, Rounding::Nearest);
        }
        if text.contains(';') && counting == Counting::NonDrop {
            return Err(if rate.can_drop() {
                TimecodeError::CountedNonDrop
            } else {
                TimecodeError::NeverDrops(rate)
            });
        }
        Self::of_fields(label(text).ok_or_else(|| malformed(text))?, rate, counting)
    }

    /// Reads an address, or a way from `base`: `+12` is twelve frames later, `-10:00` ten seconds earlier.
    pub fn parse_from(text: &str, base: Self) -> Result<Self, TimecodeError> {
        let text = trimmed(text)?;
        let (offset, direction) = match (text.strip_prefix('+'), text.strip_prefix(['-', '−'])) {
            (Some(offset), _) => (offset.trim_start(), 1),
            (None, Some(offset)) => (offset.trim_start(), -1),
            (None, None) => return Self::parse(text, base.rate, base.counting),
        };
        // One or two digits are frames even past a second: +48 at 24 fps is two seconds.
        let frames = match offset.parse::<u32>() {
            Ok(frames) if offset.len() <= 2 && is_digits(offset) => i64::from(frames),
            Ok(_) | Err(_) => Self::parse(offset, base.rate, base.counting)?.frames,
        };
        Ok(base.plus(direction * frames))
    }
}

fn trimmed(text: &str) -> Result<&str, TimecodeError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(TimecodeError::Empty);
    }
    if text.len() > LONGEST {
        return Err(malformed(text));
    }
    Ok(text)
}

fn malformed(text: &str) -> TimecodeError {
    let shown: String = text.chars().filter(|it| !it.is_control()).take(LONGEST).collect();
    TimecodeError::Malformed(shown)
}

/// The four numbers of a label, the missing ones at its left being zero.
fn label(text: &str) -> Option<Fields> {
    let parts: Vec<&str> =
        if is_digits(text) { pairs(text)? } else { text.split([':', ';']).collect() };
    if parts.len() > 4 {
        return None;
    }
    let mut numbers = [0; 4];
    for (place, part) in numbers.iter_mut().rev().zip(parts.iter().rev()) {
        *place = two_digits(part)?;
    }
    let [hours, minutes, seconds, frames] = numbers;
    Some(Fields { hours, minutes, seconds, frames })
}

/// `11005` as `1`, `10`, `05`: two digits each, counted from the right.
fn pairs(digits: &str) -> Option<Vec<&str>> {
    let (first, rest) = digits.split_at_checked(digits.len() % 2)?;
    let mut parts = if first.is_empty() { Vec::new() } else { vec![first] };
    for start in (0..rest.len()).step_by(2) {
        parts.push(rest.get(start..start + 2)?);
    }
    Some(parts)
}

/// Seconds of `[[HH:]MM:]SS.fraction`, with a point or a comma.
fn clock_time(text: &str) -> Option<Fraction> {
    let (clock, decimals) = text.split_once(['.', ','])?;
    let parts: Vec<&str> = clock.split(':').collect();
    if parts.len() > 3 || decimals.is_empty() || decimals.len() > 9 || !is_digits(decimals) {
        return None;
    }
    let mut numbers = [0; 3];
    for (place, part) in numbers.iter_mut().rev().zip(parts.iter().rev()) {
        *place = two_digits(part)?;
    }
    let [hours, minutes, seconds] = numbers;
    if hours > 23 || minutes > 59 || seconds > 59 {
        return None;
    }
    let scale = 10_i64.pow(u32::try_from(decimals.len()).ok()?);
    let whole = i64::from(hours * 3600 + minutes * 60 + seconds);
    Fraction::new(whole * scale + decimals.parse::<i64>().ok()?, scale)
}

fn two_digits(part: &str) -> Option<u32> {
    if part.len() > 2 || !is_digits(part) {
        return None;
    }
    part.parse().ok()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}
