//! What a composition plays, and in which order. ST 2067-3.

use serde::{Deserialize, Serialize};

use super::{AssetId, ContentDigest, Essence};
use crate::{inspection::Fault, key::keyed, timecode::Fraction};

/// A composition playlist.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Composition {
    /// The name of its file; empty where it is judged by itself.
    pub file: String,
    /// Its id.
    pub id: Option<AssetId>,
    /// The title of the content.
    pub title: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// What kind of content it is: `feature`, `episode`, `trailer`.
    pub kind: Option<String>,
    /// The application it follows, by its address.
    pub application: Option<String>,
    /// Frames per second.
    pub edit_rate: Option<Fraction>,
    /// How long its picture is, in seconds, where that can be said exactly.
    pub length: Option<Fraction>,
    /// The languages of its locales.
    pub languages: Vec<String>,
    /// How many segments it has.
    pub segments: u32,
    /// Its sequences, segment after segment; markers are left out.
    pub sequences: Vec<Sequence>,
    /// Its essence descriptors.
    pub encodings: Vec<Encoding>,
    /// Where it breaks its rules; the first places.
    pub faults: Vec<Fault>,
    /// How many such places there are.
    pub fault_count: u64,
}

/// A sequence of a segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sequence {
    /// The segment it is in, counted from 1.
    pub segment: u32,
    /// What it plays.
    pub kind: SequenceKind,
    /// The virtual track it belongs to.
    pub track: Option<AssetId>,
    /// What it plays, one after the other. These are judged and not kept: the list itself is.
    #[serde(skip)]
    pub resources: Vec<Resource>,
}

keyed! {
    /// What a sequence plays.
    pub enum SequenceKind {
        Picture = "picture", "picture";
        Sound = "sound", "sound";
        ImmersiveSound = "immersive_sound", "immersive sound";
        TimedText = "timed_text", "timed text";
        Other = "other", "data";
    }
}

/// A part of a track file, played once or several times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The track file.
    pub track_file: Option<AssetId>,
    /// Edit units per second; the composition's where it says none.
    pub edit_rate: Option<Fraction>,
    /// How long the track file is, in edit units.
    pub intrinsic: u64,
    /// Where playing begins, in edit units.
    pub entry: u64,
    /// How much of it is played, in edit units; the rest where it does not say.
    pub duration: Option<u64>,
    /// How often it is played.
    pub repeat: u64,
    /// The essence descriptor that describes the track file.
    pub encoding: Option<AssetId>,
    /// The digest of the track file, where one is given.
    pub digest: Option<ContentDigest>,
}

/// An essence descriptor of a composition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encoding {
    /// What resources call it.
    pub id: AssetId,
    /// What it says.
    pub essence: Essence,
}

impl Composition {
    /// What is said about the essence that `resource` plays.
    pub fn essence_of(&self, resource: &Resource) -> Option<&Essence> {
        let id = resource.encoding?;
        self.encodings.iter().find(|it| it.id == id).map(|it| &it.essence)
    }

    /// What to call it: its title, its id, or its file.
    pub fn label(&self) -> String {
        match (&self.title, self.id) {
            (Some(title), _) => format!("Composition “{title}”"),
            (None, Some(id)) => format!("Composition {id}"),
            (None, None) => "Composition".to_owned(),
        }
    }

    /// The same with its length, which its resources add up to.
    pub fn measured(mut self) -> Self {
        let picture = self.sequences.iter().filter(|it| it.kind == SequenceKind::Picture);
        let mut lengths = picture.map(|it| it.length(self.edit_rate)).peekable();
        let any = lengths.peek().is_some();
        let length = lengths.try_fold(Fraction::ZERO, |sum, it| sum.plus(it?));
        drop(lengths);
        self.length = length.filter(|_| any);
        self
    }
}

impl Sequence {
    /// How long it is, in seconds; nothing where that cannot be said exactly.
    pub fn length(&self, usual: Option<Fraction>) -> Option<Fraction> {
        self.resources.iter().try_fold(Fraction::ZERO, |sum, it| sum.plus(it.length(usual)?))
    }

    /// How many edit units it has, where all its resources count at one rate.
    pub fn units(&self) -> Option<u64> {
        self.resources.iter().try_fold(0_u64, |sum, it| sum.checked_add(it.units()?))
    }
}

impl Resource {
    /// How many edit units it plays, repetitions included; nothing where the numbers make no sense.
    pub fn units(&self) -> Option<u64> {
        let once = match self.duration {
            Some(duration) => duration,
            None => self.intrinsic.checked_sub(self.entry)?,
        };
        once.checked_mul(self.repeat)
    }

    /// How long it plays, in seconds.
    pub fn length(&self, usual: Option<Fraction>) -> Option<Fraction> {
        let rate = self.edit_rate.or(usual)?;
        let units = Fraction::whole(i64::try_from(self.units()?).ok()?);
        units.times(Fraction::new(rate.denominator(), rate.numerator())?)
    }
}
