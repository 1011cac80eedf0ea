//! The Technical Metadata panel: a measurement as rows of label and value.

mod imf;
mod seen;
mod sound;

use serde::{Deserialize, Serialize};

use super::{
    Archive, AudioTrack, Color, Container, Image, Measurement, TimedText, VideoTrack,
    reading::Reading,
};
use crate::{
    people::TimecodeStyle,
    quantity::{self, count, counted},
    timecode::{Fraction, FrameRate},
};

/// One row of the panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Property {
    /// A stable name: `video_1_codec`.
    pub key: String,
    /// The name people read.
    pub label: String,
    /// The value people read.
    pub value: String,
}

impl Property {
    /// By which version of the profile the file was judged.
    pub fn judged_by(profile: &str) -> Self {
        let (key, label) = ("profile".to_owned(), "Judged by".to_owned());
        Self { key, label, value: format!("Profile {profile}") }
    }
}

impl Measurement {
    /// What the card of a delivery shows to whoever reads times in this style: everything but what stands among the
    /// details of the transfer.
    pub fn technical(&self, style: TimecodeStyle) -> Vec<Property> {
        let mut rows = self.properties(style);
        rows.retain(|it| !matches!(it.key.as_str(), "file_size" | "sha256"));
        rows
    }

    /// Everything known about the file, in reading order; what is not known has no row.
    pub fn properties(&self, style: TimecodeStyle) -> Vec<Property> {
        let picture = self.video.first().and_then(|it| it.frame_rate);
        let (of_picture, mut rows) = (Reading::new(style, picture), Rows::default());
        self.container.iter().for_each(|it| rows.container(it, of_picture));
        for (place, track) in self.video.iter().enumerate() {
            rows.track("video", "Video", place, self.video.len());
            rows.video(track, Reading::new(style, track.frame_rate));
        }
        for (place, track) in self.audio.iter().enumerate() {
            rows.track("audio", "Audio", place, self.audio.len());
            rows.audio(track, of_picture);
        }
        rows.end_of_tracks();
        self.sound.iter().for_each(|it| rows.sound(it));
        if let Some(text) = &self.timed_text {
            rows.timed_text(text, Reading::new(style, text.frame_rate));
        }
        self.image.iter().for_each(|it| rows.image(it));
        self.imf.iter().for_each(|it| rows.imf(it));
        self.document.iter().for_each(|it| rows.push("document", "Format", it.label()));
        rows.maybe("pages", "Pages", self.pages.map(count));
        self.archive.iter().for_each(|it| rows.archive(it));
        rows.push("file_size", "File size", size(self.file.size));
        rows.maybe("sha256", "SHA-256", self.file.sha256.clone());
        let tools: Vec<_> =
            self.tools.iter().map(|it| format!("{} {}", it.name, it.version)).collect();
        rows.maybe("measured_with", "Measured with", Some(tools.join(", ")));
        rows.list
    }
}

/// Rows being gathered; inside a track, keys and labels begin with the track's name.
#[derive(Default)]
struct Rows {
    list: Vec<Property>,
    key: String,
    label: String,
}

impl Rows {
    fn push(&mut self, key: &str, label: &str, value: impl Into<String>) {
        let label = match self.label.as_str() {
            "" => label.to_owned(),
            track => format!("{track} {}", lower_first(label)),
        };
        self.list.push(Property { key: format!("{}{key}", self.key), label, value: value.into() });
    }

    fn maybe(&mut self, key: &str, label: &str, value: Option<String>) {
        if let Some(value) = value.filter(|it| !it.is_empty()) {
            self.push(key, label, value);
        }
    }

    fn track(&mut self, key: &str, label: &str, place: usize, of: usize) {
        self.key = format!("{key}_{}_", place + 1);
        self.label = if of == 1 { label.to_owned() } else { format!("{label} {}", place + 1) };
    }

    fn end_of_tracks(&mut self) {
        self.key.clear();
        self.label.clear();
    }

    fn container(&mut self, container: &Container, reading: Reading) {
        self.push("container", "Container", container.name.as_str());
        self.maybe("duration", "Duration", container.duration.map(|it| reading.length(it)));
        self.maybe("bit_rate", "Bit rate", container.bit_rate.map(bit_rate));
        let start = container.start_timecode.as_deref().map(|it| reading.address(it));
        self.maybe("start_timecode", "Start timecode", start);
    }

    fn video(&mut self, track: &VideoTrack, reading: Reading) {
        self.push("codec", "Codec", codec(&track.codec_name, track.profile.as_deref()));
        self.push(
            "size",
            "Picture size",
            format!("{} × {}", count(track.width.into()), count(track.height.into())),
        );
        self.maybe("frame_rate", "Frame rate", track.frame_rate.map(rate));
        let uneven = track.average_rate.filter(|it| Some(*it) != track.frame_rate);
        self.maybe("average_rate", "Average frame rate", uneven.map(rate));
        self.maybe("scan", "Scan", track.scan.map(|it| it.label().to_owned()));
        let chroma = track.chroma.map(|it| it.label().to_owned());
        self.maybe(
            "sampling",
            "Sampling",
            joined([chroma, track.bit_depth.map(|it| format!("{it}-bit"))]),
        );
        self.maybe("color", "Color", color(&track.color));
        self.maybe("range", "Range", range(&track.color));
        self.maybe("display_aspect", "Display aspect", track.display_aspect.map(aspect));
        let stretched = track.pixel_aspect.filter(|it| *it != Fraction::whole(1));
        self.maybe("pixel_aspect", "Pixel aspect", stretched.map(aspect));
        self.maybe("duration", "Duration", track.duration.map(|it| reading.length(it)));
        self.maybe("frame_count", "Frames", track.frame_count.map(count));
        let start = track.start_timecode.as_deref().map(|it| reading.address(it));
        self.maybe("start_timecode", "Start timecode", start);
        self.maybe("bit_rate", "Bit rate", track.bit_rate.map(bit_rate));
        self.maybe("language", "Language", track.language.clone());
        track.content.iter().for_each(|it| self.seen(it));
    }

    fn audio(&mut self, track: &AudioTrack, reading: Reading) {
        self.push("codec", "Codec", codec(&track.codec_name, track.profile.as_deref()));
        self.push("sample_rate", "Sample rate", sample_rate(track.sample_rate));
        self.maybe("bit_depth", "Bit depth", track.bit_depth.map(|it| format!("{it}-bit")));
        self.push("channels", "Channels", channels(track));
        self.maybe("duration", "Duration", track.duration.map(|it| reading.length(it)));
        self.maybe("bit_rate", "Bit rate", track.bit_rate.map(bit_rate));
        self.maybe("language", "Language", track.language.clone());
    }

    fn timed_text(&mut self, text: &TimedText, reading: Reading) {
        self.push("format", "Format", text.format.label());
        self.maybe("profile", "Profile", text.profile.clone());
        self.maybe("language", "Language", text.language.clone());
        let declared = if text.declared_time_base.is_none() && text.format.is_ttml() {
            " (none declared)"
        } else {
            ""
        };
        self.push(
            "time_base",
            "Timing reference",
            format!("{}{declared}", text.time_base().label()),
        );
        self.maybe("frame_rate", "Frame rate", text.frame_rate.map(rate));
        self.maybe("drop_mode", "Counting", text.drop_mode.map(|it| it.label().to_owned()));
        self.push("cue_count", "Cues", count(text.cue_count));
        self.maybe("first_in", "First in", text.first_in.as_ref().map(|it| reading.moment(it)));
        self.maybe("last_out", "Last out", text.last_out.as_ref().map(|it| reading.moment(it)));
    }

    fn archive(&mut self, archive: &Archive) {
        self.push("files", "Files", count(archive.files));
        self.push("pictures", "Pictures", count(archive.picture_count));
        self.push("unpacked", "Unpacked", size(archive.unpacked));
    }

    fn image(&mut self, image: &Image) {
        self.push("format", "Format", image.format.label());
        let size = format!("{} × {}", count(image.width.into()), count(image.height.into()));
        self.maybe("size", "Picture size", Some(size).filter(|_| image.pixels() > 0));
        self.maybe("model", "Color model", image.model.map(|it| it.label().to_owned()));
        let chroma = image.chroma.map(|it| it.label().to_owned());
        self.maybe(
            "sampling",
            "Sampling",
            joined([chroma, image.bit_depth.map(|it| format!("{it}-bit"))]),
        );
        self.push("alpha", "Transparency", if image.alpha { "Yes" } else { "No" });
    }
}

/// A frame rate as people say it: `25 fps`, `23.976 fps (24000/1001)`, `15 fps`.
pub(super) fn rate(fraction: Fraction) -> String {
    let exact = if fraction.denominator() == 1 { String::new() } else { format!(" ({fraction})") };
    match FrameRate::from_fraction(fraction) {
        Some(known) => format!("{}{exact}", known.label()),
        None => format!("{} fps{exact}", fraction.decimal()),
    }
}

/// `6 channels, 5.1(side)`.
pub(super) fn channels(track: &AudioTrack) -> String {
    let count = counted(track.channels.into(), "channel", "channels");
    joined([Some(count), track.layout.clone()]).unwrap_or_default()
}

/// `48 kHz`, `44.1 kHz`.
pub(super) fn sample_rate(hertz: u32) -> String {
    let kilo = Fraction::new(hertz.into(), 1000).unwrap_or(Fraction::ZERO);
    format!("{} kHz", kilo.decimal())
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1000 => counted(bytes, "byte", "bytes"),
        1000.. => format!("{} ({} bytes)", quantity::bytes(bytes), count(bytes)),
    }
}

fn bit_rate(bits: u64) -> String {
    quantity::bit_rate(bits)
}

fn codec(name: &str, profile: Option<&str>) -> String {
    match profile {
        Some(profile) => format!("{name}, {profile}"),
        None => name.to_owned(),
    }
}

/// Primaries, transfer and matrix; once where all three are the same.
fn color(color: &Color) -> Option<String> {
    let Color { primaries, transfer, matrix, .. } = color;
    if primaries == transfer && transfer == matrix {
        return primaries.clone();
    }
    let named =
        |what: &str, value: &Option<String>| value.as_ref().map(|it| format!("{what} {it}"));
    joined([named("primaries", primaries), named("transfer", transfer), named("matrix", matrix)])
}

fn range(color: &Color) -> Option<String> {
    let range = color.range.as_deref()?;
    Some(match range {
        "tv" => "Legal".to_owned(),
        "pc" => "Full".to_owned(),
        other => other.to_owned(),
    })
}

fn aspect(fraction: Fraction) -> String {
    format!("{}:{}", fraction.numerator(), fraction.denominator())
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> Option<String> {
    let known: Vec<String> = parts.into_iter().flatten().collect();
    if known.is_empty() { None } else { Some(known.join(", ")) }
}

/// `Codec` inside `Video codec`; names that are all capitals stay.
fn lower_first(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspection::{ChannelLayout, judge::sample};

    fn value_of<'a>(rows: &'a [Property], key: &str) -> &'a str {
        &rows.iter().find(|it| it.key == key).unwrap_or_else(|| panic!("no row {key}")).value
    }

    #[test]
    fn values_read_as_people_write_them() {
        let mut file = sample::master();
        file.video[0].frame_rate = Fraction::new(24000, 1001);
        file.audio.push(sample::sound(ChannelLayout::Stereo.channels()));
        let rows = file.properties(TimecodeStyle::Timecode);
        assert_eq!(value_of(&rows, "video_1_codec"), "Apple ProRes, HQ");
        assert_eq!(value_of(&rows, "video_1_size"), "1,920 × 1,080");
        assert_eq!(value_of(&rows, "video_1_frame_rate"), "23.976 fps (24000/1001)");
        assert_eq!(value_of(&rows, "video_1_sampling"), "4:2:2, 10-bit");
        assert_eq!(value_of(&rows, "video_1_color"), "bt709");
        assert_eq!(value_of(&rows, "audio_2_channels"), "2 channels");
        assert_eq!(value_of(&rows, "audio_1_sample_rate"), "48 kHz");
        let labels: Vec<_> = rows.iter().map(|it| it.label.as_str()).collect();
        assert!(
            labels.contains(&"Video codec") && labels.contains(&"Audio 2 sample rate"),
            "{labels:?}"
        );
    }

    #[test]
    fn no_key_stands_twice_and_nothing_is_empty() {
        for file in [
            sample::master(),
            sample::stem(6),
            sample::subtitle(),
            sample::still(),
            Measurement::default(),
        ] {
            let rows = file.properties(TimecodeStyle::Timecode);
            let mut keys: Vec<_> = rows.iter().map(|it| &it.key).collect();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), rows.len());
            assert!(rows.iter().all(|it| !it.value.is_empty() && !it.label.is_empty()));
        }
    }

    #[test]
    fn a_missing_time_base_is_said_to_be_media_by_default() {
        let mut file = sample::subtitle();
        file.timed_text.as_mut().unwrap().declared_time_base = None;
        assert_eq!(
            value_of(&file.properties(TimecodeStyle::Timecode), "time_base"),
            "MEDIA (none declared)"
        );
    }
}
