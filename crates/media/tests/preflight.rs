//! Files of every kind against every kind of expectation: preflight says what the server says, and nothing where it
//! cannot read a file.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "kit/preflight.rs"]
mod preflight;
#[path = "kit/samples.rs"]
mod samples;

use std::fs;

use domain::{
    inspection::{
        ErrorCode as E, Expectation, Finding, Measurement, Program, Runtime, Sight, judge,
    },
    request::{Family, SourceType},
};
use formats::{
    Bounds,
    container::{Parts, Slices},
    preview,
};
use media::{Failure, Limits, measure};
use preflight::{agrees, reads_the_same, says_no_more, sight};
use samples::{PICTURE, made, master, surround};

/// What the server finds in a file of this name.
async fn found(name: &str, bytes: &[u8], wanted: &Expectation) -> Vec<Finding> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("delivered");
    fs::write(&path, bytes).unwrap();
    match measure(&path, &Limits::default(), wanted.family).await {
        Ok(measured) => {
            if wanted.family != Family::Package {
                reads_the_same(bytes, &measured, wanted.family);
            }
            judge(&measured, &wanted.clone().named(name))
        }
        Err(Failure::Unreadable { why }) => vec![Finding::unreadable(&why)],
        Err(Failure::TooCostly { which }) => {
            vec![Finding::too_costly(&which.to_string(), &which.limit(&Limits::default()))]
        }
        Err(Failure::Machinery(why)) => panic!("{why}"),
    }
}

fn files() -> Vec<(&'static str, Vec<u8>)> {
    let read = |file| fs::read(file).unwrap();
    let sound = "-f lavfi -i sine=d=2:r=48000";
    let with_sound = |codecs: &str| format!("{PICTURE} {sound} -map 0:v -map 1:a -ac 2 {codecs}");
    let cover = "-f lavfi -i sine=d=1:r=48000 -f lavfi -i testsrc2=s=64x64:r=1:d=1 -map 0:a -map 1:v -c:a aac \
                 -c:v mjpeg -disposition:v:0 attached_pic -f mp4";
    let interlaced = "-f lavfi -i testsrc2=s=320x180:r=60000/1001:d=1 -vf interlace=scan=tff,setfield=tff,setsar=4/3,\
                      format=yuv422p10le -c:v prores_ks -profile:v standard -flags +ildct -timecode 00:59:59;29";
    let apart = format!(
        "{PICTURE} -f lavfi -i sine=d=4:r=48000 -map 0:v -map 1:a -c:v prores_ks -c:a pcm_s16le"
    );
    let h264 = with_sound("-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac");
    vec![
        ("master.mov", read(master())),
        ("surround.wav", read(surround())),
        ("film.mp4", read(made("film.mp4", &h264))),
        ("early.mp4", read(made("early.mp4", &format!("{h264} -movflags +faststart")))),
        (
            "parts.mp4",
            read(made("parts.mp4", &format!("{h264} -movflags frag_keyframe+empty_moov"))),
        ),
        ("drop.mov", read(made("drop.mov", interlaced))),
        ("apart.mov", read(made("apart.mov", &apart))),
        ("small.wav", read(made("small.wav", "-f lavfi -i sine=d=2:r=44100 -ac 2 -c:a pcm_s16le"))),
        ("cover.m4a", read(made("cover.m4a", cover))),
        ("dolby.ac3", read(made("dolby.ac3", &format!("{sound} -ac 2 -c:a ac3")))),
        ("a.aiff", read(made("a.aiff", &format!("{sound} -c:a pcm_s24be")))),
        (
            "a.mxf",
            read(made("a.mxf", &with_sound("-pix_fmt yuv422p -c:v mpeg2video -c:a pcm_s24le"))),
        ),
        ("a.ts", read(made("a.ts", &with_sound("-c:v mpeg2video -c:a ac3")))),
        ("a.mpg", read(made("a.mpg", &with_sound("-c:v mpeg2video -c:a mp2")))),
        ("a.avi", read(made("a.avi", &with_sound("-c:v mpeg4 -c:a pcm_s16le")))),
        (
            "a.png",
            read(made("a.png", "-f lavfi -i testsrc2=s=320x180:r=1 -frames:v 1 -pix_fmt rgb24")),
        ),
        ("a.srt", b"1\n00:00:02,000 --> 00:00:05,000\nLa mer monte depuis ce matin.\n".to_vec()),
        ("a.xml", b"<?xml version='1.0'?><list><entry/></list>".to_vec()),
        ("a.json", b"{\"a\": [1, 2,]}".to_vec()),
        ("a.txt", b"Scene 1. Night.".to_vec()),
        ("a.docx", b"PK\x03\x04rest".to_vec()),
        ("empty.mov", Vec::new()),
        ("noise.mov", vec![0x13; 5000]),
    ]
}

#[tokio::test]
async fn every_file_against_every_kind_of_expectation() {
    let program = Program { start: Runtime::default(), length: Runtime::from_millis(9000) };
    let plain = [
        SourceType::AvMuxed,
        SourceType::ProductionLockedProxy,
        SourceType::SecondaryAudio,
        SourceType::Subtitle,
        SourceType::DubCardImage,
        SourceType::FinalScript,
        SourceType::GameAsset,
        SourceType::ImfVideo,
    ];
    let mut told = 0;
    for source_type in plain {
        let wanted = Expectation::of(source_type)
            .speaking(Some("fr"))
            .entered("time_base", "media")
            .on_canvas(Some((1920, 1080)))
            .beside(Some(program))
            .replacing(Some(Runtime::from_millis(9000)));
        // There is no form for packages.
        let wanted = match wanted.family {
            Family::Package => wanted,
            _ => wanted.entered("channel_layout", "5.1"),
        };
        for (name, bytes) in files() {
            let findings = found(name, &bytes, &wanted).await;
            println!("{name} as {source_type:?}");
            // The lengths of a fragmented file stand in its fragments, and that of a track file without a composition
            // in its essence, which only ffprobe reads.
            let silent = name == "parts.mp4" || (name, wanted.family) == ("a.mxf", Family::Package);
            if silent {
                says_no_more(&[(name, &bytes)], &wanted, &findings);
            } else {
                agrees(&[(name, &bytes)], &wanted, &findings);
            }
            told += findings.len();
        }
    }
    assert!(told > 100, "{told}");
}

#[test]
fn what_no_reader_here_knows_is_left_to_the_server() {
    for (name, bytes) in files() {
        let dim = ["a.ts", "a.mpg", "a.aiff", "a.mxf", "noise.mov"].contains(&name);
        let seen = sight(&bytes, Family::Video);
        assert_eq!(matches!(seen, Sight::Dim(_)), dim, "{name}: {seen:?}");
    }
    let mxf = files().into_iter().find(|it| it.0 == "a.mxf").unwrap().1;
    let Sight::Dim(shown) = sight(&mxf, Family::Video) else { panic!("an MXF file is not judged") };
    assert!(shown.in_short().starts_with("MXF"), "{}", shown.in_short());
}

#[test]
fn a_text_larger_than_any_is_not_even_fetched() {
    let bounds = Bounds { text_bytes: 10_000, ..Bounds::default() };
    let mut parts = Parts::of(1 << 40);
    assert!(preview(&mut parts, &bounds, Family::TimedText).is_err());
    parts.add(0, b"<tt> and so on, ".repeat(4096));
    let seen = preview(&mut parts, &bounds, Family::TimedText);
    let Ok(Sight::Hopeless(finding)) = seen else { panic!("{seen:?}") };
    assert_eq!(finding.code, E::FileTooCostly);
    assert!(parts.at(1 << 30, 1).is_err(), "nothing of it was fetched");
}

/// A file of which every part is followed by another keeps no tab busy, and is not called broken.
#[test]
fn a_file_of_endless_parts_is_left_to_the_server() {
    let (mut parts, mut fetched) = (Parts::of(1 << 50), 0);
    let seen = loop {
        match preview(&mut parts, &Bounds::default(), Family::Video) {
            Ok(seen) => break seen,
            Err(wanted) => {
                let mut piece = vec![0; wanted.len];
                // Each part is as large as 1 GiB.
                piece[..8].copy_from_slice(b"\x40\0\0\0free");
                parts.add(wanted.from, piece);
                fetched += 1;
            }
        }
    };
    assert_eq!(seen, Sight::Dim(Measurement::default()));
    assert!(fetched <= 64, "{fetched}");
}
