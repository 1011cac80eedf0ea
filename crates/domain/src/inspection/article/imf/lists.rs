//! Articles on the lists of a package.

use crate::inspection::{Article, ErrorCode as E};

pub(in super::super) const ASSET_MAP_INVALID: Article = Article {
    code: E::ImfAssetMapInvalid,
    meaning: "The file ASSETMAP.xml is not among the files, there is more than one, it is not well-formed XML, or it lacks \
              something that it must have: an id, a path for each asset, one asset that is marked as the packing list.",
    why: "The asset map is the table of contents: it alone says which file is which asset. Without it nobody can \
          find the composition in a package, let alone play it.",
    measuring: "The map is read by the rules of SMPTE ST 429-9, without document types and entities. The finding quotes the \
                first thing that is wrong, with its line; the other lines are listed.",
    limits: &[
        ("Asset maps in a package", "1"),
        ("Assets", "1 to 1,000, each with an id of its own"),
        ("Chunks of an asset", "1: every asset is one whole file"),
    ],
    steps: &[
        "Deliver the whole package folder, with ASSETMAP.xml and VOLINDEX.xml at its top.",
        "Have the tool that wrote the package (Clipster, Transkoder, DaVinci Resolve, IMF Tool) write its lists again \
         instead of mending them in a text editor.",
        "Check the package with Photon or another validator, then deliver it again.",
    ],
    overriding: None,
    related: &[E::ImfPackingListInvalid, E::ImfCompositionInvalid, E::ImfAssetMissing],
};

pub(in super::super) const PACKING_LIST_INVALID: Article = Article {
    code: E::ImfPackingListInvalid,
    meaning: "The packing list is not among the files, is not well-formed XML, or lacks something that it must have: an id, \
              a size for each asset, digests that are Base64 of the right length.",
    why: "Sizes and digests of the packing list prove that every file arrived as it left you. A list that cannot \
          be read proves nothing.",
    measuring: "The list is read by the rules of SMPTE ST 429-8 and ST 2067-2 (the edition of 2016 as well as older ones). The \
                finding quotes the first thing that is wrong, with its line.",
    limits: &[
        ("Packing lists in a package", "at least 1"),
        ("Assets", "1 to 1,000, each with an id of its own"),
        ("Digests", "Base64 of 20 bytes (SHA-1) or 32 bytes (SHA-256)"),
    ],
    steps: &[
        "Have the tool that wrote the package write the packing list again; sizes and digests are computed anew.",
        "Deliver the whole package folder once more.",
    ],
    overriding: None,
    related: &[E::ImfAssetMapInvalid, E::ImfSizeMismatch, E::ImfDigestMismatch],
};

pub(in super::super) const COMPOSITION_INVALID: Article = Article {
    code: E::ImfCompositionInvalid,
    meaning: "A composition playlist is not well-formed XML, is one of digital cinema instead of IMF, or lacks something \
              that it must have: an id, an edit rate, essence descriptors, segments, for every resource its length, its \
              track file and the descriptor of it.",
    why: "The composition is the film: which part of which file is played when. A player that has to guess plays \
          something else than you approved.",
    measuring: "The playlist is read by the rules of SMPTE ST 2067-3 in its editions of 2013, 2016 and 2020. The finding quotes \
                the first thing that is wrong, with its line; the other lines are listed.",
    limits: &[
        ("Namespace", "that of ST 2067-3"),
        ("Segments", "at least 1"),
        ("Sequences and resources", "1,000 each at most"),
    ],
    steps: &[
        "Export the composition again from the tool that made it. A DCP has to be mastered as an IMF, not renamed.",
        "Check it with Photon, which names the same places.",
        "Write the packing list anew, as the size and the digest of the composition have changed; then deliver all lists.",
    ],
    overriding: None,
    related: &[E::ImfCompositionMissing, E::ImfPackingListInvalid],
};

pub(in super::super) const COMPOSITION_MISSING: Article = Article {
    code: E::ImfCompositionMissing,
    meaning: "None of the files that were delivered is a composition playlist. There are lists and track files, but nothing that \
              says what is to be played.",
    why: "Track files are raw material. Without a composition there is no program in the package that could be \
          inspected, checked or shown.",
    measuring: "Every XML file of the delivery is looked at: one whose outermost element is CompositionPlaylist is a composition, \
                whatever its name. If the asset map names a list that did not arrive, only the missing file is reported.",
    limits: &[("Compositions in a package", "at least 1")],
    steps: &[
        "Look for the file that usually begins with CPL_ in the package folder.",
        "If there is none, export the composition from the mastering tool, then write asset map and packing list anew.",
        "Deliver the whole folder again.",
    ],
    overriding: None,
    related: &[E::ImfCompositionInvalid, E::ImfAssetMissing],
};
