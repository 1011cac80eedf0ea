//! Articles on the descriptors of a composition and the headers of track files.

use crate::inspection::{Article, ErrorCode as E};

pub(in super::super) const MIXED_ESSENCE: Article = Article {
    code: E::ImfMixedEssence,
    meaning: "The resources of one track are not alike: the codec, the size of the picture, its color, the rate, or the channels \
              change on the way, or sound is played where a picture belongs.",
    why: "A player sets itself up once for each track. Where the format changes it stops, or shows wrong colors and \
          swapped channels from there on.",
    measuring: "The essence descriptors of all resources of a track are compared property by property, through all segments. What a \
                descriptor does not say is not compared, and neither is the language.",
    limits: &[("Resources of one track", "alike in codec, size, color, rate and channels")],
    steps: &[
        "Look which resource differs: it is usually an insert from another master.",
        "Encode the insert with the settings of the rest.",
        "Export the composition again, write the packing list anew, and deliver the package again.",
    ],
    overriding: None,
    related: &[E::ImfEditRate, E::ImfEssenceMismatch],
};

pub(in super::super) const ESSENCE_MISMATCH: Article = Article {
    code: E::ImfEssenceMismatch,
    meaning: "The header of a track file says something else than the composition says about it: another kind, codec, size, color, \
              rate, length, channels, or language.",
    why: "Whoever reads only the composition prepares for one thing and plays another. Most often the track file was made \
          anew and the composition is the old one.",
    measuring: "The header partition of every MXF file in the delivery (its footer, where the header was never finished) is read and \
                compared with the essence descriptor and the IntrinsicDuration of the resources that play it. What one of the \
                two does not say is not compared.",
    limits: &[("MXF header", "agrees with the essence descriptor and the length of the resource")],
    steps: &[
        "Find out which of the two is right: open the track file in a tool that shows MXF metadata.",
        "If the track file is right, import it again and export the composition again.",
        "If the composition is right, look for the file that it was made for.",
        "Write the packing list anew and deliver the package again.",
    ],
    overriding: None,
    related: &[E::ImfMixedEssence, E::ImfIdMismatch, E::ImfLanguageMismatch],
};
