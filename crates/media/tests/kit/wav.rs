//! Writing sounds into files.

use std::{fs, path::Path};

use crate::sounds::{RATE, interleaved};

/// Writes a WAV file of 24 bits.
pub fn write(file: &Path, channels: &[Vec<f32>]) {
    let samples = interleaved(channels);
    let data: Vec<u8> = samples
        .iter()
        .flat_map(|it| {
            let step = (f64::from(*it) * 8_388_608.0).round().clamp(-8_388_608.0, 8_388_607.0);
            let [a, b, c, _] = (step as i32).to_le_bytes();
            [a, b, c]
        })
        .collect();
    let frame = channels.len() as u32 * 3;
    let mut bytes = Vec::with_capacity(data.len() + 44);
    bytes.extend(b"RIFF");
    bytes.extend((data.len() as u32 + 36).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0");
    bytes.extend((channels.len() as u16).to_le_bytes());
    bytes.extend(RATE.to_le_bytes());
    bytes.extend((RATE * frame).to_le_bytes());
    bytes.extend((frame as u16).to_le_bytes());
    bytes.extend(24_u16.to_le_bytes());
    bytes.extend(b"data");
    bytes.extend((data.len() as u32).to_le_bytes());
    bytes.extend(data);
    fs::write(file, bytes).unwrap();
}
