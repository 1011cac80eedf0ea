//! Facts about sound, and the layouts its channels come in.

mod content;
mod level;
mod mix;
mod speaker;

use serde::{Deserialize, Serialize};

use super::Runtime;
use crate::key::keyed;

pub use content::{
    ChannelContent, MOST_CHANNELS, MixContent, Pair, SILENCE, Silence, SoundContent, Speech,
    SyncOffset, Tops,
};
pub use level::Level;
pub use mix::{LoudnessSpec, MixRole, MixSpec};
pub use speaker::{Speaker, mixes};

/// One sound track.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AudioTrack {
    /// The short name of the codec: `pcm_s24le`, `ac3`.
    pub codec: String,
    /// The codec in words.
    pub codec_name: String,
    /// The codec's profile, for example `LC`.
    pub profile: Option<String>,
    /// Samples per second.
    pub sample_rate: u32,
    /// Bits per sample, where the codec has a fixed number.
    pub bit_depth: Option<u32>,
    /// How many channels the track has.
    pub channels: u32,
    /// The layout the file declares, for example `5.1(side)`.
    pub layout: Option<String>,
    /// How long the track lasts.
    pub duration: Option<Runtime>,
    /// Bits per second.
    pub bit_rate: Option<u64>,
    /// The language the track declares.
    pub language: Option<String>,
}

keyed! {
    /// What a partner says the channels of a file are, in their order.
    pub enum ChannelLayout {
        Mono = "mono", "Mono, C";
        Stereo = "stereo", "Stereo, L R";
        LtRt = "lt_rt", "Lt/Rt, Lt Rt";
        Surround51 = "5.1", "5.1, L R C LFE Ls Rs";
        Surround51Stereo = "5.1_2.0", "5.1 + 2.0, L R C LFE Ls Rs Lt Rt";
        Surround71 = "7.1", "7.1, L R C LFE Lss Rss Lrs Rrs";
    }
}

impl ChannelLayout {
    /// How many channels a file of this layout has.
    pub const fn channels(self) -> u32 {
        match self {
            Self::Mono => 1,
            Self::Stereo | Self::LtRt => 2,
            Self::Surround51 => 6,
            Self::Surround51Stereo | Self::Surround71 => 8,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ChannelLayout;

    #[test]
    fn a_layout_names_as_many_channels_as_it_has() {
        for &layout in ChannelLayout::ALL {
            let (_, names) = layout.label().split_once(", ").unwrap();
            assert_eq!(names.split(' ').count(), layout.channels() as usize, "{layout:?}");
        }
    }
}
