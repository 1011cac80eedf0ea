//! Lengths: that a resource plays no more than there is, that sequences end together, that samples come out even.

use super::{
    Gathered,
    composition::{resource_at, sequence_at, shown},
};
use crate::{
    inspection::{
        ErrorCode as E, Finding, Runtime,
        imf::{Composition, Resource, Sequence, SequenceKind},
    },
    quantity::{count, counted},
    timecode::{Fraction, FrameRate},
};

/// At 29.97 and 59.94 frames per second five frames last a whole number of samples at 48 kHz, and no fewer do.
const WHOLE_SAMPLES: u64 = 5;

pub(super) fn judge(composition: &Composition, findings: &mut Vec<Finding>) {
    let entries = entry_points(composition, findings);
    let counts = frame_counts(composition, findings);
    // A length that is already known to be wrong is not compared.
    if entries && counts {
        durations(composition, findings);
    }
}

/// `EntryPoint` + `SourceDuration` ≤ `IntrinsicDuration`, by ST 2067-3, 6.11. Whether all is well.
fn entry_points(composition: &Composition, findings: &mut Vec<Finding>) -> bool {
    let mut beyond = Gathered::default();
    for (number, sequence) in composition.sequences.iter().enumerate() {
        for (at, resource) in sequence.resources.iter().enumerate() {
            let end = resource.entry.saturating_add(resource.duration.unwrap_or(0));
            if end <= resource.intrinsic {
                continue;
            }
            beyond.add(resource_at(composition, number, at), || {
                let message = format!(
                    "A resource of {} plays up to unit {}; its track file has {}.",
                    sequence.kind.label(),
                    count(end),
                    count(resource.intrinsic)
                );
                Finding::new(E::ImfEntryPoint, message)
                    .against(units(end, resource), units(resource.intrinsic, resource))
            });
        }
    }
    let none = beyond.first.is_none();
    beyond.into(findings);
    none
}

fn units(number: u64, resource: &Resource) -> String {
    let rate = resource.edit_rate.map(|it| format!(" at {} per second", shown(it)));
    format!("{}{}", counted(number, "edit unit", "edit units"), rate.unwrap_or_default())
}

/// Whether the pictures of each segment are as many as the sound needs.
fn frame_counts(composition: &Composition, findings: &mut Vec<Finding>) -> bool {
    let rate = composition.edit_rate.and_then(|rate| {
        let exact = |it: &&FrameRate| it.fraction() == rate && it.can_drop();
        FrameRate::ALL.iter().find(exact)
    });
    let Some(rate) = rate else { return true };
    let mut uneven = Gathered::default();
    for (number, sequence) in composition.sequences.iter().enumerate() {
        let Some(frames) = sequence.units().filter(|_| sequence.kind == SequenceKind::Picture)
        else {
            continue;
        };
        if !frames.is_multiple_of(WHOLE_SAMPLES) {
            uneven.add(sequence_at(composition, number), || {
                let message = format!(
                    "A segment has {} at {}; only every fifth number holds whole samples.",
                    counted(frames, "frame", "frames"),
                    rate.label()
                );
                Finding::new(E::ImfFrameCount, message)
                    .against(counted(frames, "frame", "frames"), "a multiple of 5")
            });
        }
    }
    let none = uneven.first.is_none();
    uneven.into(findings);
    none
}

/// All sequences of a segment last equally long, by ST 2067-3, 6.10. What an application adds is not compared.
fn durations(composition: &Composition, findings: &mut Vec<Finding>) {
    let mut apart = Gathered::default();
    let compared = |it: &Sequence| it.kind != SequenceKind::Other && !it.resources.is_empty();
    for (number, sequence) in composition.sequences.iter().enumerate() {
        let picture = composition
            .sequences
            .iter()
            .find(|it| it.segment == sequence.segment && it.kind == SequenceKind::Picture);
        let Some(picture) = picture.filter(|it| compared(it) && compared(sequence)) else {
            continue;
        };
        let lengths =
            picture.length(composition.edit_rate).zip(sequence.length(composition.edit_rate));
        let Some((wanted, own)) = lengths.filter(|(wanted, own)| wanted != own) else { continue };
        apart.add(sequence_at(composition, number), || {
            let message = format!(
                "The {} of {} lasts {}, its picture {}.",
                sequence.kind.label(),
                composition.label(),
                seconds(own),
                seconds(wanted)
            );
            Finding::new(E::ImfDuration, message).against(seconds(own), seconds(wanted))
        });
    }
    apart.into(findings);
}

/// To the microsecond: one sample is 21 of them.
fn seconds(length: Fraction) -> String {
    let micros = Runtime::from_seconds(length).micros().max(0);
    format!("{}.{:06} s", count((micros / 1_000_000).unsigned_abs()), micros % 1_000_000)
}
