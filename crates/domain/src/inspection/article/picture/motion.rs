//! Articles on fields, pulldown and repeated frames.

use crate::inspection::{Article, ErrorCode as E};

pub(in super::super) const INTERLACE_DETECTED: Article = Article {
    code: E::InterlaceDetected,
    meaning: "The header may say progressive, but the frames hold two moments each: one in the even lines, the other \
              in the odd ones. Moving edges look like combs.",
    why: "Screens show whole frames. Interlaced pictures are torn wherever something moves, and scaling them to other \
          sizes smears the lines for good.",
    measuring: "FFmpeg's idet compares the lines of neighboring frames on a strip of full height and a quarter of the \
                width. A file is called interlaced when at least 80 % of the frames that can be told have one order of \
                fields and fewer than 10 % the other; fine patterns that look like both are left alone.",
    limits: &[("Frames with one order of fields", "below 80 % of those that can be told")],
    steps: &[
        "Look at a scene with much motion, frame by frame, at full size.",
        "Find out which version is the native one. If it was shot progressive, go back to a master before the \
         conversion.",
        "If it was shot interlaced, have it converted with a motion-compensated tool rather than by dropping fields, \
         and agree on that first.",
        "Deliver the new file.",
    ],
    overriding: Some(
        "Ask for it when the program was shot interlaced and exists in no other form. Say where the original comes from.",
    ),
    related: &[E::TelecineDetected, E::VideoSpecMismatch],
};

pub(in super::super) const TELECINE_DETECTED: Article = Article {
    code: E::TelecineDetected,
    meaning: "Film of 24 frames was spread over 30 by repeating fields (2:3 pulldown). Of five frames, two are put \
              together from different pictures.",
    why: "Motion stutters, every second or third frame is combed, and the program is longer in frames than it is in \
          pictures. At its native rate it looks as it was shot.",
    measuring: "FFmpeg's idet looks for fields that are those of the frame before. In pulldown the upper and the lower \
                field are repeated in one frame of five each; a file in which each is in at least 12 % of the frames \
                has the pattern.",
    limits: &[("Frames with a repeated field", "no pattern of upper and lower fields")],
    steps: &[
        "Ask for the master at 23.976 or 24 frames per second and deliver that.",
        "If there is none, remove the pulldown (inverse telecine) and check every cut: edits made after the telecine \
         break the pattern.",
        "Conform the sound to the new length and deliver the new file.",
    ],
    overriding: Some(
        "Ask for it when the program was edited after the telecine and cannot be brought back, and say who decided that.",
    ),
    related: &[E::InterlaceDetected, E::CadenceBreak],
};

pub(in super::super) const CADENCE_BREAK: Article = Article {
    code: E::CadenceBreak,
    meaning: "While things move, single frames are shown twice. A regular pattern comes from a conversion to a higher \
              rate, single ones from a render or a capture that lost its step.",
    why: "Repeated frames are seen as a stutter in every pan. A pattern also shows that this is not the native \
          rate of the program.",
    measuring: "Each frame is compared with the one before on a copy of 480 × 270 pixels (FFmpeg's scdet). A frame \
                without any difference between two that move is a repeat. Pictures drawn in twos and threes repeat \
                regularly or very often; they are known by that and not reported.",
    limits: &[
        ("Repeated frames", "none"),
        ("Patterns that are reported", "one in 4 to one in 30"),
        (
            "Repeats without a pattern",
            "up to 2 % of the moving frames are reported, more are taken for animation",
        ),
    ],
    steps: &[
        "Step through the named timecodes frame by frame.",
        "If there is a pattern, deliver the version in its native frame rate.",
        "If there are single repeats, render the shot again: speed changes, stabilizers and network storage that is \
         too slow are the usual reasons.",
    ],
    overriding: Some(
        "Ask for it when the repeats are an effect or come from archive material, and name the timecodes.",
    ),
    related: &[E::TelecineDetected, E::FreezeDetected],
};
