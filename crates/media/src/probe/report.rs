//! The answer of ffprobe, as it comes: nearly all numbers are texts.

use std::collections::BTreeMap;

use domain::{inspection::Runtime, timecode::Fraction};
use serde::Deserialize;

/// Labels out of a file are shown to people; longer ones are cut.
const LONGEST: usize = 80;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Report {
    pub streams: Vec<Stream>,
    pub format: Format,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Format {
    pub format_name: String,
    pub format_long_name: String,
    duration: Option<String>,
    bit_rate: Option<String>,
    tags: Tags,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Stream {
    pub codec_type: String,
    pub codec_name: Option<String>,
    pub codec_long_name: Option<String>,
    pub profile: Option<String>,
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub sample_aspect_ratio: Option<String>,
    pub display_aspect_ratio: Option<String>,
    pub pix_fmt: Option<String>,
    pub field_order: Option<String>,
    pub color_range: Option<String>,
    pub color_space: Option<String>,
    pub color_transfer: Option<String>,
    pub color_primaries: Option<String>,
    pub r_frame_rate: Option<String>,
    pub avg_frame_rate: Option<String>,
    pub channels: Option<u32>,
    pub channel_layout: Option<String>,
    pub bits_per_sample: Option<u32>,
    sample_rate: Option<String>,
    bits_per_raw_sample: Option<String>,
    nb_frames: Option<String>,
    bit_rate: Option<String>,
    duration: Option<String>,
    duration_ts: Option<i64>,
    time_base: Option<String>,
    disposition: BTreeMap<String, i64>,
    tags: Tags,
}

/// Free texts of a file; keys differ in case from container to container.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
struct Tags(BTreeMap<String, serde_json::Value>);

impl Tags {
    fn text(&self, key: &str) -> Option<String> {
        let (_, value) = self.0.iter().find(|(name, _)| name.eq_ignore_ascii_case(key))?;
        Some(shown(value.as_str()?)).filter(|it| !it.is_empty())
    }
}

impl Stream {
    /// Moving pictures; cover art and thumbnails are decoration.
    pub fn is_picture(&self) -> bool {
        let decoration = ["attached_pic", "timed_thumbnails"];
        let decorates =
            decoration.iter().any(|it| self.disposition.get(*it).is_some_and(|set| *set != 0));
        self.codec_type == "video" && !decorates
    }

    pub fn is_sound(&self) -> bool {
        self.codec_type == "audio"
    }

    pub fn sample_rate(&self) -> Option<u32> {
        self.sample_rate.as_deref()?.parse().ok()
    }

    pub fn raw_bits(&self) -> Option<u32> {
        let bits = self.bits_per_raw_sample.as_deref().and_then(|it| it.parse().ok());
        bits.filter(|it| *it > 0)
    }

    pub fn frame_count(&self) -> Option<u64> {
        self.nb_frames.as_deref()?.parse().ok()
    }

    pub fn bit_rate(&self) -> Option<u64> {
        self.bit_rate.as_deref()?.parse().ok()
    }

    /// Exactly, in the track's own time base, where the container says so.
    pub fn duration(&self) -> Option<Runtime> {
        let unit = self.time_base.as_deref().and_then(Fraction::parse);
        let exact =
            unit.zip(self.duration_ts).and_then(|(unit, count)| unit.times(Fraction::whole(count)));
        exact
            .map(Runtime::from_seconds)
            .or_else(|| seconds(self.duration.as_deref()?))
            .filter(|it| it.micros() >= 0)
    }

    pub fn language(&self) -> Option<String> {
        self.tags.text("language").filter(|it| it != "und")
    }

    pub fn start_timecode(&self) -> Option<String> {
        self.tags.text("timecode")
    }
}

impl Format {
    pub fn duration(&self) -> Option<Runtime> {
        seconds(self.duration.as_deref()?).filter(|it| it.micros() >= 0)
    }

    pub fn bit_rate(&self) -> Option<u64> {
        self.bit_rate.as_deref()?.parse().ok()
    }

    /// Timecode as written, or the clock time that broadcast WAV counts in samples since midnight.
    pub fn start_timecode(&self, sample_rate: Option<u32>) -> Option<String> {
        // MXF writers that were given none put zeros, so zeros say nothing there.
        let zeros = |it: &String| {
            self.format_name == "mxf"
                && it.chars().all(|digit| !digit.is_ascii_digit() || digit == '0')
        };
        if let Some(written) = self.tags.text("timecode") {
            return Some(written).filter(|it| !zeros(it));
        }
        let samples: i64 = self.tags.text("time_reference")?.parse().ok()?;
        let since_midnight = Fraction::new(samples, sample_rate?.into())?;
        Some(Runtime::from_seconds(since_midnight).to_string())
    }
}

fn seconds(text: &str) -> Option<Runtime> {
    Fraction::parse(text).map(Runtime::from_seconds)
}

/// A text out of a file, fit to be shown: no control characters, not too long.
pub(super) fn shown(text: &str) -> String {
    text.chars().filter(|it| !it.is_control()).take(LONGEST).collect::<String>().trim().to_owned()
}
