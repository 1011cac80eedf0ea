//! For every code about what is heard a file that has exactly that fault, and clean ones that have none.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "kit/preflight.rs"]
mod preflight;
#[path = "kit/sounds.rs"]
mod sounds;
#[path = "kit/wav.rs"]
mod wav;

use std::{f32::consts::TAU, fs};

use domain::{
    inspection::{
        ErrorCode as E, Expectation, Finding, Level, Measurement, MixContent, Program, Runtime,
        judge,
    },
    request::{Family, SourceType},
};
use media::{Envelope, Limits, Tracks, listen, measure, sync, tools};
use sounds::{RATE, decibels, made_of, mixed, pink, surround, times, voice};

type Channels = Vec<Vec<f32>>;

/// The file with its sound heard, and its music and effects.
async fn heard(channels: &[Vec<f32>]) -> (Measurement, Envelope) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mix.wav");
    wav::write(&file, channels);
    let mut measured = measure(&file, &Limits::default(), Family::Audio).await.unwrap();
    preflight::reads_the_same(&fs::read(&file).unwrap(), &measured, Family::Audio);
    let tracks = Tracks { tracks: &measured.audio, chosen: None };
    let mut last = Runtime::default();
    let mut progress = |it| last = it;
    let told = listen(&tools().await, &file, tracks, &Limits::default(), &mut progress).await;
    let told = told.unwrap();
    assert!(told.content.length.apart(last) < Runtime::from_millis(10), "{last}");
    measured.sound = Some(told.content);
    (measured, told.envelope)
}

async fn judged(channels: &[Vec<f32>], wanted: &Expectation) -> Vec<Finding> {
    let findings = judge(&heard(channels).await.0, wanted);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mix.wav");
    wav::write(&file, channels);
    preflight::agrees(&[("mix.wav", &fs::read(file).unwrap())], wanted, &findings);
    findings
}

fn dub() -> Expectation {
    Expectation::of(SourceType::SecondaryAudio)
}

/// A 5.1 mix of four seconds at the loudness that is asked for.
fn clean() -> Channels {
    mix(4.0, 120.0)
}

fn mix(seconds: f32, pitch: f32) -> Channels {
    surround(seconds, voice(seconds, 0.1, pitch)).iter().map(|it| times(it, 0.75)).collect()
}

/// Music of one channel between two levels, in parts of five seconds.
fn music(seconds: f32, quiet: f32, loud: f32) -> Channels {
    let mut noise = pink(seconds, 0.5, 3).into_iter();
    let level = |time: f32| if (time as u32 / 5).is_multiple_of(2) { quiet } else { loud };
    vec![made_of(seconds, |time| decibels(level(time)) * noise.next().unwrap_or_default())]
}

fn spoiled(spoil: impl FnOnce(&mut Channels)) -> Channels {
    let mut channels = clean();
    spoil(&mut channels);
    channels
}

/// Every fault: its code, and the sound that has it.
fn faults() -> Vec<(E, Channels)> {
    let clipped = |gain: f32| {
        spoiled(|it| {
            it[2].iter_mut().for_each(|it| *it = (*it * 16.0).clamp(-1.0, 1.0) * gain);
        })
    };
    let mut gap = music(20.0, -10.0, -10.0);
    gap[0].iter_mut().skip(4 * RATE as usize).take(12 * RATE as usize).for_each(|it| *it = 0.0);
    vec![
        (E::AudioAllSilent, vec![vec![0.0; RATE as usize]; 2]),
        (E::AudioAllSilent, vec![times(&pink(1.0, 0.5, 1), 0.0001)]),
        (E::AudioUnexpectedSilence, gap),
        (E::AudioChannelSilent, spoiled(|it| it[1].fill(0.0))),
        (E::AudioChannelSilent, spoiled(|it| it[3].fill(0.0))),
        (E::AudioDeadChannel, spoiled(|it| it[1] = times(&it[1], 0.0001))),
        (E::AudioDuplicateChannel, spoiled(|it| it[4] = it[0].clone())),
        (E::AudioDualMono, spoiled(|it| it[1] = it[0].clone())),
        (E::AudioPhaseInverted, spoiled(|it| it[1] = times(&it[0], -1.0))),
        (E::AudioChannelOrder, spoiled(|it| it[3..].rotate_left(1))),
        (E::AudioChannelOrder, spoiled(|it| it.swap(1, 2))),
        (E::AudioClipping, clipped(0.05)),
        (
            E::AudioTruePeak,
            spoiled(|it| {
                let burst = |time: f32| 0.9 * (TAU * 12_000.0 * time + TAU / 8.0).sin();
                it[0] = mixed(&it[0], &made_of(0.005, burst));
            }),
        ),
        (E::AudioLoudness, clean().iter().map(|it| times(it, decibels(-9.0))).collect()),
        (E::AudioLoudness, music(31.0, -28.0, -28.0)),
        (E::AudioLoudnessRange, music(61.0, -10.5, -10.5)),
        (E::AudioDcOffset, spoiled(|it| it[0].iter_mut().for_each(|it| *it += 0.02))),
    ]
}

#[tokio::test]
async fn what_is_clean_has_no_finding() {
    for (what, channels) in [
        ("a mix", clean()),
        ("a minute of music", music(61.0, -16.0, -11.0)),
        ("left and right", vec![pink(3.0, 0.1, 1), pink(3.0, 0.1, 2)]),
    ] {
        assert_eq!(judged(&channels, &dub()).await, [], "{what}");
    }
}

/// Short tones, as a first try of the portal is made of, are no mixes, and nothing stops them.
#[tokio::test]
async fn tones_for_trying_out_are_not_stopped() {
    let tones = |seconds: f32, size: f32| -> Channels {
        (1..7).map(|it| sounds::tone(seconds, 110.0 * it as f32, size)).collect()
    };
    for channels in [tones(3.0, 0.125), tones(10.0, 0.06), tones(3.0, 0.01), tones(0.005, 0.1)] {
        let findings = judged(&channels, &dub().entered("channel_layout", "5.1")).await;
        assert!(findings.iter().all(|it| !it.blocks()), "{findings:#?}");
    }
}

#[tokio::test]
async fn every_fault_yields_its_code_and_no_other_that_blocks() {
    let mut wrong = Vec::new();
    for (code, channels) in faults() {
        let findings = judged(&channels, &dub()).await;
        let codes: Vec<_> = findings.iter().map(|it| it.code).collect();
        if codes != [code] {
            wrong.push((code, findings));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn clipping_at_full_scale_is_told_with_its_place() {
    let clipped = spoiled(|it| {
        it[2].iter_mut().skip(RATE as usize).for_each(|it| *it = (*it * 16.0).clamp(-1.0, 1.0));
    });
    let findings = judged(&clipped, &dub().entered("channel_layout", "5.1")).await;
    let found = findings.iter().find(|it| it.code == E::AudioClipping).unwrap();
    assert!(found.message.starts_with("Channel 3 (C) is clipped"), "{found:?}");
    assert!(found.place.as_ref().unwrap().contains("first at 00:00:01.0"), "{found:?}");
}

#[tokio::test]
async fn a_long_mix_at_another_loudness_is_stopped_and_a_short_one_is_not() {
    let stopped = judged(&music(31.0, -28.0, -28.0), &dub()).await;
    assert_eq!(stopped.iter().map(|it| it.blocks()).collect::<Vec<_>>(), [true]);
    let short = judged(&music(5.0, -28.0, -28.0), &dub()).await;
    assert_eq!(
        short.iter().map(|it| (it.code, it.blocks())).collect::<Vec<_>>(),
        [(E::AudioLoudness, false)]
    );
}

#[tokio::test]
async fn speech_decides_where_there_is_enough_of_it() {
    // The voice at -27, and music so loud that the program is far off.
    let spoken = voice(14.0, 0.1, 120.0);
    let (alone, _) = heard(std::slice::from_ref(&spoken)).await;
    let level = alone.sound.unwrap().mixes[0].loudness.unwrap();
    let gain = decibels(-27.0 - level.hundredths() as f32 / 100.0);
    let loud = music(18.0, -2.0, -2.0).remove(0);
    let sound = [times(&spoken, gain), loud].concat();
    let (measured, _) = heard(&[sound]).await;
    let mix = &measured.sound.as_ref().unwrap().mixes[0];
    assert!(
        mix.enough_speech()
            .is_some_and(|it| it.loudness.apart(Level::whole(-27)) < Level::whole(2)),
        "{mix:?}"
    );
    assert!(mix.loudness.unwrap() > Level::whole(-20), "{mix:?}");
    assert_eq!(judge(&measured, &dub()), []);
}

#[tokio::test]
async fn another_length_than_the_primary_is_seen() {
    let program = Program { start: Runtime::default(), length: Runtime::from_millis(9500) };
    let findings = judged(&clean(), &dub().beside(Some(program))).await;
    assert_eq!(findings.iter().map(|it| it.code).collect::<Vec<_>>(), [E::AudioDurationMismatch]);
}

/// Another language over the same music and effects, so many milliseconds later.
fn dubbed(seconds: f32, later: i32) -> Channels {
    let mut other = mix(seconds, 200.0);
    for channel in &mut other {
        let samples = later.unsigned_abs() as usize * RATE as usize / 1000;
        if later < 0 {
            channel.drain(..samples);
        } else {
            channel.splice(..0, vec![0.0; samples]);
        }
    }
    other
}

#[tokio::test]
async fn a_dub_that_comes_late_is_out_of_sync_however_it_sounds() {
    let (_, primary) = heard(&mix(6.0, 110.0)).await;
    for later in [0, 7, 120, 1300, -250] {
        let (mut measured, envelope) = heard(&dubbed(6.0, later)).await;
        let offset = sync(&primary, &envelope).unwrap();
        let apart = offset.later.apart(Runtime::from_millis(later.into()));
        assert!(apart.micros() <= 500, "{later} ms: {offset:?}");
        measured.sound.as_mut().unwrap().offset = Some(offset);
        let found = judge(&measured, &dub()).iter().any(|it| it.code == E::AudioOutOfSync);
        assert_eq!(found, later.abs() > 80, "{later} ms");
    }
}

#[tokio::test]
async fn what_has_nothing_in_common_is_not_measured() {
    let (_, primary) = heard(&mix(8.0, 110.0)).await;
    let other: Channels = (11..17).map(|it| pink(8.0, 0.1, it)).collect();
    let silent = vec![vec![0.0; 8 * RATE as usize]; 2];
    let tone = vec![sounds::tone(8.0, 440.0, 0.1)];
    for (what, channels) in [("other", other), ("silent", silent), ("tone", tone)] {
        assert_eq!(sync(&primary, &heard(&channels).await.1), None, "{what}");
    }
    assert_eq!(sync(&Envelope::default(), &primary), None);
    assert_eq!(
        sync(&Envelope::from_bytes(primary.as_bytes().to_vec()), &primary).unwrap().later,
        Runtime::default()
    );
}

/// ffmpeg has a meter of its own, by other hands.
#[tokio::test]
async fn loudness_and_true_peak_agree_with_another_meter() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mix.wav");
    let channels = mix(6.0, 120.0);
    wav::write(&file, &channels);
    let meter = std::process::Command::new("ffmpeg")
        .args(["-hide_banner", "-nostdin", "-nostats", "-i"])
        .arg(&file)
        .args(["-af", "channelmap=map=0|1|2|3|4|5:channel_layout=5.1(side),ebur128=peak=true"])
        .args(["-f", "null", "-"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&meter.stderr).into_owned();
    let summary = said.rsplit("Summary:").next().unwrap();
    let figure = |name: &str| -> f64 {
        let (_, rest) = summary.split_once(name).unwrap_or_else(|| panic!("{said}"));
        rest.split_whitespace().next().unwrap().parse().unwrap()
    };
    let (measured, _) = heard(&channels).await;
    let mix: MixContent = measured.sound.unwrap().mixes.remove(0);
    let ours = |it: Option<Level>| f64::from(it.unwrap().hundredths()) / 100.0;
    let loudness = ours(mix.loudness) - figure("I:");
    assert!(loudness.abs() <= 0.1, "{loudness:+} LU apart from {}", figure("I:"));
    let peak = ours(mix.loudest().map(|it| it.1)) - figure("Peak:");
    assert!(peak.abs() <= 0.3, "{peak:+} dB apart from {}", figure("Peak:"));
}

/// A code that no sound has here could never be heard.
#[test]
fn every_code_of_what_is_heard_has_its_sound() {
    let elsewhere = [E::AudioDurationMismatch, E::AudioOutOfSync, E::AudioSpecMismatch];
    let made: Vec<_> = faults().into_iter().map(|it| it.0).collect();
    for code in E::ALL.iter().filter(|it| it.key().to_uppercase().contains("AUDIO")) {
        let about_pictures = *code == E::VideoAudioDuration;
        assert!(made.contains(code) || elsewhere.contains(code) || about_pictures, "{code}");
    }
}
