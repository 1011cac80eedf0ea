//! Time expressions: `01:00:10:05`, `00:00:10.208`, `10.5s`, `250f`, `90000t`.

use domain::{
    inspection::Runtime,
    timecode::{Fields, Fraction, Timecode},
};

use super::parameter::Parameters;

/// The time an expression means; a sentence where it means none.
pub(super) fn read(expression: &str, parameters: &Parameters) -> Result<Runtime, String> {
    let expression = expression.trim();
    let time = if expression.contains(':') {
        clock(expression, parameters)
    } else {
        offset(expression, parameters)
    };
    time.map_err(|why| {
        why.unwrap_or_else(|| {
            format!("The time {} cannot be read.", super::super::reading::quoted(expression))
        })
    })
}

/// Nothing more is to be said than that it cannot be read, or there is a better reason.
type Unread = Option<String>;

fn clock(expression: &str, parameters: &Parameters) -> Result<Runtime, Unread> {
    let parts: Vec<&str> = expression.split([':', ';']).collect();
    let (hours, minutes, rest) = match parts.as_slice() {
        [hours, minutes, rest @ ..] if hours.len() >= 2 && minutes.len() == 2 => {
            (whole(hours)?, whole(minutes)?, rest)
        }
        _ => return Err(None),
    };
    let (seconds, fraction, frames) = match rest {
        [seconds] => match seconds.split_once('.') {
            Some((seconds, decimals)) => (seconds, Some(decimals), None),
            None => (*seconds, None, None),
        },
        [seconds, frames] => (*seconds, None, Some(*frames)),
        _ => return Err(None),
    };
    let seconds = if seconds.len() == 2 { whole(seconds)? } else { return Err(None) };
    if minutes > 59 || seconds > 60 {
        return Err(None);
    }
    if let Some(frames) = frames {
        return of_frames(hours, minutes, seconds, frames, parameters);
    }
    if let Some(label) =
        label(hours, minutes, seconds, 0, parameters).filter(|_| fraction.is_none())
    {
        return label;
    }
    let seconds = (hours * 3600 + minutes * 60 + seconds).to_string();
    let decimal =
        Fraction::parse(&format!("{seconds}.{}", digits(fraction.unwrap_or("0"))?)).ok_or(None)?;
    Ok(Runtime::from_seconds(decimal))
}

fn of_frames(
    hours: i64,
    minutes: i64,
    seconds: i64,
    frames: &str,
    parameters: &Parameters,
) -> Result<Runtime, Unread> {
    let (frames, sub_frames) = match frames.split_once('.') {
        Some((frames, sub_frames)) => (whole(frames)?, whole(sub_frames)?),
        None => (whole(frames)?, 0),
    };
    let nominal = i64::from(parameters.nominal());
    if frames >= nominal {
        return Err(Some(format!("Frames go from 0 to {}, not to {frames}.", nominal - 1)));
    }
    let part = Fraction::new(sub_frames, parameters.sub_frames().into()).ok_or(None)?;
    let part = inverse(parameters.frame_rate())
        .and_then(|it| it.times(part))
        .map(Runtime::from_seconds)
        .ok_or(None)?;
    if let Some(label) = label(hours, minutes, seconds, frames, parameters) {
        return label.map(|it| sum(it, part));
    }
    let whole_seconds = Runtime::from_millis((hours * 3600 + minutes * 60 + seconds) * 1000);
    let rest = inverse(parameters.frame_rate())
        .and_then(|it| it.times(Fraction::whole(frames)))
        .ok_or(None)?;
    Ok(sum(sum(whole_seconds, Runtime::from_seconds(rest)), part))
}

/// The real time of a frame's label, where labels are what the document counts.
fn label(
    hours: i64,
    minutes: i64,
    seconds: i64,
    frames: i64,
    parameters: &Parameters,
) -> Option<Result<Runtime, Unread>> {
    let (rate, counting) = parameters.labels()?;
    let field = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    let fields = Fields {
        hours: field(hours),
        minutes: field(minutes),
        seconds: field(seconds),
        frames: field(frames),
    };
    let read = Timecode::of_fields(fields, rate, counting);
    Some(
        read.map(|it| Runtime::from_seconds(it.seconds())).map_err(|error| Some(error.to_string())),
    )
}

fn offset(expression: &str, parameters: &Parameters) -> Result<Runtime, Unread> {
    let end = expression.find(|it: char| it.is_ascii_alphabetic()).ok_or(None)?;
    let (number, metric) = expression.split_at_checked(end).ok_or(None)?;
    let (before, after) = number.split_once('.').unwrap_or((number, "0"));
    let count = Fraction::parse(&format!("{}.{}", whole(before)?, digits(after)?)).ok_or(None)?;
    let unit = match metric {
        "h" => Some(Fraction::whole(3600)),
        "m" => Some(Fraction::whole(60)),
        "s" => Some(Fraction::whole(1)),
        "ms" => Fraction::new(1, 1000),
        "f" => inverse(parameters.frame_rate()),
        "t" => inverse(parameters.tick_rate()),
        _ => None,
    };
    unit.and_then(|it| it.times(count)).map(Runtime::from_seconds).ok_or(None)
}

/// A sum that stays at the longest time instead of starting over.
pub(super) fn sum(one: Runtime, other: Runtime) -> Runtime {
    Runtime::from_micros(one.micros().saturating_add(other.micros()))
}

fn inverse(fraction: Fraction) -> Option<Fraction> {
    Fraction::new(fraction.denominator(), fraction.numerator())
}

/// A whole number of at most nine digits: 31 years in seconds.
fn whole(text: &str) -> Result<i64, Unread> {
    if text.is_empty() || text.len() > 9 || !text.bytes().all(|it| it.is_ascii_digit()) {
        return Err(None);
    }
    text.parse().map_err(|_| None)
}

/// Decimals, as many as count: below a microsecond nobody hears or sees anything.
fn digits(text: &str) -> Result<&str, Unread> {
    if text.is_empty() || !text.bytes().all(|it| it.is_ascii_digit()) {
        return Err(None);
    }
    Ok(text.get(..text.len().min(9)).unwrap_or(text))
}
