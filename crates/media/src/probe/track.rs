//! One stream of ffprobe as a track of the domain.

use domain::{
    inspection::{AudioTrack, Chroma, Color, Scan, VideoTrack},
    timecode::Fraction,
};

use super::report::{Stream, shown};

impl Stream {
    pub(super) fn video(&self) -> VideoTrack {
        let (codec, codec_name) = self.codec();
        VideoTrack {
            codec,
            codec_name,
            profile: said(self.profile.as_deref()),
            width: self.width.unwrap_or_default(),
            height: self.height.unwrap_or_default(),
            pixel_aspect: ratio(self.sample_aspect_ratio.as_deref()),
            display_aspect: ratio(self.display_aspect_ratio.as_deref()),
            frame_rate: ratio(self.r_frame_rate.as_deref()),
            average_rate: ratio(self.avg_frame_rate.as_deref()),
            frame_count: self.frame_count(),
            duration: self.duration(),
            bit_rate: self.bit_rate(),
            scan: self.field_order.as_deref().and_then(scan),
            chroma: self.pix_fmt.as_deref().and_then(chroma),
            bit_depth: self.raw_bits().or_else(|| self.pix_fmt.as_deref().map(depth)),
            color: Color {
                primaries: said(self.color_primaries.as_deref()),
                transfer: said(self.color_transfer.as_deref()),
                matrix: said(self.color_space.as_deref()),
                range: said(self.color_range.as_deref()),
            },
            start_timecode: self.start_timecode(),
            language: self.language(),
            content: None,
        }
    }

    pub(super) fn audio(&self) -> AudioTrack {
        let (codec, codec_name) = self.codec();
        let bits = self.raw_bits().or(self.bits_per_sample).filter(|it| *it > 0);
        AudioTrack {
            bit_depth: bits.filter(|_| codec.starts_with("pcm_")),
            codec,
            codec_name,
            profile: said(self.profile.as_deref()),
            sample_rate: self.sample_rate().unwrap_or_default(),
            channels: self.channels.unwrap_or_default(),
            layout: said(self.channel_layout.as_deref()),
            duration: self.duration(),
            bit_rate: self.bit_rate(),
            language: self.language(),
        }
    }

    fn codec(&self) -> (String, String) {
        let short = self.codec_name.as_deref().map_or_else(|| "unknown".to_owned(), shown);
        let name = self
            .codec_long_name
            .as_deref()
            .map(first_name)
            .map(shown)
            .filter(|it| !it.is_empty() && it != "unknown");
        let name = name.unwrap_or_else(|| {
            if short == "unknown" { "an unknown codec".to_owned() } else { short.clone() }
        });
        (short, name)
    }
}

/// `H.264` of `H.264 / AVC / MPEG-4 AVC / MPEG-4 part 10`.
fn first_name(names: &str) -> &str {
    names.split(" / ").next().unwrap_or(names)
}

/// A fraction above zero; ffprobe writes `0/0` and `0:1` for "not known".
fn ratio(text: Option<&str>) -> Option<Fraction> {
    Fraction::parse(text?).filter(|it| it.numerator() > 0)
}

fn said(text: Option<&str>) -> Option<String> {
    text.map(shown).filter(|it| {
        !it.is_empty() && !matches!(it.as_str(), "unknown" | "unspecified" | "reserved")
    })
}

/// The first letter decides: `tb` is how QuickTime files mark interleaved lines with the top field first, whatever
/// ffprobe's own explanation of the second letter says.
fn scan(order: &str) -> Option<Scan> {
    match order {
        "progressive" => Some(Scan::Progressive),
        "tt" | "tb" => Some(Scan::TopFirst),
        "bb" | "bt" => Some(Scan::BottomFirst),
        _ => None,
    }
}

fn chroma(pixels: &str) -> Option<Chroma> {
    let rgb = ["rgb", "bgr", "gbr", "argb", "abgr", "0rgb", "0bgr", "pal8", "x2rgb"];
    let sampling = [
        ("444", Chroma::Full444),
        ("422", Chroma::Subsampled422),
        ("420", Chroma::Subsampled420),
        ("411", Chroma::Subsampled411),
    ];
    if rgb.iter().any(|it| pixels.starts_with(it)) {
        return Some(Chroma::Rgb);
    }
    if pixels.starts_with("gray") || pixels.starts_with("ya") || pixels.starts_with("mono") {
        return Some(Chroma::Gray);
    }
    sampling.iter().find(|(digits, _)| pixels.contains(digits)).map(|(_, chroma)| *chroma)
}

/// Bits per sample out of a name such as `yuv422p10le`; 8 where it says nothing.
fn depth(pixels: &str) -> u32 {
    let name = pixels.trim_end_matches("le").trim_end_matches("be");
    match name {
        _ if name.starts_with("rgb48")
            || name.starts_with("bgr48")
            || name.starts_with("rgba64") =>
        {
            16
        }
        _ if name.starts_with("bgra64") => 16,
        _ => [16, 14, 12, 10, 9]
            .into_iter()
            .find(|bits| name.ends_with(&bits.to_string()))
            .unwrap_or(8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sampling_and_depth_are_read_out_of_the_pixel_format() {
        for (pixels, expected, bits) in [
            ("yuv422p10le", Some(Chroma::Subsampled422), 10),
            ("yuv420p", Some(Chroma::Subsampled420), 8),
            ("yuvj444p", Some(Chroma::Full444), 8),
            ("yuva444p12le", Some(Chroma::Full444), 12),
            ("rgb24", Some(Chroma::Rgb), 8),
            ("rgb48be", Some(Chroma::Rgb), 16),
            ("rgba", Some(Chroma::Rgb), 8),
            ("gbrp12le", Some(Chroma::Rgb), 12),
            ("gray16be", Some(Chroma::Gray), 16),
            ("ya8", Some(Chroma::Gray), 8),
            ("xyz12le", None, 12),
        ] {
            assert_eq!((chroma(pixels), depth(pixels)), (expected, bits), "{pixels}");
        }
    }
}
