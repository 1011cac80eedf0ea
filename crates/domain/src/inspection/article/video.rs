//! The article on pictures that miss the specification.

use crate::inspection::{Article, ErrorCode as E};

pub(super) const SPEC_MISMATCH: Article = Article {
    code: E::VideoSpecMismatch,
    meaning: "The picture was read, and at least one of its properties is outside the delivery specification. Every \
              property that is outside has a finding of its own, so that one new export can put all of them right.",
    why: "Every later version is made from this picture, so what it lacks cannot be put back. A wrong frame \
          rate also puts sound and subtitles out of step.",
    measuring: "Codec, size, frame rate and scan are read from the headers of the track; nothing is decoded. The \
                frame rate is compared as an exact fraction, so 24 is not taken for 23.976. A file whose average rate \
                is more than 1 % away from its declared rate is reported as not constant.",
    limits: &[
        ("Codec of a master", "ProRes, DNxHD/DNxHR, MPEG-2, JPEG 2000"),
        ("Codec of a locked proxy", "the same, or H.264, H.265, MPEG-4"),
        ("Size of a master", "at least 1,920 pixels wide or 1,080 high"),
        ("Size, all", "at most 8,192 × 4,320 pixels"),
        ("Frame rate", "23.976, 24, 25, 29.97, 30, 50, 59.94 or 60, constant and native"),
        ("Scan", "progressive, as declared in the header"),
    ],
    steps: &[
        "Compare the Technical Metadata on the transfer card with your export settings.",
        "Go back to the master and export it in its native size and rate. Do not scale up and do not convert the rate: \
         a converted file passes this inspection and fails quality control.",
        "If only the header is wrong, for example interlaced flags on a progressive picture, wrap the file again with \
         the right flags.",
        "Deliver the new file.",
    ],
    overriding: None,
    related: &[E::AudioSpecMismatch, E::VideoAudioDuration],
};
