//! Structural metadata: sets of items that refer to one another. ST 377-1, 9 and annexes; labels of ST 377-4.

use std::collections::HashMap;

use domain::{
    inspection::imf::{AssetId, Essence, EssenceKind, TrackFile},
    timecode::Fraction,
};

use super::{item, klv};
use crate::imf;

/// So many sets are read; a track file has about thirty.
const SETS: usize = 10_000;
/// So many items of a set are read; the largest has about fifty.
const ITEMS: usize = 200;
/// So many references of a set are followed.
const REFERENCES: usize = 256;

/// How the keys of sets begin, whatever the edition of the register.
const SET: [u8; 6] = [0x06, 0x0e, 0x2b, 0x34, 0x02, 0x53];
const STRUCTURAL: [u8; 6] = [0x0d, 0x01, 0x01, 0x01, 0x01, 0x01];
const PRIMER: [u8; 7] = [0x0d, 0x01, 0x02, 0x01, 0x01, 0x05, 0x01];

const SOURCE_PACKAGE: u8 = 0x37;
const SEVERAL: u8 = 0x44;
const CHANNEL_LABEL: u8 = 0x6b;
const SOUNDFIELD_LABEL: u8 = 0x6c;
const IMMERSIVE_LABEL: u8 = 0x7c;

/// A set, its items by what they mean.
struct Set<'a> {
    kind: u8,
    items: Vec<(u64, &'a [u8])>,
}

/// The sets of a partition.
#[derive(Default)]
pub(super) struct Metadata<'a> {
    sets: Vec<Set<'a>>,
    by_instance: HashMap<[u8; 16], usize>,
}

impl<'a> Metadata<'a> {
    /// Reads what follows a partition pack, up to the first key that is neither metadata nor filling.
    pub fn read(mut bytes: &'a [u8]) -> Self {
        let mut metadata = Self::default();
        let mut primer = HashMap::new();
        while let Some(triplet) = klv::first(bytes) {
            let Some(end) = triplet.end else { break };
            let key = triplet.key;
            let meaning = key.get(8..).unwrap_or_default();
            if key.starts_with(&SET) && meaning.starts_with(&STRUCTURAL) {
                let [.., kind, _] = key;
                metadata.add(Set { kind, items: items(triplet.value, &primer) });
            } else if meaning.starts_with(&PRIMER) {
                primer = self::primer(triplet.value);
            } else if is_essence_or_partition(meaning) {
                break;
            }
            if metadata.sets.len() >= SETS {
                break;
            }
            bytes = bytes.get(end..).unwrap_or_default();
        }
        metadata
    }

    fn add(&mut self, set: Set<'a>) {
        if let Some(instance) = set.get(item::INSTANCE).and_then(|it| it.try_into().ok()) {
            self.by_instance.insert(instance, self.sets.len());
        }
        self.sets.push(set);
    }

    fn instance(&self, id: &[u8]) -> Option<&Set<'a>> {
        let place = self.by_instance.get::<[u8; 16]>(id.try_into().ok()?)?;
        self.sets.get(*place)
    }

    /// The sets that an item refers to.
    fn referred(&self, set: &Set<'a>, item: u64) -> impl Iterator<Item = &Set<'a>> {
        batch(set.get(item).unwrap_or_default()).filter_map(|it| self.instance(it))
    }

    /// What the first package is that describes essence.
    pub fn track_file(&self) -> Option<TrackFile> {
        self.sets.iter().filter(|it| it.kind == SOURCE_PACKAGE).find_map(|package| {
            let described = self.instance(package.get(item::DESCRIPTOR)?)?;
            let descriptor = match described.kind {
                SEVERAL => self.referred(described, item::SEVERAL_DESCRIPTORS).next()?,
                _ => described,
            };
            // A package that stands for a tape or a file elsewhere has a descriptor without a rate.
            descriptor.get(item::SAMPLE_RATE)?;
            let essence = self.essence(descriptor, package);
            Some(TrackFile { file: String::new(), id: package.material_number(), essence })
        })
    }

    fn essence(&self, set: &Set<'a>, package: &Set<'a>) -> Essence {
        let kind = kind(set.kind);
        let rate = set.rate(item::SAMPLE_RATE);
        let length = set.length(item::CONTAINER_DURATION);
        let essence = Essence {
            kind,
            rate,
            length: length.or_else(|| self.track_length(package, rate?)),
            ..Essence::default()
        };
        match kind {
            Some(EssenceKind::Picture) => Essence {
                codec: set.label(item::PICTURE_CODING).map(|it| imf::codec(&it)),
                size: set.small(item::STORED_WIDTH).zip(set.small(item::STORED_HEIGHT)),
                primaries: set.label(item::PRIMARIES).map(|it| imf::primaries(&it)),
                transfer: set.label(item::TRANSFER).map(|it| imf::transfer(&it)),
                ..essence
            },
            Some(EssenceKind::Sound | EssenceKind::ImmersiveSound) => {
                let essence = Essence {
                    channels: set.small(item::CHANNELS),
                    bits: set.small(item::BITS),
                    ..essence
                };
                self.labels(set, essence)
            }
            Some(EssenceKind::TimedText) => {
                let tags = set.get(item::TEXT_LANGUAGES).map(utf16);
                Essence { language: tags.as_deref().and_then(imf::first_tag), ..essence }
            }
            Some(EssenceKind::Data) | None => essence,
        }
    }

    /// With the labels of the channels.
    fn labels(&self, set: &Set<'a>, mut essence: Essence) -> Essence {
        let mut languages = Vec::new();
        for sub in self.referred(set, item::SUB_DESCRIPTORS) {
            let symbol = sub.get(item::LABEL_SYMBOL).map(utf16).filter(|it| !it.is_empty());
            match sub.kind {
                CHANNEL_LABEL => essence.labels.extend(symbol),
                SOUNDFIELD_LABEL | IMMERSIVE_LABEL => {
                    essence.soundfield = essence.soundfield.or(symbol);
                }
                _ => continue,
            }
            let language = sub.get(item::SPOKEN_LANGUAGE).map(latin);
            languages.extend(language.filter(|it| !it.is_empty()));
        }
        essence.labels.sort_unstable();
        essence.language = imf::one(&languages);
        essence
    }

    /// The length of the track of picture, sound or data that counts at `rate`.
    fn track_length(&self, package: &Set<'a>, rate: Fraction) -> Option<u64> {
        self.referred(package, item::TRACKS).find_map(|track| {
            let sequence = self.instance(track.get(item::SEQUENCE)?)?;
            // 01.03.02.02.0x: essence; timecode is 01.03.02.01.
            let essence = sequence.get(item::DATA_DEFINITION)?.get(8..12)? == [1, 3, 2, 2];
            let counts = track.rate(item::EDIT_RATE) == Some(rate);
            (essence && counts).then(|| sequence.length(item::DURATION)).flatten()
        })
    }
}

impl<'a> Set<'a> {
    fn get(&self, meaning: u64) -> Option<&'a [u8]> {
        self.items.iter().find(|it| it.0 == meaning).map(|it| it.1)
    }

    fn small(&self, meaning: u64) -> Option<u32> {
        self.get(meaning)?.try_into().ok().map(u32::from_be_bytes)
    }

    /// A length; writers put -1 where they do not know it yet.
    fn length(&self, meaning: u64) -> Option<u64> {
        let number = self.get(meaning)?.try_into().ok().map(i64::from_be_bytes)?;
        u64::try_from(number).ok()
    }

    fn rate(&self, meaning: u64) -> Option<Fraction> {
        let (above, below) = self.get(meaning)?.split_first_chunk::<4>()?;
        let above = i32::from_be_bytes(*above);
        let below = i32::from_be_bytes(below.try_into().ok()?);
        (above > 0 && below > 0).then(|| Fraction::new(above.into(), below.into())).flatten()
    }

    fn label(&self, meaning: u64) -> Option<[u8; 16]> {
        self.get(meaning)?.try_into().ok()
    }

    /// The second half of a UMID. ST 330.
    fn material_number(&self) -> Option<AssetId> {
        let umid: [u8; 32] = self.get(item::PACKAGE)?.try_into().ok()?;
        let [_, number] = umid.as_chunks::<16>().0 else { return None };
        Some(AssetId::from_bytes(*number))
    }
}

fn kind(set: u8) -> Option<EssenceKind> {
    match set {
        0x27..=0x29 => Some(EssenceKind::Picture),
        0x42 | 0x47 | 0x48 => Some(EssenceKind::Sound),
        0x7b => Some(EssenceKind::ImmersiveSound),
        0x64 => Some(EssenceKind::TimedText),
        0x43 => Some(EssenceKind::Data),
        _ => None,
    }
}

/// Essence, index tables and partition packs end the metadata.
fn is_essence_or_partition(meaning: &[u8]) -> bool {
    meaning.starts_with(&[0x0d, 0x01, 0x03])
        || meaning.starts_with(&[0x0d, 0x01, 0x02, 0x01, 0x01, 0x10])
        || meaning.starts_with(&[0x0d, 0x01, 0x02, 0x01, 0x01, 0x02])
        || meaning.starts_with(&[0x0d, 0x01, 0x02, 0x01, 0x01, 0x03])
        || meaning.starts_with(&[0x0d, 0x01, 0x02, 0x01, 0x01, 0x04])
}

/// Which meaning each short tag of the partition has.
fn primer(value: &[u8]) -> HashMap<u16, u64> {
    let entries = value.get(8..).unwrap_or_default().as_chunks::<18>().0;
    let entry = |it: &[u8; 18]| {
        let [a, b, _, _, _, _, _, _, _, _, meaning @ ..] = *it;
        (u16::from_be_bytes([a, b]), u64::from_be_bytes(meaning))
    };
    entries.iter().map(entry).collect()
}

/// The items of a set: tag, length, value.
fn items<'a>(mut value: &'a [u8], primer: &HashMap<u16, u64>) -> Vec<(u64, &'a [u8])> {
    let mut items = Vec::new();
    while let Some((&[a, b, c, d], rest)) = value.split_first_chunk::<4>() {
        let Some((content, after)) = rest.split_at_checked(u16::from_be_bytes([c, d]).into())
        else {
            break;
        };
        if let Some(meaning) = primer.get(&u16::from_be_bytes([a, b])) {
            items.push((*meaning, content));
        }
        if items.len() >= ITEMS {
            break;
        }
        value = after;
    }
    items
}

/// References: how many, how long each, and they themselves.
fn batch(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    let references = value.get(8..).unwrap_or_default().as_chunks::<16>().0;
    references.iter().take(REFERENCES).map(<[u8; 16]>::as_slice)
}

/// Text in UTF-16, up to the first zero.
fn utf16(value: &[u8]) -> String {
    let units = value.as_chunks::<2>().0.iter().map(|it| u16::from_be_bytes(*it));
    let text = char::decode_utf16(units.take_while(|it| *it != 0).take(100));
    text.filter_map(Result::ok).filter(|it| !it.is_control()).collect()
}

/// Text in ISO 646, up to the first zero.
fn latin(value: &[u8]) -> String {
    let signs = value.iter().take_while(|it| **it != 0).take(100);
    signs.filter(|it| it.is_ascii_graphic()).map(|it| char::from(*it)).collect()
}
