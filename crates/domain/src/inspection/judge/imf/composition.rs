//! What a composition plays: picture and sound, at rates that are used, from track files that are known.

use std::collections::BTreeSet;

use super::{Gathered, place};
use crate::{
    inspection::{
        ErrorCode as E, Expectation, Finding, Imf,
        imf::{AssetId, Composition, Sequence, SequenceKind},
    },
    timecode::{Fraction, FrameRate},
};

pub(super) fn judge(composition: &Composition, findings: &mut Vec<Finding>) {
    pictures(composition, findings);
    sound(composition, findings);
    rates(composition, findings);
}

/// By ST 2067-2 every segment has one picture sequence.
fn pictures(composition: &Composition, findings: &mut Vec<Finding>) {
    let mut missing = Gathered::default();
    for segment in 1..=composition.segments.min(1000) {
        let has = |it: &&Sequence| it.segment == segment && it.kind == SequenceKind::Picture;
        if composition.sequences.iter().filter(has).count() == 0 {
            missing.add(place(&composition.file, &format!("Segment {segment}")), || {
                let message = format!("{} has no picture.", composition.label());
                Finding::new(E::ImfPictureMissing, message)
                    .against("no picture sequence", "1 picture sequence")
            });
        }
    }
    missing.into(findings);
}

fn sound(composition: &Composition, findings: &mut Vec<Finding>) {
    let sounds =
        |it: &Sequence| matches!(it.kind, SequenceKind::Sound | SequenceKind::ImmersiveSound);
    if !composition.sequences.iter().any(sounds) {
        let finding =
            Finding::new(E::ImfSoundMissing, format!("{} has no sound.", composition.label()));
        findings.push(at(composition, finding.against("no sound sequence", "at least 1")));
    }
}

/// The composition counts at one of the eight rates, its picture at the same, and no track changes its rate.
fn rates(composition: &Composition, findings: &mut Vec<Finding>) {
    let Some(rate) = composition.edit_rate else { return };
    let mut wrong = Gathered::default();
    if !FrameRate::ALL.iter().any(|it| it.fraction() == rate) {
        wrong.add(place(&composition.file, "EditRate"), || {
            let message = format!(
                "{} counts {} frames per second, which is not a rate of the trade.",
                composition.label(),
                rate.decimal()
            );
            Finding::new(E::ImfEditRate, message).against(shown(rate), "one of the eight rates")
        });
    }
    for (number, sequence) in composition.sequences.iter().enumerate() {
        let first = match (sequence.kind, sequence.resources.first()) {
            (SequenceKind::Picture, _) => rate,
            (_, Some(first)) => first.edit_rate.unwrap_or(rate),
            (_, None) => continue,
        };
        for (place, resource) in sequence.resources.iter().enumerate() {
            let own = resource.edit_rate.unwrap_or(rate);
            if own != first {
                wrong.add(resource_at(composition, number, place), || {
                    let message = format!(
                        "A resource of {} counts {} per second where its track counts {}.",
                        sequence.kind.label(),
                        shown(own),
                        shown(first)
                    );
                    Finding::new(E::ImfEditRate, message).against(shown(own), shown(first))
                });
            }
        }
    }
    wrong.into(findings);
}

/// Track files are in this package, or in one that was delivered before.
pub(super) fn judge_references(imf: &Imf, wanted: &Expectation, findings: &mut Vec<Finding>) {
    // Without the lists nobody knows what is in the package.
    if imf.asset_maps.is_empty() && imf.packing_lists.is_empty() {
        return;
    }
    let mapped = imf.asset_maps.iter().flat_map(|it| it.assets.iter().map(|it| it.id));
    let known: BTreeSet<AssetId> = imf.ids().chain(mapped).collect();
    let mut unknown = Gathered::default();
    let mut told = BTreeSet::new();
    for composition in &imf.compositions {
        for (number, sequence) in composition.sequences.iter().enumerate() {
            for (place, resource) in sequence.resources.iter().enumerate() {
                let Some(id) = resource.track_file else { continue };
                if known.contains(&id) || wanted.known_assets.contains(&id) || !told.insert(id) {
                    continue;
                }
                unknown.add(resource_at(composition, number, place), || {
                    let message = format!(
                        "{} plays the track file {id}, which is neither in this package nor in one that was \
                         delivered before.",
                        composition.label()
                    );
                    Finding::new(E::ImfTrackFileUnknown, message)
                        .against(id.to_string(), "a track file that is known")
                });
            }
        }
    }
    unknown.into(findings);
}

/// A finding about the whole composition, with its file.
pub(super) fn at(composition: &Composition, finding: Finding) -> Finding {
    if composition.file.is_empty() { finding } else { finding.at(composition.file.clone()) }
}

/// `CPL.xml, Segment 1, sound sequence 2, resource 3`.
pub(super) fn resource_at(composition: &Composition, sequence: usize, resource: usize) -> String {
    format!("{}, resource {}", sequence_at(composition, sequence), resource + 1)
}

/// `CPL.xml, Segment 1, sound sequence 2`: counted among those of its kind in its segment.
pub(super) fn sequence_at(composition: &Composition, sequence: usize) -> String {
    let Some(it) = composition.sequences.get(sequence) else { return composition.file.clone() };
    let before = composition.sequences.iter().take(sequence + 1);
    let number = before.filter(|one| one.segment == it.segment && one.kind == it.kind).count();
    let inside = format!("Segment {}, {} sequence {number}", it.segment, it.kind.label());
    place(&composition.file, &inside)
}

/// A rate as lists write it: `24000/1001`, `48000`.
pub(super) fn shown(rate: Fraction) -> String {
    rate.to_string()
}
