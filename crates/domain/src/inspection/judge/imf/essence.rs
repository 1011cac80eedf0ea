//! What the descriptors say: the same throughout a track, and the same as the headers of the track files.

use std::collections::HashMap;

use super::{Gathered, composition::resource_at};
use crate::inspection::{
    ErrorCode as E, Finding, Imf,
    imf::{
        AssetId, Composition, Essence, EssenceKind, Resource, Sequence, SequenceKind, TrackFile,
    },
};

/// A property in which two descriptors differ: its name, and what each says.
type Difference = (&'static str, String, String);

/// Every track is of one kind and keeps its format, by ST 2067-2, 6.2 (homogeneous essence).
pub(super) fn judge(composition: &Composition, findings: &mut Vec<Finding>) {
    let mut mixed = Gathered::default();
    // A track goes on through all segments.
    let mut tracks: HashMap<AssetId, &Essence> = HashMap::new();
    for (number, sequence) in composition.sequences.iter().enumerate() {
        let mut first = sequence.track.and_then(|it| tracks.get(&it).copied());
        for (place, resource) in sequence.resources.iter().enumerate() {
            let Some(essence) = composition.essence_of(resource) else { continue };
            let difference = wrong_kind(sequence, essence)
                .or_else(|| first.and_then(|first| difference(essence, first)));
            if let Some((what, own, other)) = difference {
                mixed.add(resource_at(composition, number, place), || {
                    let message = format!(
                        "The {what} of a resource is {own}; that of its {} track is {other}.",
                        sequence.kind.label()
                    );
                    Finding::new(E::ImfMixedEssence, message).against(own, other)
                });
            }
            first = first.or(Some(essence));
        }
        if let (Some(track), Some(first)) = (sequence.track, first) {
            tracks.insert(track, first);
        }
    }
    mixed.into(findings);
}

fn wrong_kind(sequence: &Sequence, essence: &Essence) -> Option<Difference> {
    let (own, wanted) = (essence.kind?, kind(sequence.kind)?);
    (own != wanted).then(|| ("kind", own.label().to_owned(), wanted.label().to_owned()))
}

const fn kind(of: SequenceKind) -> Option<EssenceKind> {
    match of {
        SequenceKind::Picture => Some(EssenceKind::Picture),
        SequenceKind::Sound => Some(EssenceKind::Sound),
        // Applications carry it in several kinds of track file, and text in several of their own.
        SequenceKind::ImmersiveSound | SequenceKind::TimedText | SequenceKind::Other => None,
    }
}

/// What the headers of the track files say is what the compositions say.
pub(super) fn judge_headers(imf: &Imf, findings: &mut Vec<Finding>) {
    let files: HashMap<AssetId, &TrackFile> =
        imf.track_files.iter().filter_map(|it| Some((it.id?, it))).collect();
    let mut unlike = Gathered::default();
    for composition in &imf.compositions {
        for (number, sequence) in composition.sequences.iter().enumerate() {
            for (place, resource) in sequence.resources.iter().enumerate() {
                let Some(file) = resource.track_file.and_then(|it| files.get(&it)) else {
                    continue;
                };
                let described = composition.essence_of(resource);
                let difference = described
                    .and_then(|it| {
                        kinds(&file.essence, it).or_else(|| difference(&file.essence, it))
                    })
                    .or_else(|| described.and_then(|it| spoken(&file.essence, it)))
                    .or_else(|| length(&file.essence, resource, composition));
                let Some((what, own, wanted)) = difference else { continue };
                let at = format!("{}: {}", file.file, resource_at(composition, number, place));
                unlike.add(at, || {
                    let message = format!(
                        "The {what} in the header of {} is {own}; the composition says {wanted}.",
                        file.file
                    );
                    Finding::new(E::ImfEssenceMismatch, message).against(own, wanted)
                });
            }
        }
    }
    unlike.into(findings);
}

fn kinds(own: &Essence, wanted: &Essence) -> Option<Difference> {
    let (own, wanted) = (own.kind?, wanted.kind?);
    (own != wanted).then(|| ("kind", own.label().to_owned(), wanted.label().to_owned()))
}

fn spoken(own: &Essence, wanted: &Essence) -> Option<Difference> {
    let (own, wanted) = (own.language.as_ref()?, wanted.language.as_ref()?);
    let other = !own.eq_ignore_ascii_case(wanted);
    other.then(|| ("language", own.clone(), wanted.clone()))
}

/// The track file is as long as the resource says, where both count at one rate.
fn length(own: &Essence, resource: &Resource, composition: &Composition) -> Option<Difference> {
    let rate = resource.edit_rate.or(composition.edit_rate);
    let length = own.length.filter(|_| own.rate == rate)?;
    let differs = length != resource.intrinsic;
    differs.then(|| ("length", format!("{length} units"), format!("{} units", resource.intrinsic)))
}

/// The first property that both know and in which they differ.
fn difference(own: &Essence, other: &Essence) -> Option<Difference> {
    /// Compares what both say.
    fn unlike<T: PartialEq>(
        what: &'static str,
        own: Option<&T>,
        other: Option<&T>,
        shown: impl Fn(&T) -> String,
    ) -> Option<Difference> {
        let (own, other) = (own?, other?);
        (own != other).then(|| (what, shown(own), shown(other)))
    }
    let text = |it: &String| it.clone();
    let number = |it: &u32| it.to_string();
    let labels = |it: &Essence| (!it.labels.is_empty()).then(|| it.labels.clone());
    unlike("codec", own.codec.as_ref(), other.codec.as_ref(), text)
        .or_else(|| {
            unlike("picture size", own.size.as_ref(), other.size.as_ref(), |(width, height)| {
                format!("{width} × {height}")
            })
        })
        .or_else(|| unlike("color", own.primaries.as_ref(), other.primaries.as_ref(), text))
        .or_else(|| {
            unlike("transfer characteristic", own.transfer.as_ref(), other.transfer.as_ref(), text)
        })
        .or_else(|| unlike("rate", own.rate.as_ref(), other.rate.as_ref(), ToString::to_string))
        .or_else(|| {
            unlike("number of channels", own.channels.as_ref(), other.channels.as_ref(), number)
        })
        .or_else(|| unlike("bit depth", own.bits.as_ref(), other.bits.as_ref(), number))
        .or_else(|| unlike("sound field", own.soundfield.as_ref(), other.soundfield.as_ref(), text))
        .or_else(|| {
            unlike("list of channels", labels(own).as_ref(), labels(other).as_ref(), |it| {
                it.join(" ")
            })
        })
}
