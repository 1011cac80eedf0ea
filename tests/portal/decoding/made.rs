//! Sound and pictures as small as can be.

use std::{f64::consts::TAU, process::Command};

/// Stereo with another tone on each side.
pub fn tones(seconds: u32) -> Vec<f32> {
    let wave = |at: u32, pitch: f64| (f64::from(at) * pitch * TAU / 48_000.0).sin() as f32;
    (0..seconds * 48_000).flat_map(|at| [0.1 * wave(at, 440.0), 0.1 * wave(at, 660.0)]).collect()
}

/// Stereo noise that swells and falls without any order, after so much silence.
pub fn surf(seconds: u32, silence: u32) -> Vec<f32> {
    let mut state = 2_463_534_242_u32;
    let mut chance = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state >> 8) as f32 / (1 << 24) as f32
    };
    let mut loud = 0.0;
    let mut samples = vec![0.0; 2 * silence as usize];
    for at in 0..seconds * 48_000 {
        if at % 2400 == 0 {
            loud = 0.4 * chance().powi(3) + 0.002;
        }
        samples.extend([loud * (chance() - 0.5), loud * (chance() - 0.5)]);
    }
    samples
}

/// Two channels, 24 bit at 48 kHz.
pub fn wav(samples: &[f32]) -> Vec<u8> {
    let size = samples.len() as u32 * 3;
    let mut file = Vec::with_capacity(44 + size as usize);
    file.extend(b"RIFF");
    file.extend((36 + size).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x02\0");
    file.extend(48_000_u32.to_le_bytes());
    file.extend((48_000_u32 * 6).to_le_bytes());
    file.extend(b"\x06\0\x18\0data");
    file.extend(size.to_le_bytes());
    file.extend(samples.iter().flat_map(|it| {
        let [low, middle, high, _] = ((it * 8_388_607.0) as i32).to_le_bytes();
        [low, middle, high]
    }));
    file
}

/// A second of moving picture with a tone, as small as can be.
pub fn film() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("film.mov");
    let words = "-v error -f lavfi -i testsrc2=s=64x36:r=25:d=1 -f lavfi -i sine=d=1:r=48000 \
                 -c:v mpeg2video -c:a pcm_s24le -ac 1 -shortest";
    let made = Command::new("ffmpeg").args(words.split_whitespace()).arg(&file).status();
    assert!(made.is_ok_and(|it| it.success()), "ffmpeg has to be installed");
    std::fs::read(file).unwrap()
}
