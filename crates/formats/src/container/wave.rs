//! WAVE files: RIFF, its large form RF64/BW64 (EBU Tech 3306), and the broadcast extension (EBU Tech 3285).

use domain::{
    inspection::{AudioTrack, Container, Measurement, Runtime},
    timecode::Fraction,
};

use super::{
    Slices, Wanted, bit_rate,
    codec::{self, Pcm},
    fields::Little,
    layout, length,
};

/// More chunks than stand before the sound of any real file.
const CHUNKS: usize = 256;

/// Where the time reference stands in the broadcast extension, in samples since midnight.
const TIME_REFERENCE: usize = 338;

pub(super) fn begins(head: &[u8]) -> bool {
    let outer: [&[u8]; 3] = [b"RIFF", b"RF64", b"BW64"];
    outer.iter().any(|it| head.starts_with(it)) && head.get(8..12) == Some(b"WAVE")
}

/// What the chunks say; nothing where one that matters is missing or makes no sense.
pub(super) fn read(file: &mut impl Slices) -> Result<Option<Measurement>, Wanted> {
    let chunks = Chunks::read(file)?;
    Ok(chunks.measurement(file.size()))
}

#[derive(Default)]
struct Chunks {
    /// The whole length by the outer header.
    whole: Option<u64>,
    format: Vec<u8>,
    /// First byte and length of the sound.
    sound: Option<(u64, u64)>,
    time_reference: Option<u64>,
}

impl Chunks {
    fn read(file: &mut impl Slices) -> Result<Self, Wanted> {
        let mut seen = Self::default();
        let head = file.at(0, 12)?;
        // Recorders that stream write nothing or the largest number here.
        let short = |it: Option<u32>| it.filter(|it| *it != 0 && *it != u32::MAX).map(u64::from);
        seen.whole = short(head.le32(4)).map(|it| it + 8);
        let (mut place, mut large) = (12_u64, None);
        for _ in 0..CHUNKS {
            let header = file.at(place, 8)?;
            let (Some(name), Some(length)) = (header.get(..4), header.le32(4)) else { break };
            let body = place.saturating_add(8);
            let mut length = u64::from(length);
            match name {
                b"ds64" => {
                    let sizes = file.at(body, 24)?;
                    seen.whole = sizes.le64(0).map(|it| it.saturating_add(8));
                    large = sizes.le64(8);
                }
                b"fmt " => seen.format = file.at(body, 40.min(length as usize))?,
                b"bext" => {
                    let counted = file.at(body.saturating_add(TIME_REFERENCE as u64), 8)?;
                    seen.time_reference = counted.le64(0);
                }
                b"data" => {
                    if length == u64::from(u32::MAX) {
                        length = large.unwrap_or_else(|| file.size().saturating_sub(body));
                    }
                    seen.sound = Some((body, length));
                }
                _ => {}
            }
            // Chunks begin at even places.
            place = body.saturating_add(length).saturating_add(length & 1);
            if place >= file.size() {
                break;
            }
        }
        Ok(seen)
    }

    fn measurement(&self, size: u64) -> Option<Measurement> {
        let format = self.format.as_slice();
        let (mut tag, channels, rate) = (format.le16(0)?, format.le16(2)?, format.le32(4)?);
        let (block, bits) = (u32::from(format.le16(12)?), u32::from(format.le16(14)?));
        let mut mask = None;
        if tag == 0xfffe {
            mask = format.le32(20);
            tag = format.le16(24)?;
        }
        if channels == 0 || rate == 0 || block == 0 {
            return None;
        }
        let (start, announced) = self.sound?;
        let there = announced.min(size.saturating_sub(start));
        let channels = u32::from(channels);
        let pcm = |float| {
            // Samples are stored in whole bytes, whatever number of bits they fill.
            let bits = (block / channels).saturating_mul(8);
            Pcm { bits, float, signed: bits > 8, little_endian: true }
        };
        let (codec, codec_name) = match tag {
            1 => pcm(false).names()?,
            3 => pcm(true).names()?,
            0x50 => named(codec::MP2),
            0x55 => named(codec::MP3),
            0x2000 => named(codec::AC3),
            _ => return None,
        };
        let uncompressed = codec.starts_with("pcm_");
        let duration =
            uncompressed.then(|| length(there / u64::from(block), rate.into())).flatten();
        let track = AudioTrack {
            bit_depth: uncompressed.then_some(bits).filter(|it| *it > 0),
            codec,
            codec_name,
            sample_rate: rate,
            channels,
            layout: mask.and_then(layout::of_mask).map(str::to_owned),
            duration,
            bit_rate: uncompressed.then(|| u64::from(rate) * u64::from(block) * 8),
            ..AudioTrack::default()
        };
        let container = Container {
            format: "wav".to_owned(),
            name: "WAV / WAVE (Waveform Audio)".to_owned(),
            duration,
            bit_rate: bit_rate(size, duration),
            start_timecode: self.start(rate),
        };
        Some(Measurement {
            announced: self.beyond(size),
            container: Some(container),
            audio: vec![track],
            ..Measurement::default()
        })
    }

    /// The clock time that the recorder counted in samples since midnight.
    fn start(&self, rate: u32) -> Option<String> {
        let samples = i64::try_from(self.time_reference?).ok()?;
        Some(Runtime::from_seconds(Fraction::new(samples, rate.into())?).to_string())
    }

    /// The announced length where the file is shorter; a missing byte of padding is no loss.
    fn beyond(&self, size: u64) -> Option<u64> {
        let of_sound = self.sound.map(|(start, length)| start.saturating_add(length));
        self.whole.max(of_sound).filter(|whole| *whole > size.saturating_add(1))
    }
}

fn named((short, name): (&str, &str)) -> (String, String) {
    (short.to_owned(), name.to_owned())
}
