//! Fields, black bars and levels, out of what the filters say.

use std::collections::BTreeMap;

use domain::inspection::{ActivePicture, FRAMES_KEPT, Fields, Levels, PREFERRED_LEVELS};

use super::lines::{number, whole};

/// Of every so many frames, the levels of one are looked at.
pub(super) const LEVELS_EVERY: u64 = 5;
/// The share of pixels outside the legal range that is no overshoot of filters any more.
const SHARE: f64 = 0.01;
/// More different sizes of the picture than this are no bars.
const SIZES: usize = 512;

/// The last word of idet: its counts run through the file. The counts of single frames are taken: those over several
/// frames keep to an order of fields once they have one, also where whole pictures with fine lines look like both.
pub(super) fn fields(fields: &mut Fields, line: &str) {
    let Some((key, count)) = line.split_once('=') else { return };
    let Some(place) = (match key {
        "lavfi.idet.single.progressive" => Some(&mut fields.progressive),
        "lavfi.idet.single.tff" => Some(&mut fields.top_first),
        "lavfi.idet.single.bff" => Some(&mut fields.bottom_first),
        "lavfi.idet.single.undetermined" => Some(&mut fields.undetermined),
        "lavfi.idet.repeated.top" => Some(&mut fields.top_repeated),
        "lavfi.idet.repeated.bottom" => Some(&mut fields.bottom_repeated),
        _ => None,
    }) else {
        return;
    };
    if let Some(count) = whole(count) {
        *place = count;
    }
}

/// Takes lines of cropdetect in.
#[derive(Debug, Default)]
pub(super) struct Edges {
    now: [Option<u32>; 4],
    seen: BTreeMap<[u32; 4], u64>,
    samples: u64,
}

impl Edges {
    pub fn line(&mut self, line: &str) {
        if line.starts_with("frame:") {
            self.close_frame();
            return;
        }
        let Some((key, value)) = line.split_once('=') else { return };
        let place = match key {
            "lavfi.cropdetect.x" => 0,
            "lavfi.cropdetect.y" => 1,
            "lavfi.cropdetect.w" => 2,
            "lavfi.cropdetect.h" => 3,
            _ => return,
        };
        // Black frames have a size below zero.
        if let Some(side) = self.now.get_mut(place) {
            *side = whole(value).and_then(|it| u32::try_from(it).ok());
        }
    }

    fn close_frame(&mut self) {
        let [Some(x), Some(y), Some(width), Some(height)] = std::mem::take(&mut self.now) else {
            return;
        };
        if width == 0 || height == 0 {
            return;
        }
        self.samples = self.samples.saturating_add(1);
        let size = [x, y, width, height];
        if self.seen.len() < SIZES || self.seen.contains_key(&size) {
            *self.seen.entry(size).or_default() += 1;
        }
    }

    /// The size that more than half of the samples agree on.
    pub fn finish(mut self) -> Option<ActivePicture> {
        self.close_frame();
        let (&[left, top, width, height], &times) = self.seen.iter().max_by_key(|it| it.1)?;
        (times.saturating_mul(2) > self.samples).then_some(ActivePicture {
            left,
            top,
            width,
            height,
        })
    }
}

/// Takes lines of signalstats in.
#[derive(Debug, Default)]
pub(super) struct Light {
    levels: Levels,
    lowest: Option<u8>,
    highest: Option<u8>,
    outside: f64,
}

impl Light {
    pub fn line(&mut self, line: &str) {
        if line.starts_with("frame:") {
            self.close_frame();
            return;
        }
        let Some((key, value)) = line.split_once('=') else { return };
        let level = || whole(value).and_then(|it| u8::try_from(it).ok());
        match key {
            "lavfi.signalstats.YMIN" => self.lowest = level(),
            "lavfi.signalstats.YMAX" => self.highest = level(),
            "lavfi.signalstats.BRNG" => self.outside = number(value).unwrap_or(0.0),
            _ => {}
        }
    }

    fn close_frame(&mut self) {
        let outside = std::mem::take(&mut self.outside);
        let (Some(lowest), Some(highest)) = (self.lowest.take(), self.highest.take()) else {
            return;
        };
        let levels = &mut self.levels;
        let first = levels.sampled == 0;
        levels.lowest = if first { lowest } else { levels.lowest.min(lowest) };
        levels.highest = levels.highest.max(highest);
        let (low, high) = PREFERRED_LEVELS;
        if outside > SHARE && (lowest < low || highest > high) {
            levels.outside = levels.outside.saturating_add(1);
            if levels.places.len() < FRAMES_KEPT {
                levels.places.push(levels.sampled.saturating_mul(LEVELS_EVERY));
            }
        }
        levels.sampled = levels.sampled.saturating_add(1);
    }

    pub fn finish(mut self) -> Option<Levels> {
        self.close_frame();
        (self.levels.sampled > 0).then_some(self.levels)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_counts_of_fields_stand() {
        let mut found = Fields::default();
        for line in [
            "frame:0",
            "lavfi.idet.single.tff=1.00",
            "lavfi.idet.single.tff=489.00",
            "lavfi.idet.multiple.tff=7.00",
            "lavfi.idet.repeated.bottom=3.00",
            "lavfi.idet.single.progressive=x",
        ] {
            fields(&mut found, line);
        }
        assert_eq!(found, Fields { top_first: 489, bottom_repeated: 3, ..Fields::default() });
    }

    fn crop(edges: &mut Edges, [x, y, w, h]: [i32; 4]) {
        edges.line("frame:1 pts:1 pts_time:1");
        for (key, value) in [("x", x), ("y", y), ("w", w), ("h", h)] {
            edges.line(&format!("lavfi.cropdetect.{key}={value}"));
        }
    }

    #[test]
    fn bars_are_what_most_frames_agree_on() {
        let wide = [0, 140, 1920, 800];
        for (sizes, agreed) in [
            (vec![wide, wide, [200, 200, 100, 100]], true),
            (vec![[1920, 1080, -1918, -1078], wide], true),
            (vec![wide, [200, 200, 100, 100]], false),
            (vec![[0, 0, 0, 0]], false),
            (vec![], false),
        ] {
            let mut edges = Edges::default();
            sizes.iter().for_each(|it| crop(&mut edges, *it));
            let expected = ActivePicture { left: 0, top: 140, width: 1920, height: 800 };
            assert_eq!(edges.finish(), agreed.then_some(expected), "{sizes:?}");
        }
    }

    #[test]
    fn a_frame_is_outside_when_enough_of_it_is() {
        let mut light = Light::default();
        for (low, high, share) in
            [(16, 235, 0.0), (0, 255, 0.009), (4, 235, 0.02), (16, 247, 0.5), (5, 246, 0.5)]
        {
            light.line("frame:0");
            light.line(&format!("lavfi.signalstats.YMIN={low}"));
            light.line(&format!("lavfi.signalstats.YMAX={high}"));
            light.line(&format!("lavfi.signalstats.BRNG={share}"));
        }
        let expected =
            Levels { sampled: 5, lowest: 0, highest: 255, outside: 2, places: vec![10, 15] };
        assert_eq!(light.finish(), Some(expected));
        assert_eq!(Light::default().finish(), None);
    }
}
