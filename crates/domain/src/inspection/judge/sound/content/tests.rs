use crate::inspection::{
    ErrorCode as E, Expectation, Finding, Level, LoudnessSpec, Measurement, MixContent, MixSpec,
    Pair, Program, Runtime, Silence, SoundContent, Speaker as S, SyncOffset, Tops, judge,
    judge::sample, mixes,
};
use crate::request::SourceType;

const SECOND: i64 = 1000;

fn level(hundredths: i32) -> Option<Level> {
    Level::from_decibels(f64::from(hundredths) / 100.0)
}

/// A 5.1 dub whose sound was spoiled.
fn dub(spoil: impl FnOnce(&mut MixContent)) -> Measurement {
    let mut file = sample::stem(6);
    let speakers = mixes(&file.audio, None).remove(0);
    let mut sound = sample::heard(&speakers);
    spoil(&mut sound.mixes[0]);
    file.sound = Some(sound);
    file
}

fn stereo(spoil: impl FnOnce(&mut MixContent)) -> Measurement {
    let mut file = sample::stem(2);
    let mut sound = sample::heard(&[S::Left, S::Right]);
    spoil(&mut sound.mixes[0]);
    file.sound = Some(sound);
    file
}

fn wanted(source_type: SourceType) -> Expectation {
    Expectation::of(source_type)
}

fn told(file: &Measurement, wanted: &Expectation) -> Vec<(E, bool)> {
    judge(file, wanted).iter().map(|it| (it.code, it.blocks())).collect()
}

/// Whether a finding stops a dub, a picture with sound, and dialogue for a mix; nothing where there is none.
type Weight = [Option<bool>; 3];
const STOPS: Weight = [Some(true), Some(false), Some(false)];
const WARNS: Weight = [Some(false); 3];
const NOT_OF_PARTS: Weight = [Some(true), Some(false), None];

type Spoil = fn(&mut MixContent);

fn tops(tops: Tops) -> impl FnOnce(&mut MixContent) {
    move |mix| mix.channels[2].tops = tops
}

#[test]
fn what_is_flawless_has_no_finding() {
    for source_type in [SourceType::SecondaryAudio, SourceType::AudioMe, SourceType::PremixDialogue]
    {
        assert_eq!(judge(&dub(|_| ()), &wanted(source_type)), []);
        assert_eq!(judge(&stereo(|_| ()), &wanted(source_type)), []);
    }
    let mut master = sample::master();
    master.sound = dub(|_| ()).sound;
    assert_eq!(judge(&master, &Expectation::for_video()), []);
    assert_eq!(
        judge(
            &Measurement { sound: Some(SoundContent::default()), ..sample::stem(6) },
            &Expectation::for_audio()
        ),
        []
    );
}

#[test]
fn every_fault_has_its_code_and_weighs_by_what_the_mix_is_for() {
    let cases: [(E, Weight, Spoil); 17] = [
        (E::AudioAllSilent, [Some(true), Some(true), Some(false)], |mix| {
            mix.channels.iter_mut().for_each(|it| (it.peak, it.level) = (None, None));
        }),
        (E::AudioAllSilent, [Some(true), Some(true), Some(false)], |mix| {
            mix.channels.iter_mut().for_each(|it| it.peak = level(-7001));
        }),
        (E::AudioUnexpectedSilence, NOT_OF_PARTS, |mix| mix.silences = vec![stretch(20, 11)]),
        (E::AudioChannelSilent, NOT_OF_PARTS, |mix| mix.channels[0].peak = None),
        (E::AudioChannelSilent, [Some(false), Some(false), None], |mix| {
            mix.channels[3].peak = None
        }),
        (E::AudioDeadChannel, STOPS, |mix| mix.channels[1].peak = level(-9000)),
        (E::AudioDeadChannel, WARNS, |mix| mix.channels[5].peak = level(-9000)),
        (E::AudioDuplicateChannel, STOPS, |mix| alike(mix, 0, 2, 10_000)),
        (E::AudioDualMono, WARNS, |mix| alike(mix, 0, 1, 10_000)),
        (E::AudioDualMono, WARNS, |mix| alike(mix, 4, 5, 9_996)),
        (E::AudioPhaseInverted, STOPS, |mix| alike(mix, 0, 1, -10_000)),
        (E::AudioChannelOrder, WARNS, |mix| (mix.channels[3].low, mix.channels[5].low) = (30, 99)),
        (E::AudioChannelOrder, WARNS, |mix| {
            (mix.channels[1].speech, mix.channels[2].speech) = (Some(60), Some(20 - 1));
            mix.channels[2].speech = Some(4);
        }),
        (E::AudioDcOffset, WARNS, |mix| mix.channels[0].offset = level(-3400)),
        (E::AudioTruePeak, NOT_OF_PARTS, |mix| mix.channels[4].true_peak = level(-199)),
        (E::AudioLoudness, NOT_OF_PARTS, |mix| {
            mix.loudness = level(-2000);
            mix.speech = mix
                .speech
                .map(|it| crate::inspection::Speech { loudness: Level::whole(-22), ..it });
        }),
        (E::AudioLoudnessRange, [Some(false), Some(false), None], |mix| mix.range = level(240)),
    ];
    for (code, weight, spoil) in cases {
        let file = dub(spoil);
        let mut master = sample::master();
        master.sound.clone_from(&file.sound);
        let roles = [
            (&file, wanted(SourceType::SecondaryAudio)),
            (&master, Expectation::for_video()),
            (&file, wanted(SourceType::PremixDialogue)),
        ];
        for ((file, wanted), blocks) in roles.into_iter().zip(weight) {
            let expected: Vec<_> = blocks.map(|it| (code, it)).into_iter().collect();
            assert_eq!(told(file, &wanted), expected, "{:?}", wanted.family);
        }
    }
}

fn stretch(from: i64, length: i64) -> Silence {
    Silence {
        from: Runtime::from_millis(from * SECOND),
        length: Runtime::from_millis(length * SECOND),
    }
}

fn alike(mix: &mut MixContent, first: u8, second: u8, correlation: i16) {
    mix.channels[usize::from(second)].level = mix.channels[usize::from(first)].level;
    mix.pairs = vec![Pair { first, second, correlation }];
}

#[test]
fn each_of_the_five_criteria_of_clipping_is_enough() {
    let cases = [
        (Tops { at_ceiling: 1, ..Tops::default() }, "1 flat tops at -0.45 dBFS or above"),
        (Tops { full_scale: 101, ..Tops::default() }, "0.01 % of all samples at full scale"),
        (Tops { at_loudest: 10, ..Tops::default() }, "10 flat tops at its loudest level"),
        (
            Tops { gap: level(101), at_loudest: 3, ..Tops::default() },
            "the loudest samples 1.0 dB above the rest",
        ),
        (
            Tops { excess: 26, at_loudest: 3, ..Tops::default() },
            "26 % more samples at the loudest level than slightly below",
        ),
    ];
    for (found, measured) in cases {
        let findings = judge(&dub(tops(found)), &Expectation::for_audio());
        let [only] = findings.as_slice() else { panic!("{measured}: {findings:?}") };
        assert_eq!((only.code, only.measured.as_deref()), (E::AudioClipping, Some(measured)));
        assert_eq!(only.place.as_deref(), Some("Channel 3 (C)"));
    }
    let none = Tops {
        at_ceiling: 0,
        full_scale: 100,
        at_loudest: 9,
        gap: level(100),
        excess: 25,
        first: None,
    };
    assert_eq!(judge(&dub(tops(none)), &Expectation::for_audio()), []);
    let tone = Tops { excess: 300, gap: level(600), ..Tops::default() };
    assert_eq!(judge(&dub(tops(tone)), &Expectation::for_audio()), [], "a tone has no flat tops");
}

/// Loudness of speech and program, how much speech there is, and whether that fails.
#[test]
fn loudness_fails_only_where_both_figures_miss() {
    let spec: LoudnessSpec = MixSpec::FINAL.loudness.unwrap();
    assert_eq!((spec.speech.0, spec.program.0), (Level::whole(-27), Level::whole(-24)));
    for (speech, program, share, gauge) in [
        (Some(-2700), -1500, 60, None),
        (Some(-2500), -1500, 60, None),
        (Some(-2900), -4000, 60, None),
        (Some(-2499), -2700, 60, None),
        (Some(-2499), -2701, 60, Some((-2499, -2500))),
        (Some(-3100), -2000, 60, Some((-3100, -2900))),
        (Some(-2700), -2000, 14, Some((-2000, -2100))),
        (None, -2100, 0, None),
        (None, -2099, 0, Some((-2099, -2100))),
        (None, -2701, 0, Some((-2701, -2700))),
    ] {
        let file = dub(|mix| {
            mix.loudness = level(program);
            let before = mix.speech.take();
            mix.speech = speech.zip(before).map(|(loudness, it)| crate::inspection::Speech {
                loudness: level(loudness).unwrap(),
                share,
                ..it
            });
        });
        let found: Vec<Finding> = judge(&file, &wanted(SourceType::SecondaryAudio));
        let found = found.first().map(|it| it.gauge.map(|it| (it.value, it.limit)).unwrap());
        assert_eq!(found, gauge, "{speech:?} {program} {share}");
    }
}

#[test]
fn both_figures_are_shown_and_the_deciding_one_is_marked() {
    let quiet = |speech: bool| {
        dub(|mix| {
            mix.loudness = level(-3300);
            let spoken = mix
                .speech
                .map(|it| crate::inspection::Speech { loudness: Level::whole(-35), ..it });
            mix.speech = spoken.filter(|_| speech);
        })
    };
    let measured =
        |file: &Measurement| judge(file, &Expectation::for_audio())[0].measured.clone().unwrap();
    assert_eq!(
        measured(&quiet(true)),
        "speech -35.0 LKFS (Reelgate gate 1, decides), program -33.0 LKFS"
    );
    assert_eq!(measured(&quiet(false)), "program -33.0 LKFS (decides), not enough speech");
    let mut short = quiet(false);
    short.sound.as_mut().unwrap().length = Runtime::from_millis(29_999);
    assert_eq!(told(&short, &Expectation::for_audio()), [(E::AudioLoudness, false)]);
    assert_eq!(told(&quiet(true), &wanted(SourceType::AudioMe)), [], "effects have no loudness");
}

#[test]
fn music_and_effects_have_a_decibel_more_and_may_be_silent() {
    let file = dub(|mix| {
        mix.channels[0].true_peak = level(-100);
        mix.silences = vec![stretch(0, 60)];
    });
    assert_eq!(told(&file, &wanted(SourceType::AudioMe)), []);
    let over = dub(|mix| mix.channels[0].true_peak = level(-99));
    assert_eq!(told(&over, &wanted(SourceType::AudioMe)), [(E::AudioTruePeak, true)]);
}

#[test]
fn ten_seconds_of_silence_pass_and_all_places_are_named() {
    assert_eq!(judge(&dub(|it| it.silences = vec![stretch(1, 10)]), &Expectation::for_audio()), []);
    let file = dub(|it| it.silences = vec![stretch(1, 12), stretch(20, 3), stretch(40, 11)]);
    let findings = judge(&file, &Expectation::for_audio());
    assert_eq!(findings[0].place.as_deref(), Some("00:00:01.000 to 00:00:13.000"));
    assert_eq!(findings[0].elsewhere, ["00:00:40.000 to 00:00:51.000"]);
    assert_eq!(findings[0].gauge.map(|it| it.distance()).as_deref(), Some("2 s over the limit"));
}

#[test]
fn copies_at_another_level_are_no_copies() {
    for (apart, found) in [(10, true), (11, false)] {
        let file = dub(|mix| {
            alike(mix, 0, 2, 10_000);
            mix.channels[2].level = level(-3000 - apart);
        });
        assert_eq!(!judge(&file, &Expectation::for_audio()).is_empty(), found, "{apart}");
    }
    for correlation in [9_994, -9_899] {
        assert_eq!(judge(&dub(|it| alike(it, 0, 2, correlation)), &Expectation::for_audio()), []);
    }
}

#[test]
fn an_order_is_suspected_only_where_it_is_clear() {
    let clear: [(&str, Spoil); 5] = [
        ("two low channels", |it| it.channels[5].low = 99),
        ("a silent LFE", |it| {
            (it.channels[3].peak, it.channels[3].low, it.channels[5].low) = (None, 0, 99);
        }),
        ("none low", |it| it.channels[3].low = 40),
        ("two that speak", |it| {
            (it.channels[0].speech, it.channels[1].speech) = (Some(50), Some(50));
            it.channels[2].speech = Some(0);
        }),
        ("nobody listened for speech", |it| it.channels.iter_mut().for_each(|it| it.speech = None)),
    ];
    for (what, spoil) in clear {
        let findings = judge(&dub(spoil), &Expectation::for_audio());
        assert!(findings.iter().all(|it| it.code != E::AudioChannelOrder), "{what}: {findings:?}");
    }
    let film = dub(|mix| {
        for (place, (low, speech)) in
            [(12, 4), (12, 60), (12, 4), (12, 4), (12, 4), (99, 0)].into_iter().enumerate()
        {
            (mix.channels[place].low, mix.channels[place].speech) = (low, Some(speech));
        }
    });
    let findings = judge(&film, &Expectation::for_audio());
    let places: Vec<_> = findings.iter().filter_map(|it| it.place.as_deref()).collect();
    assert_eq!(places, ["Channel 6 (Rs)", "Channel 2 (R)"]);
}

#[test]
fn of_several_mixes_the_one_that_is_meant_is_named() {
    let mut file = sample::stem(6);
    file.audio.push(sample::sound(2));
    let mut sound =
        sample::heard(&[S::Left, S::Right, S::Center, S::Lfe, S::LeftSurround, S::RightSurround]);
    sound.mixes.push(sample::heard(&[S::Left, S::Right]).mixes.remove(0));
    sound.mixes[1].loudness = level(-1000);
    sound.mixes[1].speech = None;
    sound.mixes[1].channels[1].true_peak = level(0);
    file.sound = Some(sound);
    let findings = judge(&file, &Expectation::for_audio());
    let places: Vec<_> = findings.iter().map(|it| (it.code, it.place.clone().unwrap())).collect();
    assert_eq!(
        places,
        [
            (E::AudioTruePeak, "Channel 8 (R)".to_owned()),
            (E::AudioLoudness, "Mix 2 (L R)".to_owned())
        ]
    );
}

#[test]
fn sound_is_as_long_as_the_primary_or_as_the_source_it_replaces() {
    let program = |seconds: i64| {
        Some(Program {
            start: Runtime::default(),
            length: sample::LENGTH.plus(Runtime::from_millis(seconds * SECOND)),
        })
    };
    let dub = sample::stem(6);
    for (seconds, found) in [(5, false), (-5, false), (6, true), (-6, true)] {
        let expected: &[_] = if found { &[(E::AudioDurationMismatch, true)] } else { &[] };
        let asked = wanted(SourceType::SecondaryAudio).beside(program(seconds));
        assert_eq!(told(&dub, &asked), expected, "{seconds}");
        assert_eq!(told(&dub, &asked.replacing(Some(sample::LENGTH))), [], "{seconds}");
    }
    let part = wanted(SourceType::PremixDialogue).beside(program(60));
    assert_eq!(told(&dub, &part), []);
    assert_eq!(told(&sample::master(), &Expectation::for_video().beside(program(60))), []);
}

#[test]
fn a_lip_sync_dub_is_less_than_two_frames_off() {
    for (later, style, found) in [
        (80, "lip_sync", false),
        (81, "lip_sync", true),
        (-81, "lip_sync", true),
        (500, "voice_over", false),
        (500, "hybrid", false),
    ] {
        let mut file = dub(|_| ());
        let later = Runtime::from_millis(later);
        let offset = SyncOffset { later, likeness: 90, clearness: 900 };
        file.sound.as_mut().unwrap().offset = Some(offset);
        let expected: &[_] = if found { &[(E::AudioOutOfSync, true)] } else { &[] };
        let asked = wanted(SourceType::SecondaryAudio).entered("dub_style", style);
        assert_eq!(told(&file, &asked), expected, "{later} {style}");
    }
}

#[test]
fn narration_alone_is_a_part() {
    let silent = dub(|mix| mix.silences = vec![stretch(0, 60)]);
    let asked = wanted(SourceType::AudioDescription);
    assert_eq!(told(&silent, &asked), [(E::AudioUnexpectedSilence, true)]);
    assert_eq!(
        told(&silent, &asked.clone().entered("mix_type", "full_mix")),
        told(&silent, &asked)
    );
    assert_eq!(told(&silent, &asked.entered("mix_type", "narration")), []);
}
