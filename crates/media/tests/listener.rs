//! The listener by itself: figures of the standards, and what is speech and what is not.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "kit/sounds.rs"]
mod sounds;

use std::f32::consts::TAU;

use domain::inspection::{Runtime, SoundContent, Speaker as S};
use media::{Heard, Listener};
use sounds::{
    RATE, decibels, interleaved, made_of, mixed, pink, surround, times, tone, voice, white,
};

const SURROUND: [S; 6] = [S::Left, S::Right, S::Center, S::Lfe, S::LeftSurround, S::RightSurround];

fn hear(channels: &[Vec<f32>], mixes: &[Vec<S>]) -> Heard {
    let mut listener = Listener::new(RATE, channels.len(), mixes);
    listener.hear(&interleaved(channels));
    listener.told()
}

fn heard(channels: &[Vec<f32>], mix: &[S]) -> SoundContent {
    hear(channels, &[mix.to_vec()]).content
}

fn loudness(channels: &[Vec<f32>], mix: &[S]) -> f64 {
    f64::from(heard(channels, mix).mixes[0].loudness.unwrap().hundredths()) / 100.0
}

/// The signals of EBU Tech 3341, cases 1, 2 and 6, shortened; each may be off by 0.1 LU.
#[test]
fn loudness_is_that_of_ebu_tech_3341() {
    let stereo = |level: f32| {
        let sound = tone(3.0, 1000.0, decibels(level));
        loudness(&[sound.clone(), sound], &[S::Left, S::Right])
    };
    let of = |level: f32| tone(2.0, 1000.0, decibels(level));
    let silent = vec![0.0; 2 * RATE as usize];
    let surround = [of(-28.0), of(-28.0), of(-24.0), silent, of(-30.0), of(-30.0)];
    for (found, wanted) in
        [(stereo(-23.0), -23.0), (stereo(-33.0), -33.0), (loudness(&surround, &SURROUND), -23.0)]
    {
        assert!((found - wanted).abs() <= 0.1, "{found} is not {wanted}");
    }
}

/// The share of a sound that is taken for speech, per cent.
fn speech(sound: Vec<f32>) -> u8 {
    heard(&[sound], &[S::Center]).mixes[0].channels[0].speech.unwrap()
}

#[test]
fn voices_are_speech() {
    for pitch in [95.0, 130.0, 210.0] {
        let found = speech(voice(6.0, 0.2, pitch));
        assert!(found >= 90, "{pitch} Hz: {found} %");
    }
    let noisy = mixed(&voice(6.0, 0.2, 120.0), &pink(6.0, 0.01, 9));
    assert!(speech(noisy) >= 90);
}

#[test]
fn tones_noise_and_music_are_not_speech() {
    let chord = |time: f32| {
        [220.0, 277.2, 329.6].iter().map(|it| (TAU * it * time).sin()).sum::<f32>() * 0.1
    };
    let plucked = |time: f32, rate: f32, notes: &[f32]| {
        let (number, within) = ((time * rate) as usize, (time * rate).fract() / rate);
        let hertz = notes[number % notes.len()];
        let tops = (1..6).map(|it| (TAU * hertz * it as f32 * within).sin() / it as f32);
        0.2 * (-within * 6.0).exp() * tops.sum::<f32>()
    };
    let mut hiss = white(5);
    let mut burst = white(6);
    for (what, sound) in [
        ("a sine", tone(5.0, 440.0, 0.2)),
        ("pink noise", pink(5.0, 0.2, 1)),
        ("white noise", made_of(5.0, |_| 0.1 * hiss())),
        ("a chord", made_of(5.0, chord)),
        ("plucked strings", made_of(5.0, |time| plucked(time, 2.0, &[220.0, 330.0]))),
        ("an arpeggio", made_of(5.0, |time| plucked(time, 4.0, &[220.0, 277.2, 329.6, 440.0]))),
        (
            "bursts of noise",
            made_of(5.0, |time| if (time * 3.0).fract() < 0.4 { 0.2 * burst() } else { 0.0 }),
        ),
        ("a pulsing pad", made_of(5.0, |time| chord(time) * (1.0 + (TAU * 4.0 * time).sin()))),
        ("a whisper far away", times(&voice(5.0, 0.2, 120.0), 0.002)),
        ("silence", vec![0.0; 5 * RATE as usize]),
    ] {
        assert_eq!(speech(sound), 0, "{what} is taken for speech");
    }
}

#[test]
fn loudness_of_the_speech_is_that_of_the_speech_alone() {
    // Ten seconds of voice, then twelve of music that is much louder.
    let spoken = voice(10.0, 0.1, 120.0);
    let alone = heard(std::slice::from_ref(&spoken), &[S::Center]).mixes[0].loudness.unwrap();
    let music = tone(12.0, 440.0, 0.25);
    let program = heard(&[[spoken, music].concat()], &[S::Center]).mixes.remove(0);
    let speech = program.speech.unwrap();
    assert!(speech.loudness.apart(alone).hundredths() <= 60, "{speech:?} is not {alone}");
    assert!(program.loudness.unwrap().apart(alone).hundredths() > 500, "{program:?}");
    assert!((40..=50).contains(&speech.share), "{speech:?}");
    assert!(speech.length > Runtime::from_millis(9000), "{speech:?}");
}

#[test]
fn the_voice_is_looked_for_in_the_center_and_without_one_left_and_right() {
    let mix = heard(&surround(4.0, voice(4.0, 0.2, 120.0)), &SURROUND).mixes.remove(0);
    let shares: Vec<_> = mix.channels.iter().map(|it| it.speech.unwrap()).collect();
    assert!(shares[2] > 80 && shares.iter().filter(|it| **it > 0).count() == 1, "{shares:?}");
    assert!(mix.speech.is_some_and(|it| it.share > 80), "{mix:?}");
    let sides = [mixed(&voice(4.0, 0.2, 120.0), &pink(4.0, 0.01, 1)), voice(4.0, 0.2, 120.0)];
    let mix = heard(&sides, &[S::Left, S::Right]).mixes.remove(0);
    assert!(mix.speech.is_some_and(|it| it.share > 80), "{mix:?}");
    let unnamed = heard(&sides, &[S::Unknown, S::Unknown]).mixes.remove(0);
    assert_eq!((unnamed.speech, unnamed.loudness), (None, None), "weights are not known");
}

#[test]
fn it_does_not_matter_how_the_samples_are_cut() {
    let samples = interleaved(&surround(1.3, pink(1.3, 0.1, 7)));
    let told = |cut: usize| {
        let mut listener = Listener::new(RATE, 6, &[SURROUND.to_vec()]);
        samples.chunks(cut).for_each(|it| listener.hear(it));
        listener.told()
    };
    let whole = told(samples.len());
    assert_eq!(whole.content.length, Runtime::from_millis(1300));
    for cut in [1, 7, 2880, 100_003] {
        assert_eq!(told(cut), whole, "{cut}");
    }
}

#[test]
fn whatever_it_hears_it_stays_calm() {
    let odd = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, f32::MIN_POSITIVE, -0.0];
    for (rate, channels, mixes) in [
        (0, 0, vec![]),
        (0, 1, vec![vec![S::Center]]),
        (u32::MAX, 3, vec![vec![S::Left, S::Right]]),
        (44_100, 2, vec![vec![S::Left; 9]]),
        (11_025, 100, vec![vec![S::Unknown; 64], vec![S::Left]]),
        (8000, 1, vec![vec![], vec![S::Center]]),
        (48_000, usize::MAX, vec![vec![S::Center]]),
    ] {
        let mut listener = Listener::new(rate, channels, &mixes);
        for _ in 0..30_000 {
            listener.hear(&odd);
        }
        let told = listener.told().content;
        let json = serde_json::to_string(&told).unwrap();
        assert!(json.len() < 64 * 1024, "{} bytes", json.len());
        assert_eq!(serde_json::from_str::<SoundContent>(&json).unwrap(), told);
    }
}

#[test]
fn channels_that_belong_to_two_mixes_are_kept_apart() {
    let mut channels = surround(1.0, pink(1.0, 0.1, 7));
    channels.extend([tone(1.0, 300.0, 0.1), tone(1.0, 300.0, 0.1)]);
    let told = hear(&channels, &[SURROUND.to_vec(), vec![S::LeftTotal, S::RightTotal]]).content;
    assert_eq!(told.mixes.iter().map(|it| it.channels.len()).collect::<Vec<_>>(), [6, 2]);
    assert_eq!((told.mixes[0].pairs.len(), told.mixes[1].pairs.len()), (0, 1));
    let pair = told.mixes[1].pairs[0];
    assert_eq!((pair.first, pair.second, pair.correlation), (0, 1, 10_000));
}
