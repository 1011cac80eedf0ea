//! What a picture may show, and how it must be coded.

use crate::{
    inspection::{Chroma, Runtime},
    timecode::Fraction,
};

use super::Embedded;

/// The limits of a picture track; nothing where something is not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureLimits {
    /// The longest black at either end; one black frame is the least.
    pub ends: Option<Runtime>,
    /// The longest black inside the program.
    pub inner_black: Option<Runtime>,
    /// The longest picture that does not move.
    pub freeze: Option<Runtime>,
    /// How many frames may be shown twice in the midst of motion.
    pub repeats: Option<u64>,
    /// The longest way from one key frame to the next, and every group closed.
    pub group: Option<Runtime>,
    /// Accepted sampling; any where the list is empty.
    pub chroma: &'static [Chroma],
    /// Bits per sample at least, by codec; other codecs may have any.
    pub bit_depth: &'static [(&'static str, u32)],
    /// Accepted color; any where the list is empty.
    pub colors: &'static [ColorSpec],
    /// Thousandths of a bit per pixel at least, for codecs whose rate is chosen when exporting.
    pub bits_per_pixel: Option<u64>,
    /// Width of a pixel over its height.
    pub pixel_aspect: Option<Fraction>,
    /// The least that may be left of the rows or columns beside black bars, in thousandths.
    pub active: Option<u32>,
    /// How many of the frames looked at may go beyond [`PREFERRED_LEVELS`](crate::inspection::PREFERRED_LEVELS).
    pub levels: Option<u64>,
    /// Whether captions may travel inside the picture.
    pub captions: Captions,
    /// Whether the first frame must have a timecode.
    pub start_timecode: Embedded,
}

/// Whether captions may travel inside the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Captions {
    /// They are delivered as files of their own.
    Unwanted,
    /// They may.
    Allowed,
}

/// One accepted way in which numbers become colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColorSpec {
    /// The name people know.
    pub name: &'static str,
    /// Which red, green and blue.
    pub primaries: &'static str,
    /// How brightness rises with the number.
    pub transfer: &'static str,
    /// How brightness and color are separated; RGB has no such thing.
    pub matrices: &'static [&'static str],
}

/// ITU-R BT.709 for HD, BT.2100 and P3 in D65 for HDR.
const MASTER_COLORS: &[ColorSpec] = &[
    ColorSpec { name: "BT.709", primaries: "bt709", transfer: "bt709", matrices: &["bt709"] },
    ColorSpec {
        name: "BT.2020 PQ",
        primaries: "bt2020",
        transfer: "smpte2084",
        matrices: &["bt2020nc", "bt2020c"],
    },
    ColorSpec {
        name: "BT.2020 HLG",
        primaries: "bt2020",
        transfer: "arib-std-b67",
        matrices: &["bt2020nc", "bt2020c"],
    },
    ColorSpec {
        name: "P3 D65 PQ",
        primaries: "smpte432",
        transfer: "smpte2084",
        matrices: &["bt2020nc", "bt709"],
    },
];

impl PictureLimits {
    /// What masters keep to. Black at the ends and inside as in domain.md §11.1; a card stands for three or four
    /// seconds, so five without motion are worth a question; one second from key frame to key frame and half a bit
    /// per pixel (26 Mb/s in HD at 25) are the practice of the trade for MPEG-2 masters.
    pub const MASTER: Self = Self {
        ends: Some(Runtime::from_millis(1000)),
        inner_black: Some(Runtime::from_millis(2000)),
        freeze: Some(Runtime::from_millis(5000)),
        repeats: Some(0),
        group: Some(Runtime::from_millis(1000)),
        chroma: &[Chroma::Subsampled422, Chroma::Full444, Chroma::Rgb],
        bit_depth: &[("prores", 10), ("jpeg2000", 10), ("dnxhd", 8), ("mpeg2video", 8)],
        colors: MASTER_COLORS,
        bits_per_pixel: Some(500),
        pixel_aspect: Some(Fraction::whole(1)),
        active: Some(980),
        levels: Some(0),
        captions: Captions::Unwanted,
        start_timecode: Embedded::Required,
    };

    /// Viewing copies have slates, missing shots and any coding; what is asked is that they can be watched.
    pub const VIEWING: Self = Self {
        ends: None,
        inner_black: None,
        freeze: None,
        repeats: None,
        group: None,
        chroma: &[],
        bit_depth: &[],
        colors: &[],
        bits_per_pixel: None,
        pixel_aspect: None,
        active: None,
        levels: None,
        captions: Captions::Allowed,
        start_timecode: Embedded::Optional,
    };
}
