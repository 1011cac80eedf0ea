//! WebVTT: blocks between empty lines, times with a point before the milliseconds.

use domain::inspection::{FaultKind, TextFormat, TimedText};

use super::{
    Decoded,
    reading::{Reading, both_sides, plain_cue, quoted, with_times},
};

/// The facts of a WebVTT document.
pub fn webvtt(decoded: &Decoded) -> TimedText {
    let mut reading = Reading::default();
    if let Some(fault) = &decoded.fault {
        reading.fault_of(fault.kind, || fault.line, fault.what.clone());
    }
    let mut lines = (1..).zip(decoded.text.lines()).peekable();
    let header = lines.next().map(|(_, it)| it).unwrap_or_default();
    if !matches!(header.strip_prefix("WEBVTT"), Some(rest) if rest.is_empty() || rest.starts_with([' ', '\t']))
    {
        reading.fault(|| Some(1), "The first line is not WEBVTT.");
    }
    while let Some((number, first)) = lines.next() {
        if first.trim().is_empty() {
            continue;
        }
        let mut block = vec![(number, first)];
        while let Some(line) = lines.next_if(|(_, it)| !it.trim().is_empty()) {
            block.push(line);
        }
        // Inside a comment or a style an arrow means nothing.
        if !["NOTE", "STYLE", "REGION"].iter().any(|it| is_headed(first, it)) {
            self::block(&mut reading, &block);
        }
    }
    with_times(reading.facts(TextFormat::WebVtt))
}

/// A block holds a cue; where the empty line between two is missing, it holds both.
fn block(reading: &mut Reading, lines: &[(u32, &str)]) {
    let heads: Vec<_> = (0..lines.len())
        .filter(|at| lines.get(*at).is_some_and(|(_, it)| it.contains("-->")))
        .collect();
    for (place, at) in heads.iter().enumerate() {
        let until = heads.get(place + 1).copied().unwrap_or(lines.len());
        let Some(((number, line), below)) = lines.get(*at..until).and_then(<[_]>::split_first)
        else {
            return;
        };
        let shown: Vec<_> = below.iter().map(|(_, it)| *it).collect();
        cue(reading, *number, line, &shown);
    }
}

fn is_headed(line: &str, word: &str) -> bool {
    line.strip_prefix(word)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

fn cue(reading: &mut Reading, number: u32, line: &str, shown: &[&str]) {
    match both_sides(line, '.') {
        (Some(begin), Some(end)) if begin < end => {
            reading.cue(plain_cue(number, begin, Some(end), shown));
        }
        (Some(begin), Some(end)) => {
            reading.cue(plain_cue(number, begin, Some(end), shown));
            reading.fault_of(
                FaultKind::NotPositive,
                || Some(number),
                format!("The cue ends at {end}, which is not after its beginning at {begin}."),
            );
        }
        _ => reading.fault(|| Some(number), format!("The times cannot be read: {}.", quoted(line))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> TimedText {
        webvtt(&Decoded { text: text.to_owned(), fault: None })
    }

    #[test]
    fn cues_are_counted_and_comments_are_not() {
        let text = read(
            "WEBVTT - a title\n\nNOTE 00:00:00.000 --> 00:00:09.000\nno cue --> either\n\nSTYLE\n::cue { color: red }\n\n\
             1\n00:01.000 --> 00:02.500 align:start\nHello\n\n01:00:00.000 --> 01:00:01.000\nWorld\n",
        );
        assert_eq!((text.cue_count, text.fault_count), (2, 0));
        assert_eq!(text.first_in.unwrap().label, "00:00:01.000");
        assert_eq!(text.last_out.unwrap().label, "01:00:01.000");
    }

    #[test]
    fn faults_are_told_with_their_line() {
        let text = read(
            "WEBVTTX\n\n00:02.000 --> 00:01.000\nBackwards\n\n00:61.000 --> 01:02.000\nNo such second\n",
        );
        let lines: Vec<_> = text.faults.iter().map(|it| it.line).collect();
        assert_eq!(lines, [Some(1), Some(3), Some(6)]);
        assert!(text.faults[2].what.contains("00:61.000"));
    }
}
