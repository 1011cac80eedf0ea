//! Still pictures against their specification, one by one and beside each other.

use crate::{
    inspection::{
        DefectKind, Direction, ErrorCode as E, Expectation, Finding, Image, ImageSize, ImageSpec,
        Measurement, Unit,
    },
    quantity::{count, counted},
};

use super::file::of_kind;

/// So many places are named in a finding.
const PLACES: usize = 20;

/// A picture with its place; a picture that is a file of its own has none.
type Placed<'a> = (Option<&'a str>, &'a Image);

/// Every way in which a picture, or the pictures of an archive, miss the specification.
pub(super) fn judge(file: &Measurement, wanted: &Expectation, findings: &mut Vec<Finding>) {
    let Some(spec) = &wanted.image else { return };
    findings.extend(of_kind(file, DefectKind::Image, E::ImageUnreadable));
    let alone = file.image.iter().map(|it| (None, it));
    let packed = file.archive.iter().flat_map(|it| &it.pictures);
    let pictures: Vec<Placed<'_>> =
        alone.chain(packed.map(|it| (Some(it.name.as_str()), &it.image))).collect();
    findings.extend(strangers(file));
    findings.extend(format(&pictures, spec));
    // What is of another format has not been looked into, and what is too large will not be.
    let known: Vec<_> =
        pictures.into_iter().filter(|it| spec.formats.contains(&it.1.format)).collect();
    findings.extend(bomb(&known));
    let known: Vec<_> =
        known.into_iter().filter(|it| it.1.pixels() <= Image::MOST_PIXELS).collect();
    findings.extend(model(&known, spec));
    if spec.size == ImageSize::LikeProgram {
        let odd = conformance(&known);
        // Those that differ from the others are named once.
        let alike = odd.is_none();
        findings.extend(odd);
        findings.extend(wanted.canvas.filter(|_| alike).and_then(|it| dimensions(&known, it)));
    }
    findings.extend(alpha(&known));
}

/// A finding about the first of the pictures, with the places of the others.
fn about<'a>(
    culprits: &[Placed<'a>],
    finding: impl FnOnce(&'a Image) -> Finding,
) -> Option<Finding> {
    let (place, image) = *culprits.first()?;
    let others =
        culprits.iter().skip(1).filter_map(|it| it.0).take(PLACES).map(str::to_owned).collect();
    let finding = finding(image).also_at(others);
    Some(match place {
        Some(place) => finding.at(place),
        None => finding,
    })
}

fn those<'a>(all: &[Placed<'a>], guilty: impl Fn(&Image) -> bool) -> Vec<Placed<'a>> {
    all.iter().filter(|it| guilty(it.1)).copied().collect()
}

fn size(image: &Image) -> String {
    format!("{} × {} pixels", count(image.width.into()), count(image.height.into()))
}

/// Files of an archive that are no pictures, or an archive without any.
fn strangers(file: &Measurement) -> Option<Finding> {
    let archive = file.archive.as_ref()?;
    if let Some(first) = archive.others.first() {
        let message = "The archive holds something else than still pictures.";
        let others = archive.others.iter().skip(1).take(PLACES).cloned().collect();
        let finding = Finding::new(E::ImageFormat, message).against("no picture", "PNG, JPEG");
        return Some(finding.at(first.clone()).also_at(others));
    }
    let none = archive.picture_count == 0 && !file.has(DefectKind::Image);
    none.then(|| {
        Finding::new(E::ImageFormat, "There is no picture in the archive.")
            .against("0 pictures", "at least 1 picture")
    })
}

fn format(pictures: &[Placed<'_>], spec: &ImageSpec) -> Option<Finding> {
    let accepted: Vec<_> = spec.formats.iter().map(|it| it.label()).collect();
    let culprits = those(pictures, |it| !spec.formats.contains(&it.format));
    about(&culprits, |image| {
        let format = image.format.label();
        Finding::new(E::ImageFormat, format!("{format} is not accepted for still pictures."))
            .against(format, accepted.join(", "))
    })
}

fn bomb(pictures: &[Placed<'_>]) -> Option<Finding> {
    let culprits = those(pictures, |it| it.pixels() > Image::MOST_PIXELS);
    about(&culprits, |image| {
        let (pixels, most) = (image.pixels(), Image::MOST_PIXELS);
        let message = format!("A picture of {} takes too much memory to be decoded.", size(image));
        let number = |it: u64| i64::try_from(it).unwrap_or(i64::MAX);
        Finding::new(E::ImagePixelBomb, message)
            .against(format!("{} pixels", count(pixels)), format!("at most {} pixels", count(most)))
            .gauged(number(pixels), Direction::AtMost, number(most), Unit::Pixels)
    })
}

fn model(pictures: &[Placed<'_>], spec: &ImageSpec) -> Option<Finding> {
    let culprits = those(pictures, |it| it.model.is_some_and(|it| !spec.models.contains(&it)));
    let accepted: Vec<_> = spec.models.iter().map(|it| it.label()).collect();
    about(&culprits, |image| {
        let model = image.model.map_or("unknown", |it| it.label());
        let message =
            format!("The colors are {model}, which is made for print and not for screens.");
        Finding::new(E::ImageColorModel, message).against(model, accepted.join(", "))
    })
}

/// The pictures that differ from most of the others.
fn conformance(pictures: &[Placed<'_>]) -> Option<Finding> {
    let kind = |it: &Image| (it.format, it.width, it.height);
    let mut kinds: Vec<_> = pictures.iter().map(|it| kind(it.1)).collect();
    kinds.sort_unstable();
    let runs = kinds.chunk_by(|one, other| one == other);
    let usual = runs.max_by_key(|it| it.len())?.first().copied()?;
    let culprits = those(pictures, |it| kind(it) != usual);
    about(&culprits, |image| {
        let (format, width, height) = usual;
        let usual = format!(
            "{}, {} × {} pixels",
            format.label(),
            count(width.into()),
            count(height.into())
        );
        let differing = counted(
            culprits.len() as u64,
            "picture of the archive is unlike the others.",
            "pictures of the archive are unlike the others.",
        );
        Finding::new(E::DubCardConformance, differing)
            .against(format!("{}, {}", image.format.label(), size(image)), usual)
    })
}

fn dimensions(pictures: &[Placed<'_>], (width, height): (u32, u32)) -> Option<Finding> {
    let culprits = those(pictures, |it| (it.width, it.height) != (width, height));
    about(&culprits, |image| {
        let wanted = format!("{} × {} pixels", count(width.into()), count(height.into()));
        let (value, limit) =
            if image.width == width { (image.height, height) } else { (image.width, width) };
        let message = format!("The picture has {}, the program {wanted}.", size(image));
        Finding::new(E::ImageDimensions, message).against(size(image), wanted).gauged(
            value.into(),
            Direction::Exactly,
            limit.into(),
            Unit::Pixels,
        )
    })
}

fn alpha(pictures: &[Placed<'_>]) -> Option<Finding> {
    about(&those(pictures, |it| it.alpha), |_| {
        let message = "The picture has an alpha channel; what shows through it differs from player to player.";
        Finding::new(E::ImageAlpha, message).against("an alpha channel", "none")
    })
}

#[cfg(test)]
mod tests;
