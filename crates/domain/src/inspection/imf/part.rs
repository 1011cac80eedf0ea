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
