use crate::{
    inspection::{
        ActivePicture, Chroma, Damage, ErrorCode as E, Expectation, Fields, Finding, Groups,
        Levels, Measurement, PictureContent, Repeats, Runtime, Stretch, Stretches, VideoTrack,
        judge, judge::sample,
    },
    timecode::Fraction,
};

fn judged(spoil: impl FnOnce(&mut PictureContent)) -> Vec<Finding> {
    let mut content = sample::content();
    spoil(&mut content);
    let mut file = sample::seen_master();
    file.video[0].content = Some(content);
    judge(&file, &Expectation::for_video())
}

fn codes(findings: &[Finding]) -> Vec<E> {
    findings.iter().map(|it| it.code).collect()
}

fn stretches(list: &[(u64, u64)]) -> Stretches {
    let mut all = Stretches::default();
    list.iter().for_each(|&(first, frames)| all.add(Stretch { first, frames }));
    all
}

/// The sample with black at these places.
fn black(content: &mut PictureContent, list: &[(u64, u64)]) {
    content.black = stretches(list);
    let at = |wanted: fn(&Stretch, u64) -> bool| {
        content.black.kept.iter().find(|it| wanted(it, content.frames)).map_or(0, |it| it.frames)
    };
    (content.head_black, content.tail_black) =
        (at(|it, _| it.first == 0), at(|it, all| it.end() == all));
}

#[test]
fn a_master_as_it_should_be_is_left_alone() {
    assert_eq!(judge(&sample::seen_master(), &Expectation::for_video()), []);
    assert_eq!(judge(&sample::seen_master(), &Expectation::for_proxy()), []);
}

#[test]
fn black_is_one_frame_to_one_second_at_both_ends() {
    for (head, tail, expected) in [
        (1, 1, vec![]),
        (25, 25, vec![]),
        (0, 1, vec![(E::HeadTailBlack, "01:00:00:00")]),
        (26, 1, vec![(E::HeadTailBlack, "01:00:00:00")]),
        (1, 0, vec![(E::HeadTailBlack, "01:01:29:24")]),
        (1, 26, vec![(E::HeadTailBlack, "01:01:28:24")]),
        (0, 0, vec![(E::HeadTailBlack, "01:00:00:00"), (E::HeadTailBlack, "01:01:29:24")]),
    ] {
        let findings = judged(|it| {
            let ends = [(0, head), (it.frames - tail, tail)].into_iter().filter(|it| it.1 > 0);
            black(it, &ends.collect::<Vec<_>>());
        });
        let found: Vec<_> =
            findings.iter().map(|it| (it.code, it.place.as_deref().unwrap())).collect();
        assert_eq!(found, expected, "{head} {tail}");
    }
    let late = judged(|it| black(it, &[(0, 50), (2249, 1)]));
    assert_eq!(late[0].gauge.unwrap().distance(), "1 s over the limit");
    assert_eq!(
        (late[0].measured.as_deref(), late[0].limit.as_deref()),
        (Some("2 s"), Some("1 frame to 1 s"))
    );
}

#[test]
fn black_inside_may_last_two_seconds_and_is_no_freeze() {
    for (list, expected) in [
        (vec![(500, 50)], vec![]),
        (vec![(500, 51)], vec![E::CommercialBlacks]),
        (vec![(500, 200)], vec![E::CommercialBlacks]),
        (vec![(500, 60), (900, 70)], vec![E::CommercialBlacks]),
    ] {
        let findings = judged(|it| {
            let ends = [(0, 12), (2238, 12)];
            let all = [&ends[..1], &list, &ends[1..]].concat();
            black(it, &all);
            it.frozen = stretches(&list);
        });
        assert_eq!(codes(&findings), expected, "{list:?}");
    }
    let findings = judged(|it| black(it, &[(0, 12), (500, 60), (900, 70), (2238, 12)]));
    assert_eq!(findings[0].place.as_deref(), Some("01:00:36:00"), "the longest");
    assert_eq!(findings[0].elsewhere, ["01:00:20:00"]);
    assert_eq!(
        findings[0].message,
        "2 stretches of black inside the program, of 70 frames the longest."
    );
}

#[test]
fn a_picture_may_stand_for_five_seconds_and_not_for_the_whole_file() {
    for (frozen, still, expected) in [
        (vec![(100, 125)], 125, vec![]),
        (vec![(100, 126)], 126, vec![E::FreezeDetected]),
        (vec![(12, 2226)], 2220, vec![E::LowVarianceFile]),
        (vec![], 2110, vec![]),
        (vec![], 2115, vec![E::LowVarianceFile]),
    ] {
        let findings = judged(|it| (it.frozen, it.still) = (stretches(&frozen), still));
        assert_eq!(codes(&findings), expected, "{frozen:?} {still}");
    }
    let dark = judged(|it| black(it, &[(0, 2250)]));
    assert_eq!(codes(&dark), [E::LowVarianceFile]);
    assert_eq!(dark[0].message, "The picture is black from its first frame to its last.");
    // Less than a second is a still by nature.
    let brief = judged(|it| {
        (it.frames, it.still) = (20, 19);
        black(it, &[(0, 1), (19, 1)]);
    });
    assert!(!codes(&brief).contains(&E::LowVarianceFile), "{brief:?}");
}

#[test]
fn interlacing_has_one_order_of_fields() {
    for (progressive, top, bottom, expected) in [
        (2000, 0, 0, vec![]),
        (0, 2000, 0, vec![E::InterlaceDetected]),
        (0, 0, 2000, vec![E::InterlaceDetected]),
        (200, 800, 0, vec![E::InterlaceDetected]),
        (201, 799, 0, vec![]),
        // Diagonals of a test picture: both orders.
        (0, 495, 480, vec![]),
        (0, 900, 100, vec![]),
        (0, 901, 99, vec![E::InterlaceDetected]),
        // Too little to tell.
        (0, 19, 0, vec![]),
        (0, 20, 0, vec![E::InterlaceDetected]),
    ] {
        let findings = judged(|it| {
            it.fields =
                Fields { progressive, top_first: top, bottom_first: bottom, ..Fields::default() };
        });
        assert_eq!(codes(&findings), expected, "{progressive} {top} {bottom}");
    }
}

#[test]
fn pulldown_repeats_both_fields_and_is_told_before_interlacing() {
    for (combed, top, bottom, expected) in [
        (192, 48, 48, vec![E::TelecineDetected]),
        (192, 29, 29, vec![E::TelecineDetected]),
        (192, 48, 28, vec![E::InterlaceDetected]),
        (192, 0, 0, vec![E::InterlaceDetected]),
        // Quiet whole frames whose fields look alike.
        (20, 60, 60, vec![]),
    ] {
        let findings = judged(|it| {
            it.fields = Fields {
                progressive: 240 - combed,
                top_first: combed,
                top_repeated: top,
                bottom_repeated: bottom,
                ..Fields::default()
            };
        });
        assert_eq!(codes(&findings), expected, "{combed} {top} {bottom}");
    }
}

#[test]
fn repeats_are_told_unless_they_were_drawn() {
    for (count, spacing, regular, expected) in [
        (0, None, 0, false),
        (1, None, 0, true),
        (44, Some(7), 3, true),
        (45, Some(7), 3, false),
        // 24 to 30, 24 to 25.
        (440, Some(5), 430, true),
        (440, Some(5), 300, false),
        (90, Some(25), 85, true),
        // Drawn on twos and threes.
        (1100, Some(2), 1099, false),
        (730, Some(3), 729, false),
    ] {
        let findings = judged(|it| {
            let places = vec![100, 105].into_iter().take(count as usize).collect();
            it.repeats = Repeats { count, moving: 2200, places, spacing, regular };
        });
        let expected = if expected { vec![E::CadenceBreak] } else { vec![] };
        assert_eq!(codes(&findings), expected, "{count} {spacing:?} {regular}");
        assert!(findings.iter().all(|it| it.place.as_deref() == Some("01:00:04:00")));
    }
}

#[test]
fn damage_names_its_frames_and_missing_frames_are_counted() {
    let damaged = judged(|it| {
        it.damage = Damage {
            complaints: 7,
            words: vec!["ac-tex damaged at 93 55".into()],
            frames: vec![81, 93],
        };
    });
    assert_eq!(codes(&damaged), [E::VideoDecodeErrors]);
    assert_eq!(
        damaged[0].message,
        "The decoder has 7 complaints at frames 81, 93: ac-tex damaged at 93 55."
    );
    assert_eq!(
        (damaged[0].place.as_deref(), damaged[0].elsewhere.as_slice()),
        (Some("01:00:03:06"), ["01:00:03:18".to_owned()].as_slice())
    );
    assert!(!damaged[0].overridable);
    for (frames, expected) in [(2250, vec![]), (2245, vec![]), (2244, vec![E::VideoDecodeErrors])] {
        let findings = judged(|it| {
            it.frames = frames;
            black(it, &[(0, 12), (frames - 12, 12)]);
        });
        assert_eq!(codes(&findings), expected, "{frames}");
    }
    // An edit list that leaves out a part of what the track holds.
    let mut cut = sample::seen_master();
    cut.video[0].frame_count = Some(5000);
    assert_eq!(judge(&cut, &Expectation::for_video()), []);
}

#[test]
fn groups_are_closed_and_at_most_a_second_long() {
    let sound = Groups { count: 188, longest: 12, ..Groups::default() };
    for (groups, expected) in [
        (sound, vec![]),
        (Groups { longest: 25, ..sound }, vec![]),
        (Groups { longest: 26, ..sound }, vec![E::KeyFrameGopTooLong]),
        (Groups { open: 1, open_at: 24, ..sound }, vec![E::IncorrectGopStructure]),
        (Groups { headless: 4, ..sound }, vec![E::IncorrectGopStructure]),
    ] {
        let findings = judged(|it| it.groups = Some(groups));
        assert_eq!(codes(&findings), expected, "{groups:?}");
    }
}

#[test]
fn bars_are_a_note_and_levels_a_warning() {
    let area = |left, top, width, height| Some(ActivePicture { left, top, width, height });
    for (active, bars) in [
        (None, None),
        (area(0, 0, 1920, 1080), None),
        (area(0, 10, 1920, 1060), None),
        (area(0, 140, 1920, 800), Some("above and below")),
        (area(240, 0, 1440, 1080), Some("at both sides")),
        (area(240, 140, 1440, 800), Some("on all sides")),
    ] {
        let findings = judged(|it| it.active = active);
        let said = findings.first().map(|it| it.message.as_str()).unwrap_or_default();
        assert_eq!(findings.len(), usize::from(bars.is_some()), "{active:?}");
        assert!(said.contains(bars.unwrap_or_default()), "{said}");
        assert!(findings.iter().all(|it| it.code == E::ActivePicture && !it.blocks()));
    }
    for (outside, expected) in [(0, vec![]), (1, vec![E::LevelsOutOfRange])] {
        let findings = judged(|it| {
            it.levels =
                Some(Levels { sampled: 450, lowest: 0, highest: 255, outside, places: vec![50] });
        });
        assert_eq!(codes(&findings), expected);
        assert!(
            findings.iter().all(|it| !it.blocks() && it.place.as_deref() == Some("01:00:02:00"))
        );
    }
}

#[test]
fn captions_are_unwanted_in_masters_only() {
    let captioned = judged(|it| it.captioned = 1);
    assert_eq!(codes(&captioned), [E::CaptionsPresent]);
    assert!(!captioned[0].blocks());
    let mut file = sample::seen_master();
    file.video[0].content.iter_mut().for_each(|it| it.captioned = 2250);
    assert_eq!(judge(&file, &Expectation::for_proxy()), []);
}

#[test]
fn each_header_fact_has_its_own_code() {
    type Spoil = fn(&mut Measurement);
    let cases: [(Spoil, Option<E>); 17] = [
        (|it| it.video[0].pixel_aspect = Fraction::new(1, 1), None),
        (|it| it.video[0].pixel_aspect = Fraction::new(4, 3), Some(E::AspectRatio)),
        (|it| it.video[0].chroma = Some(Chroma::Full444), None),
        (|it| it.video[0].chroma = Some(Chroma::Subsampled420), Some(E::ChromaOrDepth)),
        (|it| it.video[0].bit_depth = Some(8), Some(E::ChromaOrDepth)),
        (|it| it.video[0].color.primaries = None, Some(E::ColorMismatch)),
        (|it| it.video[0].color.transfer = Some("smpte2084".into()), Some(E::ColorMismatch)),
        (|it| it.video[0].color.matrix = Some("smpte170m".into()), Some(E::ColorMismatch)),
        (|it| it.video[0].color.range = Some("pc".into()), Some(E::ColorMismatch)),
        (
            |it| {
                let color = &mut it.video[0].color;
                color.primaries = Some("bt2020".into());
                color.transfer = Some("arib-std-b67".into());
                color.matrix = Some("bt2020nc".into());
            },
            None,
        ),
        (
            |it| {
                (it.video[0].chroma, it.video[0].color.matrix) = (Some(Chroma::Rgb), None);
                it.video[0].color.range = Some("pc".into());
            },
            None,
        ),
        (
            |it| {
                it.video[0] = coded("mpeg2video", 25_920_000);
            },
            None,
        ),
        (|it| it.video[0] = coded("mpeg2video", 25_919_999), Some(E::VideoBitRate)),
        (|it| it.video[0] = coded("prores", 1_000_000), None),
        (|it| it.video[0].start_timecode = None, Some(E::StartTimecode)),
        (|it| it.video[0].start_timecode = Some("01:00:00;00".into()), Some(E::StartTimecode)),
        (
            |it| {
                it.video[0].start_timecode = None;
                it.container.as_mut().unwrap().format = "mpegts".into();
            },
            None,
        ),
    ];
    for (place, (spoil, expected)) in cases.into_iter().enumerate() {
        let mut file = sample::master();
        spoil(&mut file);
        let findings = judge(&file, &Expectation::for_video());
        assert_eq!(codes(&findings), Vec::from_iter(expected), "case {place}: {findings:?}");
        assert_eq!(judge(&file, &Expectation::for_proxy()), [], "case {place}");
    }
}

/// An 8-bit picture with so many bits per second.
fn coded(codec: &str, bit_rate: u64) -> VideoTrack {
    VideoTrack { codec: codec.into(), bit_rate: Some(bit_rate), ..sample::picture() }
}

#[test]
fn places_are_times_where_there_is_no_timecode() {
    let mut file = sample::seen_master();
    file.video[0].start_timecode = None;
    file.container.as_mut().unwrap().format = "mpegts".into();
    if let Some(content) = &mut file.video[0].content {
        black(content, &[(0, 12), (500, 60), (2238, 12)]);
    }
    let findings = judge(&file, &Expectation::for_video());
    assert_eq!(findings[0].place.as_deref(), Some("00:00:20.000"));
    assert_eq!(findings[0].measured.as_deref(), Some("2.4 s"));
    assert_eq!(Runtime::from_millis(2400).in_seconds(), "2.4 s");
}
