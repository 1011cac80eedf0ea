//! Timed text: reading a document of 2,000 cues and every check of it.

use std::fmt::Write;

use domain::{
    inspection::{Expectation, Program, Runtime, judge},
    request::{Family, SourceType},
};
use formats::{Bounds, document};

use crate::{Outcome, SHORT_RUNS, median, timed, told};

const CUES: u32 = 2000;

/// Three seconds each, a second apart, in two regions, in two lines, the second in italics.
fn ttml() -> Outcome<String> {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tt xmlns=\"http://www.w3.org/ns/ttml\" \
         xmlns:tts=\"http://www.w3.org/ns/ttml#styling\" xmlns:ttp=\"http://www.w3.org/ns/ttml#parameter\" \
         xml:lang=\"fr\" ttp:timeBase=\"media\" ttp:frameRate=\"24\"><head><layout>\n\
         <region xml:id=\"below\" tts:origin=\"10% 78%\" tts:extent=\"80% 16%\" tts:displayAlign=\"after\"/>\n\
         <region xml:id=\"above\" tts:origin=\"10% 6%\" tts:extent=\"80% 16%\" tts:displayAlign=\"before\"/>\n\
         </layout></head><body><div>\n",
    );
    for number in 0..CUES {
        let time = |seconds: u32| {
            let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
            format!("{hours:02}:{minutes:02}:{:02}.000", seconds % 60)
        };
        let region = if number % 10 == 0 { "above" } else { "below" };
        let (begin, end) = (time(number * 4), time(number * 4 + 3));
        writeln!(
            text,
            "<p xml:id=\"c{number}\" region=\"{region}\" begin=\"{begin}\" end=\"{end}\">\
             La mer monte depuis ce matin,<br/><span tts:fontStyle=\"italic\">dit le vieux gardien.</span></p>"
        )?;
    }
    text.push_str("</div></body></tt>\n");
    Ok(text)
}

pub fn measure() -> Outcome {
    let text = ttml()?;
    let program =
        Program { start: Runtime::default(), length: Runtime::from_millis(i64::from(CUES) * 4000) };
    let wanted = Expectation::of(SourceType::Subtitle)
        .speaking(Some("fr-FR"))
        .entered("time_base", "media")
        .entered("frame_rate", "24")
        .beside(Some(program))
        .named("a.ttml");
    let mut times = Vec::new();
    for _ in 0..SHORT_RUNS {
        times.push(timed(|| {
            let read = document(text.as_bytes(), &Bounds::default(), Family::TimedText);
            let measured = read.map_err(|it| format!("{it:?}"))?;
            let findings = judge(&measured, &wanted);
            // A document in which something is found would not be read to its end.
            if findings.is_empty() { Ok(()) } else { Err(format!("{findings:?}").into()) }
        })?);
    }
    told("milliseconds", median(times) * 1000.0);
    Ok(())
}
