//! Elementary streams of AC-3 and E-AC-3 (ATSC A/52), by their first frame.

use domain::inspection::{AudioTrack, Container, Measurement};

use super::{codec, fields::Big, layout, length};

/// Bits per second in thousands by frame size code, halved (A/52, table 5.18).
const RATES: [u32; 19] =
    [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640];

/// Samples per second by code.
const SAMPLES: [u32; 3] = [48_000, 44_100, 32_000];

pub(super) fn begins(head: &[u8]) -> bool {
    head.starts_with(b"\x0b\x77")
}

/// A track of constant rate, so that the size of the file tells its length.
pub(super) fn read(head: &[u8], size: u64) -> Option<Measurement> {
    let kind = head.get(5)? >> 3;
    match kind {
        0..=10 => plain(head, size),
        11..=16 => enhanced(head, size),
        _ => None,
    }
}

fn plain(head: &[u8], size: u64) -> Option<Measurement> {
    let code = head.get(4)?;
    let (rate, step) = (usize::from(code >> 6), usize::from(code & 0x3f));
    let sample_rate = *SAMPLES.get(rate)?;
    let bits = u64::from(*RATES.get(step / 2)?) * 1000;
    // The mode, two or three numbers that depend on it, then the bit of the low frequency channel.
    let after = u32::from(head.be16(6)?);
    let mode = after >> 13;
    let mut skipped = 3;
    for there in [mode & 1 == 1 && mode != 1, mode & 4 == 4, mode == 2] {
        skipped += if there { 2 } else { 0 };
    }
    let low_frequency = after >> (15 - skipped) & 1 == 1;
    // Half-rate and quarter-rate streams are marked by higher identifications.
    let slower = (head.get(5)? >> 3).saturating_sub(8).min(2);
    Some(measurement(Stream {
        format: ("ac3", "raw AC-3"),
        codec: codec::AC3,
        sample_rate: sample_rate >> slower,
        bits: bits >> slower,
        mask: layout::mask_of_dolby(mode, low_frequency),
        size,
    }))
}

fn enhanced(head: &[u8], size: u64) -> Option<Measurement> {
    let words = u64::from(head.be16(2)? & 0x07ff) + 1;
    let code = u32::from(*head.get(4)?);
    let (rate, blocks) = (code >> 6, code >> 4 & 3);
    // Half sample rates exist on paper; nobody delivers them.
    let sample_rate = *SAMPLES.get(rate as usize)?;
    let blocks = *[1_u64, 2, 3, 6].get(blocks as usize)?;
    // A second substream adds channels that this header does not tell.
    let frame = usize::try_from(words * 2).ok()?;
    let next = head.get(frame..).unwrap_or_default();
    if next.starts_with(b"\x0b\x77") && next.get(2)? >> 6 == 1 {
        return None;
    }
    Some(measurement(Stream {
        format: ("eac3", "raw E-AC-3"),
        codec: codec::EAC3,
        sample_rate,
        bits: words * 16 * u64::from(sample_rate) / (blocks * 256),
        mask: layout::mask_of_dolby(code >> 1 & 7, code & 1 == 1),
        size,
    }))
}

struct Stream {
    format: (&'static str, &'static str),
    codec: (&'static str, &'static str),
    sample_rate: u32,
    bits: u64,
    mask: u32,
    size: u64,
}

fn measurement(stream: Stream) -> Measurement {
    let Stream { format, codec, sample_rate, bits, mask, size } = stream;
    let duration = length(size.saturating_mul(8), bits);
    let track = AudioTrack {
        codec: codec.0.to_owned(),
        codec_name: codec.1.to_owned(),
        sample_rate,
        channels: mask.count_ones(),
        layout: layout::of_mask(mask).map(str::to_owned),
        duration,
        bit_rate: Some(bits),
        ..AudioTrack::default()
    };
    let container = Container {
        format: format.0.to_owned(),
        name: format.1.to_owned(),
        duration,
        bit_rate: Some(bits),
        start_timecode: None,
    };
    Measurement { container: Some(container), audio: vec![track], ..Measurement::default() }
}
