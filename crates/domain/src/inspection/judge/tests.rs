use super::*;
use crate::{
    inspection::{
        ChannelLayout, Document, ErrorCode as E, Fault, FaultKind, FileFacts, Imf, Runtime, Scan,
        TextFormat, TimeBase, judge::sample,
    },
    timecode::{Fraction, FrameRate},
};

mod length;

fn codes(file: &Measurement, wanted: &Expectation) -> Vec<E> {
    judge(file, wanted).into_iter().map(|it| it.code).collect()
}

fn spoiled(mut file: Measurement, spoil: impl FnOnce(&mut Measurement)) -> Measurement {
    spoil(&mut file);
    file
}

fn media_text() -> Expectation {
    Expectation::of(crate::request::SourceType::Subtitle)
        .entered("time_base", "media")
        .speaking(Some("fr-FR"))
}

#[test]
fn a_flawless_file_of_every_family_has_no_findings() {
    for (file, wanted) in [
        (
            sample::master(),
            Expectation::for_video()
                .entered("channel_layout", "5.1")
                .replacing(Some(sample::LENGTH)),
        ),
        (sample::master(), Expectation::for_proxy()),
        (
            sample::stem(6),
            Expectation::for_audio()
                .entered("channel_layout", "5.1")
                .replacing(Some(sample::LENGTH)),
        ),
        (sample::subtitle(), media_text()),
        (sample::still(), Expectation::for_image()),
        (document(Document::Archive), Expectation::for_image()),
        (document(Document::Pdf), Expectation::for_document()),
        (unknown(), Expectation::for_project()),
        (document(Document::Xml), Expectation::for_package()),
        (Measurement { imf: Some(Imf::default()), ..unknown() }, Expectation::for_package()),
    ] {
        assert_eq!(judge(&file, &wanted), [], "{wanted:?}");
    }
}

fn document(document: Document) -> Measurement {
    Measurement { document: Some(document), ..unknown() }
}

fn unknown() -> Measurement {
    Measurement { file: FileFacts { size: 10, sha256: None }, ..Measurement::default() }
}

#[test]
fn every_picture_fault_is_a_spec_mismatch_with_its_numbers() {
    type Spoil = fn(&mut Measurement);
    let cases: [(Spoil, &str, &str); 7] = [
        (
            |it| it.video[0].codec = "h264".into(),
            "Apple ProRes",
            "ProRes, DNxHD/DNxHR, MPEG-2, JPEG 2000",
        ),
        (
            |it| (it.video[0].width, it.video[0].height) = (1280, 720),
            "1,280 × 720 pixels",
            "1,920 pixels wide or 1,080 pixels high",
        ),
        (
            |it| it.video[0].width = 100_000,
            "100,000 × 1,080 pixels",
            "at most 8,192 × 4,320 pixels",
        ),
        (|it| it.video[0].height = 4321, "1,920 × 4,321 pixels", "at most 8,192 × 4,320 pixels"),
        (
            |it| (it.video[0].frame_rate, it.video[0].average_rate) = (Fraction::new(15, 1), None),
            "15 fps",
            "23.976, 24, 25, 29.97, 30, 50, 59.94, 60 fps",
        ),
        (|it| it.video[0].average_rate = Fraction::new(24, 1), "24 fps", "25 fps"),
        (
            |it| it.video[0].scan = Some(Scan::TopFirst),
            "Interlaced, top field first",
            "Progressive",
        ),
    ];
    for (spoil, measured, limit) in cases {
        let findings = judge(&spoiled(sample::master(), spoil), &Expectation::for_video());
        let [only] = findings.as_slice() else { panic!("{measured}: {findings:?}") };
        assert_eq!(only.code, E::VideoSpecMismatch);
        assert_eq!(
            (only.measured.as_deref(), only.limit.as_deref()),
            (Some(measured), Some(limit))
        );
        assert_eq!((only.place.as_deref(), only.overridable), (Some("Video 1"), false));
    }
}

#[test]
fn every_rate_of_the_trade_and_every_size_from_hd_on_is_accepted() {
    for &rate in FrameRate::ALL {
        let file = spoiled(sample::master(), |it| {
            (it.video[0].frame_rate, it.video[0].average_rate) = (Some(rate.fraction()), None);
        });
        assert_eq!(judge(&file, &Expectation::for_video()), [], "{rate:?}");
    }
    for size in [
        (1920, 1080),
        (1440, 1080),
        (1920, 800),
        (2048, 858),
        (1998, 1080),
        (3840, 2160),
        (8192, 4320),
    ] {
        let file = spoiled(sample::master(), |it| (it.video[0].width, it.video[0].height) = size);
        assert_eq!(judge(&file, &Expectation::for_video()), [], "{size:?}");
    }
    let small =
        spoiled(sample::master(), |it| (it.video[0].width, it.video[0].height) = (320, 180));
    assert_eq!(judge(&small, &Expectation::for_proxy()), []);
}

#[test]
fn every_sound_fault_is_a_spec_mismatch_with_its_numbers() {
    type Spoil = fn(&mut Measurement);
    let cases: [(Spoil, &str, &str); 3] = [
        (
            |it| it.audio[0].codec = "aac".into(),
            "PCM signed 24-bit little-endian",
            "PCM, AC-3, E-AC-3",
        ),
        (|it| it.audio[0].sample_rate = 44_100, "44.1 kHz", "48 kHz"),
        (|it| it.audio[0].bit_depth = Some(16), "16 bits", "24 bits"),
    ];
    for (spoil, measured, limit) in cases {
        for (file, wanted) in [
            (sample::stem(2), Expectation::for_audio()),
            (sample::master(), Expectation::for_video()),
        ] {
            let findings = judge(&spoiled(file, spoil), &wanted);
            let [only] = findings.as_slice() else { panic!("{measured}: {findings:?}") };
            assert_eq!((only.code, only.overridable), (E::AudioSpecMismatch, false));
            assert_eq!(
                (only.measured.as_deref(), only.limit.as_deref()),
                (Some(measured), Some(limit))
            );
        }
    }
    let silent = spoiled(sample::master(), |it| it.audio.clear());
    assert_eq!(codes(&silent, &Expectation::for_video()), [E::AudioSpecMismatch]);
    assert_eq!(codes(&silent, &Expectation::for_proxy()), []);
}

#[test]
fn a_layout_fits_only_a_file_with_as_many_channels() {
    for &layout in ChannelLayout::ALL {
        for channels in 1..=10 {
            let wanted = Expectation { channel_layout: Some(layout), ..Expectation::for_audio() };
            let expected = if channels == layout.channels() {
                vec![]
            } else {
                vec![E::InconsistentChannelCount]
            };
            assert_eq!(
                codes(&sample::stem(channels), &wanted),
                expected,
                "{layout:?} on {channels}"
            );
        }
    }
    let split = spoiled(sample::master(), |it| it.audio.push(sample::sound(2)));
    assert_eq!(codes(&split, &Expectation::for_video().entered("channel_layout", "5.1_2.0")), []);
}

#[test]
fn the_wrong_kind_of_file_is_named_and_nothing_else_is_said() {
    let files = [
        (Family::Video, sample::master()),
        (Family::Audio, sample::stem(2)),
        (Family::TimedText, sample::subtitle()),
        (Family::Image, sample::still()),
        (Family::Document, document(Document::Pdf)),
        (Family::Package, Measurement { imf: Some(Imf::default()), ..unknown() }),
    ];
    let wanted = [
        Expectation::for_video(),
        Expectation::for_audio(),
        media_text(),
        Expectation::for_image(),
        Expectation::for_document(),
        Expectation::for_package(),
    ];
    for (kind, file) in &files {
        for wanted in &wanted {
            let expected =
                if *kind == wanted.family { vec![] } else { vec![E::IncorrectAssetType] };
            assert_eq!(codes(file, wanted), expected, "{kind:?} for {:?}", wanted.family);
        }
    }
    let findings = judge(&sample::stem(2), &Expectation::for_video());
    assert_eq!(
        findings[0].message,
        "The request asks for a video file, but the file is an audio file."
    );
}

#[test]
fn an_empty_file_and_a_file_without_tracks_are_told_apart() {
    let empty = spoiled(sample::master(), |it| it.file.size = 0);
    let hollow = spoiled(sample::master(), |it| (it.video, it.audio) = (vec![], vec![]));
    for wanted in [Expectation::for_video(), Expectation::for_audio()] {
        assert_eq!(codes(&empty, &wanted), [E::FileEmpty]);
        assert_eq!(codes(&hollow, &wanted), [E::NoStreamsFound]);
    }
    assert_eq!(codes(&empty, &Expectation::for_project()), [E::FileEmpty]);
    assert_eq!(codes(&hollow, &Expectation::for_image()), [E::IncorrectAssetType]);
}

#[test]
fn the_chosen_timing_reference_is_held_against_the_file() {
    use TimeBase::{Clock, Media, Smpte};
    let all = [None, Some(Media), Some(Smpte), Some(Clock)];
    for chosen in [None, Some(Media), Some(Smpte)] {
        for declared in all {
            for format in [TextFormat::Ttml, TextFormat::SubRip] {
                let file = spoiled(sample::subtitle(), |it| {
                    let text = it.timed_text.as_mut().unwrap();
                    (text.format, text.declared_time_base) = (format, declared);
                });
                let meant = chosen.or(format.is_ttml().then_some(Smpte));
                let conflicts = meant.is_some_and(|it| it != declared.unwrap_or(Media));
                let expected = if conflicts { vec![E::TimeBaseConflict] } else { vec![] };
                let wanted = Expectation {
                    time_base: chosen,
                    ..Expectation::of(crate::request::SourceType::Subtitle)
                };
                assert_eq!(
                    codes(&file, &wanted),
                    expected,
                    "{chosen:?} on {declared:?} {format:?}"
                );
            }
        }
    }
    let undeclared =
        spoiled(sample::subtitle(), |it| it.timed_text.as_mut().unwrap().declared_time_base = None);
    assert_eq!(
        judge(&undeclared, &media_text().entered("time_base", "smpte"))[0].message,
        "SMPTE was chosen, but the file declares no timing reference, which means MEDIA."
    );
}

#[test]
fn another_language_is_refused_and_silence_is_not() {
    for (asked, declared, expected) in [
        (Some("fr-FR"), Some("fr"), vec![]),
        (Some("fr-FR"), Some("en"), vec![E::LanguageMismatch]),
        (Some("fr-CA"), Some("fr-FR"), vec![E::LanguageMismatch]),
        (Some("fr-FR"), Some(""), vec![]),
        (Some("fr-FR"), Some("und"), vec![]),
        (Some("fr-FR"), None, vec![E::TextLanguageMissing]),
        (Some("*"), Some("en"), vec![]),
        (None, Some("en"), vec![]),
    ] {
        let file = spoiled(sample::subtitle(), |it| {
            it.timed_text.as_mut().unwrap().language = declared.map(str::to_owned);
        });
        let wanted = Expectation::of(crate::request::SourceType::Subtitle)
            .entered("time_base", "media")
            .speaking(asked);
        assert_eq!(codes(&file, &wanted), expected, "{asked:?} {declared:?}");
    }
}

#[test]
fn every_fault_of_a_document_is_reported_with_its_line() {
    let file = spoiled(sample::subtitle(), |it| {
        let text = it.timed_text.as_mut().unwrap();
        text.faults = vec![
            Fault {
                kind: FaultKind::Syntax,
                line: Some(12),
                what: "The end comes before the beginning.".into(),
            },
            Fault {
                kind: FaultKind::Syntax,
                line: None,
                what: "The document stops in the middle.".into(),
            },
        ];
        text.fault_count = 5;
    });
    let findings = judge(&file, &media_text());
    assert!(findings.iter().all(|it| it.code == E::TimedTextNotWellFormed));
    let places: Vec<_> =
        findings.iter().map(|it| (it.place.as_deref(), it.message.as_str())).collect();
    assert_eq!(
        places,
        [
            (Some("Line 12"), "The end comes before the beginning."),
            (None, "The document stops in the middle."),
            (None, "3 more places like these."),
        ]
    );
    let silent = spoiled(sample::subtitle(), |it| it.timed_text.as_mut().unwrap().cue_count = 0);
    assert_eq!(codes(&silent, &media_text()), [E::TextNoCues]);
}

#[test]
fn all_findings_of_a_run_are_told_worst_first() {
    let file = spoiled(sample::master(), |it| {
        (it.video[0].width, it.video[0].height) = (640, 360);
        it.video[0].codec = "h264".into();
        it.audio[0].sample_rate = 44_100;
        it.audio[0].duration = Some(Runtime::from_millis(80_000));
    });
    let wanted = Expectation::for_video()
        .entered("channel_layout", "stereo")
        .replacing(Some(Runtime::from_millis(60_000)));
    let findings = judge(&file, &wanted);
    assert_eq!(
        findings.iter().map(|it| it.code).collect::<Vec<_>>(),
        [
            E::VideoSpecMismatch,
            E::VideoSpecMismatch,
            E::AudioSpecMismatch,
            E::InconsistentChannelCount,
            E::SourceDuration,
            E::VideoAudioDuration,
        ]
    );
    assert!(findings.iter().all(Finding::blocks));
    assert!(findings.is_sorted_by_key(|it| it.overridable));
}

#[test]
fn a_program_begins_at_the_label_of_its_first_frame() {
    for (label, start) in [
        (Some("01:00:00:00"), 3_600_000),
        (Some("00:00:00:00"), 0),
        (Some("00:59:50:12"), 3_590_480),
        (Some("nonsense"), 0),
        (None, 0),
    ] {
        let file = spoiled(sample::master(), |it| {
            it.video[0].start_timecode = label.map(str::to_owned);
        });
        let program = file.program().unwrap();
        assert_eq!(
            (program.start, program.length),
            (Runtime::from_millis(start), sample::LENGTH),
            "{label:?}"
        );
    }
    let of_container = spoiled(sample::master(), |it| {
        it.video[0].start_timecode = None;
        it.container.as_mut().unwrap().start_timecode = Some("10:00:00:00".into());
    });
    assert_eq!(of_container.program().unwrap().start, Runtime::from_millis(36_000_000));
    assert_eq!(sample::stem(2).program(), None);
}
