//! Readers of the lists of an IMF package: asset map, packing list, composition, output profile.

mod asset_map;
mod composition;
mod descriptor;
mod digest;
mod list;
mod names;
mod package;
mod packing_list;

use domain::inspection::{
    Fault, Imf,
    imf::{AssetMap, Composition, OutputProfile, PackingList},
};
use roxmltree::Document;

use crate::{
    Bounds, Objection,
    text::Decoded,
    xml::{self, Unparsed},
};
use list::{Notes, child, id_of};
pub(crate) use names::{codec, first_tag, one, primaries, transfer};
pub use package::{Content, File, Package};

/// So many assets of a list and resources of a composition are read; real packages have some dozens.
const MOST: usize = 1000;

/// A kind of list, by the name of its outermost element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Which asset is in which file.
    AssetMap,
    /// Sizes and digests.
    PackingList,
    /// What is played, and in which order.
    Composition,
    /// What to make of a composition.
    OutputProfile,
}

impl List {
    /// The list whose outermost element is called so.
    pub fn of(root: &str) -> Option<Self> {
        match root {
            "AssetMap" => Some(Self::AssetMap),
            "PackingList" => Some(Self::PackingList),
            "CompositionPlaylist" => Some(Self::Composition),
            "OutputProfileList" => Some(Self::OutputProfile),
            _ => None,
        }
    }

    /// What stands in the namespace of such a list, whatever its version.
    const fn namespace(self) -> &'static str {
        match self {
            Self::AssetMap => "429-9/",
            Self::PackingList => "/PKL",
            Self::Composition => "2067-3/",
            Self::OutputProfile => "2067-100/",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::AssetMap => "an asset map",
            Self::PackingList => "a packing list",
            Self::Composition => "an IMF composition",
            Self::OutputProfile => "an output profile",
        }
    }
}

/// The facts of a list.
///
/// # Errors
///
/// When it would exhaust its reader.
pub fn list(decoded: &Decoded, kind: List, bounds: &Bounds) -> Result<Imf, Objection> {
    let mut notes = Notes::default();
    if let Some(Fault { kind, line, what }) = &decoded.fault {
        notes.fault_of(*kind, || *line, what.clone());
    }
    match xml::parse(&decoded.text, bounds) {
        Ok(document) => Ok(facts(&document, kind, notes)),
        Err(Unparsed::Costly(objection)) => Err(objection),
        Err(Unparsed::Flawed(Fault { kind: fault, line, what })) => {
            notes.fault_of(fault, || line, what);
            Ok(unread(kind, notes))
        }
    }
}

fn facts(document: &Document<'_>, kind: List, mut notes: Notes) -> Imf {
    let root = document.root_element();
    notes.namespace(root, kind.namespace(), kind.label());
    match kind {
        List::AssetMap => Imf { asset_maps: vec![asset_map::read(root, notes)], ..Imf::default() },
        List::PackingList => {
            Imf { packing_lists: vec![packing_list::read(root, notes)], ..Imf::default() }
        }
        List::Composition => {
            Imf { compositions: vec![composition::read(root, notes)], ..Imf::default() }
        }
        List::OutputProfile => {
            let id = child(root, "Id").and_then(id_of);
            let profile = OutputProfile { file: String::new(), id };
            Imf { output_profiles: vec![profile], ..Imf::default() }
        }
    }
}

/// What is left of a list that could not be read any further.
fn unread(kind: List, notes: Notes) -> Imf {
    let Notes { faults, fault_count } = notes;
    match kind {
        List::AssetMap => Imf {
            asset_maps: vec![AssetMap { faults, fault_count, ..AssetMap::default() }],
            ..Imf::default()
        },
        List::PackingList => Imf {
            packing_lists: vec![PackingList { faults, fault_count, ..PackingList::default() }],
            ..Imf::default()
        },
        List::Composition => Imf {
            compositions: vec![Composition { faults, fault_count, ..Composition::default() }],
            ..Imf::default()
        },
        List::OutputProfile => {
            Imf { output_profiles: vec![OutputProfile::default()], ..Imf::default() }
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        inspection::{ErrorCode as E, article},
        quantity::count,
    };

    use super::MOST;

    #[test]
    fn the_help_articles_name_the_bounds_that_hold() {
        for code in [E::ImfAssetMapInvalid, E::ImfPackingListInvalid, E::ImfCompositionInvalid] {
            let told = article(code).limits.iter().any(|it| it.1.contains(&count(MOST as u64)));
            assert!(told, "{code}");
        }
    }
}
