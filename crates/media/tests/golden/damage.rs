//! Pictures that no encoder makes: damaged on the way, or with captions that a broadcaster put in.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use domain::inspection::{ErrorCode as E, PictureContent, judge};

use crate::{
    fixture::{Fault, Fixture, Made, fault, listed, only},
    video::{CLEAN, MPEG, Sample, judged, seen, wanted},
};

/// A file like this one, with noise written over a third of each of these packets.
fn damaged(file: &Path, into: &Path, packets: &[usize]) {
    let said = Command::new("ffprobe")
        .args(["-v", "error", "-select_streams", "v:0", "-of", "csv=p=0"])
        .args(["-show_entries", "packet=size,pos"])
        .arg(file)
        .output()
        .unwrap();
    let list = String::from_utf8(said.stdout).unwrap();
    let mut bytes = fs::read(file).unwrap();
    for line in packets.iter().map(|it| list.lines().nth(*it).unwrap()) {
        let (size, place) = line.split_once(',').unwrap();
        let (size, place): (usize, usize) = (size.parse().unwrap(), place.parse().unwrap());
        let mut noise = 7_u32;
        for byte in &mut bytes[place + size / 3..place + size * 2 / 3] {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *byte = (noise >> 24) as u8;
        }
    }
    fs::write(into, bytes).unwrap();
}

/// A file of which the packets 20 and 50 are noise.
fn noisy(folder: &Path, sample: Sample) -> PathBuf {
    let file = folder.join("damaged.mov");
    damaged(&sample.file("whole.mov"), &file, &[20, 50]);
    file
}

/// What makes the file in a folder.
type Make = fn(&Path) -> PathBuf;

const FAULTS: &[Fault<Make>] = &[
    fault(E::VideoDecodeErrors, "ProRes with noise in two frames", |it| noisy(it, CLEAN)),
    fault(E::VideoDecodeErrors, "MPEG-2 with noise in two frames", |it| noisy(it, MPEG)),
    fault(E::CaptionsPresent, "captions in the user data of MPEG-2", captioned_file),
];

pub fn fixtures() -> Vec<Fixture> {
    listed(Made::File, FAULTS)
}

#[tokio::test]
async fn every_fault_yields_its_code_and_no_other_that_blocks() {
    for row in FAULTS {
        let folder = tempfile::tempdir().unwrap();
        only(row, &judged(&(row.made_of)(folder.path())).await.0);
    }
}

#[tokio::test]
async fn damage_is_found_with_its_frames() {
    let folder = tempfile::tempdir().unwrap();
    // ProRes: every packet is a frame. MPEG-2: the decoder finds out a frame or two late.
    for (sample, exact) in [(CLEAN, true), (MPEG, false)] {
        let (_, content) = judged(&noisy(folder.path(), sample)).await;
        let frames = &content.damage.frames;
        let near = |wanted: u64| frames.iter().any(|it| it.abs_diff(wanted) <= 2);
        assert!(near(20) && near(50), "{content:#?}");
        assert!(!exact || frames == &[20, 50], "{frames:?}");
    }
}

#[tokio::test]
async fn frames_that_are_counted_and_missing_are_damage() {
    // A transport stream is cut anywhere; what a QuickTime file counts is held against what comes out of it.
    let whole = CLEAN.file("whole.mov");
    let (mut measured, seen) = seen(&whole).await;
    let content = seen.content.map(|it| PictureContent { frames: 60, tail_black: 12, ..it });
    measured.video[0].content = content;
    let findings = judge(&measured, &wanted());
    assert!(findings.iter().any(|it| it.code == E::VideoDecodeErrors), "{findings:#?}");
}

/// Closed captions by ATSC A/53: user data that a broadcaster's encoder puts behind the header of every picture.
fn captioned(stream: &[u8]) -> Vec<u8> {
    const USER_DATA: &[u8] =
        &[0, 0, 1, 0xb2, b'G', b'A', b'9', b'4', 3, 0xc1, 0xff, 0xfc, 0x94, 0x20, 0xff];
    let mut whole = Vec::new();
    for (place, byte) in stream.iter().enumerate() {
        // The first slice of a picture.
        if stream[place..].starts_with(&[0, 0, 1, 1]) {
            whole.extend_from_slice(USER_DATA);
        }
        whole.push(*byte);
    }
    whole
}

/// An MPEG-2 file with captions in its picture.
fn captioned_file(folder: &Path) -> PathBuf {
    let (bare, file) = (folder.join("bare.m2v"), folder.join("captioned.mov"));
    let run = |words: &[&str], paths: [&Path; 2]| {
        let mut ffmpeg = Command::new("ffmpeg");
        ffmpeg.args(["-v", "error", "-nostdin", "-y", "-i"]).arg(paths[0]);
        assert!(ffmpeg.args(words).arg(paths[1]).status().unwrap().success());
    };
    let whole = MPEG.file("whole.mov");
    run(&["-map", "0:v", "-c", "copy"], [&whole, &bare]);
    let with = captioned(&fs::read(&bare).unwrap());
    fs::write(&bare, with).unwrap();
    let sound = whole.to_str().unwrap();
    let words =
        ["-i", sound, "-map", "0:v", "-map", "1:a", "-c", "copy", "-timecode", "01:00:00:00"];
    run(&words, [&bare, &file]);
    file
}
