//! Decoding for the listener: tracks in their order, limits, and files that are not what they say.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use domain::{
    inspection::{AudioTrack, ChannelLayout, Measurement, Runtime, Speaker},
    request::Family,
};
use media::{
    Exhausted, Failure, Heard, Limits, Program, Sandbox, Tools, Tracks, listen, measure, tools,
};

/// The file that ffmpeg makes of these words.
fn made(folder: &Path, name: &str, words: &str) -> PathBuf {
    let file = folder.join(name);
    let mut ffmpeg = std::process::Command::new("ffmpeg");
    ffmpeg.args(["-hide_banner", "-nostdin", "-y", "-loglevel", "error"]);
    let status = ffmpeg.args(words.split_whitespace()).arg(&file).status().unwrap();
    assert!(status.success(), "ffmpeg could not make {name}");
    file
}

async fn probed(file: &Path) -> Measurement {
    measure(file, &Limits::default(), Family::Audio).await.unwrap()
}

async fn listened(
    tools: &Tools,
    file: &Path,
    tracks: &[AudioTrack],
    limits: Limits,
) -> Result<Heard, Failure> {
    listen(tools, file, Tracks { tracks, chosen: None }, &limits, None, &mut |_| ()).await
}

/// The peaks of all channels of all mixes, in tenths of full scale.
fn peaks(heard: &Heard) -> Vec<Vec<i32>> {
    let tenths = |it: &domain::inspection::ChannelContent| {
        it.peak.map_or(0, |it| {
            (10_f64.powf(f64::from(it.hundredths()) / 2000.0) * 10.0).round() as i32
        })
    };
    heard.content.mixes.iter().map(|it| it.channels.iter().map(tenths).collect()).collect()
}

/// So many channels of square waves, each at its own level in tenths, as a source of ffmpeg.
fn square(levels: &[u8], seconds: f32, layout: &str) -> String {
    let wave = |it: &u8| format!("0.{it}*sgn(sin(440*2*PI*t)+0.001)");
    let waves: Vec<_> = levels.iter().map(wave).collect();
    format!("-f lavfi -i aevalsrc={}:s=48000:d={seconds}:c={layout}", waves.join("|"))
}

#[tokio::test]
async fn tracks_are_joined_in_the_order_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let single = |level: u8| square(&[level], 0.3, "mono");
    let stereo = square(&[2, 3], 0.5, "stereo");
    let six = square(&[4, 5, 6, 7, 8, 9], 0.3, "5.1(side)");
    for (name, words, channels) in [
        (
            "mono_stereo.mov",
            format!("{} {stereo} -map 0 -map 1", single(1)),
            vec![vec![1], vec![2, 3]],
        ),
        (
            "stereo_mono.mov",
            format!("{stereo} {} -map 0 -map 1", single(1)),
            vec![vec![2, 3], vec![1]],
        ),
        (
            "six_stereo.mov",
            format!("{six} {stereo} -map 0 -map 1"),
            vec![vec![4, 5, 6, 7, 8, 9], vec![2, 3]],
        ),
        (
            "six_times_mono.mov",
            (1..=6).map(single).collect::<Vec<_>>().join(" ")
                + " -map 0 -map 1 -map 2 -map 3 -map 4 -map 5",
            vec![vec![1, 2, 3, 4, 5, 6]],
        ),
        ("six.wav", six.clone(), vec![vec![4, 5, 6, 7, 8, 9]]),
    ] {
        let file = made(folder.path(), name, &format!("{words} -c:a pcm_s24le"));
        let tracks = probed(&file).await.audio;
        let heard = listened(&tools().await, &file, &tracks, Limits::default()).await.unwrap();
        assert_eq!(peaks(&heard), channels, "{name}");
        let longest = tracks.iter().filter_map(|it| it.duration).max().unwrap();
        assert_eq!(heard.content.length, longest, "{name}");
    }
}

#[tokio::test]
async fn the_chosen_layout_says_which_channels_belong_together() {
    let folder = tempfile::tempdir().unwrap();
    let eight = square(&[1, 2, 3, 4, 5, 6, 7, 8], 0.2, "7.1");
    let file = made(folder.path(), "eight.wav", &format!("{eight} -c:a pcm_s24le"));
    let tracks = probed(&file).await.audio;
    let chosen = Tracks { tracks: &tracks, chosen: Some(ChannelLayout::Surround51Stereo) };
    let (limits, tools) = (Limits::default(), tools().await);
    let heard = listen(&tools, &file, chosen, &limits, None, &mut |_| ()).await.unwrap();
    assert_eq!(peaks(&heard), [vec![1, 2, 3, 4, 5, 6], vec![7, 8]]);
    assert_eq!(heard.content.mixes[1].channels[0].speaker, Speaker::LeftTotal);
}

#[tokio::test]
async fn other_codecs_and_rates_are_heard_too() {
    let folder = tempfile::tempdir().unwrap();
    for (name, codec) in [
        ("dolby.ac3", "-c:a ac3 -b:a 448k"),
        ("slow.wav", "-ar 44100 -c:a pcm_s16le"),
        ("sound.mp4", "-c:a aac -b:a 128k"),
    ] {
        let tone =
            "-f lavfi -i aevalsrc=0.25*sin(997*2*PI*t)|0.25*sin(997*2*PI*t):s=48000:d=3:c=stereo";
        let file = made(folder.path(), name, &format!("{tone} {codec}"));
        let tracks = probed(&file).await.audio;
        let heard = listened(&tools().await, &file, &tracks, Limits::default()).await.unwrap();
        // Two channels of a tone of 1 kHz are as loud as the level of one of them (EBU Tech 3341, case 1).
        let loudness = heard.content.mixes[0].loudness.unwrap();
        assert!((-1225..=-1185).contains(&loudness.hundredths()), "{name}: {loudness}");
        let apart = heard.content.length.apart(Runtime::from_millis(3000));
        assert!(apart <= Runtime::from_millis(100), "{name}: {}", heard.content.length);
    }
}

#[tokio::test]
async fn a_file_without_sound_is_not_listened_to() {
    let heard = listened(&tools().await, Path::new("/dev/null"), &[], Limits::default()).await;
    assert_eq!(heard, Ok(Heard::default()));
}

#[tokio::test]
async fn what_is_no_sound_is_unreadable() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("noise");
    fs::write(&file, vec![7; 100_000]).unwrap();
    let track = AudioTrack { sample_rate: 48_000, channels: 2, ..AudioTrack::default() };
    let heard = listened(&tools().await, &file, &[track], Limits::default()).await;
    assert!(matches!(heard, Err(Failure::Unreadable { .. })), "{heard:?}");
}

/// A decoder that does what `script` says.
async fn stage(folder: &Path, script: &str) -> Tools {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join("ffmpeg");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    let ffmpeg = Some(Program { path, version: "0".into() });
    let sandbox = Sandbox::Unavailable { why: "tried without".into() };
    Tools { ffmpeg, sandbox, ..tools().await }
}

#[tokio::test]
async fn a_decoder_that_never_ends_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, vec![0; 1000]).unwrap();
    // A header that claims a year earns no more time than the bytes can need.
    let year = Some(Runtime::from_millis(365 * 24 * 3_600_000));
    let track =
        AudioTrack { sample_rate: 48_000, channels: 2, duration: year, ..AudioTrack::default() };
    let limits = Limits { wall_time: Duration::from_millis(700), ..Limits::default() };
    for script in ["cat /dev/zero", "exec sleep 1000", "yes >&2"] {
        let tools = stage(folder.path(), script).await;
        let heard = listened(&tools, &file, std::slice::from_ref(&track), limits).await;
        assert_eq!(heard, Err(Failure::TooCostly { which: Exhausted::WallTime }), "{script}");
    }
    let busy = stage(folder.path(), "while :; do :; done").await;
    let limits = Limits { cpu_seconds: 1, ..Limits::default() };
    let heard = listened(&busy, &file, std::slice::from_ref(&track), limits).await;
    assert_eq!(heard, Err(Failure::TooCostly { which: Exhausted::CpuTime }));
    let none = Tools { ffmpeg: None, ..busy };
    let heard = listened(&none, &file, &[track], Limits::default()).await;
    assert!(matches!(heard, Err(Failure::Machinery(_))), "{heard:?}");
}
