//! What is seen in a picture when it is decoded, from its first frame to its last. Frames are counted from 0.

use serde::{Deserialize, Serialize};

/// So many stretches of one kind are kept; where there are more, the longest.
pub const STRETCHES_KEPT: usize = 100;
/// So many single frames of one kind are kept, the first.
pub const FRAMES_KEPT: usize = 20;

/// Levels outside these are no overshoot of filters any more: −5 % and +105 % in 8 bits, EBU R 103 (2020).
pub const PREFERRED_LEVELS: (u8, u8) = (5, 246);

/// What decoding a picture track brought to light.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PictureContent {
    /// How many frames came out of the decoder.
    pub frames: u64,
    /// Black frames before the first picture.
    pub head_black: u64,
    /// Black frames after the last picture.
    pub tail_black: u64,
    /// All black stretches, those at the ends with them.
    pub black: Stretches,
    /// Stretches of at least half a second in which nothing moves; black ones are among them.
    pub frozen: Stretches,
    /// Frames that are not black and differ from the one before by less than 0.05 % of the range of levels.
    pub still: u64,
    /// Frames that are shown twice in the midst of motion.
    pub repeats: Repeats,
    /// Whether whole pictures or fields were photographed.
    pub fields: Fields,
    /// The part of the picture that is not a black bar, where most frames agree on one.
    pub active: Option<ActivePicture>,
    /// The levels that occur; nothing where the range of the picture is not the legal one.
    pub levels: Option<Levels>,
    /// Frames that carry closed captions by ATSC A/53.
    pub captioned: u64,
    /// What the decoder complained about.
    pub damage: Damage,
    /// How frames depend on each other, for codecs in which they do.
    pub groups: Option<Groups>,
}

/// Frames that follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stretch {
    /// The first of them.
    pub first: u64,
    /// How many there are.
    pub frames: u64,
}

impl Stretch {
    /// The first frame behind it.
    pub const fn end(self) -> u64 {
        self.first.saturating_add(self.frames)
    }
}

/// All stretches of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stretches {
    /// The longest [`STRETCHES_KEPT`], in the order of time.
    pub kept: Vec<Stretch>,
    /// How many there are in all.
    pub count: u64,
    /// How many frames they have in all.
    pub frames: u64,
}

impl Stretches {
    /// Takes one more in, behind all others.
    pub fn add(&mut self, stretch: Stretch) {
        self.count = self.count.saturating_add(1);
        self.frames = self.frames.saturating_add(stretch.frames);
        self.kept.push(stretch);
        if self.kept.len() > STRETCHES_KEPT {
            let shortest = self.kept.iter().enumerate().min_by_key(|(_, it)| it.frames);
            if let Some(place) = shortest.map(|(place, _)| place) {
                self.kept.remove(place);
            }
        }
    }
}

/// Frames that are the same as the one before, while those around them move.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Repeats {
    /// How many there are.
    pub count: u64,
    /// How many frames move, to compare with.
    pub moving: u64,
    /// The first [`FRAMES_KEPT`] of them.
    pub places: Vec<u64>,
    /// The most frequent distance from one to the next, in frames.
    pub spacing: Option<u64>,
    /// How many follow the one before at that distance.
    pub regular: u64,
}

/// What the lines of the frames tell about how they were photographed, by FFmpeg's idet on a strip of full height.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fields {
    /// Frames in which both fields show one moment.
    pub progressive: u64,
    /// Frames in which the upper field is earlier.
    pub top_first: u64,
    /// Frames in which the lower field is earlier.
    pub bottom_first: u64,
    /// Frames too dark or too still to tell.
    pub undetermined: u64,
    /// Frames whose upper field is that of the frame before.
    pub top_repeated: u64,
    /// Frames whose lower field is that of the frame before.
    pub bottom_repeated: u64,
}

impl Fields {
    /// How many frames could be told.
    pub const fn decided(&self) -> u64 {
        self.progressive.saturating_add(self.top_first).saturating_add(self.bottom_first)
    }
}

/// The part of the picture inside black bars, in pixels of the coded picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivePicture {
    /// Columns to the left of it.
    pub left: u32,
    /// Rows above it.
    pub top: u32,
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
}

/// The levels that occur, in 8 bits, on a copy of 480 × 270 pixels of every fifth frame.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Levels {
    /// How many frames were looked at.
    pub sampled: u64,
    /// The darkest pixel of all.
    pub lowest: u8,
    /// The brightest pixel of all.
    pub highest: u8,
    /// Frames with a pixel beyond [`PREFERRED_LEVELS`] and more than 1 % of all pixels outside the legal range.
    pub outside: u64,
    /// The first [`FRAMES_KEPT`] of them.
    pub places: Vec<u64>,
}

/// What the decoder complained about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Damage {
    /// How many complaints there were.
    pub complaints: u64,
    /// Different complaints, the first three.
    pub words: Vec<String>,
    /// The frames that were concerned, as far as the decoder named any, the first [`FRAMES_KEPT`].
    pub frames: Vec<u64>,
}

/// How frames depend on each other: a key frame needs none of the others, and a group is a key frame with all that
/// follow up to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Groups {
    /// How many there are.
    pub count: u64,
    /// Frames in the longest.
    pub longest: u64,
    /// The key frame of the longest, counted in the order of decoding.
    pub longest_at: u64,
    /// Groups with frames that are shown before their key frame and so need the group before.
    pub open: u64,
    /// The key frame of the first open group, counted in the order of decoding.
    pub open_at: u64,
    /// Frames before the first key frame: nobody can decode them rightly.
    pub headless: u64,
}

impl PictureContent {
    /// Black stretches that have picture before and after them.
    pub fn inner_black(&self) -> impl Iterator<Item = Stretch> {
        self.black.kept.iter().copied().filter(|it| it.first > 0 && it.end() < self.frames)
    }

    /// Frozen stretches without what is black of them.
    pub fn frozen_picture(&self) -> Vec<Stretch> {
        let mut parts = Vec::new();
        for &frozen in &self.frozen.kept {
            let mut first = frozen.first;
            let inside = self
                .black
                .kept
                .iter()
                .filter(|it| it.first < frozen.end() && it.end() > frozen.first);
            for black in inside {
                parts.push(Stretch { first, frames: black.first.saturating_sub(first) });
                first = first.max(black.end());
            }
            parts.push(Stretch { first, frames: frozen.end().saturating_sub(first) });
        }
        parts.retain(|it| it.frames > 0);
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretches(list: &[(u64, u64)]) -> Stretches {
        let mut all = Stretches::default();
        list.iter().for_each(|&(first, frames)| all.add(Stretch { first, frames }));
        all
    }

    #[test]
    fn of_too_many_stretches_the_longest_are_kept_in_order() {
        let mut all = Stretches::default();
        for place in 0..1000 {
            all.add(Stretch { first: place * 10, frames: if place % 10 == 3 { 9 } else { 1 } });
        }
        assert_eq!((all.count, all.frames, all.kept.len()), (1000, 900 + 900, STRETCHES_KEPT));
        assert!(all.kept.iter().all(|it| it.frames == 9) && all.kept.is_sorted());
    }

    #[test]
    fn black_is_taken_out_of_what_is_frozen() {
        for (frozen, black, left) in [
            ((10, 50), vec![], vec![(10, 50)]),
            ((10, 50), vec![(10, 50)], vec![]),
            ((10, 50), vec![(0, 20)], vec![(20, 40)]),
            ((10, 50), vec![(50, 90)], vec![(10, 40)]),
            ((10, 50), vec![(20, 10), (40, 10)], vec![(10, 10), (30, 10), (50, 10)]),
            ((10, 50), vec![(70, 10)], vec![(10, 50)]),
        ] {
            let content = PictureContent {
                frames: 200,
                frozen: stretches(&[frozen]),
                black: stretches(&black),
                ..PictureContent::default()
            };
            let found: Vec<_> =
                content.frozen_picture().iter().map(|it| (it.first, it.frames)).collect();
            assert_eq!(found, left, "{frozen:?} {black:?}");
        }
    }

    #[test]
    fn what_was_stored_before_a_fact_was_known_is_read() {
        let read: PictureContent = serde_json::from_str(r#"{"frames": 3, "fields": {}}"#).unwrap();
        assert_eq!(read, PictureContent { frames: 3, ..PictureContent::default() });
    }
}
