//! For every code about the picture a file that has exactly that fault, and clean ones.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "kit/preflight.rs"]
mod preflight;
#[path = "kit/samples.rs"]
mod samples;

use std::{fs, path::Path};

use domain::{
    inspection::{
        ErrorCode as E, Expectation, Finding, Measurement, PictureContent, PictureSpec, judge,
    },
    request::Family,
};
use media::{Limits, Seen, Wanted, look, measure, tools};
use samples::{PICTURE, made, master, surround};

/// A picture that moves, small enough to be made in a moment.
const SMALL: &str = "testsrc2=s=320x180:r=25:d=3";
/// Half a second of black at both ends of 75 frames.
const ENDS: &str = "drawbox=c=black:t=fill:enable='lt(n,12)+gte(n,63)'";
const COLOR: &str =
    "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv:field_mode=prog";
const TAGS: &str = "-color_primaries bt709 -color_trc bt709 -colorspace bt709";
const PRORES: &str = "-pix_fmt yuv422p10le -c:v prores_ks -profile:v hq -vendor apl0";
const MPEG2: &str =
    "-pix_fmt yuv422p -c:v mpeg2video -b:v 8M -g 12 -bf 2 -flags +cgop -sc_threshold 1000000000";

/// What a sample is made of.
#[derive(Clone, Copy)]
struct Sample {
    source: &'static str,
    filters: &'static str,
    color: &'static str,
    codec: &'static str,
    more: &'static str,
}

const CLEAN: Sample = Sample {
    source: SMALL,
    filters: ENDS,
    color: TAGS,
    codec: PRORES,
    more: "-timecode 01:00:00:00",
};
const MPEG: Sample = Sample { codec: MPEG2, ..CLEAN };

const SPOILED: &[(E, Sample)] = &[
    (E::HeadTailBlack, Sample { filters: "null", ..CLEAN }),
    (
        E::HeadTailBlack,
        Sample { filters: "drawbox=c=black:t=fill:enable='lt(n,30)+gte(n,63)'", ..CLEAN },
    ),
    (
        E::CommercialBlacks,
        Sample {
            source: "testsrc2=s=320x180:r=25:d=5",
            filters: "drawbox=c=black:t=fill:enable='lt(n,12)+between(n,30,80)+gte(n,120)'",
            ..CLEAN
        },
    ),
    (
        E::FreezeDetected,
        Sample {
            filters: "loop=loop=130:size=1:start=20,setpts=N/25/TB,trim=end_frame=190,\
                      drawbox=c=black:t=fill:enable='lt(n,12)+gte(n,180)'",
            ..CLEAN
        },
    ),
    (
        E::LowVarianceFile,
        Sample {
            filters: "trim=end_frame=1,loop=loop=74:size=1,setpts=N/25/TB,\
                      drawbox=c=black:t=fill:enable='lt(n,12)+gte(n,63)'",
            ..CLEAN
        },
    ),
    (
        E::InterlaceDetected,
        Sample {
            source: "testsrc2=s=1920x1080:r=50:d=3",
            filters: "tinterlace=interleave_top,drawbox=c=black:t=fill:enable='lt(n,12)+gte(n,63)'",
            codec: "-pix_fmt yuv422p -c:v mpeg2video -b:v 60M -g 12 -flags +cgop -sc_threshold 1000000000",
            ..CLEAN
        },
    ),
    (
        E::TelecineDetected,
        Sample {
            source: "testsrc2=s=1920x1080:r=24000/1001:d=3",
            filters: "telecine=pattern=23,drawbox=c=black:t=fill:enable='lt(n,12)+gte(n,80)'",
            codec: "-pix_fmt yuv422p -c:v mpeg2video -b:v 60M -g 12 -flags +cgop -sc_threshold 1000000000",
            ..CLEAN
        },
    ),
    (
        E::CadenceBreak,
        Sample {
            source: "testsrc2=s=320x180:r=24000/1001:d=3",
            filters: "fps=30000/1001,drawbox=c=black:t=fill:enable='lt(n,12)+gte(n,80)'",
            ..CLEAN
        },
    ),
    (
        E::CadenceBreak,
        Sample {
            filters: "select='not(eq(n,40))',loop=loop=1:size=1:start=39,setpts=N/25/TB,\
                      drawbox=c=black:t=fill:enable='lt(n,12)+gte(n,63)'",
            ..CLEAN
        },
    ),
    (
        E::IncorrectGopStructure,
        Sample {
            codec: "-pix_fmt yuv422p -c:v mpeg2video -b:v 8M -g 12 -bf 2 -sc_threshold 1000000000",
            ..CLEAN
        },
    ),
    (
        E::KeyFrameGopTooLong,
        Sample {
            codec: "-pix_fmt yuv422p -c:v mpeg2video -b:v 8M -g 50 -flags +cgop -sc_threshold 1000000000",
            ..CLEAN
        },
    ),
    (
        E::AspectRatio,
        Sample {
            filters: "setsar=4/3,drawbox=c=black:t=fill:enable='lt(n,12)+gte(n,63)'",
            ..CLEAN
        },
    ),
    (
        E::ChromaOrDepth,
        Sample {
            codec: "-pix_fmt yuv420p -c:v mpeg2video -b:v 8M -g 12 -bf 2 -flags +cgop -sc_threshold 1000000000",
            ..CLEAN
        },
    ),
    (
        E::LevelsOutOfRange,
        Sample {
            filters: "lutyuv=y=val*1.3,drawbox=c=black:t=fill:enable='lt(n,12)+gte(n,63)'",
            ..CLEAN
        },
    ),
    (E::ColorMismatch, Sample { color: "", ..CLEAN }),
    (
        E::VideoBitRate,
        Sample {
            codec: "-pix_fmt yuv422p -c:v mpeg2video -b:v 400k -maxrate 400k -bufsize 1M -g 12 -flags +cgop -sc_threshold 1000000000",
            ..CLEAN
        },
    ),
    (E::StartTimecode, Sample { more: "", ..CLEAN }),
    (
        E::ActivePicture,
        Sample {
            filters: "crop=320:132,pad=320:180:0:24:black,drawbox=c=black:t=fill:enable='lt(n,12)+gte(n,63)'",
            ..CLEAN
        },
    ),
];

impl Sample {
    fn file(&self, name: &str) -> std::path::PathBuf {
        let Self { source, filters, color, codec, more } = self;
        // Transport streams carry no PCM that anybody could read.
        let sound = if name.ends_with(".ts") { "ac3" } else { "pcm_s24le" };
        let set = if color.is_empty() { "setparams=field_mode=prog" } else { COLOR };
        let words = format!(
            "-f lavfi -i {source} -f lavfi -i anoisesrc=d=10:r=48000:a=0.1:seed=1 -map 0:v -map 1:a -ac 2 -shortest \
             -vf {filters},{set} {codec} -c:a {sound} {color} {more}"
        );
        made(name, &words)
    }
}

/// The specification of masters, of any size: small pictures are made faster.
fn wanted() -> Expectation {
    let master = Expectation::for_video();
    let picture = master.picture.map(|it| PictureSpec { smallest: None, ..it });
    Expectation { picture, ..master }
}

async fn seen(file: &Path) -> (Measurement, Seen) {
    let limits = Limits::default();
    let mut measured = measure(file, &limits, Family::Video).await.unwrap();
    let seen = look(
        &tools().await,
        file,
        &measured,
        &limits,
        Wanted::default(),
        &mut |_, _| {},
        &mut |_, _| {},
    )
    .await
    .unwrap();
    measured.video[0].content.clone_from(&seen.content);
    (measured, seen)
}

async fn judged(file: &Path) -> (Vec<Finding>, PictureContent) {
    let (measured, seen) = seen(file).await;
    let findings = judge(&measured, &wanted());
    let bytes = fs::read(file).unwrap();
    preflight::reads_the_same(&bytes, &measured, Family::Video);
    preflight::agrees(&[("delivered", &bytes)], &wanted(), &findings);
    (findings, seen.content.unwrap())
}

#[tokio::test]
async fn clean_files_have_no_findings() {
    for (name, sample) in
        [("clean.mov", CLEAN), ("clean-mpeg.mov", MPEG), ("clean.ts", MPEG), ("clean.mxf", MPEG)]
    {
        let (findings, content) = judged(&sample.file(name)).await;
        assert_eq!(findings, [], "{name}: {content:#?}");
        assert_eq!(
            (content.frames, content.head_black, content.tail_black),
            (75, 12, 12),
            "{name}"
        );
    }
}

#[tokio::test]
async fn every_fault_yields_its_code_and_no_other_that_blocks() {
    for (place, (code, sample)) in SPOILED.iter().enumerate() {
        let file = sample.file(&format!("{place}.mov"));
        let (findings, content) = judged(&file).await;
        only(*code, &findings, &content);
    }
}

/// A file like this one, with noise written over a third of each of these packets.
fn damaged(file: &Path, into: &Path, packets: &[usize]) {
    let said = std::process::Command::new("ffprobe")
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

#[tokio::test]
async fn damage_is_found_with_its_frames() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("damaged.mov");
    // ProRes: every packet is a frame. MPEG-2: the decoder finds out a frame or two late.
    for (sample, exact) in [(CLEAN, true), (MPEG, false)] {
        damaged(&sample.file("whole.mov"), &file, &[20, 50]);
        let (findings, content) = judged(&file).await;
        only(E::VideoDecodeErrors, &findings, &content);
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

fn only(code: E, findings: &[Finding], content: &PictureContent) {
    assert!(findings.iter().any(|it| it.code == code), "{code}: {findings:#?} {content:#?}");
    let blocking = findings.iter().filter(|it| it.blocks() && it.code != code).count();
    assert_eq!(blocking, 0, "{code}: {findings:#?} {content:#?}");
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

#[tokio::test]
async fn captions_inside_the_picture_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let (bare, file) = (folder.path().join("bare.m2v"), folder.path().join("captioned.mov"));
    let run = |words: &[&str], paths: [&Path; 2]| {
        let mut ffmpeg = std::process::Command::new("ffmpeg");
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
    let (findings, content) = judged(&file).await;
    only(E::CaptionsPresent, &findings, &content);
}

/// What was heard: channels and samples of each track, in its order.
async fn heard(file: &Path, hint: Family) -> (Vec<usize>, Vec<u8>, Seen) {
    let limits = Limits::default();
    let measured = measure(file, &limits, hint).await.unwrap();
    let (mut samples, mut told) = (vec![0; measured.audio.len()], Vec::new());
    let seen = look(
        &tools().await,
        file,
        &measured,
        &limits,
        Wanted::default(),
        &mut |percent, _| told.push(percent),
        &mut |track, part| samples[track] += part.len(),
    )
    .await
    .unwrap();
    (samples, told, seen)
}

#[tokio::test]
async fn the_sound_of_every_track_is_heard_and_the_way_is_told() {
    let (samples, told, seen) = heard(&master(), Family::Video).await;
    assert_eq!(samples, [96_000 * 6, 96_000 * 2]);
    assert!(told.is_sorted() && told.len() > 5 && told.last() >= Some(&90), "{told:?}");
    assert_eq!(seen.content.map(|it| it.frames), Some(50));
    assert_eq!(seen.tools[0].name, "ffmpeg");

    let (samples, told, seen) = heard(&surround(), Family::Audio).await;
    assert_eq!((samples, seen.content), (vec![96_000 * 6], None));
    assert!(told.is_sorted() && told.last() == Some(&100), "{told:?}");
}

#[tokio::test]
async fn a_file_without_sound_is_looked_at_too() {
    let file = made("silent.mov", &format!("{PICTURE} -c:v prores_ks -profile:v hq"));
    let (samples, _, seen) = heard(&file, Family::Video).await;
    assert_eq!((samples.len(), seen.content.map(|it| it.frames)), (0, Some(50)));
}

/// A code that no file has here could never be seen.
#[test]
fn every_code_about_the_picture_has_its_file() {
    let elsewhere = [
        // Tests of headers alone: files.rs.
        E::VideoSpecMismatch,
        E::IncorrectAssetType,
        E::NoStreamsFound,
        E::VideoDecodeErrors,
        E::CaptionsPresent,
    ];
    let families = ["VIDEO", "ANALYZER"];
    for code in E::ALL.iter().filter(|it| families.contains(&it.family())) {
        let spoiled = SPOILED.iter().any(|(it, _)| it == code);
        assert!(spoiled || elsewhere.contains(code), "no file has the fault {code}");
    }
}
