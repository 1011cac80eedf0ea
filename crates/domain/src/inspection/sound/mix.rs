//! What the content of a sound track must be like, by what the track is for.

use super::Level;
use crate::{inspection::Runtime, request::SourceType};

/// What a mix is for, on which it depends how much of a fault something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MixRole {
    /// The finished sound that people will hear: levels and silence are part of what was ordered.
    Final,
    /// Sound that comes with a picture. Levels are often set later, and guide tracks and textless masters are
    /// delivered like this, so what is a matter of level or of silence is a warning at most.
    WithPicture,
    /// One part of a mix to be: dialogue alone, narration alone, the guide of a locked proxy. Silence is its nature
    /// and its level is for the mixer to set, so nothing of it stops the file.
    Part,
}

/// What a mix is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MixSpec {
    /// What it is for.
    pub role: MixRole,
    /// The highest true peak, dBTP; nothing where levels are not judged.
    pub true_peak: Option<Level>,
    /// The loudness it must have; nothing where it is not judged.
    pub loudness: Option<LoudnessSpec>,
    /// The smallest and the largest loudness range that pass without a note, LU.
    pub range: Option<(Level, Level)>,
    /// The longest time in which all channels may be silent.
    pub silence: Option<Runtime>,
    /// The largest constant offset of a channel, dBFS.
    pub offset: Level,
    /// How far it may be from the primary in time; nothing where that is not judged.
    pub sync: Option<Runtime>,
    /// How much longer or shorter than the primary it may be; nothing where that is not judged.
    pub length: Option<Runtime>,
}

/// What loudness a mix must have. It fails only where both figures miss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoudnessSpec {
    /// Gated by speech, LKFS, and how far it may be off, LU.
    pub speech: (Level, Level),
    /// Of the whole program, LKFS, and how far it may be off, LU.
    pub program: (Level, Level),
    /// What is shorter is no program, and its loudness a warning at most.
    pub least: Runtime,
}

impl MixSpec {
    /// A final mix: true peak at most -2 dBTP, speech at -27 LKFS ±2, else the program at -24 LKFS ±3, in step with the
    /// primary by less than two frames at 25 fps, the same length within five seconds (practice of the trade). Ten
    /// seconds of silence are more than any scene has that is not faulty; beyond them somebody has to answer for it.
    pub const FINAL: Self = Self {
        role: MixRole::Final,
        true_peak: Some(Level::whole(-2)),
        loudness: Some(LoudnessSpec {
            speech: (Level::whole(-27), Level::whole(2)),
            program: (Level::whole(-24), Level::whole(3)),
            least: Runtime::from_millis(30_000),
        }),
        range: Some((Level::whole(3), Level::whole(20))),
        silence: Some(Runtime::from_millis(10_000)),
        offset: Level::whole(-46),
        sync: Some(Runtime::from_millis(80)),
        length: Some(Runtime::from_millis(5000)),
    };

    /// Sound with a picture: the same figures, in a role in which they warn. It has its length and place by the picture.
    pub const WITH_PICTURE: Self =
        Self { role: MixRole::WithPicture, sync: None, length: None, ..Self::FINAL };

    /// Music and effects: true peak at most -1 dBTP, loudness is not measured, scenes may have neither (practice of the
    /// trade).
    pub const MUSIC_AND_EFFECTS: Self = Self {
        true_peak: Some(Level::whole(-1)),
        loudness: None,
        range: None,
        silence: None,
        ..Self::FINAL
    };

    /// A part of a mix.
    pub const PART: Self = Self {
        role: MixRole::Part,
        true_peak: None,
        loudness: None,
        range: None,
        silence: None,
        sync: None,
        length: None,
        ..Self::FINAL
    };

    /// What the sound of `source_type` is held against.
    pub(crate) const fn of(source_type: SourceType) -> Self {
        use SourceType as T;
        match source_type {
            T::SecondaryAudio | T::AudioDescription | T::AudioPrintMaster | T::ImfAudio => {
                Self::FINAL
            }
            T::AudioMe => Self::MUSIC_AND_EFFECTS,
            T::PremixDialogue
            | T::DialogueEdit
            | T::LocalizedMixProject
            | T::ProductionLockedProxy => Self::PART,
            T::AvMuxed
            | T::SecondaryAvMuxed
            | T::ImfVideo
            | T::SecondaryVideoImf
            | T::TextlessImf
            | T::Trailer
            | T::Subtitle
            | T::SdhCc
            | T::ForcedSub
            | T::DubCardImage
            | T::FinalScript
            | T::DubbingScript
            | T::AsRecordedDubbingScript
            | T::MusicCueSheet
            | T::DescriptiveMetadata
            | T::Artwork
            | T::GameAsset => Self::WITH_PICTURE,
        }
    }

    /// With an entry of the delivery form: narration alone is a part, and only lip-sync dubs are held in step.
    pub(crate) fn entered(self, key: &str, value: &str) -> Self {
        match (key, value) {
            ("mix_type", "narration") => {
                Self { sync: self.sync, length: self.length, ..Self::PART }
            }
            ("dub_style", "voice_over" | "hybrid") => Self { sync: None, ..self },
            _ => self,
        }
    }
}
