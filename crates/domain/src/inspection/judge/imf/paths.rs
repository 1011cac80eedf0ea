//! The paths of the asset map: they lead to files of the package, each to its own.

use std::collections::HashMap;

use super::{Gathered, place};
use crate::inspection::{
    ErrorCode as E, Finding, Imf,
    imf::{Location, MappedAsset},
};

pub(super) fn judge(imf: &Imf, findings: &mut Vec<Finding>) {
    let (mut unsafe_ones, mut twice) = (Gathered::default(), Gathered::default());
    for list in &imf.asset_maps {
        let mut taken: HashMap<Location, &MappedAsset> = HashMap::new();
        for asset in &list.assets {
            let at = || place(&list.file, &format!("asset {}", asset.id));
            let location = match Location::of(&asset.path) {
                Ok(location) => location,
                Err(why) => {
                    unsafe_ones.add(at(), || {
                        let message = format!("The path “{}” {why}.", shown(&asset.path));
                        Finding::new(E::ImfPathUnsafe, message)
                            .against(shown(&asset.path), "a path inside the package")
                    });
                    continue;
                }
            };
            if let Some(first) = taken.get(&location) {
                let first = first.id;
                twice.add(at(), || {
                    let message =
                        format!("“{}” is also the path of the asset {first}.", location.as_str());
                    Finding::new(E::ImfPathDuplicate, message)
                        .against(location.as_str(), "a path of its own")
                });
            } else {
                taken.insert(location, asset);
            }
        }
    }
    unsafe_ones.into(findings);
    twice.into(findings);
}

/// A path that can be shown: what cannot be printed is replaced.
fn shown(path: &str) -> String {
    path.chars()
        .map(|it| match it {
            it if it.is_control() => '\u{fffd}',
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                '\u{fffd}'
            }
            it => it,
        })
        .collect()
}
