//! Still pictures: for every code of their families a file with just that fault, and clean ones.

use std::fs;

use domain::{
    inspection::{ErrorCode as E, Expectation, Finding, judge},
    request::{Family, SourceType},
};
use media::{Limits, measure};

use crate::{
    fixture::{Bytes, Fault, Fixture, Made, alone, fault, listed},
    preflight,
    samples::made,
    zip::{file, zip},
};

/// A picture of this size and kind.
pub fn picture(name: &str, size: &str, pixels: &str) -> Vec<u8> {
    // The test picture itself has an even number of columns.
    let scaled = size.replace('x', ":");
    let words =
        format!("-f lavfi -i testsrc2=r=1 -frames:v 1 -vf scale={scaled} -pix_fmt {pixels}");
    fs::read(made(name, &words)).unwrap()
}

pub fn png(size: &str) -> Vec<u8> {
    picture("card.png", size, "rgb24")
}

/// Dub cards for a program of 320 × 180.
fn cards() -> Expectation {
    Expectation::of(SourceType::DubCardImage).on_canvas(Some((320, 180)))
}

async fn judged(bytes: &[u8], wanted: &Expectation) -> Vec<Finding> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("delivered");
    fs::write(&path, bytes).unwrap();
    let measured = measure(&path, &Limits::default(), Family::Image).await.unwrap();
    let findings = judge(&measured, wanted);
    preflight::reads_the_same(bytes, &measured, Family::Image);
    preflight::agrees(&[("delivered", bytes)], wanted, &findings);
    findings
}

#[tokio::test]
async fn clean_pictures_have_no_findings() {
    let (one, other, jpeg) = (one(), png("640x360"), jpeg());
    let packed = zip(&[
        file("a/", b""),
        file("a/1.png", &one),
        file("a/2.png", &one),
        file("__MACOSX/a/._1.png", b"x"),
    ]);
    for clean in [&one, &jpeg, &packed, &picture("gray.png", "320x180", "gray")] {
        assert_eq!(judged(clean, &cards()).await, []);
    }
    let artwork = Expectation::of(SourceType::Artwork).on_canvas(Some((320, 180)));
    let mixed = zip(&[file("1.png", &one), file("2.png", &other), file("3.jpg", &jpeg)]);
    assert_eq!(judged(&mixed, &artwork).await, [], "artwork has any size");
}

fn one() -> Vec<u8> {
    png("320x180")
}

/// A column more than the program has.
fn odd() -> Vec<u8> {
    png("321x180")
}

fn jpeg() -> Vec<u8> {
    picture("card.jpg", "320x180", "yuvj420p")
}

fn enormous() -> Vec<u8> {
    let mut picture = one();
    picture[16..24].copy_from_slice(&[0, 0, 0x40, 0, 0, 0, 0x40, 0]);
    picture
}

/// Four components instead of three, the fourth like the third.
fn inks() -> Vec<u8> {
    let mut inks = jpeg();
    let frame = inks.windows(2).position(|it| it == b"\xff\xc0").unwrap();
    inks[frame + 3] += 3;
    inks[frame + 9] = 4;
    inks.splice(frame + 19..frame + 19, [4, 0x11, 1]);
    inks
}

/// An archive of three pictures, of which the second is this one.
fn packed(second: &[u8]) -> Vec<u8> {
    zip(&[file("1.png", &one()), file("2.png", second), file("3.png", &one())])
}

const FAULTS: &[Fault<Bytes>] = &[
    fault(E::ImageUnreadable, "a PNG without its end", || {
        let one = one();
        one[..one.len() - 20].to_vec()
    }),
    fault(E::ImageUnreadable, "the beginning of a PNG", || one()[..30].to_vec()),
    fault(E::ImageUnreadable, "a JPEG without its end", || {
        let jpeg = jpeg();
        jpeg[..jpeg.len() - 20].to_vec()
    }),
    fault(E::ImageUnreadable, "the beginning of a PNG in an archive", || packed(&one()[..14])),
    fault(E::ImageFormat, "a GIF", || picture("card.gif", "320x180", "pal8")),
    fault(E::ImageFormat, "a TIFF", || picture("card.tiff", "320x180", "rgb24")),
    fault(E::ImageFormat, "a BMP", || picture("card.bmp", "320x180", "bgr24")),
    fault(E::ImageFormat, "a TIFF in an archive", || packed(b"II*\0....")),
    fault(E::ImageFormat, "a text in an archive", || packed(b"A list")),
    fault(E::ImageFormat, "an empty archive", || zip(&[])),
    fault(E::ImagePixelBomb, "a PNG of 16,384 × 16,384 pixels", enormous),
    fault(E::ImagePixelBomb, "the same in an archive", || packed(&enormous())),
    fault(E::ImageColorModel, "JPEG in four inks", || {
        zip(&[file("1.jpg", &inks()), file("2.jpg", &inks())])
    }),
    fault(E::ImageDimensions, "a card one column wider than the program", odd),
    fault(E::ImageDimensions, "an archive of such cards", || {
        zip(&[file("1.png", &odd()), file("2.png", &odd())])
    }),
    fault(E::DubCardConformance, "one card wider than the others", || packed(&odd())),
    fault(E::DubCardConformance, "a JPEG between PNGs", || packed(&jpeg())),
    fault(E::ImageAlpha, "a PNG that can be seen through", || {
        picture("through.png", "320x180", "rgba")
    }),
];

pub fn fixtures() -> Vec<Fixture> {
    listed(Made::File, FAULTS)
}

#[tokio::test]
async fn every_fault_yields_its_code_and_no_other() {
    for row in FAULTS {
        alone(row, &judged(&(row.made_of)(), &cards()).await);
    }
}

#[tokio::test]
async fn the_odd_picture_of_an_archive_is_named_with_its_size() {
    let (one, odd) = (png("1920x1080"), png("1921x1080"));
    let archive = zip(&[file("1.png", &one), file("2.png", &odd), file("3.png", &one)]);
    let findings = judged(&archive, &cards().on_canvas(None)).await;
    let [only] = findings.as_slice() else { panic!("{findings:?}") };
    assert_eq!((only.code, only.place.as_deref()), (E::DubCardConformance, Some("2.png")));
    assert_eq!(only.measured.as_deref(), Some("PNG, 1,921 × 1,080 pixels"));
}
