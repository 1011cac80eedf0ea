//! What comes out of looking at a whole file: its sound, the viewing copy, the storyboard, the waveform.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "kit/samples.rs"]
mod samples;

use std::{fs, path::Path, process::Command};

use domain::{inspection::PictureContent, request::Family};
use media::{Failure, Limits, Seen, Wanted, look, measure, tools};
use samples::{PICTURE, made, master, surround};

/// What was seen of a file while products were made of it in `folder`.
async fn make(file: &Path, folder: &Path, label: &str) -> Result<Seen, Failure> {
    let limits = Limits::default();
    let measured = measure(file, &limits, Family::Video).await.unwrap();
    let wanted = Wanted { products: Some(folder), label };
    look(&tools().await, file, &measured, &limits, wanted, &mut |_, _| {}, &mut |_, _| {}).await
}

fn asked(file: &Path, words: &str) -> String {
    let mut ffprobe = Command::new("ffprobe");
    ffprobe.args(["-v", "error", "-of", "csv=p=0"]).args(words.split_whitespace()).arg(file);
    String::from_utf8(ffprobe.output().unwrap().stdout).unwrap().trim().to_owned()
}

/// The bytes of a picture, one for the brightness of each pixel.
fn gray(file: &Path, words: &str) -> Vec<u8> {
    let mut ffmpeg = Command::new("ffmpeg");
    ffmpeg.args(["-v", "error", "-nostdin", "-i"]).arg(file).args(words.split_whitespace());
    let ended = ffmpeg.args(["-pix_fmt", "gray", "-f", "rawvideo", "-"]).output().unwrap();
    assert!(ended.status.success() && ended.stderr.is_empty(), "{ended:?}");
    ended.stdout
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_master_becomes_a_viewing_copy_a_storyboard_and_waveforms() {
    let folder = tempfile::tempdir().unwrap();
    make(&master(), folder.path(), "ORGANIZATION  R-1024").await.unwrap();
    assert_eq!(
        names(folder.path()),
        ["peaks-1.bin", "peaks-2.bin", "proxy.mp4", "storyboard-1.jpg", "storyboard.json"]
    );
    let proxy = folder.path().join("proxy.mp4");
    assert_eq!(
        asked(
            &proxy,
            "-show_entries stream=codec_name,width,height,has_b_frames,r_frame_rate,channels"
        ),
        "h264,320,180,0,25/1\naac,0/0,2".replace("aac,0/0,2", "aac,2,0/0")
    );
    let keys = asked(&proxy, "-select_streams v -skip_frame nokey -show_entries frame=pts_time");
    let times: Vec<_> =
        keys.lines().map(|it| it.trim_end_matches(',')).filter(|it| !it.is_empty()).collect();
    assert_eq!(times, ["0.000000", "0.520000", "1.040000", "1.560000"]);
    assert_eq!(
        asked(&proxy, "-count_frames -select_streams v -show_entries stream=nb_read_frames"),
        "50"
    );
    // Fragments, with the picture beginning at nothing.
    let bytes = fs::read(&proxy).unwrap();
    assert!(bytes.windows(4).any(|it| it == b"moof") && bytes.windows(4).any(|it| it == b"sidx"));

    let index: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("storyboard.json")).unwrap()).unwrap();
    assert_eq!((index["tiles"].as_u64(), index["frames"].as_u64()), (Some(2), Some(25)));
    // Each tile of the sheet is the frame of its second, as far as so small a picture can be.
    let sheet = gray(&folder.path().join("storyboard-1.jpg"), "");
    assert_eq!(sheet.len(), 160 * 96 * 2);
    let frames = gray(
        &master(),
        "-map 0:v -vf select=not(mod(n\\,25)),scale=160:90:out_range=full -fps_mode passthrough",
    );
    for (number, frame) in frames.chunks(160 * 90).enumerate() {
        let tile = &sheet[number * 160 * 96..][..160 * 90];
        let apart: u64 =
            tile.iter().zip(frame).map(|(one, two)| u64::from(one.abs_diff(*two))).sum();
        assert!(
            apart / (160 * 90) < 12,
            "tile {number} is another picture: {}",
            apart / (160 * 90)
        );
    }

    let peaks = fs::read(folder.path().join("peaks-1.bin")).unwrap();
    assert_eq!((&peaks[..4], peaks[6]), (b"RGPK".as_slice(), 6));
    assert_eq!(u64::from_le_bytes(peaks[24..32].try_into().unwrap()), 200, "bins of 10 ms");
}

#[tokio::test]
async fn the_facts_are_the_same_with_and_without_products() {
    let folder = tempfile::tempdir().unwrap();
    let limits = Limits::default();
    let words = "-f lavfi -i testsrc2=s=1280x720:r=24000/1001:d=3 -pix_fmt yuv422p -c:v mpeg2video -b:v 20M -g 12 \
                 -vf drawbox=c=black:t=fill:enable='lt(n,12)+between(n,30,40)'";
    let file = made("facts.mov", words);
    let measured = measure(&file, &limits, Family::Video).await.unwrap();
    let wanted = Wanted::default();
    let plain =
        look(&tools().await, &file, &measured, &limits, wanted, &mut |_, _| {}, &mut |_, _| {})
            .await
            .unwrap();
    let plain = plain.content.unwrap();
    let made = make(&file, folder.path(), "").await.unwrap().content.unwrap();
    // Smaller copies are scaled in two steps, so single levels may differ.
    let levels = made.levels.clone();
    assert_eq!(PictureContent { levels, ..plain }, made);
    assert_eq!((made.frames, made.black.count, made.head_black), (72, 2, 12));
    assert_eq!(
        asked(&folder.path().join("proxy.mp4"), "-show_entries stream=r_frame_rate,width,height"),
        "960,540,24000/1001"
    );
}

/// Every sign that means something to a filter graph, to drawtext, or to a shell.
const HOSTILE: &str = "%{pts} %{e:system} ':,;[x]\\= \"$(id)\" `id`\ntextfile=/etc/passwd ｗ ü 字";

#[tokio::test]
async fn a_label_is_text_whatever_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let file = made("label.mov", &format!("{PICTURE} -c:v prores_ks -profile:v hq"));
    for label in ["", HOSTILE, &"x".repeat(10_000)] {
        make(&file, folder.path(), label).await.unwrap();
        assert_eq!(
            asked(&folder.path().join("proxy.mp4"), "-show_entries stream=codec_name"),
            "h264"
        );
    }
    // The text is seen: where it stands, the copy is another than without it.
    let corner = "-frames:v 1 -vf crop=200:30:10:140";
    let shown = gray(&folder.path().join("proxy.mp4"), corner);
    make(&file, folder.path(), "").await.unwrap();
    let bare = gray(&folder.path().join("proxy.mp4"), corner);
    let changed = shown.iter().zip(&bare).filter(|(one, two)| one.abs_diff(**two) > 30).count();
    assert!(changed > 200, "the label is not there: {changed} pixels differ");
}

#[tokio::test]
async fn sound_alone_and_odd_channels_have_products_too() {
    let folder = tempfile::tempdir().unwrap();
    make(&surround(), folder.path(), "R-1").await.unwrap();
    assert_eq!(names(folder.path()), ["peaks-1.bin", "proxy.mp4"]);
    for (name, words) in [
        ("mono.mov", "-map 0:v -map 1:a -map 1:a -ac 1"),
        ("three.mov", "-map 0:v -map 1:a -ac 3"),
        ("sixteen.mov", "-map 0:v -map 1:a -ac 16"),
    ] {
        let words = format!(
            "{PICTURE} -f lavfi -i anoisesrc=d=2:r=96000:a=0.1:seed=1 -c:v mpeg2video -b:v 4M -c:a pcm_s24le {words}"
        );
        make(&made(name, &words), folder.path(), "R-1").await.unwrap();
        let sound = asked(
            &folder.path().join("proxy.mp4"),
            "-select_streams a -show_entries stream=codec_name,sample_rate,channels",
        );
        assert_eq!(sound, "aac,48000,2", "{name}");
    }
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
