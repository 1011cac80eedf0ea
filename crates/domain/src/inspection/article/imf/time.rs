//! Articles on the lengths in a composition.

use crate::inspection::{Article, ErrorCode as E};

pub(in super::super) const ENTRY_POINT: Article = Article {
    code: E::ImfEntryPoint,
    meaning: "A resource of a composition begins so late, or lasts so long, that it goes beyond the end of its track file: \
              EntryPoint plus SourceDuration is more than IntrinsicDuration.",
    why: "What is not there cannot be played. Some players stop, others repeat the last frame, and nobody sees the program \
          that was approved.",
    measuring: "The three numbers of every resource are added and compared, in edit units of the resource. A resource without \
                SourceDuration plays to the end of its track file.",
    limits: &[("EntryPoint + SourceDuration", "IntrinsicDuration at most, by SMPTE ST 2067-3")],
    steps: &[
        "Look at the resource in the finding: was its track file replaced by a shorter one?",
        "Trim the resource in the mastering tool and export the composition again.",
        "Write the packing list anew and deliver the package again.",
    ],
    overriding: None,
    related: &[E::ImfDuration, E::ImfEssenceMismatch],
};

pub(in super::super) const DURATION: Article = Article {
    code: E::ImfDuration,
    meaning: "In one segment of a composition the sequences are not equally long: sound or text ends before or after the picture.",
    why: "At the end of a segment all tracks begin anew together. Whatever is too long is cut off there, and whatever is too short \
          leaves a gap and may put the rest out of sync.",
    measuring: "The lengths of all resources of a sequence are added, repetitions included, as exact fractions of a second, and \
                compared with the picture of the same segment. Markers and data of applications are not compared.",
    limits: &[(
        "Length of every sequence",
        "exactly that of the picture of its segment, by SMPTE ST 2067-3",
    )],
    steps: &[
        "Look at the difference: a few samples come from rounding, a second from a forgotten leader.",
        "At 23.976 frames per second one frame is 2,002 samples; at 25 it is 1,920. Trim the sound to whole frames.",
        "Export the composition again, write the packing list anew, and deliver the package again.",
    ],
    overriding: None,
    related: &[E::ImfEntryPoint, E::ImfFrameCount, E::ImfEditRate],
};

pub(in super::super) const FRAME_COUNT: Article = Article {
    code: E::ImfFrameCount,
    meaning: "A segment at 29.97 or 59.94 frames per second has a number of frames that cannot be divided by five. Its sound would \
              have to end in the middle of a sample.",
    why: "At 48 kHz a frame of 29.97 fps lasts 1,601.6 samples; only five frames together last a whole number. A segment of \
          another length is rounded by every tool in its own way.",
    measuring: "The frames of the picture sequence of every segment are counted, repetitions included. Other rates hold whole samples \
                in every frame and are not looked at.",
    limits: &[("Frames of a segment at 29.97 and 59.94 fps", "divisible by 5")],
    steps: &[
        "Add black frames at the end, or trim some, until the number can be divided by five.",
        "Trim the sound to the same length and export the composition again.",
        "Write the packing list anew and deliver the package again.",
    ],
    overriding: None,
    related: &[E::ImfDuration, E::ImfEditRate],
};
