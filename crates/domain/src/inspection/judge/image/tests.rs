use super::*;
use crate::inspection::{
    Archive, Archived, Chroma, ColorModel, Defect, Document, ImageFormat, judge, judge::sample,
};

fn still(spoil: impl FnOnce(&mut Image)) -> Measurement {
    let mut file = sample::still();
    spoil(file.image.as_mut().unwrap());
    file
}

/// An archive of pictures like the sample, each spoiled in its own way.
fn archive(spoils: &[fn(&mut Image)]) -> Measurement {
    let plain = sample::still();
    let pictures = (1..).zip(spoils).map(|(number, spoil)| {
        let mut image = plain.image.clone().unwrap();
        spoil(&mut image);
        Archived { name: format!("{number}.png"), image }
    });
    let archive = Archive {
        files: spoils.len() as u64,
        picture_count: spoils.len() as u64,
        pictures: pictures.collect(),
        ..Archive::default()
    };
    Measurement { image: None, document: Some(Document::Archive), archive: Some(archive), ..plain }
}

fn cards() -> Expectation {
    Expectation::for_dub_cards().on_canvas(Some((1920, 1080)))
}

fn codes(file: &Measurement, wanted: &Expectation) -> Vec<E> {
    judge(file, wanted).into_iter().map(|it| it.code).collect()
}

#[test]
fn every_format_but_two_is_refused_and_not_looked_into() {
    for &format in ImageFormat::ALL {
        let accepted = matches!(format, ImageFormat::Png | ImageFormat::Jpeg);
        let file = if accepted {
            still(|it| it.format = format)
        } else {
            still(|it| *it = Image::foreign(format))
        };
        let expected = if accepted { vec![] } else { vec![E::ImageFormat] };
        assert_eq!(codes(&file, &cards()), expected, "{format:?}");
    }
}

#[test]
fn every_color_model_but_that_of_print_is_accepted() {
    for &model in ColorModel::ALL {
        let file = still(|it| it.model = Some(model));
        let expected = if model == ColorModel::Cmyk { vec![E::ImageColorModel] } else { vec![] };
        assert_eq!(codes(&file, &cards()), expected, "{model:?}");
    }
    let unknown = still(|it| (it.model, it.chroma) = (None, Some(Chroma::Rgb)));
    assert_eq!(codes(&unknown, &cards()), []);
}

#[test]
fn one_column_too_many_is_found_where_pictures_stand_for_the_program() {
    for ((width, height), expected) in [
        ((1920, 1080), vec![]),
        ((1921, 1080), vec![E::ImageDimensions]),
        ((1920, 1079), vec![E::ImageDimensions]),
        ((3840, 2160), vec![E::ImageDimensions]),
    ] {
        let file = still(|it| (it.width, it.height) = (width, height));
        assert_eq!(codes(&file, &cards()), expected, "{width} × {height}");
        assert_eq!(codes(&file, &cards().on_canvas(None)), [], "nothing to compare with");
        let artwork = Expectation::for_image().on_canvas(Some((1920, 1080)));
        assert_eq!(codes(&file, &artwork), [], "any size will do");
    }
    let finding = &judge(&still(|it| it.width = 1921), &cards())[0];
    assert_eq!(finding.gauge.unwrap().distance(), "1 pixel too many");
    assert!(finding.overridable);
}

#[test]
fn a_picture_for_which_no_memory_suffices_is_not_looked_into() {
    for ((width, height), expected) in [
        ((8192, 8192), vec![]),
        ((8193, 8192), vec![E::ImagePixelBomb]),
        ((u32::MAX, u32::MAX), vec![E::ImagePixelBomb]),
    ] {
        let file = still(|it| {
            (it.width, it.height, it.model) = (width, height, Some(ColorModel::Rgb));
        });
        assert_eq!(codes(&file, &Expectation::for_image()), expected);
    }
}

#[test]
fn transparency_is_said_and_stops_nothing() {
    let findings = judge(&still(|it| it.alpha = true), &cards());
    assert_eq!(
        findings.iter().map(|it| (it.code, it.blocks())).collect::<Vec<_>>(),
        [(E::ImageAlpha, false)]
    );
}

#[test]
fn the_odd_ones_of_an_archive_are_named() {
    let odd = archive(&[|_| {}, |it| it.width = 1921, |_| {}, |it| it.format = ImageFormat::Jpeg]);
    for wanted in [cards(), cards().on_canvas(None)] {
        let findings = judge(&odd, &wanted);
        let [only] = findings.as_slice() else { panic!("{findings:?}") };
        assert_eq!((only.code, only.place.as_deref()), (E::DubCardConformance, Some("2.png")));
        assert_eq!(only.elsewhere, ["4.png"]);
        assert_eq!(only.measured.as_deref(), Some("PNG, 1,921 × 1,080 pixels"));
        assert_eq!(only.limit.as_deref(), Some("PNG, 1,920 × 1,080 pixels"));
    }
    assert_eq!(codes(&odd, &Expectation::for_image()), [], "artwork need not be alike");
    let alike = archive(&[|it| it.width = 1998, |it| it.width = 1998]);
    assert_eq!(codes(&alike, &cards()), [E::ImageDimensions]);
    assert_eq!(codes(&archive(&[|_| {}, |_| {}]), &cards()), []);
}

#[test]
fn an_archive_of_pictures_holds_pictures_only() {
    let mut strange = archive(&[|_| {}]);
    strange.archive.as_mut().unwrap().others = vec!["list.txt".into(), "b.doc".into()];
    let findings = judge(&strange, &cards());
    assert_eq!(
        (findings[0].code, findings[0].place.as_deref()),
        (E::ImageFormat, Some("list.txt"))
    );
    assert_eq!(findings[0].elsewhere, ["b.doc"]);
    assert_eq!(codes(&archive(&[]), &cards()), [E::ImageFormat]);
    let tiff = archive(&[|_| {}, |it| *it = Image::foreign(ImageFormat::Tiff)]);
    assert_eq!(codes(&tiff, &cards()), [E::ImageFormat]);
}

#[test]
fn a_broken_picture_is_unreadable_and_not_of_the_wrong_kind() {
    let broken = Measurement {
        image: None,
        defects: vec![Defect::new(DefectKind::Image, "It is cut short.")],
        ..sample::still()
    };
    assert_eq!(codes(&broken, &cards()), [E::ImageUnreadable]);
    assert_eq!(codes(&broken, &Expectation::for_video()), [E::IncorrectAssetType]);
}
