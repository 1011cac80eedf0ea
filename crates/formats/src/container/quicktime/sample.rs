//! Sample descriptions: which codec, and what its parameters say.

use domain::{
    inspection::{AudioTrack, Chroma, Color, Scan, VideoTrack},
    timecode::Fraction,
};

use super::{
    super::{
        codec::{self, Pcm},
        fields::{Big, bit},
        layout,
    },
    atom::body_of,
};

/// The picture track of a description.
pub(super) fn picture(entry: &[u8]) -> Option<VideoTrack> {
    let letters = *entry.get(4..)?.first_chunk::<4>()?;
    let (width, height) = (u32::from(entry.be16(32)?), u32::from(entry.be16(34)?));
    let parts = entry.get(86..entry.be32(0)? as usize).unwrap_or_default();
    let parameters = parameters(letters, parts);
    let pixel_aspect = body_of(parts, b"pasp")
        .and_then(|it| Fraction::new(it.be32(0)?.into(), it.be32(4)?.into()))
        .filter(|it| it.numerator() > 0);
    let display_aspect = pixel_aspect
        .zip(Fraction::new(width.into(), height.into()))
        .and_then(|(pixel, whole)| pixel.times(whole));
    let known = codec::picture(letters);
    let unknown = || letters_of(letters);
    Some(VideoTrack {
        codec: known.map_or_else(unknown, |it| it.short.to_owned()),
        codec_name: known.map_or_else(unknown, |it| it.name.to_owned()),
        profile: parameters.profile.or(known.and_then(|it| it.profile)).map(str::to_owned),
        width,
        height,
        pixel_aspect,
        display_aspect,
        scan: body_of(parts, b"fiel").and_then(scan),
        chroma: parameters.chroma.or(known.and_then(|it| it.chroma)),
        bit_depth: parameters.bits.or(known.and_then(|it| it.bits)),
        color: body_of(parts, b"colr").map(color).unwrap_or_default(),
        ..VideoTrack::default()
    })
}

fn letters_of(letters: [u8; 4]) -> String {
    letters.iter().map(|it| if it.is_ascii_graphic() { char::from(*it) } else { '_' }).collect()
}

/// What the parameters of a codec say about its pictures.
#[derive(Default)]
struct Parameters {
    profile: Option<&'static str>,
    chroma: Option<Chroma>,
    bits: Option<u32>,
}

fn parameters(letters: [u8; 4], parts: &[u8]) -> Parameters {
    let found = match &letters {
        b"avc1" | b"avc3" => body_of(parts, b"avcC").and_then(advanced),
        b"hvc1" | b"hev1" => body_of(parts, b"hvcC").and_then(high_efficiency),
        _ => None,
    };
    found.unwrap_or_default()
}

/// H.264 (ISO/IEC 14496-15, section 5.3.3.1): the high profiles tell sampling and depth behind the parameter sets.
fn advanced(record: &[u8]) -> Option<Parameters> {
    let (number, flags) = (*record.get(1)?, u32::from(*record.get(2)?));
    let intra = bit(flags, 4);
    let profile = match number {
        66 if bit(flags, 6) => Some("Constrained Baseline"),
        66 => Some("Baseline"),
        77 => Some("Main"),
        88 => Some("Extended"),
        100 => Some("High"),
        110 if intra => Some("High 10 Intra"),
        110 => Some("High 10"),
        122 if intra => Some("High 4:2:2 Intra"),
        122 => Some("High 4:2:2"),
        244 => Some("High 4:4:4 Predictive"),
        _ => None,
    };
    if matches!(number, 66 | 77 | 88) {
        return Some(Parameters { profile, chroma: Some(Chroma::Subsampled420), bits: Some(8) });
    }
    // Two lists of parameter sets, each with its number of sets before it.
    let mut rest = record.get(5..)?;
    for mask in [0x1f, 0xff] {
        let count = rest.first()? & mask;
        rest = rest.get(1..)?;
        for _ in 0..count {
            rest = rest.get(2 + usize::from(rest.be16(0)?)..)?;
        }
    }
    let (chroma, bits) = (rest.first(), rest.get(1));
    Some(Parameters {
        profile,
        chroma: chroma.and_then(|it| sampling(it & 3)),
        bits: bits.map(|it| 8 + u32::from(it & 7)),
    })
}

/// H.265 (ISO/IEC 14496-15, section 8.3.3.1).
fn high_efficiency(record: &[u8]) -> Option<Parameters> {
    let profile = match record.get(1)? & 0x1f {
        1 => Some("Main"),
        2 => Some("Main 10"),
        3 => Some("Main Still Picture"),
        4 => Some("Rext"),
        _ => None,
    };
    let (chroma, bits) = (record.get(16)? & 3, record.get(17)? & 7);
    Some(Parameters { profile, chroma: sampling(chroma), bits: Some(8 + u32::from(bits)) })
}

const fn sampling(number: u8) -> Option<Chroma> {
    match number {
        0 => Some(Chroma::Gray),
        1 => Some(Chroma::Subsampled420),
        2 => Some(Chroma::Subsampled422),
        3 => Some(Chroma::Full444),
        _ => None,
    }
}

/// Fields and their order (QuickTime File Format, "Field handling").
fn scan(body: &[u8]) -> Option<Scan> {
    match (body.first()?, body.get(1)?) {
        (1, _) => Some(Scan::Progressive),
        (2, 1 | 9) => Some(Scan::TopFirst),
        (2, 6 | 14) => Some(Scan::BottomFirst),
        _ => None,
    }
}

/// The numbers of ISO/IEC 23091-2 under the names that ffmpeg has for them.
fn color(body: &[u8]) -> Color {
    let number = |at: usize| body.be16(at).unwrap_or_default();
    let video = matches!(body.get(..4), Some(b"nclc" | b"nclx"));
    if !video {
        return Color::default();
    }
    let named = |name: &'static str| Some(name.to_owned());
    let full = body.get(10).filter(|_| body.starts_with(b"nclx"));
    Color {
        primaries: match number(4) {
            1 => named("bt709"),
            4 => named("bt470m"),
            5 => named("bt470bg"),
            6 => named("smpte170m"),
            7 => named("smpte240m"),
            9 => named("bt2020"),
            11 => named("smpte431"),
            12 => named("smpte432"),
            _ => None,
        },
        transfer: match number(6) {
            1 => named("bt709"),
            4 => named("bt470m"),
            5 => named("bt470bg"),
            6 => named("smpte170m"),
            7 => named("smpte240m"),
            8 => named("linear"),
            13 => named("iec61966-2-1"),
            14 => named("bt2020-10"),
            15 => named("bt2020-12"),
            16 => named("smpte2084"),
            17 => named("smpte428"),
            18 => named("arib-std-b67"),
            _ => None,
        },
        matrix: match number(8) {
            0 => named("gbr"),
            1 => named("bt709"),
            5 => named("bt470bg"),
            6 => named("smpte170m"),
            7 => named("smpte240m"),
            9 => named("bt2020nc"),
            10 => named("bt2020c"),
            _ => None,
        },
        range: full.map(|it| if it >> 7 == 1 { "pc".to_owned() } else { "tv".to_owned() }),
    }
}

/// The sound track of a description, of any of its three versions (QuickTime File Format, "Sound sample
/// descriptions").
pub(super) fn sound(entry: &[u8]) -> Option<AudioTrack> {
    let letters = *entry.get(4..)?.first_chunk::<4>()?;
    let version = entry.be16(16)?;
    let (mut channels, mut bits) = (u32::from(entry.be16(24)?), u32::from(entry.be16(26)?));
    let (mut rate, mut flags) = (entry.be32(32)? >> 16, None);
    let parts = match version {
        1 => 52,
        2 => {
            rate = whole_hertz(f64::from_bits(entry.be64(40)?))?;
            (channels, bits, flags) = (entry.be32(48)?, entry.be32(56)?, entry.be32(60));
            72
        }
        _ => 36,
    };
    let parts = entry.get(parts..entry.be32(0)? as usize).unwrap_or_default();
    // Inside QuickTime files the parameters of a codec stand one level deeper.
    let wave = body_of(parts, b"wave").unwrap_or_default();
    let part = |kind: &[u8; 4]| body_of(parts, kind).or_else(|| body_of(wave, kind));
    let little = part(b"enda").and_then(|it| it.be16(0)) == Some(1);
    let pcm = |bits, float, signed, little_endian| Pcm { bits, float, signed, little_endian };
    let written = match &letters {
        b"sowt" => Some(pcm(bits, false, true, true)),
        b"twos" => Some(pcm(bits, false, true, false)),
        b"raw " => Some(pcm(bits, false, bits > 8, false)),
        b"in24" => Some(pcm(24, false, true, little)),
        b"in32" => Some(pcm(32, false, true, little)),
        b"fl32" => Some(pcm(32, true, true, little)),
        b"fl64" => Some(pcm(64, true, true, little)),
        b"lpcm" => flags.map(|it| pcm(bits, bit(it, 0), bit(it, 2), !bit(it, 1))),
        _ => None,
    };
    let mut mask = part(b"chan").and_then(|it| match it.be32(4)? {
        // A bitmap instead of a tag; its bits are those of WAVE.
        0x1_0000 => it.be32(8),
        tag => layout::mask_of_quicktime(tag),
    });
    let mut track = AudioTrack { sample_rate: rate, channels, ..AudioTrack::default() };
    match (written.and_then(Pcm::names), &letters) {
        (Some((codec, codec_name)), _) => {
            let bits = written.map(|it| it.bits);
            let each = u64::from(bits.unwrap_or_default()) * u64::from(channels);
            track.bit_rate = Some(each.saturating_mul(rate.into()));
            track = AudioTrack { codec, codec_name, bit_depth: bits, ..track };
        }
        (None, b"mp4a") => {
            let coded = part(b"esds").and_then(elementary).unwrap_or(Coded {
                names: codec::AAC,
                profile: None,
                mask: None,
            });
            mask = coded.mask.or(mask);
            track.profile = coded.profile.map(str::to_owned);
            name(&mut track, coded.names);
        }
        (None, b"ac-3") => {
            // Three bytes: rate, identification, mode of the stream, coding mode, low frequency, bit rate.
            let bits = part(b"dac3").and_then(|it| it.be16(0)).map(u32::from);
            mask = bits.map(|it| layout::mask_of_dolby(it >> 3 & 7, bit(it, 2)));
            name(&mut track, codec::AC3);
        }
        (None, b"ec-3") => name(&mut track, codec::EAC3),
        (None, b"alac") => name(&mut track, codec::ALAC),
        (None, b".mp3") => name(&mut track, codec::MP3),
        (None, _) => {
            let unknown = letters_of(letters);
            track = AudioTrack { codec: unknown.clone(), codec_name: unknown, ..track };
        }
    }
    if let Some(mask) = mask.filter(|_| track.bit_rate.is_none()) {
        track.channels = mask.count_ones();
    }
    let fitting = mask.filter(|it| it.count_ones() == track.channels);
    track.layout = fitting.and_then(layout::of_mask).map(str::to_owned);
    Some(track)
}

fn name(track: &mut AudioTrack, (short, words): (&str, &str)) {
    (track.codec, track.codec_name) = (short.to_owned(), words.to_owned());
}

fn whole_hertz(rate: f64) -> Option<u32> {
    // Rates are whole numbers far below the largest that fits.
    ((1.0..=1_000_000.0).contains(&rate)).then_some(rate as u32)
}

struct Coded {
    names: (&'static str, &'static str),
    profile: Option<&'static str>,
    mask: Option<u32>,
}

/// An elementary stream descriptor (ISO/IEC 14496-1, section 7.2.6.5): tags with lengths, one inside the other.
fn elementary(body: &[u8]) -> Option<Coded> {
    let stream = descriptor(body.get(4..)?, 3)?;
    let flags = *stream.get(2)?;
    let mut skipped = 3;
    for (flag, length) in [(0x80, 2), (0x20, 2)] {
        skipped += if flags & flag == 0 { 0 } else { length };
    }
    let config = descriptor(stream.get(skipped..)?, 4)?;
    let plain = |names| Some(Coded { names, profile: None, mask: None });
    match config.first()? {
        0x40 | 0x66..=0x68 => {}
        0x69 | 0x6b => return plain(codec::MP3),
        0xa5 => return plain(codec::AC3),
        0xa6 => return plain(codec::EAC3),
        _ => return None,
    }
    let specific = descriptor(config.get(13..)?, 5)?;
    let profile = match specific.first()? >> 3 {
        1 => Some("Main"),
        2 => Some("LC"),
        5 => Some("HE-AAC"),
        29 => Some("HE-AACv2"),
        _ => None,
    };
    // Object type, index of the rate, then the channels (ISO/IEC 14496-3, table 1.19).
    let mask = match specific.be16(0)? >> 3 & 0x0f {
        1 => Some(0x004),
        2 => Some(0x003),
        3 => Some(0x007),
        4 => Some(0x107),
        5 => Some(0x037),
        6 => Some(0x03f),
        7 => Some(0x0ff),
        _ => None,
    };
    Some(Coded { names: codec::AAC, profile, mask: mask.filter(|_| profile == Some("LC")) })
}

/// The body of the descriptor that begins here, if it has this tag.
fn descriptor(bytes: &[u8], tag: u8) -> Option<&[u8]> {
    let (_, mut rest) = bytes.split_first().filter(|(it, _)| **it == tag)?;
    let mut length = 0_usize;
    for _ in 0..4 {
        let (byte, after) = rest.split_first()?;
        rest = after;
        length = length << 7 | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(rest.get(..length).unwrap_or(rest))
}
