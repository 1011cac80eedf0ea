//! Asset maps. ST 429-9.

use std::collections::HashSet;

use domain::inspection::imf::{AssetId, AssetMap, MappedAsset};
use roxmltree::Node;

use super::{
    MOST,
    list::{Notes, child, children, words, words_of},
};

pub(super) fn read(root: Node<'_, '_>, mut notes: Notes) -> AssetMap {
    let id = notes.id(root, "Id");
    let assets = match child(root, "AssetList") {
        Some(list) => assets(list, &mut notes),
        None => {
            notes.fault(root, "There is no AssetList.");
            Vec::new()
        }
    };
    let Notes { faults, fault_count } = notes;
    AssetMap { file: String::new(), id, assets, faults, fault_count }
}

fn assets(list: Node<'_, '_>, notes: &mut Notes) -> Vec<MappedAsset> {
    let mut seen = HashSet::new();
    let mut assets = Vec::new();
    for node in children(list, "Asset") {
        if assets.len() >= MOST {
            notes.fault(node, format!("There are more assets than the {MOST} that are read."));
            break;
        }
        assets.extend(asset(node, &mut seen, notes));
    }
    if assets.is_empty() {
        notes.fault(list, "There is no asset in it.");
    } else if !assets.iter().any(|it: &MappedAsset| it.packing_list) {
        notes.fault(list, "No asset is marked as the packing list.");
    }
    assets
}

fn asset(
    node: Node<'_, '_>,
    seen: &mut HashSet<AssetId>,
    notes: &mut Notes,
) -> Option<MappedAsset> {
    let id = notes.id(node, "Id")?;
    if !seen.insert(id) {
        notes.fault(node, format!("The asset {id} stands twice."));
        return None;
    }
    // By ST 429-9 the bare element means true as well.
    let packing_list = child(node, "PackingList").is_some_and(|it| words(it) != "false");
    let chunks: Vec<_> =
        child(node, "ChunkList").into_iter().flat_map(|it| children(it, "Chunk")).take(2).collect();
    let &[chunk] = chunks.as_slice() else {
        let what = match chunks.len() {
            0 => format!("The asset {id} has no chunk."),
            _ => format!("The asset {id} is cut into several chunks; it has to be one file."),
        };
        notes.fault(node, what);
        return None;
    };
    let Some(path) = words_of(chunk, "Path") else {
        notes.fault(chunk, format!("The asset {id} has no path."));
        return None;
    };
    let size = notes.number(chunk, "Length");
    Some(MappedAsset { id, packing_list, path, size })
}
