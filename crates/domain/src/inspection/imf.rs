//! Facts about an IMF package: what its lists say, what the headers of its track files say, and which files are there.
//!
//! SMPTE ST 429-9 (asset map), ST 429-8 and ST 2067-2 (packing list), ST 2067-3 (composition), ST 377-1 (MXF).

mod asset;
mod composition;
mod essence;
mod part;
mod path;

use serde::{Deserialize, Serialize};

use super::{Fault, Runtime};

pub use asset::{AssetId, ContentDigest, DigestKind};
pub use composition::{Composition, Encoding, Resource, Sequence, SequenceKind};
pub use essence::{Essence, EssenceKind};
pub use part::Part;
pub use path::{Location, Unsafe};

/// An IMF package, or one file of one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Imf {
    /// How much of the package this is.
    pub extent: Extent,
    /// The files that arrived, where this is a whole package.
    pub files: Vec<PackageFile>,
    /// Asset maps; a package has one.
    pub asset_maps: Vec<AssetMap>,
    /// Packing lists.
    pub packing_lists: Vec<PackingList>,
    /// Compositions.
    pub compositions: Vec<Composition>,
    /// Output profiles, which are known and not looked into.
    pub output_profiles: Vec<OutputProfile>,
    /// Track files, by their MXF headers.
    pub track_files: Vec<TrackFile>,
}

/// How much of a package is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// One file by itself: nothing can be said about the others.
    #[default]
    Part,
    /// All files of a delivery.
    Package,
}

/// A file that arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageFile {
    /// Its name, with folders where they were sent.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// The digests that were computed while it arrived.
    pub digests: Vec<ContentDigest>,
    /// Whether it could be read; what it holds is unknown otherwise.
    pub read: bool,
}

/// An asset map: which asset is in which file. ST 429-9.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssetMap {
    /// The name of its file; empty where it is judged by itself.
    pub file: String,
    /// Its id.
    pub id: Option<AssetId>,
    /// Its assets, in its order.
    pub assets: Vec<MappedAsset>,
    /// Where it breaks its rules; the first places.
    pub faults: Vec<Fault>,
    /// How many such places there are.
    pub fault_count: u64,
}

/// An asset of an asset map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedAsset {
    /// Its id.
    pub id: AssetId,
    /// Whether the map says that it is a packing list.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub packing_list: bool,
    /// The path of its file, as written, cut after 300 characters.
    pub path: String,
    /// Bytes, where the map says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
}

/// A packing list: sizes and digests of assets. ST 429-8, ST 2067-2.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackingList {
    /// The name of its file; empty where it is judged by itself.
    pub file: String,
    /// Its id.
    pub id: Option<AssetId>,
    /// Its assets, in its order.
    pub assets: Vec<PackedAsset>,
    /// Where it breaks its rules; the first places.
    pub faults: Vec<Fault>,
    /// How many such places there are.
    pub fault_count: u64,
}

/// An asset of a packing list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedAsset {
    /// Its id.
    pub id: AssetId,
    /// Bytes.
    pub size: Option<u64>,
    /// Its digest, where one is there that can be verified.
    pub digest: Option<ContentDigest>,
    /// What it is called besides, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// An output profile list. ST 2067-100.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputProfile {
    /// The name of its file; empty where it is judged by itself.
    pub file: String,
    /// Its id.
    pub id: Option<AssetId>,
}

/// A track file, by its MXF header.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrackFile {
    /// The name of its file; empty where it is judged by itself.
    pub file: String,
    /// Its id: the material number of its file package's UMID, as ST 2067-2 wants.
    pub id: Option<AssetId>,
    /// What its descriptor says.
    pub essence: Essence,
}

impl Imf {
    /// Every id that this package can be asked for: those of its track files and of its packing lists.
    pub fn ids(&self) -> impl Iterator<Item = AssetId> {
        let packed = self.packing_lists.iter().flat_map(|it| it.assets.iter().map(|it| it.id));
        self.track_files.iter().filter_map(|it| it.id).chain(packed)
    }

    /// How long the program is: that of the first composition that says.
    pub fn length(&self) -> Option<Runtime> {
        self.compositions.iter().find_map(|it| it.length).map(Runtime::from_seconds)
    }
}
