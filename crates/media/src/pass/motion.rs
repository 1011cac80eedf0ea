//! Black, stillness and repeats, out of what the filters say about every frame.

use domain::inspection::{FRAMES_KEPT, PictureContent, Repeats, Stretch, Stretches};

use super::lines::number;

/// Mean difference between two frames below which nothing moves, in percent of the range of levels.
const STILL: f64 = 0.05;
/// Above this something moves for certain.
const MOVING: f64 = 0.1;
/// What is no more than this is the same frame once more, with the noise of a codec.
const SAME: f64 = 0.01;
/// Longer distances from repeat to repeat are no pattern.
const LONGEST_SPACING: usize = 32;

/// Takes lines of blackdetect, freezedetect and scdet in.
#[derive(Debug, Default)]
pub(super) struct Motion {
    rate: f64,
    frames: u64,
    now: Option<Frame>,
    black_since: Option<u64>,
    frozen_since: Option<u64>,
    black: Stretches,
    frozen: Stretches,
    still: u64,
    last_two: [f64; 2],
    repeats: Repeats,
    last_repeat: Option<u64>,
    spacings: [u64; LONGEST_SPACING],
    tail_black: u64,
    head_black: u64,
}

/// The frame whose lines are being read.
#[derive(Clone, Copy, Debug, Default)]
struct Frame {
    seconds: Option<f64>,
    difference: f64,
}

impl Motion {
    /// For a picture with so many frames a second.
    pub fn at(rate: f64) -> Self {
        Self { rate, ..Self::default() }
    }

    /// How many frames there have been so far.
    pub const fn frames(&self) -> u64 {
        self.frames
    }

    /// The time of the frame that is being read.
    pub fn seconds(&self) -> Option<f64> {
        self.now.and_then(|it| it.seconds)
    }

    pub fn line(&mut self, line: &str) {
        if line.starts_with("frame:") {
            self.close_frame();
            let seconds = line.rsplit_once("pts_time:").and_then(|(_, it)| number(it));
            self.now = Some(Frame { seconds, difference: 0.0 });
            // Counted by ourselves: the filters begin again when the picture changes its size.
            self.frames = self.frames.saturating_add(1);
            return;
        }
        let Some((key, value)) = line.split_once('=') else { return };
        let place = self.frames.saturating_sub(1);
        match key {
            "lavfi.black_start" => self.black_since = Some(place),
            "lavfi.black_end" => self.end_black(place),
            "lavfi.freezedetect.freeze_start" => self.begin_frozen(place, value),
            "lavfi.freezedetect.freeze_end" => self.end_frozen(place),
            "lavfi.scd.mafd" => {
                if let (Some(frame), Some(difference)) = (&mut self.now, number(value)) {
                    frame.difference = difference;
                }
            }
            _ => {}
        }
    }

    fn end_black(&mut self, end: u64) {
        let Some(first) = self.black_since.take().filter(|it| *it < end) else { return };
        let stretch = Stretch { first, frames: end - first };
        if first == 0 {
            self.head_black = stretch.frames;
        }
        self.tail_black = stretch.frames;
        self.black.add(stretch);
    }

    /// A freeze is told of when it has lasted for a while, with the time of its first frame.
    fn begin_frozen(&mut self, place: u64, since: &str) {
        let ago = number(since).zip(self.seconds()).map_or(0.0, |(since, now)| now - since);
        let frames = super::lines::whole(&(ago * self.rate).to_string()).unwrap_or(0);
        self.frozen_since = Some(place.saturating_sub(frames));
    }

    fn end_frozen(&mut self, end: u64) {
        let Some(first) = self.frozen_since.take().filter(|it| *it < end) else { return };
        self.frozen.add(Stretch { first, frames: end - first });
    }

    fn close_frame(&mut self) {
        let Some(frame) = self.now.take() else { return };
        let place = self.frames.saturating_sub(1);
        // The first frame has nothing to be compared with.
        if place > 0 && self.black_since.is_none() && frame.difference < STILL {
            self.still = self.still.saturating_add(1);
        }
        if frame.difference >= MOVING {
            self.repeats.moving = self.repeats.moving.saturating_add(1);
        }
        let [before, between] = self.last_two;
        if place >= 2 && before >= MOVING && between <= SAME && frame.difference >= MOVING {
            self.repeat(place - 1);
        }
        self.last_two = [between, frame.difference];
    }

    fn repeat(&mut self, place: u64) {
        self.repeats.count = self.repeats.count.saturating_add(1);
        if self.repeats.places.len() < FRAMES_KEPT {
            self.repeats.places.push(place);
        }
        let spacing = self.last_repeat.and_then(|last| usize::try_from(place - last).ok());
        if let Some(times) = spacing.and_then(|it| self.spacings.get_mut(it)) {
            *times = times.saturating_add(1);
        }
        self.last_repeat = Some(place);
    }

    /// Everything, once the last line was read. Filters say nothing at the end of what runs to the end.
    pub fn finish(mut self) -> PictureContent {
        self.close_frame();
        let black_to_the_end = self.black_since.is_some();
        self.end_black(self.frames);
        self.end_frozen(self.frames);
        let most = self.spacings.iter().enumerate().max_by_key(|(_, times)| **times);
        if let Some((spacing, &times)) = most.filter(|(_, times)| **times > 0) {
            self.repeats.spacing = u64::try_from(spacing).ok();
            self.repeats.regular = times;
        }
        PictureContent {
            frames: self.frames,
            head_black: self.head_black,
            tail_black: if black_to_the_end { self.tail_black } else { 0 },
            black: self.black,
            frozen: self.frozen,
            still: self.still,
            repeats: self.repeats,
            ..PictureContent::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the filters write about so many frames at 25 a second: a difference each, and what stands beside it.
    fn told(frames: &[(f64, &str)]) -> PictureContent {
        let mut motion = Motion::at(25.0);
        for (place, (difference, more)) in frames.iter().enumerate() {
            motion.line(&format!("frame:{place}    pts:{place} pts_time:{}", place as f64 * 0.04));
            more.lines().for_each(|it| motion.line(it));
            motion.line(&format!("lavfi.scd.mafd={difference:.3}"));
        }
        motion.finish()
    }

    fn spans(of: &Stretches) -> Vec<(u64, u64)> {
        of.kept.iter().map(|it| (it.first, it.frames)).collect()
    }

    #[test]
    fn black_at_both_ends_and_inside_is_told_in_frames() {
        let mut frames = vec![(1.0, ""); 20];
        frames[0].1 = "lavfi.black_start=0";
        frames[3].1 = "lavfi.black_end=0.12";
        frames[8].1 = "lavfi.black_start=0.32";
        frames[10].1 = "lavfi.black_end=0.4";
        frames[18].1 = "lavfi.black_start=0.72";
        let content = told(&frames);
        assert_eq!(spans(&content.black), [(0, 3), (8, 2), (18, 2)]);
        assert_eq!((content.head_black, content.tail_black, content.frames), (3, 2, 20));
        frames[18].1 = "";
        assert_eq!(told(&frames).tail_black, 0);
    }

    #[test]
    fn a_freeze_begins_before_it_is_told_of() {
        let mut frames = vec![(1.0, ""); 60];
        frames[12..40].iter_mut().for_each(|it| it.0 = 0.0);
        frames[25].1 = "lavfi.freezedetect.freeze_start=0.44";
        frames[40].1 = "lavfi.freezedetect.freeze_duration=1.16\nlavfi.freezedetect.freeze_end=1.6";
        let content = told(&frames);
        assert_eq!((spans(&content.frozen), content.still), (vec![(11, 29)], 28));
        frames[40].1 = "";
        assert_eq!(spans(&told(&frames).frozen), [(11, 49)]);
    }

    #[test]
    fn repeats_stand_between_frames_that_move() {
        let mut frames = vec![(1.0, ""); 60];
        for place in (4..60).step_by(5) {
            frames[place].0 = 0.0;
        }
        let repeats = told(&frames).repeats;
        // The last frame has nothing behind it that moves.
        assert_eq!((repeats.count, repeats.spacing, repeats.regular), (11, Some(5), 10));
        assert_eq!((repeats.places[0], repeats.moving), (4, 48));
        // Nothing moves around these.
        let calm = vec![(0.02, ""); 60];
        assert_eq!(told(&calm).repeats, Repeats::default());
    }

    #[test]
    fn nonsense_is_passed_over() {
        let mut motion = Motion::at(25.0);
        for line in [
            "lavfi.black_end=1",
            "lavfi.scd.mafd=nan",
            "frame:x pts_time:NOPTS",
            "lavfi.freezedetect.freeze_start=-1e300",
            "lavfi.freezedetect.freeze_end=",
            "=",
            "frame:",
        ] {
            motion.line(line);
        }
        assert_eq!(motion.finish().frames, 2);
    }
}
