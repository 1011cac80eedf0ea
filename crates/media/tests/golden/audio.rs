//! For every code about what is heard a file that has exactly that fault, and clean ones that have none.

use std::{f32::consts::TAU, fs};

use domain::{
    inspection::{
        ErrorCode as E, Expectation, Finding, Level, Measurement, MixContent, Runtime, judge,
    },
    request::{Family, SourceType},
};
use media::{Envelope, Limits, Tracks, listen, measure, tools};

use crate::{
    fixture::{Fault, Fixture, Made, alone, fault, listed},
    preflight,
    sounds::{RATE, decibels, made_of, mixed, pink, surround, times, tone, voice},
    wav,
};

pub type Channels = Vec<Vec<f32>>;

/// The file with its sound heard, and its music and effects.
pub async fn heard(channels: &[Vec<f32>]) -> (Measurement, Envelope) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mix.wav");
    wav::write(&file, channels);
    let mut measured = measure(&file, &Limits::default(), Family::Audio).await.unwrap();
    preflight::reads_the_same(&fs::read(&file).unwrap(), &measured, Family::Audio);
    let tracks = Tracks { tracks: &measured.audio, chosen: None };
    let mut last = Runtime::default();
    let mut progress = |it| last = it;
    let told = listen(&tools().await, &file, tracks, &Limits::default(), None, &mut progress).await;
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

pub fn dub() -> Expectation {
    Expectation::of(SourceType::SecondaryAudio)
}

/// A 5.1 mix of four seconds at the loudness that is asked for.
pub fn clean() -> Channels {
    mix(4.0, 120.0)
}

pub fn mix(seconds: f32, pitch: f32) -> Channels {
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

fn clipped(gain: f32) -> Channels {
    spoiled(|it| it[2].iter_mut().for_each(|it| *it = (*it * 16.0).clamp(-1.0, 1.0) * gain))
}

/// Twelve seconds of nothing in the midst of music.
fn interrupted() -> Channels {
    let mut music = music(20.0, -10.0, -10.0);
    music[0].iter_mut().skip(4 * RATE as usize).take(12 * RATE as usize).for_each(|it| *it = 0.0);
    music
}

/// A few milliseconds whose crest lies between the samples.
fn burst() -> Channels {
    let burst = |time: f32| 0.9 * (TAU * 12_000.0 * time + TAU / 8.0).sin();
    spoiled(|it| it[0] = mixed(&it[0], &made_of(0.005, burst)))
}

const FAULTS: &[Fault<fn() -> Channels>] = &[
    fault(E::AudioAllSilent, "two channels of zeros", || vec![vec![0.0; RATE as usize]; 2]),
    fault(E::AudioAllSilent, "noise below -70 dBFS", || vec![times(&pink(1.0, 0.5, 1), 0.0001)]),
    fault(E::AudioUnexpectedSilence, "12 s of silence inside music", interrupted),
    fault(E::AudioChannelSilent, "a right channel of zeros", || spoiled(|it| it[1].fill(0.0))),
    fault(E::AudioChannelSilent, "an LFE of zeros", || spoiled(|it| it[3].fill(0.0))),
    fault(E::AudioDeadChannel, "a right channel 80 dB too quiet", || {
        spoiled(|it| it[1] = times(&it[1], 0.0001))
    }),
    fault(E::AudioDuplicateChannel, "left again as left surround", || {
        spoiled(|it| it[4] = it[0].clone())
    }),
    fault(E::AudioDualMono, "left again as right", || spoiled(|it| it[1] = it[0].clone())),
    fault(E::AudioPhaseInverted, "left upside down as right", || {
        spoiled(|it| it[1] = times(&it[0], -1.0))
    }),
    fault(E::AudioChannelOrder, "the LFE at the end", || spoiled(|it| it[3..].rotate_left(1))),
    fault(E::AudioChannelOrder, "the center in the place of the right", || {
        spoiled(|it| it.swap(1, 2))
    }),
    fault(E::AudioClipping, "a center clipped and turned down", || clipped(0.05)),
    fault(E::AudioTruePeak, "a burst with its crest between the samples", burst),
    fault(E::AudioLoudness, "a mix 9 dB too quiet", || {
        clean().iter().map(|it| times(it, decibels(-9.0))).collect()
    }),
    fault(E::AudioLoudness, "half a minute of quiet music", || music(31.0, -28.0, -28.0)),
    fault(E::AudioLoudnessRange, "a minute of music all at one level", || {
        music(61.0, -10.5, -10.5)
    }),
    fault(E::AudioDcOffset, "a left channel 0.02 beside zero", || {
        spoiled(|it| it[0].iter_mut().for_each(|it| *it += 0.02))
    }),
];

pub fn fixtures() -> Vec<Fixture> {
    listed(Made::File, FAULTS)
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
        (1..7).map(|it| tone(seconds, 110.0 * it as f32, size)).collect()
    };
    for channels in [tones(3.0, 0.125), tones(10.0, 0.06), tones(3.0, 0.01), tones(0.005, 0.1)] {
        let findings = judged(&channels, &dub().entered("channel_layout", "5.1")).await;
        assert!(findings.iter().all(|it| !it.blocks()), "{findings:#?}");
    }
}

#[tokio::test]
async fn every_fault_yields_its_code_and_no_other() {
    for row in FAULTS {
        alone(row, &judged(&(row.made_of)(), &dub()).await);
    }
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
