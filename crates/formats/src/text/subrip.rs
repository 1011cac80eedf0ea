//! SubRip: number, times with a comma before the milliseconds, text, empty line.

use domain::inspection::{FaultKind, TextFormat, TimedText};

use super::{
    Decoded,
    reading::{Reading, both_sides, plain_cue, quoted, with_times},
};

/// Lines of one cue that are looked at; nobody reads more.
const LINES: usize = 64;

/// The facts of a SubRip document.
pub fn subrip(decoded: &Decoded) -> TimedText {
    let mut reading = Reading::default();
    if let Some(fault) = &decoded.fault {
        reading.fault_of(fault.kind, || fault.line, fault.what.clone());
    }
    let mut block: Vec<(u32, &str)> = Vec::new();
    for (number, line) in (1..).zip(decoded.text.lines()) {
        if line.trim().is_empty() {
            cue(&mut reading, &block);
            block.clear();
        } else if block.len() < LINES {
            block.push((number, line));
        }
    }
    cue(&mut reading, &block);
    with_times(reading.facts(TextFormat::SubRip))
}

fn cue(reading: &mut Reading, block: &[(u32, &str)]) {
    let Some((first, words)) = block.first() else { return };
    let Some(at) = block.iter().take(2).position(|(_, line)| line.contains("-->")) else {
        return reading
            .fault(|| Some(*first), format!("There is text without times: {}.", quoted(words)));
    };
    let Some(((number, line), below)) = block.get(at..).and_then(<[_]>::split_first) else {
        return;
    };
    let shown: Vec<_> = below.iter().map(|(_, it)| *it).collect();
    if number != first && !words.trim().bytes().all(|it| it.is_ascii_digit()) {
        reading.fault(
            || Some(*first),
            format!("There should be the number of a cue, not {}.", quoted(words)),
        );
    }
    match both_sides(line, ',') {
        (Some(begin), Some(end)) if begin < end => {
            reading.cue(plain_cue(*number, begin, Some(end), &shown));
        }
        (Some(begin), Some(end)) => {
            reading.cue(plain_cue(*number, begin, Some(end), &shown));
            reading.fault_of(
                FaultKind::NotPositive,
                || Some(*number),
                format!("The cue ends at {end}, which is not after its beginning at {begin}."),
            );
        }
        _ => {
            reading.fault(|| Some(*number), format!("The times cannot be read: {}.", quoted(line)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> TimedText {
        subrip(&Decoded { text: text.to_owned(), fault: None })
    }

    #[test]
    fn cues_are_counted_with_first_and_last_time() {
        let text = read(
            "1\r\n00:00:10,200 --> 00:00:12,000\r\nOne\r\nline more\r\n\r\n\r\n2\r\n00:00:01,000 --> 00:00:02,000\r\nTwo",
        );
        assert_eq!((text.cue_count, text.fault_count), (2, 0));
        assert_eq!(text.first_in.unwrap().label, "00:00:01.000");
        assert_eq!(text.last_out.unwrap().label, "00:00:12.000");
    }

    #[test]
    fn faults_are_told_with_their_line() {
        let text = read(
            "one\n00:00:01,000 --> 00:00:02,000\nA\n\nstray\n\n3\n00:00:02.5 --> x\n\n4\n00:00:03,000 --> 00:00:03,000\n",
        );
        let lines: Vec<_> = text.faults.iter().map(|it| it.line).collect();
        assert_eq!(lines, [Some(1), Some(5), Some(8), Some(11)]);
        assert_eq!(text.cue_count, 2);
    }

    #[test]
    fn only_the_first_faults_are_kept_and_all_are_counted() {
        let text = read(&"stray\n\n".repeat(50));
        assert_eq!((text.faults.len(), text.fault_count), (20, 50));
    }
}
