use super::*;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x07\x80\0\0\x04\x38\x08\x02\0\0\0\0\0\0\0";

/// An entry to be packed: name, content, method, type and rights.
struct Packed<'a>(&'a str, &'a [u8], u16, u32);

fn zip(entries: &[Packed<'_>]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    for Packed(name, content, method, mode) in entries {
        let packed = match method {
            8 => miniz_oxide::deflate::compress_to_vec(content, 6),
            _ => content.to_vec(),
        };
        let offset = bytes.len() as u32;
        let mut common = Vec::new();
        common.extend(method.to_le_bytes());
        common.extend([0; 8]);
        common.extend((packed.len() as u32).to_le_bytes());
        common.extend((content.len() as u32).to_le_bytes());
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0; 2]);
        bytes.extend(b"PK\x03\x04\x14\0\0\0");
        bytes.extend(&common);
        bytes.extend(name.as_bytes());
        bytes.extend(packed);
        list.extend(b"PK\x01\x02\x14\x03\x14\0\0\0");
        list.extend(&common);
        list.extend([0; 6]);
        list.extend((mode << 16).to_le_bytes());
        list.extend(offset.to_le_bytes());
        list.extend(name.as_bytes());
    }
    let (from, length) = (bytes.len() as u32, list.len() as u32);
    bytes.extend(list);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend((entries.len() as u16).to_le_bytes());
    bytes.extend((entries.len() as u16).to_le_bytes());
    bytes.extend(length.to_le_bytes());
    bytes.extend(from.to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

fn listed(bytes: &[u8]) -> Measurement {
    read(&mut Whole(bytes)).unwrap().unwrap()
}

#[test]
fn pictures_are_told_by_their_headers_however_they_are_packed() {
    let bytes = zip(&[
        Packed("cards/", b"", 0, 0o040_755),
        Packed("cards/1.png", PNG, 0, 0o100_644),
        Packed("cards/2.png", PNG, 8, 0),
        Packed("__MACOSX/cards/._1.png", b"x", 0, 0),
        Packed("cards/.DS_Store", b"x", 0, 0),
        Packed("read me.txt", b"Hello", 8, 0),
    ]);
    let Measurement { archive: Some(archive), defects, .. } = listed(&bytes) else { panic!() };
    assert_eq!((archive.files, archive.picture_count, defects.len()), (5, 2, 0));
    assert_eq!(archive.unpacked, 2 * PNG.len() as u64 + 7);
    assert_eq!(archive.others, ["read me.txt"]);
    for picture in &archive.pictures {
        assert_eq!((picture.image.width, picture.image.height), (1920, 1080), "{}", picture.name);
    }
    // The same behind a program that unpacks it.
    let moved = [b"#!/bin/sh\n".as_slice(), &bytes].concat();
    assert_eq!(listed(&moved).archive.map(|it| it.files), Some(5));
}

#[test]
fn links_and_paths_that_lead_outside_are_noticed() {
    use DefectKind::{Escape, Link};
    for (name, mode, expected) in [
        ("a.png", 0o100_644, vec![]),
        ("a..png", 0, vec![]),
        ("..a/b", 0, vec![]),
        ("a.png", 0o120_777, vec![Link]),
        ("a.png", 0o060_644, vec![Link]),
        ("../a.png", 0, vec![Escape]),
        ("a/../../b", 0, vec![Escape]),
        ("a\\..\\b", 0, vec![Escape]),
        ("/etc/passwd", 0, vec![Escape]),
        ("C:\\a", 0, vec![Escape]),
        ("\\\\host\\a", 0o120_777, vec![Link, Escape]),
    ] {
        let found = listed(&zip(&[Packed(name, PNG, 0, mode)]));
        let kinds: Vec<_> = found.defects.iter().map(|it| it.kind).collect();
        assert_eq!(kinds, expected, "{name}");
    }
}

#[test]
fn a_picture_without_a_header_and_a_locked_one_are_defects() {
    let broken = listed(&zip(&[Packed("a.png", &PNG[..12], 0, 0)]));
    assert_eq!(broken.defects.iter().map(|it| it.kind).collect::<Vec<_>>(), [DefectKind::Image]);
    let mut locked = zip(&[Packed("a.png", PNG, 0, 0)]);
    let at = locked.windows(4).position(|it| it == b"PK\x01\x02").unwrap();
    locked[at + 8] = 1;
    let locked = listed(&locked);
    assert_eq!((locked.archive.unwrap().others.len(), locked.defects.len()), (0, 1));
}

#[test]
fn what_has_no_list_is_no_archive() {
    let whole = zip(&[Packed("a.png", PNG, 0, 0)]);
    for cut in [b"PK\x03\x04".as_slice(), &whole[..whole.len() - 10], &whole[..40]] {
        assert_eq!(read(&mut Whole(cut)), Ok(None));
    }
}
