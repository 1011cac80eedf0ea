//! Compositions. ST 2067-3 of 2013, 2016 and 2020; the sequences of ST 2067-2, ST 2067-201.

use std::collections::HashSet;

use domain::{
    inspection::imf::{AssetId, Composition, Encoding, Resource, Sequence, SequenceKind},
    timecode::Fraction,
};
use roxmltree::Node;

use super::{
    MOST, descriptor, digest,
    list::{Notes, child, children, elements, words, words_of},
};

/// So many languages of locales are kept.
const LANGUAGES: usize = 20;

pub(super) fn read(root: Node<'_, '_>, mut notes: Notes) -> Composition {
    let id = notes.id(root, "Id");
    let edit_rate = notes.rate(root, "EditRate");
    if edit_rate.is_none() && child(root, "EditRate").is_none() {
        notes.fault(root, "There is no EditRate.");
    }
    let encodings = encodings(root, &mut notes);
    let known = encodings.iter().map(|it| it.id).collect();
    let mut segments = Segments { notes, known, resources: 0, sequences: Vec::new() };
    let count = segments.read(root);
    let Segments { notes: Notes { faults, fault_count }, sequences, .. } = segments;
    let extensions = child(root, "ExtensionProperties");
    Composition {
        file: String::new(),
        id,
        title: words_of(root, "ContentTitle").or_else(|| words_of(root, "ContentTitleText")),
        issuer: words_of(root, "Issuer"),
        kind: words_of(root, "ContentKind"),
        application: extensions.and_then(|it| words_of(it, "ApplicationIdentification")),
        edit_rate,
        length: None,
        languages: languages(root),
        segments: count,
        sequences,
        encodings,
        faults,
        fault_count,
    }
    .measured()
}

fn languages(root: Node<'_, '_>) -> Vec<String> {
    let locales = child(root, "LocaleList").into_iter().flat_map(|it| children(it, "Locale"));
    let lists = locales.filter_map(|it| child(it, "LanguageList"));
    let tags = lists.flat_map(|it| children(it, "Language")).map(words);
    tags.filter(|it| !it.is_empty()).take(LANGUAGES).collect()
}

fn encodings(root: Node<'_, '_>, notes: &mut Notes) -> Vec<Encoding> {
    let mut found: Vec<Encoding> = Vec::new();
    let Some(list) = child(root, "EssenceDescriptorList") else {
        notes.fault(root, "There is no EssenceDescriptorList.");
        return found;
    };
    for node in children(list, "EssenceDescriptor").take(MOST) {
        let Some(id) = notes.id(node, "Id") else { continue };
        let described = elements(node).find(|it| it.tag_name().name() != "Id");
        let essence = described.map(descriptor::read).unwrap_or_default();
        found.push(Encoding { id, essence });
    }
    found
}

/// What sequences play. Unknown ones are data of some application.
fn kind(name: &str) -> Option<SequenceKind> {
    match name {
        "MarkerSequence" => None,
        "MainImageSequence" => Some(SequenceKind::Picture),
        "MainAudioSequence" => Some(SequenceKind::Sound),
        "IABSequence" | "MGASADMSignalSequence" => Some(SequenceKind::ImmersiveSound),
        "SubtitlesSequence"
        | "HearingImpairedCaptionsSequence"
        | "VisuallyImpairedTextSequence"
        | "ForcedNarrativeSequence"
        | "KaraokeSequence" => Some(SequenceKind::TimedText),
        _ => Some(SequenceKind::Other),
    }
}

struct Segments {
    notes: Notes,
    /// The essence descriptors there are.
    known: HashSet<AssetId>,
    /// How many resources were read.
    resources: usize,
    sequences: Vec<Sequence>,
}

impl Segments {
    /// Reads all segments and counts them.
    fn read(&mut self, root: Node<'_, '_>) -> u32 {
        let Some(list) = child(root, "SegmentList") else {
            self.notes.fault(root, "There is no SegmentList.");
            return 0;
        };
        let mut count = 0_u32;
        for segment in children(list, "Segment") {
            count = count.saturating_add(1);
            match child(segment, "SequenceList") {
                Some(list) => elements(list).for_each(|it| self.sequence(it, count)),
                None => self.notes.fault(segment, "A segment has no SequenceList."),
            }
        }
        if count == 0 {
            self.notes.fault(list, "There is no segment in it.");
        }
        count
    }

    fn sequence(&mut self, node: Node<'_, '_>, segment: u32) {
        let Some(kind) = kind(node.tag_name().name()) else { return };
        if self.sequences.len() >= MOST {
            let what = format!("There are more sequences than the {MOST} that are read.");
            self.notes.fault(node, what);
            return;
        }
        let nodes = child(node, "ResourceList").into_iter().flat_map(|it| children(it, "Resource"));
        let mut resources = Vec::new();
        for it in nodes {
            if self.resources >= MOST {
                // Said once: what follows would only repeat it.
                if self.resources == MOST {
                    let what = format!("There are more resources than the {MOST} that are read.");
                    self.notes.fault(it, what);
                }
                self.resources = MOST + 1;
                return;
            }
            self.resources += 1;
            resources.extend(self.resource(it, kind));
        }
        if resources.is_empty() {
            self.notes.fault(node, format!("A {} sequence has no resource.", kind.label()));
        }
        let track = self.notes.id(node, "TrackId");
        self.sequences.push(Sequence { segment, kind, track, resources });
    }

    fn resource(&mut self, node: Node<'_, '_>, kind: SequenceKind) -> Option<Resource> {
        let own: Option<Fraction> = self.notes.rate(node, "EditRate");
        let intrinsic = self.notes.number(node, "IntrinsicDuration");
        if intrinsic.is_none() && child(node, "IntrinsicDuration").is_none() {
            self.notes.fault(node, "A resource has no IntrinsicDuration.");
        }
        let entry = self.notes.number(node, "EntryPoint");
        let duration = self.notes.number(node, "SourceDuration");
        let repeat = self.notes.number(node, "RepeatCount");
        // Sequences of other applications may play something else than track files.
        let (track_file, encoding) = if kind == SequenceKind::Other {
            let id = |name| child(node, name).and_then(super::list::id_of);
            (id("TrackFileId"), id("SourceEncoding"))
        } else {
            (self.notes.id(node, "TrackFileId"), self.notes.id(node, "SourceEncoding"))
        };
        if let Some(encoding) = encoding.filter(|it| !self.known.contains(it)) {
            let what = format!("No essence descriptor has the id {encoding}.");
            self.notes.fault(node, what);
        }
        let digest = digest::read(node, &mut self.notes);
        Some(Resource {
            track_file,
            edit_rate: own,
            intrinsic: intrinsic?,
            entry: entry.unwrap_or(0),
            duration,
            repeat: repeat.unwrap_or(1),
            encoding,
            digest,
        })
    }
}
