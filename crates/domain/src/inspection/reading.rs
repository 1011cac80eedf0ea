//! Times as somebody reads them: as timecode, in milliseconds, or as a number of frames.

use super::{Moment, Runtime};
use crate::{
    people::TimecodeStyle,
    quantity::{count, counted},
    timecode::{Counting, Fraction, FrameRate, Rounding, Timecode},
};

/// How somebody reads the times of one file. Frames are counted only where it is known how many make a second; where
/// it is not, times stand as they were measured or written.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    style: TimecodeStyle,
    rate: Option<FrameRate>,
}

impl Reading {
    pub fn new(style: TimecodeStyle, rate: Option<Fraction>) -> Self {
        Self { style, rate: rate.and_then(FrameRate::from_fraction) }
    }

    /// How long something lasts: `00:42:10:05`, `00:42:10.200`, `63,255 frames`.
    pub fn length(self, length: Runtime) -> String {
        let frames = |(_, frames): (FrameRate, u64)| counted(frames, "frame", "frames");
        match self.style {
            TimecodeStyle::Milliseconds => None,
            TimecodeStyle::Timecode => self.label(length),
            TimecodeStyle::Frames => self.frames(length).map(frames),
        }
        .unwrap_or_else(|| length.to_string())
    }

    /// The address of a frame, of which the file says `label`.
    pub fn address(self, label: &str) -> String {
        let counting = if label.contains(';') { Counting::Drop } else { Counting::NonDrop };
        let read = || Timecode::parse(label, self.rate?, counting).ok();
        match self.style {
            TimecodeStyle::Timecode => None,
            TimecodeStyle::Milliseconds => {
                read().map(|it| Runtime::from_seconds(it.seconds()).to_string())
            }
            TimecodeStyle::Frames => read().map(|it| count(it.frame().unsigned_abs())),
        }
        .unwrap_or_else(|| label.to_owned())
    }

    /// A point on the timeline of a document.
    pub fn moment(self, moment: &Moment) -> String {
        match self.style {
            TimecodeStyle::Timecode if moment.label.contains('.') => self.label(moment.at),
            TimecodeStyle::Timecode => None,
            TimecodeStyle::Milliseconds => Some(moment.at.to_string()),
            TimecodeStyle::Frames => self.frames(moment.at).map(|(_, frames)| count(frames)),
        }
        .unwrap_or_else(|| moment.label.clone())
    }

    /// Every label is used: a length leaves none out. A day and more has no label.
    fn label(self, length: Runtime) -> Option<String> {
        let (rate, frames) = self.frames(length)?;
        let frame =
            Timecode::of_frame(i64::try_from(frames).ok()?, rate, Counting::NonDrop).ok()?;
        (u64::try_from(frame.frame()) == Ok(frames)).then(|| frame.to_string())
    }

    fn frames(self, length: Runtime) -> Option<(FrameRate, u64)> {
        let rate = self.rate?;
        let seconds = Fraction::new(length.micros(), 1_000_000)?;
        let frames = rate.frames_in(seconds, Rounding::Nearest);
        Some((rate, u64::try_from(frames).ok()?))
    }
}

#[cfg(test)]
mod tests {
    use TimecodeStyle as S;

    use super::*;

    fn at_25(style: S) -> Reading {
        Reading::new(style, Some(Fraction::whole(25)))
    }

    #[test]
    fn a_length_is_read_in_each_style() {
        let length = Runtime::from_millis(2_530_200);
        for (style, known, unknown) in [
            (S::Timecode, "00:42:10:05", "00:42:10.200"),
            (S::Milliseconds, "00:42:10.200", "00:42:10.200"),
            (S::Frames, "63,255 frames", "00:42:10.200"),
        ] {
            assert_eq!(at_25(style).length(length), known);
            assert_eq!(Reading::new(style, None).length(length), unknown);
            // Fifteen frames make a second in no rate that has labels.
            let odd = Reading::new(style, Some(Fraction::whole(15)));
            assert_eq!(odd.length(length), unknown);
        }
        let day = Runtime::from_millis(86_400_000);
        assert_eq!(at_25(S::Timecode).length(day), "24:00:00.000", "no label comes twice");
        assert_eq!(at_25(S::Frames).length(Runtime::from_millis(40)), "1 frame");
    }

    #[test]
    fn an_address_is_read_in_each_style() {
        for (style, of_25, dropped) in [
            (S::Timecode, "01:00:10:05", "01:00:00;00"),
            (S::Milliseconds, "01:00:10.200", "00:59:59.996"),
            (S::Frames, "90,255", "107,892"),
        ] {
            assert_eq!(at_25(style).address("01:00:10:05"), of_25);
            let ntsc = Reading::new(style, Fraction::new(30_000, 1001));
            assert_eq!(ntsc.address("01:00:00;00"), dropped);
            assert_eq!(at_25(style).address("no timecode"), "no timecode");
            assert_eq!(Reading::new(style, None).address("01:00:10:05"), "01:00:10:05");
        }
    }

    #[test]
    fn a_moment_of_a_document_is_read_in_each_style() {
        let of = |label: &str| Moment { label: label.into(), at: Runtime::from_millis(10_200) };
        for (style, clock, code, unknown) in [
            (S::Timecode, "00:00:10:05", "01:00:10:05", "00:00:10.200"),
            (S::Milliseconds, "00:00:10.200", "00:00:10.200", "00:00:10.200"),
            (S::Frames, "255", "255", "00:00:10.200"),
        ] {
            assert_eq!(at_25(style).moment(&of("00:00:10.200")), clock);
            assert_eq!(at_25(style).moment(&of("01:00:10:05")), code);
            assert_eq!(Reading::new(style, None).moment(&of("00:00:10.200")), unknown);
        }
    }
}
