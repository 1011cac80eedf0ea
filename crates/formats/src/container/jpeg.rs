//! JPEG pictures (ITU-T T.81): the frame header, and whether the picture comes to its end.

use domain::inspection::{Chroma, ColorModel, Image, ImageFormat, Measurement};

use super::{HEAD, Slices, Wanted, fields::Big, png::broken};

pub(super) const START: &[u8] = b"\xff\xd8\xff";

/// More segments than cameras and editors write before the picture.
const SEGMENTS: usize = 1000;

pub(super) fn read(file: &mut impl Slices) -> Result<Measurement, Wanted> {
    let Some(image) = header(file)? else {
        return Ok(broken("There is no picture behind its header."));
    };
    // Cameras append previews behind the end, so the mark may stand somewhere before.
    let tail = file.at(file.size().saturating_sub(HEAD as u64), HEAD)?;
    if !tail.windows(2).any(|it| it == b"\xff\xd9") {
        return Ok(broken("It is cut short: the mark of its end is not there."));
    }
    Ok(Measurement { image: Some(image), ..Measurement::default() })
}

/// What the frame header says, and the color transform that Adobe's programs note.
pub(super) fn header(file: &mut impl Slices) -> Result<Option<Image>, Wanted> {
    let (mut place, mut adobe) = (2_u64, None);
    for _ in 0..SEGMENTS {
        let segment = file.at(place, 20)?;
        let (Some(0xff), Some(kind)) = (segment.first(), segment.get(1)) else { return Ok(None) };
        // Fill bytes, and marks without a body.
        if *kind == 0xff {
            place = place.saturating_add(1);
            continue;
        }
        let Some(length) = segment.be16(2).filter(|it| *it >= 2) else { return Ok(None) };
        match kind {
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Ok(image(&segment, adobe));
            }
            0xee if segment.get(4..9) == Some(b"Adobe") => adobe = segment.get(15).copied(),
            0xd9 | 0xda => return Ok(None),
            _ => {}
        }
        place = place.saturating_add(2).saturating_add(length.into());
    }
    Ok(None)
}

fn image(frame: &[u8], adobe: Option<u8>) -> Option<Image> {
    let (bits, height, width) = (u32::from(*frame.get(4)?), frame.be16(5)?, frame.be16(7)?);
    let components = *frame.get(9)?;
    let (model, chroma) = match (components, adobe) {
        (1, _) => (ColorModel::Gray, Some(Chroma::Gray)),
        (3, Some(0)) => (ColorModel::Rgb, Some(Chroma::Rgb)),
        (3, _) => (ColorModel::YCbCr, sampling(frame)),
        (4, _) => (ColorModel::Cmyk, None),
        _ => return None,
    };
    (width > 0 && height > 0).then_some(Image {
        format: ImageFormat::Jpeg,
        width: width.into(),
        height: height.into(),
        model: Some(model),
        chroma,
        bit_depth: Some(bits),
        alpha: false,
    })
}

/// By how many samples of brightness there are for one of each color, across and down.
fn sampling(frame: &[u8]) -> Option<Chroma> {
    let of = |component: usize| frame.get(11 + 3 * component).map(|it| (it >> 4, it & 15));
    let (brightness, one, other) = (of(0)?, of(1)?, of(2)?);
    if one != other || one.0 == 0 || one.1 == 0 {
        return None;
    }
    match (brightness.0 / one.0, brightness.1 / one.1) {
        (1, 1) => Some(Chroma::Full444),
        (2, 1) => Some(Chroma::Subsampled422),
        (2, 2) => Some(Chroma::Subsampled420),
        (4, 1) => Some(Chroma::Subsampled411),
        _ => None,
    }
}
