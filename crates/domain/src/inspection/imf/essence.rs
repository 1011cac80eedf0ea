//! What a descriptor says about picture, sound or text: that of a composition and that of a track file alike.

use serde::{Deserialize, Serialize};

use crate::{key::keyed, timecode::Fraction};

/// Facts of a descriptor; nothing stands for what it does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Essence {
    /// What it describes.
    pub kind: Option<EssenceKind>,
    /// How the picture is compressed, as people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codec: Option<String>,
    /// Columns and rows of the picture as stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<(u32, u32)>,
    /// Color primaries, as people call them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primaries: Option<String>,
    /// Transfer characteristic, as people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transfer: Option<String>,
    /// Frames or samples per second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<Fraction>,
    /// How long the track file is, in units of its `rate`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<u64>,
    /// Sound channels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channels: Option<u32>,
    /// Bits per sample of sound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bits: Option<u32>,
    /// The arrangement of the channels by its label (ST 377-4): `sg51`, `sgST`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub soundfield: Option<String>,
    /// The labels of the channels (ST 377-4), sorted: `chC`, `chL`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// The language that is spoken or written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

keyed! {
    /// What a descriptor describes.
    pub enum EssenceKind {
        Picture = "picture", "picture";
        Sound = "sound", "sound";
        ImmersiveSound = "immersive_sound", "immersive sound";
        TimedText = "timed_text", "timed text";
        Data = "data", "data";
    }
}
