//! Still pictures: for every code of their families a file with just that fault, and clean ones.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "kit/preflight.rs"]
mod preflight;
#[expect(dead_code, reason = "only pictures are made here")]
#[path = "kit/samples.rs"]
mod samples;
#[path = "kit/zip.rs"]
mod zip;

use std::fs;

use domain::{
    inspection::{ErrorCode as E, Expectation, Finding, judge},
    request::{Family, SourceType},
};
use media::{Limits, measure};
use samples::made;
use zip::{file, zip};

/// A picture of this size and kind.
fn picture(name: &str, size: &str, pixels: &str) -> Vec<u8> {
    // The test picture itself has an even number of columns.
    let scaled = size.replace('x', ":");
    let words =
        format!("-f lavfi -i testsrc2=r=1 -frames:v 1 -vf scale={scaled} -pix_fmt {pixels}");
    fs::read(made(name, &words)).unwrap()
}

fn png(size: &str) -> Vec<u8> {
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
    let (one, other) = (png("320x180"), png("640x360"));
    let jpeg = picture("card.jpg", "320x180", "yuvj420p");
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

#[tokio::test]
async fn every_fault_yields_its_code_and_no_other() {
    let (one, odd) = (png("320x180"), png("321x180"));
    let jpeg = picture("card.jpg", "320x180", "yuvj420p");
    let mut enormous = one.clone();
    enormous[16..24].copy_from_slice(&[0, 0, 0x40, 0, 0, 0, 0x40, 0]);
    // Four components instead of three, the fourth like the third.
    let mut inks = jpeg.clone();
    let frame = inks.windows(2).position(|it| it == b"\xff\xc0").unwrap();
    inks[frame + 3] += 3;
    inks[frame + 9] = 4;
    inks.splice(frame + 19..frame + 19, [4, 0x11, 1]);
    let packed =
        |second: &[u8]| zip(&[file("1.png", &one), file("2.png", second), file("3.png", &one)]);
    let cases: Vec<(E, Vec<u8>)> = vec![
        (E::ImageUnreadable, one[..one.len() - 20].to_vec()),
        (E::ImageUnreadable, one[..30].to_vec()),
        (E::ImageUnreadable, jpeg[..jpeg.len() - 20].to_vec()),
        (E::ImageUnreadable, packed(&one[..14])),
        (E::ImageFormat, picture("card.gif", "320x180", "pal8")),
        (E::ImageFormat, picture("card.tiff", "320x180", "rgb24")),
        (E::ImageFormat, picture("card.bmp", "320x180", "bgr24")),
        (E::ImageFormat, packed(b"II*\0....")),
        (E::ImageFormat, packed(b"A list")),
        (E::ImageFormat, zip(&[])),
        (E::ImagePixelBomb, enormous.clone()),
        (E::ImagePixelBomb, packed(&enormous)),
        (E::ImageDimensions, odd.clone()),
        (E::ImageDimensions, zip(&[file("1.png", &odd), file("2.png", &odd)])),
        (E::DubCardConformance, packed(&odd)),
        (E::DubCardConformance, packed(&jpeg)),
        (E::ImageAlpha, picture("through.png", "320x180", "rgba")),
    ];
    for (code, bytes) in cases {
        let findings = judged(&bytes, &cards()).await;
        let codes: Vec<_> = findings.iter().map(|it| it.code).collect();
        assert_eq!(codes, [code], "{findings:#?}");
    }
    let archived = judged(&zip(&[file("1.jpg", &inks), file("2.jpg", &inks)]), &cards()).await;
    let codes: Vec<_> = archived.iter().map(|it| it.code).collect();
    assert_eq!(codes, [E::ImageColorModel], "{archived:#?}");
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

/// A code that no file has here could never be seen.
#[test]
fn every_code_of_pictures_has_its_file() {
    let here = [
        E::ImageUnreadable,
        E::ImageFormat,
        E::ImagePixelBomb,
        E::ImageColorModel,
        E::ImageDimensions,
        E::DubCardConformance,
        E::ImageAlpha,
    ];
    for code in E::ALL.iter().filter(|it| matches!(it.family(), "IMAGE" | "DUBCARD")) {
        assert!(here.contains(code), "no file has the fault {code}");
    }
}
