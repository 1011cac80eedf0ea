//! Tracks that come one by one are heard as if they had come side by side.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "kit/sounds.rs"]
#[expect(dead_code, reason = "not every test makes every sound")]
mod sounds;

use domain::inspection::{AudioTrack, ChannelLayout, mixes};
use media::{Ensemble, Heard, Listener, Tracks};
use sounds::{RATE, pink};

fn track(channels: u32) -> AudioTrack {
    AudioTrack { channels, sample_rate: RATE, ..AudioTrack::default() }
}

/// So many channels of noise, all different, interleaved.
fn noise(seconds: f32, channels: u32, seed: u32) -> Vec<f32> {
    let all: Vec<_> = (0..channels).map(|it| pink(seconds, 0.2, seed + it)).collect();
    (0..all[0].len()).flat_map(|at| all.iter().map(move |it| it[at])).collect()
}

/// All tracks side by side, as long as the longest.
fn side_by_side(tracks: &[(AudioTrack, Vec<f32>)]) -> Vec<f32> {
    let frames = tracks.iter().map(|(it, wave)| wave.len() / it.channels as usize).max().unwrap();
    let frame = |at: usize| {
        tracks.iter().flat_map(move |(track, wave)| {
            let channels = track.channels as usize;
            (0..channels).map(move |it| wave.get(at * channels + it).copied().unwrap_or(0.0))
        })
    };
    (0..frames).flat_map(frame).collect()
}

/// Each track in pieces of its own size, in turn, as a decoder hands them out.
fn one_by_one(tracks: &[(AudioTrack, Vec<f32>)], chosen: Option<ChannelLayout>) -> Option<Heard> {
    let probed: Vec<_> = tracks.iter().map(|it| it.0.clone()).collect();
    let mut ensemble = Ensemble::new(Tracks { tracks: &probed, chosen });
    let pieces = |(number, (track, wave)): (usize, &(AudioTrack, Vec<f32>))| {
        let size = (1024 + 37 * number) * track.channels as usize;
        wave.chunks(size).map(<[f32]>::to_vec).collect::<Vec<_>>()
    };
    let all: Vec<_> = tracks.iter().enumerate().map(pieces).collect();
    for turn in 0..all.iter().map(Vec::len).max().unwrap() {
        for (number, pieces) in all.iter().enumerate() {
            pieces.get(turn).iter().for_each(|it| ensemble.hear(number, it));
        }
    }
    ensemble.told()
}

#[test]
fn any_tracks_are_heard_as_they_would_be_side_by_side() {
    use ChannelLayout as L;
    for (counts, chosen) in [
        (&[2][..], None),
        (&[6, 2], None),
        (&[6, 2], Some(L::Surround51Stereo)),
        (&[1; 6], None),
        (&[1; 8], Some(L::Surround51Stereo)),
        (&[2; 4], Some(L::Surround71)),
    ] {
        let seeded = (1..).zip(counts).map(|(seed, it)| (track(*it), noise(3.0, *it, 10 * seed)));
        let tracks: Vec<_> = seeded.collect();
        let probed: Vec<_> = tracks.iter().map(|it| it.0.clone()).collect();
        let channels = counts.iter().sum::<u32>() as usize;
        let mut listener = Listener::new(RATE, channels, &mixes(&probed, chosen));
        listener.hear(&side_by_side(&tracks));
        assert_eq!(one_by_one(&tracks, chosen), Some(listener.told()), "{counts:?} {chosen:?}");
    }
}

#[test]
fn a_single_channel_that_ends_early_is_silent_from_there() {
    let tracks = [(track(1), noise(3.0, 1, 1)), (track(1), noise(1.5, 1, 2))];
    let probed: Vec<_> = tracks.iter().map(|it| it.0.clone()).collect();
    let mut listener = Listener::new(RATE, 2, &mixes(&probed, None));
    listener.hear(&side_by_side(&tracks));
    assert_eq!(one_by_one(&tracks, None), Some(listener.told()));
}

#[test]
fn a_track_that_is_far_behind_is_not_waited_for_and_shifts_nothing() {
    let wave = vec![0.25_f32; 100 * RATE as usize];
    let probed = [track(1), track(1)];
    let mut ensemble = Ensemble::new(Tracks { tracks: &probed, chosen: None });
    ensemble.hear(0, &wave);
    // A hundred seconds late, of which it is heard what lies behind those.
    ensemble.hear(1, &wave);
    ensemble.hear(1, &[0.5; 480]);
    let content = ensemble.told().unwrap().content;
    assert_eq!(content.length.millis(), 100_010);
    let channels = &content.mixes[0].channels;
    let peak = |it: usize| channels[it].peak.map(|it| it.to_string());
    assert_ne!(peak(0), peak(1));
    assert!(channels[1].peak.is_some(), "what came after the silence is heard");
}

#[test]
fn tracks_that_cannot_be_put_side_by_side_are_not_heard() {
    let other = AudioTrack { sample_rate: 44_100, ..track(1) };
    let tracks = [(track(1), noise(0.1, 1, 1)), (other, noise(0.1, 1, 2))];
    assert_eq!(one_by_one(&tracks, None), None);
    assert_eq!(Ensemble::new(Tracks { tracks: &[], chosen: None }).told(), None);
}
