//! What is gathered while a timed text document is read.

use domain::inspection::{Cue, Fault, FaultKind, Moment, Runtime, TextFormat, TimedText};

use super::language;
pub(super) use crate::xml::quoted;

/// So many faults of a kind are kept word for word.
const FAULTS: usize = 20;

/// Facts about a document, growing while it is read.
#[derive(Default)]
pub(super) struct Reading {
    cues: Vec<Cue>,
    faults: Vec<Fault>,
    /// Faults of syntax, kept or not.
    fault_count: u64,
}

impl Reading {
    pub fn cue(&mut self, cue: Cue) {
        self.cues.push(cue);
    }

    /// The cue before is over at this time at the latest.
    pub fn end_last_at(&mut self, at: Runtime) {
        if let Some(last) = self.cues.last_mut()
            && last.end.is_none_or(|end| end > at)
            && last.begin < at
        {
            last.end = Some(at);
        }
    }

    /// Something that breaks the syntax, at a line that is asked for only if it is kept.
    pub fn fault(&mut self, line: impl FnOnce() -> Option<u32>, what: impl Into<String>) {
        self.fault_count += 1;
        self.fault_of(FaultKind::Syntax, line, what);
    }

    /// Something that breaks another rule.
    pub fn fault_of(
        &mut self,
        kind: FaultKind,
        line: impl FnOnce() -> Option<u32>,
        what: impl Into<String>,
    ) {
        if self.faults.iter().filter(|it| it.kind == kind).count() < FAULTS {
            self.faults.push(Fault { kind, line: line(), what: what.into() });
        }
    }

    /// The facts, with all that the format does not say left open.
    pub fn facts(self, format: TextFormat) -> TimedText {
        let words_language = language::of(&self.cues).map(str::to_owned);
        TimedText {
            format,
            profile: None,
            language: None,
            declared_time_base: None,
            frame_rate: None,
            drop_mode: None,
            cue_count: self.cues.len() as u64,
            first_in: None,
            last_out: None,
            faults: self.faults,
            fault_count: self.fault_count,
            words_language,
            cues: self.cues,
        }
    }
}

/// The same with the first and the last time, written as its timing reference wants.
pub(super) fn with_times(text: TimedText) -> TimedText {
    let moment = |at: Runtime| Moment { label: text.label(at), at };
    let first_in = text.cues.iter().map(|it| it.begin).min().map(moment);
    let last_out = text.cues.iter().filter_map(|it| it.end).max().map(moment);
    TimedText { first_in, last_out, ..text }
}

/// A cue of a format without regions, whose words carry the tags of HTML or the braces of SubStation.
pub(super) fn plain_cue(line: u32, begin: Runtime, end: Option<Runtime>, written: &[&str]) -> Cue {
    let italic = written.iter().any(|it| it.contains("<i>") || it.contains("<i."));
    let words = written.iter().map(|it| without_tags(it)).collect();
    Cue { line: Some(line), begin, end, words, italic, ..Cue::default() }
}

/// A line without `<i>` and `{\an8}`, and with the signs that `&amp;` and its like stand for. A bracket that is never
/// closed is a sign like others.
fn without_tags(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{']) {
        let (before, from) = rest.split_at(at);
        shown.push_str(before);
        let close = if from.starts_with('<') { '>' } else { '}' };
        match from.split_once(close).filter(|(tag, _)| is_tag(tag)) {
            Some((_, after)) => rest = after,
            None => {
                shown.push_str(from.get(..1).unwrap_or_default());
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    shown.push_str(rest);
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", "\u{a0}"),
        ("&lrm;", ""),
        ("&rlm;", ""),
        ("&amp;", "&"),
    ];
    entities.iter().fold(shown, |text, (name, sign)| text.replace(name, sign))
}

/// Whether what stands behind an opening bracket is a tag: `<i`, `</c`, `<00:01.000`, `{\an8`.
fn is_tag(text: &str) -> bool {
    let mut signs = text.chars();
    match (signs.next(), signs.next()) {
        (Some('{'), Some(it)) => it == '\\',
        (Some('<'), Some(it)) => it == '/' || it.is_ascii_alphanumeric(),
        _ => false,
    }
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

#[cfg(test)]
mod tests {
    use super::without_tags;

    #[test]
    fn only_the_words_are_left() {
        for (written, shown) in [
            ("<i>Hello</i> there", "Hello there"),
            ("{\\an8}Up here", "Up here"),
            ("<v Nora>Yes &amp; no", "Yes & no"),
            ("2 < 3 > 1", "2 < 3 > 1"),
            ("a <", "a <"),
            ("{curly}", "{curly}"),
            ("<00:00:01.500>late", "late"),
            ("&amp;lt;", "&lt;"),
        ] {
            assert_eq!(without_tags(written), shown, "{written}");
        }
    }
}
