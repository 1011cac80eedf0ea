//! What is gathered while a timed text document is read.

use domain::inspection::{Fault, Moment, Runtime, TextFormat, TimedText};

/// So many faults are kept word for word; the rest is counted.
const FAULTS: usize = 20;

/// Facts about a document, growing while it is read.
#[derive(Default)]
pub(super) struct Reading {
    cue_count: u64,
    first_in: Option<Runtime>,
    last_out: Option<Runtime>,
    faults: Vec<Fault>,
    fault_count: u64,
}

impl Reading {
    /// A cue from `begin` on, until `end` where it has one.
    pub fn cue(&mut self, begin: Runtime, end: Option<Runtime>) {
        self.cue_count += 1;
        self.first_in = Some(self.first_in.map_or(begin, |it| it.min(begin)));
        self.last_out = self.last_out.max(end);
    }

    /// Something that breaks the rules, at a line that is asked for only if it is kept.
    pub fn fault(&mut self, line: impl FnOnce() -> Option<u32>, what: impl Into<String>) {
        self.fault_count += 1;
        if self.faults.len() < FAULTS {
            self.faults.push(Fault { line: line(), what: what.into() });
        }
    }

    /// The facts, with times written by `label`.
    pub fn facts(self, format: TextFormat, label: impl Fn(Runtime) -> String) -> TimedText {
        let moment = |at: Runtime| Moment { label: label(at), at };
        TimedText {
            format,
            profile: None,
            language: None,
            declared_time_base: None,
            frame_rate: None,
            drop_mode: None,
            cue_count: self.cue_count,
            first_in: self.first_in.map(moment),
            last_out: self.last_out.map(moment),
            faults: self.faults,
            fault_count: self.fault_count,
        }
    }
}

/// A piece of a document, short enough to be quoted.
pub(super) fn quoted(text: &str) -> String {
    let short: String = text.trim().chars().filter(|it| !it.is_control()).take(40).collect();
    format!("“{short}”")
}

/// The times on both sides of the arrow of WebVTT and SubRip, and which of them could not be read.
pub(super) fn both_sides(line: &str, mark: char) -> (Option<Runtime>, Option<Runtime>) {
    let (begin, rest) = line.split_once("-->").unwrap_or((line, ""));
    let end = rest.split_whitespace().next().unwrap_or_default();
    (clock_time(begin.trim(), mark), clock_time(end, mark))
}

/// `[HH:]MM:SS.mmm`, with a point or the `mark` before the milliseconds.
fn clock_time(text: &str, mark: char) -> Option<Runtime> {
    let (clock, millis) = text.split_once(mark)?;
    let parts: Vec<&str> = clock.split(':').collect();
    let (hours, minutes, seconds) = match parts.as_slice() {
        [hours, minutes, seconds] => {
            (number(hours, 1..=9)?, number(minutes, 1..=2)?, number(seconds, 1..=2)?)
        }
        [minutes, seconds] => (0, number(minutes, 1..=2)?, number(seconds, 1..=2)?),
        _ => return None,
    };
    if minutes > 59 || seconds > 59 {
        return None;
    }
    Some(Runtime::from_millis(
        (hours * 3600 + minutes * 60 + seconds) * 1000 + number(millis, 3..=3)?,
    ))
}

fn number(digits: &str, length: std::ops::RangeInclusive<usize>) -> Option<i64> {
    if !length.contains(&digits.len()) || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}
