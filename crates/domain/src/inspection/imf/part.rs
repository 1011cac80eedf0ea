//! The files of a delivery, put together to a package.

use super::{ContentDigest, Extent, Imf, PackageFile};

/// One file of a package, with what was read in it.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// Its name, with folders where they were sent.
    pub name: &'a str,
    /// Bytes.
    pub size: u64,
    /// The digests that were computed while it arrived.
    pub digests: &'a [ContentDigest],
    /// What is in it: nothing where it was not read, and a blank where it is no part of the format.
    pub read: Option<&'a Imf>,
}

impl Imf {
    /// The package that these files are together.
    pub fn package<'a>(parts: impl IntoIterator<Item = Part<'a>>) -> Self {
        let mut whole = Self { extent: Extent::Package, ..Self::default() };
        for part in parts {
            whole.add(&part);
        }
        whole
    }

    fn add(&mut self, part: &Part<'_>) {
        let file = || part.name.to_owned();
        self.files.push(PackageFile {
            name: file(),
            size: part.size,
            digests: part.digests.to_vec(),
            read: part.read.is_some(),
        });
        let Some(read) = part.read else { return };
        let mut read = read.clone();
        read.asset_maps.iter_mut().for_each(|it| it.file = file());
        read.packing_lists.iter_mut().for_each(|it| it.file = file());
        read.compositions.iter_mut().for_each(|it| it.file = file());
        read.output_profiles.iter_mut().for_each(|it| it.file = file());
        read.track_files.iter_mut().for_each(|it| it.file = file());
        self.asset_maps.append(&mut read.asset_maps);
        self.packing_lists.append(&mut read.packing_lists);
        self.compositions.append(&mut read.compositions);
        self.output_profiles.append(&mut read.output_profiles);
        self.track_files.append(&mut read.track_files);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        inspection::imf::{
            AssetId, AssetMap, Composition, MappedAsset, Resource, Sequence, SequenceKind,
        },
        timecode::Fraction,
    };

    #[test]
    fn every_list_knows_its_file_and_what_could_not_be_read_still_counts() {
        let read = Imf {
            asset_maps: vec![AssetMap::default()],
            compositions: vec![Composition::default()],
            ..Imf::default()
        };
        let part = |name, read| Part { name, size: 7, digests: &[], read };
        let whole = Imf::package([part("lists.xml", Some(&read)), part("broken.mxf", None)]);
        assert_eq!(whole.extent, Extent::Package);
        assert_eq!(
            (&*whole.asset_maps[0].file, &*whole.compositions[0].file),
            ("lists.xml", "lists.xml")
        );
        let files: Vec<_> =
            whole.files.iter().map(|it| (it.name.as_str(), it.size, it.read)).collect();
        assert_eq!(files, [("lists.xml", 7, true), ("broken.mxf", 7, false)]);
    }

    /// Measurements are kept for good, one for each file of each delivery.
    #[test]
    fn what_is_stored_is_small_and_says_what_the_panel_shows() {
        let resource = Resource {
            track_file: Some(AssetId::from_bytes([1; 16])),
            edit_rate: None,
            intrinsic: 50,
            entry: 0,
            duration: None,
            repeat: 1,
            encoding: None,
            digest: None,
        };
        let sequence = Sequence {
            segment: 1,
            kind: SequenceKind::Picture,
            track: None,
            resources: vec![resource; 1000],
        };
        let composition = Composition {
            edit_rate: Some(Fraction::whole(25)),
            segments: 1,
            sequences: vec![sequence],
            ..Composition::default()
        };
        let asset = MappedAsset {
            id: AssetId::from_bytes([2; 16]),
            packing_list: false,
            path: "a/path/of/a/usual/length_0a0b0c0d-0000-4000-8000-000000000005.mxf".into(),
            size: None,
        };
        let imf = Imf {
            asset_maps: vec![AssetMap { assets: vec![asset; 1000], ..AssetMap::default() }],
            compositions: vec![composition.measured()],
            ..Imf::default()
        };
        let json = serde_json::to_string(&imf).unwrap();
        assert!(json.len() < 150_000, "{}", json.len());
        let stored: Imf = serde_json::from_str(&json).unwrap();
        assert_eq!(stored.asset_maps, imf.asset_maps);
        assert_eq!(stored.length(), imf.length());
        assert_eq!(stored.length().map(|it| it.to_string()).as_deref(), Some("00:33:20.000"));
        // What an older portal stored knows nothing of packages.
        let older: crate::inspection::Measurement = serde_json::from_str("{}").unwrap();
        assert_eq!(older.imf, None);
    }
}
