//! Facts about moving and still pictures.

pub(super) mod content;

use serde::{Deserialize, Serialize};

use super::Runtime;
use crate::{key::keyed, timecode::Fraction};
pub use content::PictureContent;

/// One picture track.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VideoTrack {
    /// The short name of the codec: `prores`, `mpeg2video`.
    pub codec: String,
    /// The codec in words.
    pub codec_name: String,
    /// The codec's profile, for example `HQ`.
    pub profile: Option<String>,
    /// Columns of the coded picture.
    pub width: u32,
    /// Rows of the coded picture.
    pub height: u32,
    /// Width of a pixel over its height.
    pub pixel_aspect: Option<Fraction>,
    /// Width of the shown picture over its height.
    pub display_aspect: Option<Fraction>,
    /// Frames per second, as declared.
    pub frame_rate: Option<Fraction>,
    /// Frames divided by length: another number than the declared rate means holes or a varying rate.
    pub average_rate: Option<Fraction>,
    /// How many frames the container counts.
    pub frame_count: Option<u64>,
    /// How long the track lasts.
    pub duration: Option<Runtime>,
    /// Bits per second.
    pub bit_rate: Option<u64>,
    /// Whole pictures or alternating lines, as the header says.
    pub scan: Option<Scan>,
    /// How many color samples there are for each brightness sample.
    pub chroma: Option<Chroma>,
    /// Bits per sample.
    pub bit_depth: Option<u32>,
    /// How the numbers become colors.
    pub color: Color,
    /// The timecode of the first frame, as written in the track.
    pub start_timecode: Option<String>,
    /// The language the track declares.
    pub language: Option<String>,
    /// What was seen when it was decoded; nothing where only its headers were read.
    pub content: Option<PictureContent>,
}

/// How the numbers of a picture become colors, each as declared; nothing where the file is silent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Color {
    /// Which red, green and blue: `bt709`.
    pub primaries: Option<String>,
    /// How brightness rises with the number: `bt709`, `smpte2084`.
    pub transfer: Option<String>,
    /// How brightness and color are separated: `bt709`.
    pub matrix: Option<String>,
    /// `tv` for legal range, `pc` for full range.
    pub range: Option<String>,
}

keyed! {
    /// Whole pictures, or two alternating sets of lines.
    pub enum Scan {
        Progressive = "progressive", "Progressive";
        TopFirst = "top_first", "Interlaced, top field first";
        BottomFirst = "bottom_first", "Interlaced, bottom field first";
    }
}

keyed! {
    /// How many color samples there are for each brightness sample.
    pub enum Chroma {
        Subsampled420 = "4:2:0", "4:2:0";
        Subsampled422 = "4:2:2", "4:2:2";
        Subsampled411 = "4:1:1", "4:1:1";
        Full444 = "4:4:4", "4:4:4";
        Rgb = "rgb", "RGB 4:4:4";
        Gray = "gray", "Gray";
    }
}

/// A still picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// The file format.
    pub format: ImageFormat,
    /// Columns; 0 where the format is not looked into.
    pub width: u32,
    /// Rows; 0 where the format is not looked into.
    pub height: u32,
    /// What the numbers of a pixel stand for.
    #[serde(default)]
    pub model: Option<ColorModel>,
    /// How many color samples there are for each brightness sample.
    pub chroma: Option<Chroma>,
    /// Bits per sample.
    pub bit_depth: Option<u32>,
    /// Whether parts may be see-through.
    pub alpha: bool,
}

keyed! {
    /// A format of still pictures.
    pub enum ImageFormat {
        Png = "png", "PNG";
        Jpeg = "jpeg", "JPEG";
        Gif = "gif", "GIF";
        Tiff = "tiff", "TIFF";
        WebP = "webp", "WebP";
        Bmp = "bmp", "BMP";
        Photoshop = "photoshop", "Photoshop";
    }
}

keyed! {
    /// What the numbers of a pixel of a still picture stand for.
    pub enum ColorModel {
        Rgb = "rgb", "RGB";
        /// Brightness and two differences, as in nearly every JPEG.
        YCbCr = "ycbcr", "YCbCr";
        Gray = "gray", "Grayscale";
        /// Numbers of a palette.
        Indexed = "indexed", "Indexed RGB";
        /// Inks of a printing press.
        Cmyk = "cmyk", "CMYK";
    }
}

impl Image {
    /// The most pixels that a picture may have before anybody decodes it: 8,192 × 8,192, which fill 256 MiB of memory.
    pub const MOST_PIXELS: u64 = 1 << 26;

    /// A picture of a format that is known and not looked into.
    pub const fn foreign(format: ImageFormat) -> Self {
        Self {
            format,
            width: 0,
            height: 0,
            model: None,
            chroma: None,
            bit_depth: None,
            alpha: false,
        }
    }

    /// Columns times rows.
    pub fn pixels(&self) -> u64 {
        u64::from(self.width).saturating_mul(self.height.into())
    }
}
