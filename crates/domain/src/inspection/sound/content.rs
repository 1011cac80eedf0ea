//! What was heard in a file: facts of the samples themselves, as opposed to what headers declare.

use serde::{Deserialize, Serialize};

use super::{Level, Speaker};
use crate::inspection::Runtime;

/// The most channels of one file that are listened to; what is behind them is not heard.
pub const MOST_CHANNELS: u32 = 64;

/// Everything that listening to the sound of one file brought to light.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SoundContent {
    /// How much was heard.
    pub length: Runtime,
    /// The mixes of the file in its order: one for each track, or one for all tracks of one channel each.
    pub mixes: Vec<MixContent>,
    /// Where the sound lies against that of the primary, where that could be measured.
    pub offset: Option<SyncOffset>,
}

/// What was heard in channels that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MixContent {
    /// Its channels, in the order of the file.
    pub channels: Vec<ChannelContent>,
    /// Pairs of channels that carry the same, straight or upside down.
    pub pairs: Vec<Pair>,
    /// The longest stretches in which all channels are silent, in the order of time.
    pub silences: Vec<Silence>,
    /// Integrated loudness of the whole program, LKFS (ITU-R BS.1770-4).
    pub loudness: Option<Level>,
    /// Loudness range, LU (EBU Tech 3342); nothing for less than a minute.
    pub range: Option<Level>,
    /// The speech in it, where any was found.
    pub speech: Option<Speech>,
}

/// What was heard in one channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelContent {
    /// The loudspeaker it is meant for.
    pub speaker: Speaker,
    /// The loudest sample, dBFS; nothing where all samples are zero.
    pub peak: Option<Level>,
    /// The loudest moment between and at the samples, dBTP (ITU-R BS.1770-4, annex 2).
    pub true_peak: Option<Level>,
    /// The average level, dBFS.
    pub level: Option<Level>,
    /// The size of a constant offset, dBFS; nothing where there is none.
    pub offset: Option<Level>,
    /// The share of its power below 120 Hz, per cent.
    pub low: u8,
    /// The share of its length that sounds like speech, per cent; nothing where that was not looked for.
    pub speech: Option<u8>,
    /// How its tops look.
    pub tops: Tops,
}

/// How the loudest samples of a channel look. Clipped sound has flat tops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tops {
    /// Flat tops at or above -0.45 dBFS.
    pub at_ceiling: u32,
    /// Flat tops at the channel's own loudest level, wherever that is.
    pub at_loudest: u32,
    /// Samples at full scale, per million.
    pub full_scale: u32,
    /// How far the next loudest samples lie below the loudest, dB; nothing where only a few samples are that loud.
    pub gap: Option<Level>,
    /// How many samples more there are at the loudest level than slightly below, per cent.
    pub excess: u32,
    /// Where the first of the flat tops is.
    pub first: Option<Runtime>,
}

/// Two channels that carry the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// The first of the two, counted from zero within the mix.
    pub first: u8,
    /// The second of the two.
    pub second: u8,
    /// How alike they are, in ten-thousandths: 10,000 is the same, -10,000 the same upside down.
    pub correlation: i16,
}

/// Some time of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// When it begins.
    pub from: Runtime,
    /// How long it is.
    pub length: Runtime,
}

/// Speech, as "Reelgate gate 1" finds it. Our own gate: its figures are not those of licensed dialogue gates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speech {
    /// Loudness of all channels while there is speech, LKFS.
    pub loudness: Level,
    /// How much speech there is.
    pub length: Runtime,
    /// The share of the file that is speech, per cent.
    pub share: u8,
}

/// Where the sound of one file lies against another, by the music and effects that both carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncOffset {
    /// How much later it is; less than zero where it is earlier.
    pub later: Runtime,
    /// How alike the two are at that place, per cent.
    pub likeness: u8,
    /// How many times more alike than at any other place, in hundredths.
    pub clearness: u32,
}

/// Quieter than this is silence, dBFS: well below the air of a room in a mix, above the noise of a converter.
pub const SILENCE: Level = Level::whole(-70);

impl SoundContent {
    /// The mixes, each with the number of channels before it.
    pub fn placed(&self) -> impl Iterator<Item = (usize, &MixContent)> {
        self.mixes.iter().scan(0, |before, mix| {
            let first = *before;
            *before += mix.channels.len();
            Some((first, mix))
        })
    }
}

impl MixContent {
    /// Whether no channel has anything to hear.
    pub fn is_silent(&self) -> bool {
        self.channels.iter().all(|it| !it.is_audible())
    }

    /// The highest true peak of all channels, with the place of its channel.
    pub fn loudest(&self) -> Option<(usize, Level)> {
        let peaks =
            self.channels.iter().enumerate().filter_map(|(at, it)| Some((at, it.true_peak?)));
        peaks.max_by_key(|(at, level)| (*level, std::cmp::Reverse(*at)))
    }

    /// The speech, where it is enough to judge by: 15 % of the file and 10 seconds.
    pub fn enough_speech(&self) -> Option<Speech> {
        self.speech.filter(|it| it.share >= 15 && it.length >= Runtime::from_millis(10_000))
    }
}

impl ChannelContent {
    /// Whether there is anything to hear in it.
    pub fn is_audible(&self) -> bool {
        self.peak.is_some_and(|it| it >= SILENCE)
    }
}

impl Speech {
    /// What the gate is called wherever its figure stands.
    pub const GATE: &'static str = "Reelgate gate 1";
}
