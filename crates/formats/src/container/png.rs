//! PNG pictures (ISO/IEC 15948): the header, and whether the chunks go on to the end.

use domain::inspection::{Chroma, ColorModel, Defect, DefectKind, Image, ImageFormat, Measurement};

use super::{Slices, Wanted, fields::Big};

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// More chunks than the largest pictures have; after them the walk ends without an objection.
const CHUNKS: usize = 20_000;

pub(super) fn read(file: &mut impl Slices) -> Result<Measurement, Wanted> {
    let header = file.at(8, 25)?;
    let Some(mut image) = image(&header) else {
        return Ok(broken("Its header makes no sense."));
    };
    let (mut place, mut transparent, mut pixels) = (8_u64, false, false);
    for _ in 0..CHUNKS {
        let chunk = file.at(place, 8)?;
        let (Some(length), Some(name)) = (chunk.be32(0), chunk.get(4..8)) else {
            return Ok(broken("It stops before its end."));
        };
        let next = place.saturating_add(12).saturating_add(length.into());
        if next > file.size() {
            let message = format!(
                "It is cut short: a part of it ends at byte {next}, {} are there.",
                file.size()
            );
            return Ok(broken(&message));
        }
        match name {
            b"tRNS" => transparent = true,
            b"IDAT" => pixels = true,
            b"IEND" if !pixels => return Ok(broken("It holds no picture.")),
            b"IEND" => break,
            _ => {}
        }
        place = next;
    }
    image.alpha |= transparent;
    Ok(Measurement { image: Some(image), ..Measurement::default() })
}

/// The chunk IHDR, which comes first.
pub(super) fn image(header: &[u8]) -> Option<Image> {
    if header.get(..8)? != b"\0\0\0\x0dIHDR" {
        return None;
    }
    let (width, height) = (header.be32(8)?, header.be32(12)?);
    let bits = u32::from(*header.get(16)?);
    let (model, chroma, alpha) = match header.get(17)? {
        0 => (ColorModel::Gray, Chroma::Gray, false),
        2 => (ColorModel::Rgb, Chroma::Rgb, false),
        3 => (ColorModel::Indexed, Chroma::Rgb, false),
        4 => (ColorModel::Gray, Chroma::Gray, true),
        6 => (ColorModel::Rgb, Chroma::Rgb, true),
        _ => return None,
    };
    // Palettes hold colors of eight bits, whatever their numbers take.
    let bits = if model == ColorModel::Indexed { 8 } else { bits };
    (width > 0 && height > 0 && matches!(bits, 1 | 2 | 4 | 8 | 16)).then_some(Image {
        format: ImageFormat::Png,
        width,
        height,
        model: Some(model),
        chroma: Some(chroma),
        bit_depth: Some(bits),
        alpha,
    })
}

pub(super) fn broken(what: &str) -> Measurement {
    Measurement { defects: vec![Defect::new(DefectKind::Image, what)], ..Measurement::default() }
}
