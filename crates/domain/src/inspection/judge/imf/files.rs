//! The files against the lists: all there, each with the id, the size and the digest that is said.

use std::collections::{HashMap, HashSet};

use super::{Delivered, Gathered, composition::resource_at, place};
use crate::{
    inspection::{
        Direction, ErrorCode as E, Expectation, Finding, Imf, Unit,
        imf::{
            AssetId, Composition, ContentDigest, Location, MappedAsset, PackageFile, PackedAsset,
        },
    },
    quantity::{count, counted},
};

/// Whether every asset of a packing list can be verified.
pub(super) fn judge_digests(imf: &Imf, findings: &mut Vec<Finding>) {
    let mut missing = Gathered::default();
    for list in &imf.packing_lists {
        for asset in list.assets.iter().filter(|it| it.digest.is_none()) {
            missing.add(place(&list.file, &format!("asset {}", asset.id)), || {
                let message = format!(
                    "The packing list has no SHA-1 or SHA-256 digest for {}.",
                    called(asset)
                );
                Finding::new(E::ImfDigestMissing, message).against("no digest", "SHA-1 or SHA-256")
            });
        }
    }
    missing.into(findings);
}

fn called(asset: &PackedAsset) -> String {
    asset.name.as_ref().map_or_else(|| asset.id.to_string(), |it| format!("“{it}”"))
}

pub(super) fn judge(delivered: &Delivered<'_>, wanted: &Expectation, findings: &mut Vec<Finding>) {
    let imf = delivered.imf;
    let packed: HashMap<AssetId, &PackedAsset> =
        imf.packing_lists.iter().flat_map(|it| &it.assets).map(|it| (it.id, it)).collect();
    let inside = ids(imf);
    let mut found = Found::default();
    for list in &imf.asset_maps {
        let mut claimed = HashSet::new();
        for asset in &list.assets {
            let Ok(location) = Location::of(&asset.path) else { continue };
            // That two assets claim one file is told with the paths.
            if !claimed.insert(location.clone()) {
                continue;
            }
            let Some(file) = delivered.at(&location) else {
                if !wanted.known_assets.contains(&asset.id) {
                    found.missing(location.as_str());
                }
                continue;
            };
            if let Some(id) = inside.get(file.name.as_str()).filter(|it| **it != asset.id) {
                found.other_id(file, *id, asset.id);
            } else {
                found.verify(file, asset, packed.get(&asset.id).copied());
            }
        }
    }
    for composition in &imf.compositions {
        found.compare(composition, &packed);
    }
    // Without a usable map nobody knows which files are meant.
    if let [map] = imf.asset_maps.as_slice()
        && map.faults.is_empty()
    {
        let mapped: HashSet<AssetId> = map.assets.iter().map(|it| it.id).collect();
        for list in &imf.packing_lists {
            let unmapped = list
                .assets
                .iter()
                .filter(|it| !mapped.contains(&it.id) && !wanted.known_assets.contains(&it.id));
            for asset in unmapped {
                found.unmapped(&list.file, &called(asset));
            }
        }
    }
    found.into(findings);
}

/// The id that each file has inside, by its name.
fn ids(imf: &Imf) -> HashMap<&str, AssetId> {
    let lists = imf.packing_lists.iter().map(|it| (&it.file, it.id));
    let compositions = imf.compositions.iter().map(|it| (&it.file, it.id));
    let profiles = imf.output_profiles.iter().map(|it| (&it.file, it.id));
    let tracks = imf.track_files.iter().map(|it| (&it.file, it.id));
    let all = lists.chain(compositions).chain(profiles).chain(tracks);
    all.filter_map(|(file, id)| Some((file.as_str(), id?))).collect()
}

/// What is wrong with files, each kind gathered.
#[derive(Default)]
struct Found {
    missing: Gathered,
    id: Gathered,
    size: Gathered,
    digest: Gathered,
}

impl Found {
    fn missing(&mut self, path: &str) {
        self.missing.add(path.to_owned(), || {
            let message = format!("“{path}” is named in the asset map and was not delivered.");
            Finding::new(E::ImfAssetMissing, message).against("not delivered", "delivered")
        });
    }

    fn unmapped(&mut self, list: &str, called: &str) {
        self.missing.add(place(list, called), || {
            let message = format!("{called} is in the packing list and not in the asset map.");
            Finding::new(E::ImfAssetMissing, message)
                .against("not in the asset map", "in the asset map")
        });
    }

    fn other_id(&mut self, file: &PackageFile, inside: AssetId, mapped: AssetId) {
        self.id.add(file.name.clone(), || {
            let message =
                format!("“{}” is the asset {inside}; the asset map says {mapped}.", file.name);
            Finding::new(E::ImfIdMismatch, message).against(inside.to_string(), mapped.to_string())
        });
    }

    /// Size first: a file of another size has another digest as well.
    fn verify(&mut self, file: &PackageFile, mapped: &MappedAsset, packed: Option<&PackedAsset>) {
        let wanted = packed.and_then(|it| it.size).or(mapped.size);
        if let Some(wanted) = wanted.filter(|it| *it != file.size) {
            self.size.add(file.name.clone(), || {
                let bytes = |number| i64::try_from(number).unwrap_or(i64::MAX);
                let message = format!(
                    "“{}” has {}; the lists say {}.",
                    file.name,
                    counted(file.size, "byte", "bytes"),
                    count(wanted)
                );
                Finding::new(E::ImfSizeMismatch, message)
                    .against(count(file.size), count(wanted))
                    .gauged(bytes(file.size), Direction::Exactly, bytes(wanted), Unit::Bytes)
            });
            return;
        }
        let Some(wanted) = packed.and_then(|it| it.digest.as_ref()) else { return };
        let own = file.digests.iter().find(|it| it.kind == wanted.kind);
        if let Some(own) = own.filter(|it| !same(it, wanted)) {
            self.digest.add(file.name.clone(), || {
                let message = format!(
                    "The content of “{}” is not what the packing list was made for.",
                    file.name
                );
                Finding::new(E::ImfDigestMismatch, message)
                    .against(own.to_string(), wanted.to_string())
            });
        }
    }

    /// The digests that a composition gives for its track files are those of the packing list.
    fn compare(&mut self, composition: &Composition, packed: &HashMap<AssetId, &PackedAsset>) {
        for (number, sequence) in composition.sequences.iter().enumerate() {
            for (at, resource) in sequence.resources.iter().enumerate() {
                let asset = resource.track_file.and_then(|it| packed.get(&it));
                let both = resource.digest.as_ref().zip(asset.and_then(|it| it.digest.as_ref()));
                let Some((own, listed)) = both.filter(|(own, listed)| own.kind == listed.kind)
                else {
                    continue;
                };
                if !same(own, listed) {
                    self.digest.add(resource_at(composition, number, at), || {
                        let message = format!(
                            "{} was made for another track file than the packing list has.",
                            composition.label()
                        );
                        Finding::new(E::ImfDigestMismatch, message)
                            .against(listed.to_string(), own.to_string())
                    });
                }
            }
        }
    }

    fn into(self, findings: &mut Vec<Finding>) {
        self.missing.into(findings);
        self.id.into(findings);
        self.size.into(findings);
        self.digest.into(findings);
    }
}

fn same(one: &ContentDigest, other: &ContentDigest) -> bool {
    one.hex.eq_ignore_ascii_case(&other.hex)
}
