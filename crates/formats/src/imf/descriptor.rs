//! Essence descriptors of a composition: the descriptors of MXF, written in XML by the rules of ST 2001-1.

use domain::inspection::imf::{Essence, EssenceKind};
use roxmltree::Node;

use super::{
    list::{child, elements, rational, words, words_of},
    names,
};

/// More channels than any sound track has.
const LABELS: usize = 128;

pub(super) fn read(node: Node<'_, '_>) -> Essence {
    let name = node.tag_name().name();
    let kind = kind(name);
    let number = |name| words_of(node, name).and_then(|it| it.parse::<u64>().ok());
    let small = |name| number(name).and_then(|it| u32::try_from(it).ok());
    let label = |name| words_of(node, name).and_then(|it| names::label(&it));
    let essence = Essence {
        kind,
        rate: words_of(node, "SampleRate").and_then(|it| rational(&it)),
        length: number("EssenceLength"),
        ..Essence::default()
    };
    match kind {
        Some(EssenceKind::Picture) => Essence {
            codec: label("PictureCompression").map(|it| names::codec(&it)),
            size: small("StoredWidth").zip(small("StoredHeight")),
            primaries: label("ColorPrimaries").map(|it| names::primaries(&it)),
            transfer: label("TransferCharacteristic").map(|it| names::transfer(&it)),
            ..essence
        },
        Some(EssenceKind::Sound | EssenceKind::ImmersiveSound) => {
            let essence = Essence {
                channels: small("ChannelCount"),
                bits: small("QuantizationBits"),
                ..essence
            };
            labels(node, essence)
        }
        Some(EssenceKind::TimedText) => {
            let tags = words_of(node, "RFC5646LanguageTagList");
            Essence { language: tags.as_deref().and_then(names::first_tag), ..essence }
        }
        Some(EssenceKind::Data) | None => essence,
    }
}

fn kind(name: &str) -> Option<EssenceKind> {
    match name {
        "CDCIDescriptor"
        | "RGBADescriptor"
        | "GenericPictureEssenceDescriptor"
        | "PictureDescriptor" => Some(EssenceKind::Picture),
        "WAVEPCMDescriptor"
        | "WaveAudioEssenceDescriptor"
        | "WaveAudioDescriptor"
        | "AES3PCMDescriptor"
        | "GenericSoundEssenceDescriptor"
        | "SoundDescriptor" => Some(EssenceKind::Sound),
        "IABEssenceDescriptor" => Some(EssenceKind::ImmersiveSound),
        "DCTimedTextDescriptor" | "TimedTextDescriptor" => Some(EssenceKind::TimedText),
        "GenericDataEssenceDescriptor" | "ISXDDataEssenceDescriptor" => Some(EssenceKind::Data),
        // Every writer has names of its own for what is rare; what they describe is then not known.
        _ => None,
    }
}

/// With the labels of the channels. ST 377-4.
fn labels(node: Node<'_, '_>, mut essence: Essence) -> Essence {
    let subs = child(node, "SubDescriptors").into_iter().flat_map(elements);
    let mut languages = Vec::new();
    for sub in subs.filter(|it| it.tag_name().name().ends_with("LabelSubDescriptor")) {
        let symbol = child(sub, "MCATagSymbol").map(words).filter(|it| !it.is_empty());
        let spoken =
            child(sub, "RFC5646SpokenLanguage").or_else(|| child(sub, "RFC5646AudioLanguageCode"));
        languages.extend(spoken.map(words).filter(|it| !it.is_empty()));
        match sub.tag_name().name() {
            "AudioChannelLabelSubDescriptor" if essence.labels.len() < LABELS => {
                essence.labels.extend(symbol);
            }
            "SoundfieldGroupLabelSubDescriptor" | "IABSoundfieldLabelSubDescriptor" => {
                essence.soundfield = essence.soundfield.or(symbol);
            }
            _ => {}
        }
    }
    essence.labels.sort_unstable();
    essence.language = names::one(&languages);
    essence
}
