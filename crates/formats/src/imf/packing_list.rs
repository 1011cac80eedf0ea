//! Packing lists. ST 429-8, and ST 2067-2 since 2016.

use std::collections::HashSet;

use domain::inspection::imf::{PackedAsset, PackingList};
use roxmltree::Node;

use super::{
    MOST, digest,
    list::{Notes, child, children, words_of},
};

pub(super) fn read(root: Node<'_, '_>, mut notes: Notes) -> PackingList {
    let id = notes.id(root, "Id");
    let assets = match child(root, "AssetList") {
        Some(list) => assets(list, &mut notes),
        None => {
            notes.fault(root, "There is no AssetList.");
            Vec::new()
        }
    };
    let Notes { faults, fault_count } = notes;
    PackingList { file: String::new(), id, assets, faults, fault_count }
}

fn assets(list: Node<'_, '_>, notes: &mut Notes) -> Vec<PackedAsset> {
    let mut seen = HashSet::new();
    let mut assets: Vec<PackedAsset> = Vec::new();
    for node in children(list, "Asset") {
        if assets.len() >= MOST {
            notes.fault(node, format!("There are more assets than the {MOST} that are read."));
            break;
        }
        let Some(id) = notes.id(node, "Id") else { continue };
        if !seen.insert(id) {
            notes.fault(node, format!("The asset {id} stands twice."));
            continue;
        }
        let size = notes.number(node, "Size");
        if size.is_none() && child(node, "Size").is_none() {
            notes.fault(node, format!("The asset {id} has no size."));
        }
        let digest = digest::read(node, notes);
        assets.push(PackedAsset { id, size, digest, name: words_of(node, "OriginalFileName") });
    }
    if assets.is_empty() {
        notes.fault(list, "There is no asset in it.");
    }
    assets
}
