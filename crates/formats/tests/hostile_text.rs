//! Readers of timed text, given what nobody would write by accident; and how long they take.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fmt::Write,
    time::{Duration, Instant},
};

use domain::{
    inspection::{Expectation, FaultKind, FileFacts, Measurement, TimedText, judge},
    request::SourceType,
    timecode::FrameRate,
};
use formats::{
    Bounds,
    text::{decode, subrip, ttml, webvtt},
};
use proptest::prelude::*;

const TTML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tt xmlns=\"http://www.w3.org/ns/ttml\" \
    xmlns:ttp=\"http://www.w3.org/ns/ttml#parameter\" ttp:timeBase=\"smpte\" ttp:frameRate=\"30\" \
    ttp:frameRateMultiplier=\"1000 1001\" ttp:dropMode=\"dropNTSC\" xml:lang=\"en\"><body timeContainer=\"seq\"><div>\
    <p begin=\"00:00:01:00\" end=\"00:00:02:10\">One <span begin=\"5f\">two</span></p><p dur=\"1.5s\">é😀</p></div></body></tt>";
const SUBRIP: &str =
    "1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo\n";
const WEBVTT: &str =
    "WEBVTT\n\nNOTE x\n\n1\n00:01.000 --> 00:02.000\nOne\n\n00:03.000 --> 00:04.000\nTwo\n";

/// Reads bytes with every reader and looks at what must hold for any answer.
fn read_with_all(bytes: &[u8]) -> Result<(), TestCaseError> {
    let decoded = decode(bytes);
    let answers =
        [Some(subrip(&decoded)), Some(webvtt(&decoded)), ttml(&decoded, &Bounds::default()).ok()];
    let wanted = Expectation::of(SourceType::Subtitle).speaking(Some("en"));
    for text in answers.into_iter().flatten() {
        let TimedText { faults, fault_count, cue_count, first_in, last_out, .. } = &text;
        for kind in FaultKind::ALL {
            prop_assert!(faults.iter().filter(|it| it.kind == *kind).count() <= 20);
        }
        let syntax = faults.iter().filter(|it| it.kind == FaultKind::Syntax).count();
        prop_assert!(syntax as u64 <= *fault_count);
        prop_assert!(
            faults.iter().all(|it| it.what.chars().count() < 300 && !it.what.contains('\0'))
        );
        prop_assert!(*cue_count > 0 || (first_in.is_none() && last_out.is_none()));
        let file = FileFacts { size: bytes.len() as u64, sha256: None };
        judge(&Measurement { file, timed_text: Some(text), ..Measurement::default() }, &wanted);
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_with_all(&bytes)?;
    }

    #[test]
    fn spoiled_documents_are_answered(
        which in 0..3_usize,
        spoils in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..12),
    ) {
        let mut bytes = [TTML, SUBRIP, WEBVTT][which].as_bytes().to_vec();
        for (place, byte, way) in spoils {
            let place = place.index(bytes.len());
            match way {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, byte),
                _ => bytes.truncate(place.max(1)),
            }
        }
        read_with_all(&bytes)?;
    }

    #[test]
    fn any_time_expression_is_answered(time in "[0-9:;.,hmsft-]{0,30}", rate in "[0-9 :]{0,24}", nominal in "[0-9]{0,12}") {
        let text = format!(
            "<tt xmlns=\"http://www.w3.org/ns/ttml\" xmlns:ttp=\"http://www.w3.org/ns/ttml#parameter\" \
             ttp:timeBase=\"smpte\" ttp:frameRate=\"{nominal}\" ttp:frameRateMultiplier=\"{rate}\" ttp:tickRate=\"{nominal}\" \
             ttp:subFrameRate=\"{nominal}\"><body begin=\"{time}\"><div dur=\"{time}\"><p begin=\"{time}\" end=\"{time}\">a</p>\
             </div></body></tt>",
        );
        read_with_all(text.as_bytes())?;
    }
}

#[test]
fn the_documents_that_are_spoiled_above_are_flawless() {
    let bounds = Bounds::default();
    let documents = [
        ttml(&decode(TTML.as_bytes()), &bounds).unwrap(),
        subrip(&decode(SUBRIP.as_bytes())),
        webvtt(&decode(WEBVTT.as_bytes())),
    ];
    for document in documents {
        assert_eq!(
            (document.cue_count, document.faults.as_slice()),
            (2, [].as_slice()),
            "{:?}",
            document.format
        );
    }
    let rate = ttml(&decode(TTML.as_bytes()), &bounds).unwrap().frame_rate;
    assert_eq!(rate.and_then(FrameRate::from_fraction), Some(FrameRate::Fps29_97));
}

/// A document of so many cues, and its styles.
fn styled(styles: &str, cues: u32) -> String {
    let mut text = format!(
        "<tt xmlns=\"http://www.w3.org/ns/ttml\" xmlns:tts=\"http://www.w3.org/ns/ttml#styling\" xml:lang=\"en\">\
         <head><styling>{styles}</styling><layout><region xml:id=\"r\" style=\"s0\" tts:origin=\"10% 10%\" \
         tts:extent=\"80% 80%\"/></layout></head><body style=\"s0\"><div region=\"r\" style=\"s0\">\n"
    );
    for at in 0..cues {
        writeln!(text, "<p style=\"s0\" begin=\"{at}s\" end=\"{}s\">Cue</p>", at + 1).unwrap();
    }
    text.push_str("</div></body></tt>");
    text
}

/// Both take minutes and more where a cue costs as much as there are others, or where every way through the styles is
/// gone; so the seconds that a busy machine may need are far away from either.
#[test]
fn what_one_cue_costs_depends_on_nothing_else() {
    let names: Vec<_> = (0..9).map(|it| format!("s{it}")).collect();
    let all = names.join(" ");
    let tangled: String =
        names.iter().map(|it| format!("<style xml:id=\"{it}\" style=\"{all}\"/>")).collect();
    for (what, styles, cues) in [("long", "", 40_000), ("tangled", tangled.as_str(), 200)] {
        let text = styled(styles, cues);
        let begun = Instant::now();
        let read = ttml(&decode(text.as_bytes()), &Bounds::default()).unwrap();
        let taken = begun.elapsed();
        assert_eq!((read.cue_count, read.faults.len()), (u64::from(cues), 0), "{what}");
        assert_eq!(read.cues.last().map(|it| it.line), Some(Some(cues + 1)), "{what}");
        assert!(taken < Duration::from_secs(20), "{what}: {taken:?}");
    }
}
