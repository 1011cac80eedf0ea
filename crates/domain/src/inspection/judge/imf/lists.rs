//! The lists as such: that they are there, well-formed and complete.

use super::{Delivered, place};
use crate::{
    inspection::{ErrorCode as E, Expectation, Fault, Finding, Imf, imf::Location},
    quantity::{count, counted},
};

pub(super) fn judge(imf: &Imf, findings: &mut Vec<Finding>) {
    for list in &imf.asset_maps {
        findings.extend(broken(E::ImfAssetMapInvalid, &list.file, &list.faults, list.fault_count));
    }
    for list in &imf.packing_lists {
        let code = E::ImfPackingListInvalid;
        findings.extend(broken(code, &list.file, &list.faults, list.fault_count));
    }
    for list in &imf.compositions {
        let code = E::ImfCompositionInvalid;
        findings.extend(broken(code, &list.file, &list.faults, list.fault_count));
    }
}

/// One finding for each list: a fault often draws others after it.
fn broken(code: E, file: &str, faults: &[Fault], all: u64) -> Option<Finding> {
    let (first, others) = faults.split_first()?;
    let line = |it: &Fault| it.line.map(|line| format!("Line {}", count(line.into())));
    let finding = Finding::new(code, first.what.clone())
        .against(counted(all, "fault", "faults"), "none")
        .also_at(others.iter().filter_map(line).collect());
    match place(file, &line(first).unwrap_or_default()) {
        place if place.is_empty() => Some(finding),
        place => Some(finding.at(place)),
    }
}

/// Which lists a package must have. A list whose file is named and missing is told with the missing files.
pub(super) fn judge_presence(
    delivered: &Delivered<'_>,
    wanted: &Expectation,
    findings: &mut Vec<Finding>,
) {
    let imf = delivered.imf;
    match imf.asset_maps.as_slice() {
        [] if delivered.all_read() => findings.push(
            Finding::new(E::ImfAssetMapInvalid, "There is no asset map among the files.")
                .against("0 asset maps", "1 asset map"),
        ),
        [] | [_] => {}
        [_, second, ..] => findings.push(
            Finding::new(E::ImfAssetMapInvalid, "There is more than one asset map.")
                .against(counted(imf.asset_maps.len() as u64, "map", "maps"), "1 asset map")
                .at(second.file.clone()),
        ),
    }
    let missing = !delivered.all_read() || list_missing(delivered, wanted);
    if imf.packing_lists.is_empty() && !missing {
        findings.push(
            Finding::new(E::ImfPackingListInvalid, "There is no packing list among the files.")
                .against("0 packing lists", "at least 1 packing list"),
        );
    }
    if imf.compositions.is_empty() && !missing {
        findings.push(
            Finding::new(E::ImfCompositionMissing, "There is no composition among the files.")
                .against("0 compositions", "at least 1 composition"),
        );
    }
}

/// Whether the asset map names a document that did not arrive: it may be any list.
fn list_missing(delivered: &Delivered<'_>, wanted: &Expectation) -> bool {
    delivered.imf.asset_maps.iter().flat_map(|it| &it.assets).any(|it| {
        let document = it.path.to_ascii_lowercase().ends_with(".xml") || it.packing_list;
        let there = Location::of(&it.path).is_ok_and(|it| delivered.at(&it).is_some());
        document && !there && !wanted.known_assets.contains(&it.id)
    })
}
