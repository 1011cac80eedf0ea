//! Articles on the files that the lists name.

use crate::inspection::{Article, ErrorCode as E};

pub(in super::super) const PATH_UNSAFE: Article = Article {
    code: E::ImfPathUnsafe,
    meaning: "A path in the asset map does not lead to a file of the package: it begins at the root of a disk, names a disk or a \
              server, climbs up with “..”, has a backslash, or has characters that cannot be printed.",
    why: "A package is opened on many machines. A path that leads out of it finds nothing there at best, and \
          somebody else's file at worst; that is why no such path is ever followed.",
    measuring: "Every path of the asset map is looked at as written and with %20 and its like decoded. It is compared, and never \
                opened.",
    limits: &[("Paths", "relative, inside the package, folders joined by “/”")],
    steps: &[
        "Move all files into the package folder and write the asset map anew, with relative paths.",
        "On Windows, choose a tool that writes “/” between folders, as the standard demands.",
        "Deliver the package again.",
    ],
    overriding: None,
    related: &[E::ImfPathDuplicate, E::ImfAssetMissing],
};

pub(in super::super) const PATH_DUPLICATE: Article = Article {
    code: E::ImfPathDuplicate,
    meaning: "Two assets of the asset map have the same path. One file cannot be two assets, so at least one of them is \
              not where the map says.",
    why: "A composition that asks for the second asset would play the first. Nothing but the picture itself would \
          show the mistake.",
    measuring: "The paths of the asset map are compared with one another, after “./” and escapes such as %20 are resolved.",
    limits: &[("Paths", "each once")],
    steps: &[
        "Find out which of the two assets is in that file: its id is shown in the tool that made it.",
        "Write the asset map anew after the other file has been put back.",
        "Deliver the package again.",
    ],
    overriding: None,
    related: &[E::ImfPathUnsafe, E::ImfIdMismatch, E::ImfAssetMissing],
};

pub(in super::super) const ASSET_MISSING: Article = Article {
    code: E::ImfAssetMissing,
    meaning: "The asset map or the packing list names a file that is not among the files of this delivery, and that was not \
              part of an earlier delivery either.",
    why: "A composition that plays a missing file stops there. Often one large file was left behind while the \
          small ones were copied.",
    measuring: "Every path of the asset map is looked for among the delivered files: first with its folders, then by the name \
                alone, as not every browser sends folders. Every asset of the packing list has to be in the asset map. Files of \
                earlier packages that were accepted count as there.",
    limits: &[("Files that the lists name", "all delivered, now or before")],
    steps: &[
        "Compare the list of missing files with the package folder; do not rename files, as the lists know them by their path.",
        "If a file was left out on purpose, write asset map and packing list anew without it (a supplemental package).",
        "Deliver the whole folder again.",
    ],
    overriding: None,
    related: &[E::ImfTrackFileUnknown, E::ImfPathUnsafe, E::ImfAssetMapInvalid],
};

pub(in super::super) const ID_MISMATCH: Article = Article {
    code: E::ImfIdMismatch,
    meaning: "A file carries another id inside than the asset map gives it. For lists that is the Id at their beginning, for track \
              files the package id in the MXF header.",
    why: "Everything in a package refers to everything else by these ids. With two ids for one file some players \
          find it and others do not.",
    measuring: "The id is read from the list itself or from the header of the MXF file (the material number of the file package's \
                UMID, SMPTE ST 2067-2) and compared with the asset at whose path the file is.",
    limits: &[("Id inside a file", "the one of the asset map")],
    steps: &[
        "Look whether files were exchanged or renamed: the id in the finding tells which asset the file really is.",
        "If a list was exported anew it has a new id: write asset map and packing list anew too.",
        "Deliver the package again.",
    ],
    overriding: None,
    related: &[E::ImfPathDuplicate, E::ImfAssetMissing, E::ImfTrackFileUnknown],
};

pub(in super::super) const SIZE_MISMATCH: Article = Article {
    code: E::ImfSizeMismatch,
    meaning: "A file has another size than the packing list says. It was cut short, is still being written, or was \
              changed after the list was made.",
    why: "A file of another size is another file. Its digest is then not even compared, because it cannot be the \
          same.",
    measuring: "Bytes are counted while the file arrives and compared with Size in the packing list; where the packing list does \
                not have the file, with Length in the asset map.",
    limits: &[("Size of a file", "to the byte that of the packing list")],
    steps: &[
        "Compare the size on your own storage. If it is right there, deliver the file again.",
        "If a list was edited by hand, even in one character, write the packing list anew.",
        "Deliver the package again.",
    ],
    overriding: None,
    related: &[E::ImfDigestMismatch, E::ImfPackingListInvalid, E::FileCorrupt],
};

pub(in super::super) const DIGEST_MISMATCH: Article = Article {
    code: E::ImfDigestMismatch,
    meaning: "A file has the right size, but another content than the packing list was made for: its SHA-1 or SHA-256 digest is \
              another one.",
    why: "The digest is your own proof of the file that was approved. Somewhere between the mastering and here \
          it was changed or damaged.",
    measuring: "The digests of every file are computed while its bytes arrive and compared with Hash in the packing list. Both are \
                shown in full, in hexadecimal; the list itself has them in Base64. Digests that a composition gives for its \
                track files are compared with the packing list.",
    limits: &[("Digest of a file", "the one of the packing list")],
    steps: &[
        "Compute the digest on your own storage: “openssl dgst -sha1 -binary FILE | base64” prints it as the list has it.",
        "If it differs there as well, the file was changed after the list was made: go back to the master or write the packing \
         list anew.",
        "If it agrees there, deliver the file again.",
    ],
    overriding: None,
    related: &[E::ImfSizeMismatch, E::ImfDigestMissing, E::FileCorrupt],
};

pub(in super::super) const DIGEST_MISSING: Article = Article {
    code: E::ImfDigestMissing,
    meaning: "The packing list has no digest for a file, or one of a kind that is not computed here. That the file is unchanged \
              can then not be shown.",
    why: "Nothing is known to be wrong. But should a frame be broken later, nobody can tell any more whether it was \
          broken before the file left you.",
    measuring: "Hash and HashAlgorithm of every asset in the packing list are read. SHA-1 and SHA-256 are verified; lists without \
                an algorithm mean SHA-1.",
    limits: &[("Digests in a packing list", "SHA-1 or SHA-256 for each asset")],
    steps: &[
        "Switch on the writing of digests in the mastering tool; some leave them out to save time.",
        "Write the packing list anew for the next delivery.",
    ],
    overriding: None,
    related: &[E::ImfDigestMismatch, E::ImfPackingListInvalid],
};
