//! Codecs by the four letters that containers have for them, under the names that ffmpeg has.

use domain::inspection::Chroma;

/// A picture codec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    pub short: &'static str,
    pub name: &'static str,
    pub profile: Option<&'static str>,
    pub chroma: Option<Chroma>,
    pub bits: Option<u32>,
}

/// The picture codec of a sample description of QuickTime or MP4.
pub(super) const fn picture(letters: [u8; 4]) -> Option<Picture> {
    const fn plain(short: &'static str, name: &'static str) -> Picture {
        Picture { short, name, profile: None, chroma: None, bits: None }
    }
    const fn prores(profile: &'static str, chroma: Chroma, bits: u32) -> Picture {
        let name = "Apple ProRes (iCodec Pro)";
        let (profile, chroma, bits) = (Some(profile), Some(chroma), Some(bits));
        Picture { short: "prores", name, profile, chroma, bits }
    }
    use Chroma::{Full444, Subsampled422};
    Some(match &letters {
        b"apco" => prores("Proxy", Subsampled422, 10),
        b"apcs" => prores("LT", Subsampled422, 10),
        b"apcn" => prores("Standard", Subsampled422, 10),
        b"apch" => prores("HQ", Subsampled422, 10),
        b"ap4h" => prores("4444", Full444, 10),
        b"ap4x" => prores("XQ", Full444, 12),
        b"avc1" | b"avc3" => plain("h264", "H.264"),
        b"hvc1" | b"hev1" => plain("hevc", "H.265"),
        b"mp4v" => plain("mpeg4", "MPEG-4 part 2"),
        b"AVdn" | b"AVdh" => plain("dnxhd", "VC3/DNxHD"),
        b"mjp2" => plain("jpeg2000", "JPEG 2000"),
        b"CFHD" => plain("cfhd", "GoPro CineForm HD"),
        b"v210" => plain("v210", "Uncompressed 4:2:2 10-bit"),
        b"jpeg" | b"mjpa" | b"mjpb" => plain("mjpeg", "Motion JPEG"),
        b"png " => plain("png", "PNG (Portable Network Graphics) image"),
        b"m1v " => plain("mpeg1video", "MPEG-1 video"),
        b"m2v1" => plain("mpeg2video", "MPEG-2 video"),
        // HDV and XDCAM, one for each rate and size.
        [b'h', b'd', b'v', _] | [b'x', b'd', b'v' | b'5' | b'h', _] | [b'm', b'x', _, _] => {
            plain("mpeg2video", "MPEG-2 video")
        }
        _ => return None,
    })
}

/// How the samples of uncompressed sound are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pcm {
    pub bits: u32,
    pub float: bool,
    pub signed: bool,
    pub little_endian: bool,
}

impl Pcm {
    /// The short name and the name in words; nothing where nobody writes sound that way.
    pub(super) fn names(self) -> Option<(String, String)> {
        let Self { bits, float, signed, little_endian } = self;
        let known = if float { matches!(bits, 32 | 64) } else { matches!(bits, 8 | 16 | 24 | 32) };
        if !known {
            return None;
        }
        let letter = if float {
            'f'
        } else if signed {
            's'
        } else {
            'u'
        };
        let kind = match letter {
            'f' => String::new(),
            's' => "signed ".to_owned(),
            _ => "unsigned ".to_owned(),
        };
        let (end, order) =
            if little_endian { ("le", " little-endian") } else { ("be", " big-endian") };
        let (end, order) = if bits == 8 { ("", "") } else { (end, order) };
        let float = if float { " floating point" } else { "" };
        Some((format!("pcm_{letter}{bits}{end}"), format!("PCM {kind}{bits}-bit{float}{order}")))
    }
}

/// Names of coded sound.
pub(super) const AAC: (&str, &str) = ("aac", "AAC (Advanced Audio Coding)");
pub(super) const AC3: (&str, &str) = ("ac3", "ATSC A/52A (AC-3)");
pub(super) const EAC3: (&str, &str) = ("eac3", "ATSC A/52B (AC-3, E-AC-3)");
pub(super) const ALAC: (&str, &str) = ("alac", "ALAC (Apple Lossless Audio Codec)");
pub(super) const MP2: (&str, &str) = ("mp2", "MP2 (MPEG audio layer 2)");
pub(super) const MP3: (&str, &str) = ("mp3", "MP3 (MPEG audio layer 3)");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uncompressed_sound_has_the_names_of_ffmpeg() {
        let pcm = |bits, float, signed, little_endian| {
            Pcm { bits, float, signed, little_endian }.names().map(|it| it.0)
        };
        for (names, expected) in [
            (pcm(24, false, true, true), Some("pcm_s24le")),
            (pcm(16, false, true, false), Some("pcm_s16be")),
            (pcm(8, false, false, true), Some("pcm_u8")),
            (pcm(32, true, true, true), Some("pcm_f32le")),
            (pcm(64, true, true, false), Some("pcm_f64be")),
            (pcm(20, false, true, true), None),
            (pcm(24, true, true, true), None),
        ] {
            assert_eq!(names.as_deref(), expected);
        }
    }
}
