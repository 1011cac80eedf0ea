//! Real files, good and bad: what is read out of each.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "kit/samples.rs"]
mod samples;

use std::{fs, path::PathBuf};

use domain::{
    inspection::{
        Chroma, Document, ErrorCode, Expectation, Found, ImageFormat, Measurement, Runtime, Scan,
        TextFormat, judge,
    },
    request::Family,
    timecode::Fraction,
};
use media::{Exhausted, Failure, Limits, measure};
use samples::{PICTURE, made, master, surround};

async fn read(file: impl Into<PathBuf>, hint: Family) -> Result<Measurement, Failure> {
    measure(&file.into(), &Limits::default(), hint).await
}

/// A file of this name with this content, read with this hint.
async fn read_bytes(
    name: &str,
    bytes: impl AsRef<[u8]>,
    hint: Family,
) -> Result<Measurement, Failure> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, bytes).unwrap();
    read(file, hint).await
}

fn why(failure: Result<Measurement, Failure>) -> String {
    match failure {
        Err(Failure::Unreadable { why }) => why,
        other => panic!("should be unreadable: {other:?}"),
    }
}

#[tokio::test]
async fn a_master_is_told_in_full() {
    let file = read(master(), Family::Video).await.unwrap();
    let [picture] = file.video.as_slice() else { panic!("{file:?}") };
    assert_eq!((picture.codec.as_str(), picture.profile.as_deref()), ("prores", Some("HQ")));
    assert_eq!(
        (picture.width, picture.height, picture.frame_rate),
        (320, 180, Fraction::parse("25"))
    );
    assert_eq!(
        (picture.scan, picture.chroma, picture.bit_depth),
        (Some(Scan::Progressive), Some(Chroma::Subsampled422), Some(10))
    );
    assert_eq!(
        (picture.frame_count, picture.duration),
        (Some(50), Some(Runtime::from_millis(2000)))
    );
    assert_eq!(picture.start_timecode.as_deref(), Some("01:00:00:00"));
    assert_eq!(picture.display_aspect, Fraction::new(16, 9));
    assert_eq!(picture.color.primaries.as_deref(), Some("bt709"));
    let tracks: Vec<_> = file
        .audio
        .iter()
        .map(|it| (it.codec.as_str(), it.sample_rate, it.bit_depth, it.channels))
        .collect();
    assert_eq!(tracks, [("pcm_s24le", 48_000, Some(24), 6), ("pcm_s24le", 48_000, Some(24), 2)]);
    assert_eq!(file.audio[0].layout.as_deref(), Some("5.1(side)"));
    assert_eq!(file.audio[0].language.as_deref(), Some("eng"));
    assert_eq!(file.container.as_ref().map(|it| it.format.as_str()), Some("mov"));
    assert_eq!(file.file.size, fs::metadata(master()).unwrap().len());
    assert_eq!(file.tools[0].name, "ffprobe");
    let findings = judge(&file, &Expectation::for_video().entered("channel_layout", "5.1_2.0"));
    assert_eq!(
        findings.iter().map(|it| it.code).collect::<Vec<_>>(),
        [ErrorCode::VideoSpecMismatch],
        "only the size is wrong"
    );
}

#[tokio::test]
async fn transport_streams_and_film_rates_are_exact() {
    let stream = made(
        "programme.ts",
        &format!(
            "{PICTURE} -f lavfi -i sine=d=2:r=48000 -map 0:v -map 1:a -pix_fmt yuv422p -c:v mpeg2video -b:v 4M -c:a ac3 -ac 2"
        ),
    );
    let file = read(stream, Family::Video).await.unwrap();
    assert_eq!((file.video[0].codec.as_str(), file.audio[0].codec.as_str()), ("mpeg2video", "ac3"));
    assert_eq!((file.video.len(), file.audio.len(), file.audio[0].bit_depth), (1, 1, None));
    let wanted = Expectation::for_video().entered("channel_layout", "stereo");
    let codes: Vec<_> = judge(&file, &wanted).into_iter().map(|it| it.code).collect();
    assert_eq!(
        codes,
        [ErrorCode::VideoSpecMismatch, ErrorCode::ColorMismatch],
        "the size is wrong, and no color is declared"
    );

    let film = made(
        "film.mp4",
        "-f lavfi -i testsrc2=s=320x180:r=24000/1001:d=2 -f lavfi -i sine=d=2:r=48000 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac",
    );
    let file = read(film, Family::Video).await.unwrap();
    assert_eq!(
        (file.video[0].codec.as_str(), file.video[0].frame_rate),
        ("h264", Fraction::new(24_000, 1001))
    );
    assert_eq!(judge(&file, &Expectation::for_proxy()), []);
}

#[tokio::test]
async fn drop_frame_timecode_and_interlace_are_seen() {
    let words = "-f lavfi -i testsrc2=s=320x180:r=60000/1001:d=1 -vf interlace=scan=tff,setfield=tff,format=yuv422p10le \
                 -c:v prores_ks -profile:v standard -flags +ildct -timecode 00:59:59;29";
    let file = read(made("drop.mov", words), Family::Video).await.unwrap();
    assert_eq!(file.video[0].frame_rate, Fraction::new(30_000, 1001));
    assert_eq!(file.video[0].start_timecode.as_deref(), Some("00:59:59;29"));
    assert_eq!(file.video[0].scan, Some(Scan::TopFirst));
}

#[tokio::test]
async fn sound_files_are_told_with_rate_depth_and_channels() {
    let file = read(surround(), Family::Audio).await.unwrap();
    let track = &file.audio[0];
    assert_eq!((track.sample_rate, track.bit_depth, track.channels), (48_000, Some(24), 6));
    assert_eq!(track.duration, Some(Runtime::from_millis(2000)));
    assert_eq!(file.container.as_ref().unwrap().start_timecode.as_deref(), Some("01:00:00.000"));
    assert_eq!(judge(&file, &Expectation::for_audio().entered("channel_layout", "5.1")), []);

    let small = made("small.wav", "-f lavfi -i sine=d=2:r=44100 -ac 2 -c:a pcm_s16le");
    let file = read(small, Family::Audio).await.unwrap();
    let codes: Vec<_> = judge(&file, &Expectation::for_audio().entered("channel_layout", "5.1"))
        .into_iter()
        .map(|it| it.code)
        .collect();
    assert_eq!(
        codes,
        [
            ErrorCode::AudioSpecMismatch,
            ErrorCode::AudioSpecMismatch,
            ErrorCode::InconsistentChannelCount
        ]
    );

    let dolby =
        read(made("dolby.ac3", "-f lavfi -i sine=d=2:r=48000 -ac 2 -c:a ac3"), Family::Audio)
            .await
            .unwrap();
    assert_eq!((dolby.found(), dolby.audio[0].codec.as_str()), (Found::Audio, "ac3"));
}

#[tokio::test]
async fn cover_art_does_not_make_a_video_of_a_sound_file() {
    let words = "-f lavfi -i sine=d=1:r=48000 -f lavfi -i testsrc2=s=64x64:r=1:d=1 -map 0:a -map 1:v -c:a aac -c:v mjpeg \
                 -disposition:v:0 attached_pic -f mp4";
    let file = read(made("cover.m4a", words), Family::Audio).await.unwrap();
    assert_eq!((file.found(), file.video.len(), file.audio.len()), (Found::Audio, 0, 1));
}

#[tokio::test]
async fn pictures_are_told_by_their_content_whatever_they_are_called() {
    let png = made("still.png", "-f lavfi -i testsrc2=s=322x180:r=1 -frames:v 1 -pix_fmt rgba");
    let jpeg = made("still.jpg", "-f lavfi -i testsrc2=s=320x182:r=1 -frames:v 1");
    for (file, format, size, alpha) in
        [(png, ImageFormat::Png, (322, 180), true), (jpeg, ImageFormat::Jpeg, (320, 182), false)]
    {
        let read = read_bytes("called.mov", fs::read(file).unwrap(), Family::Video).await.unwrap();
        let image = read.image.unwrap();
        assert_eq!((image.format, (image.width, image.height), image.alpha), (format, size, alpha));
    }
}

#[tokio::test]
async fn a_picture_that_claims_to_be_enormous_is_not_decoded() {
    let png = made("still.png", "-f lavfi -i testsrc2=s=322x180:r=1 -frames:v 1 -pix_fmt rgba");
    let mut bytes = fs::read(png).unwrap();
    bytes[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
    let file = read_bytes("huge.png", bytes, Family::Image).await.unwrap();
    assert_eq!(file.image.map(|it| it.width), Some(100_000));
    assert_eq!(file.tools, [], "no program was asked");
}

#[tokio::test]
async fn files_that_were_cut_short_say_how_long_they_should_be() {
    let whole = fs::read(master()).unwrap();
    let half = read_bytes("cut.mov", &whole[..whole.len() / 2], Family::Video).await.unwrap();
    let announced = half.announced.unwrap();
    assert!((half.file.size..=whole.len() as u64).contains(&announced), "{announced}");
    let contents = whole.windows(4).rposition(|it| it == b"moov").unwrap() - 4;
    assert_eq!(
        why(read_bytes("unfinished.mov", &whole[..contents], Family::Video).await),
        "moov atom not found; Invalid data found when processing input."
    );
    let early = fs::read(made(
        "early.mp4",
        "-f lavfi -i testsrc2=s=320x180:r=25:d=2 -c:v libx264 -preset ultrafast -movflags +faststart",
    ))
    .unwrap();
    let sound = fs::read(surround()).unwrap();
    for (name, whole, family) in
        [("early.mp4", early, Family::Video), ("cut.wav", sound, Family::Audio)]
    {
        let all = read_bytes(name, &whole, family).await.unwrap();
        assert_eq!((all.announced, all.found() == Found::Unknown), (None, false), "{name}");
        let cut = read_bytes(name, &whole[..whole.len() - 2], family).await.unwrap();
        assert_eq!(cut.announced, Some(whole.len() as u64), "{name}");
        let unseen = read_bytes(name, &whole[..whole.len() - 2], Family::Project).await.unwrap();
        assert_eq!(unseen.announced, None, "nobody looks into project files");
    }
}

#[tokio::test]
async fn lists_of_other_files_are_not_followed() {
    for (name, text) in [
        (
            "list.mov",
            format!("#EXTM3U\n#EXTINF:2,\nfile://{}\n#EXT-X-ENDLIST\n", surround().display()),
        ),
        ("list.wav", format!("ffconcat version 1.0\nfile '{}'\n", surround().display())),
    ] {
        assert!(
            why(read_bytes(name, text, Family::Audio).await).ends_with("which is not accepted."),
            "{name}"
        );
    }
}

#[tokio::test]
async fn nothing_is_nothing_and_noise_is_unreadable() {
    let empty = read_bytes("empty.mov", b"", Family::Video).await.unwrap();
    assert_eq!(empty.found(), Found::Empty);
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for round in 0..8 {
        let noise: Vec<u8> = (0..20_000 << (round % 3))
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state.to_le_bytes()[3]
            })
            .collect();
        let failure = read_bytes("noise.mov", &noise, Family::Video).await;
        assert!(matches!(failure, Err(Failure::Unreadable { .. })), "round {round}: {failure:?}");
    }
}

#[tokio::test]
async fn project_files_need_not_be_anything() {
    let noise = [0x13_u8, 0, 0xff, 0x92, 7].repeat(1000);
    let file = read_bytes("session.ptx", &noise, Family::Project).await.unwrap();
    assert_eq!((file.found(), file.file.size), (Found::Unknown, 5000));
    assert!(read_bytes("session.ptx", &noise, Family::Audio).await.is_err());
    let empty = [b"PK\x05\x06".as_slice(), &[0; 18]].concat();
    let archive = read_bytes("cards.zip", empty, Family::Image).await.unwrap();
    assert_eq!(archive.found(), Found::Document(Document::Archive));
}

#[tokio::test]
async fn timed_text_is_read_by_our_own_readers() {
    let ttml = "<tt xmlns='http://www.w3.org/ns/ttml' xml:lang='fr'><body><div><p begin='1s' end='2s'>Oui</p></div></body></tt>";
    let wide: Vec<u8> =
        std::iter::once(0xfeff).chain(ttml.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (bytes, format) in [
        (ttml.as_bytes().to_vec(), TextFormat::Ttml),
        (wide, TextFormat::Ttml),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nOui\n".to_vec(), TextFormat::WebVtt),
        (b"1\r\n00:00:01,000 --> 00:00:02,000\r\nOui\r\n".to_vec(), TextFormat::SubRip),
    ] {
        let file = read_bytes("called.mov", bytes, Family::TimedText).await.unwrap();
        let text = file.timed_text.clone().unwrap();
        assert_eq!((text.format, text.cue_count, text.fault_count), (format, 1, 0));
        assert_eq!(text.last_out.map(|it| it.at), Some(Runtime::from_millis(2000)));
        assert_eq!(
            judge(
                &file,
                &Expectation::of(domain::request::SourceType::Subtitle)
                    .entered("time_base", "media")
                    .speaking(Some("fr"))
            ),
            []
        );
    }
    let latin =
        read_bytes("old.srt", b"1\n00:00:01,000 --> 00:00:02,000\nD\xe9j\xe0\n", Family::TimedText)
            .await
            .unwrap();
    assert_eq!(latin.timed_text.unwrap().faults[0].line, Some(3));
}

#[tokio::test]
async fn a_text_that_is_too_large_is_too_costly() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("large.srt");
    fs::write(&file, "1\n00:00:01,000 --> 00:00:02,000\nHello\n\n".repeat(100)).unwrap();
    let limits = Limits {
        documents: formats::Bounds { text_bytes: 1000, ..formats::Bounds::default() },
        ..Limits::default()
    };
    let failure = measure(&file, &limits, Family::TimedText).await.unwrap_err();
    assert_eq!(failure, Failure::TooCostly { which: Exhausted::TextSize });
}

#[tokio::test]
async fn what_is_not_there_is_our_fault_not_the_partners() {
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().join("absent"), folder.path().to_owned()] {
        assert!(matches!(read(path, Family::Video).await, Err(Failure::Machinery(_))));
    }
}
