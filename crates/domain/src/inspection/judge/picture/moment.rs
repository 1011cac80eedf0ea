//! Frames as the times that people look up.

use crate::{
    inspection::{Finding, Measurement, Runtime, VideoTrack},
    timecode::{Counting, Fraction, FrameRate, Timecode},
};

/// How the frames of one picture track are addressed.
pub(super) struct Clock {
    rate: Option<Fraction>,
    first: Option<Timecode>,
}

impl Clock {
    /// Timecode where the file has one, otherwise the time since its first frame.
    pub(super) fn of(file: &Measurement, track: &VideoTrack) -> Self {
        let of_container = file.container.as_ref().and_then(|it| it.start_timecode.as_deref());
        let label = track.start_timecode.as_deref().or(of_container);
        let first = label.zip(track.frame_rate).and_then(|(label, rate)| {
            let counting = if label.contains(';') { Counting::Drop } else { Counting::NonDrop };
            Timecode::parse(label, FrameRate::from_fraction(rate)?, counting).ok()
        });
        Self { rate: track.frame_rate, first }
    }

    /// How long so many frames last; nothing where the rate is not known.
    pub(super) fn lasting(&self, frames: u64) -> Option<Runtime> {
        let rate = self.rate.filter(|it| it.numerator() > 0)?;
        let second = Fraction::new(rate.denominator(), rate.numerator())?;
        let frames = Fraction::whole(i64::try_from(frames).ok()?);
        Some(Runtime::from_seconds(second.times(frames)?))
    }

    /// The address of a frame.
    pub(super) fn label(&self, frame: u64) -> String {
        let number = i64::try_from(frame).unwrap_or(i64::MAX);
        match (self.first, self.lasting(frame)) {
            (Some(first), _) => first.plus(number).to_string(),
            (None, Some(time)) => time.to_string(),
            (None, None) => format!("Frame {frame}"),
        }
    }

    /// The finding at the first of these frames, and at the others too.
    pub(super) fn placed(&self, finding: Finding, frames: &[u64]) -> Finding {
        let Some((&first, others)) = frames.split_first() else { return finding };
        finding
            .at(self.label(first))
            .also_at(others.iter().map(|&frame| self.label(frame)).collect())
    }
}
