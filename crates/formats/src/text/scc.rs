//! Scenarist closed captions: lines of a timecode and the byte pairs that line 21 carries from then on, one in each
//! frame (CEA-608).

mod screen;
mod sign;

use domain::{
    inspection::{Runtime, TextFormat, TimeBase, TimedText},
    timecode::{Counting, FrameRate, Timecode},
};

use super::{
    Decoded,
    reading::{Reading, quoted, with_times},
};
use screen::Screen;

/// How every file begins.
pub(crate) const HEADER: &str = "Scenarist_SCC";

/// The facts of a Scenarist caption file.
pub fn scc(decoded: &Decoded) -> TimedText {
    let mut reading = Reading::default();
    if let Some(fault) = &decoded.fault {
        reading.fault_of(fault.kind, || fault.line, fault.what.clone());
    }
    let mut lines = (1..).zip(decoded.text.lines());
    let header = lines.next().map(|(_, it)| it.trim()).unwrap_or_default();
    if header != "Scenarist_SCC V1.0" {
        reading.fault(
            || Some(1),
            format!("The first line is {}, not Scenarist_SCC V1.0.", quoted(header)),
        );
    }
    let (mut screen, mut drop_mode) = (Screen::default(), None);
    for (number, line) in lines.filter(|(_, it)| !it.trim().is_empty()) {
        let (label, pairs) =
            line.trim().split_once(char::is_whitespace).unwrap_or((line.trim(), ""));
        let counting = if label.contains(';') { Counting::Drop } else { Counting::NonDrop };
        let Ok(first) = Timecode::parse(label, FrameRate::Fps29_97, counting) else {
            reading
                .fault(|| Some(number), format!("The timecode cannot be read: {}.", quoted(label)));
            continue;
        };
        if *drop_mode.get_or_insert(counting) != counting {
            reading.fault(|| Some(number), "Drop-frame and non-drop timecode are mixed.");
        }
        for (place, pair) in (0..).zip(pairs.split_whitespace()) {
            let Some(pair) = byte_pair(pair) else {
                reading
                    .fault(|| Some(number), format!("This is no pair of bytes: {}.", quoted(pair)));
                break;
            };
            let at = Runtime::from_seconds(first.plus(place).seconds());
            screen.pair(pair, at, number, &mut reading);
        }
    }
    screen.end(&mut reading);
    with_times(TimedText {
        declared_time_base: Some(TimeBase::Smpte),
        frame_rate: Some(FrameRate::Fps29_97.fraction()),
        drop_mode,
        ..reading.facts(TextFormat::Scc)
    })
}

/// Four hexadecimal digits, without the bits of parity.
fn byte_pair(text: &str) -> Option<(u8, u8)> {
    if text.len() != 4 || !text.bytes().all(|it| it.is_ascii_hexdigit()) {
        return None;
    }
    let [first, second] = u16::from_str_radix(text, 16).ok()?.to_be_bytes();
    Some((first & 0x7f, second & 0x7f))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> TimedText {
        scc(&Decoded { text: text.to_owned(), fault: None })
    }

    /// “Hello” put together in memory, shown with the eleventh pair, and taken away later.
    const POP_ON: &str = "Scenarist_SCC V1.0\n\n\
        01:00:01;00\t94ae 94ae 9420 9420 9470 9470 c8e5 ecec ef80 942f 942f\n\n\
        01:00:03;15\t942c 942c\n";

    #[test]
    fn a_caption_is_on_screen_from_its_showing_to_its_erasing() {
        let text = read(POP_ON);
        assert_eq!((text.faults.as_slice(), text.cue_count), ([].as_slice(), 1));
        assert_eq!(text.cues[0].words, ["Hello"]);
        assert_eq!(text.first_in.as_ref().unwrap().label, "01:00:01;09");
        assert_eq!(text.last_out.as_ref().unwrap().label, "01:00:03;15");
        assert_eq!((text.drop_mode, text.cues[0].line), (Some(Counting::Drop), Some(3)));
        let plain = read(&POP_ON.replace(';', ":"));
        assert_eq!((plain.drop_mode, plain.fault_count), (Some(Counting::NonDrop), 0));
    }

    #[test]
    fn rows_special_signs_and_italics_are_read() {
        // Row 14 “é♪”, row 15 in italics “A” with the following sign put in its place: “Á”.
        let text = read(
            "Scenarist_SCC V1.0\n\n00:00:01:00\t9420 9420 9440 9440 dc80 9137 9137 94ef 94ef c180 9220 9220 942f 942f\n\n\
             00:00:02:00\t942c\n",
        );
        assert_eq!(text.faults, []);
        assert_eq!(
            (text.cues[0].words.as_slice(), text.cues[0].italic),
            (["é♪".to_owned(), "Á".to_owned()].as_slice(), true)
        );
    }

    #[test]
    fn lines_that_roll_up_follow_each_other() {
        let text = read(
            "Scenarist_SCC V1.0\n\n00:00:01:00\t9425 9425 94ad 94ad 4fe5\n\n00:00:02:00\t94ad 94ad 54f7\n\n00:00:03:00\t942c 942c\n",
        );
        let words: Vec<_> = text.cues.iter().map(|it| it.words.join("|")).collect();
        assert_eq!(
            (words.as_slice(), text.fault_count),
            (["Oe".to_owned(), "Tw".to_owned()].as_slice(), 0)
        );
        assert_eq!(text.cues[0].end, Some(Runtime::from_micros(2_002_000)));
    }

    #[test]
    fn faults_are_told_with_their_line() {
        let text = read(
            "Scenarist_SCC V2\n00:00:01:00\t9420 zz20\n00:61:00:00\t9420\n00:00:02;00\t9420\n",
        );
        let lines: Vec<_> = text.faults.iter().map(|it| it.line).collect();
        assert_eq!(lines, [Some(1), Some(2), Some(3), Some(4)]);
    }
}
