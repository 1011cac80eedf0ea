//! Articles on damage and on groups of pictures.

use crate::inspection::{Article, ErrorCode as E};

pub(in super::super) const VIDEO_DECODE_ERRORS: Article = Article {
    code: E::VideoDecodeErrors,
    meaning: "The decoder could not make sense of parts of the picture, or fewer frames came out of it than the file \
              counts. What is seen there are blocks, green areas or frames that are missing.",
    why: "The damage would be in every version made from this file. It also shows that the file was changed after it \
          was exported, and nobody knows where else.",
    measuring: "The whole picture is decoded once, and every complaint of the decoder is counted. Around the first \
                places the file is decoded a second time, slowly, to find the frames; in codecs where frames depend \
                on each other a number may be off by a few. A decoder cannot notice every damage.",
    limits: &[
        ("Complaints of the decoder", "none"),
        ("Frames missing", "at most 5, at the ends of an edit"),
    ],
    steps: &[
        "Look at the frames that are named.",
        "Compare the digest of your own copy with the one on the transfer card. If they differ, deliver again.",
        "If your copy has the same damage, export it again to another disk and check that disk.",
        "Play the new file to its end before you deliver it.",
    ],
    overriding: None,
    related: &[E::FileCorrupt, E::FileUnreadable],
};

pub(in super::super) const INCORRECT_GOP_STRUCTURE: Article = Article {
    code: E::IncorrectGopStructure,
    meaning: "A group of pictures cannot be decoded by itself: it begins with frames that need the group before (an \
              open group), or the file begins with frames that need something that is not there.",
    why: "Encoders cut a file into pieces and work on them side by side. At the seams, an open group gives \
          torn or gray frames.",
    measuring: "The packets of the track are listed in the order of decoding while the file is read. A packet that \
                follows a key frame and is shown before it belongs to an open group. Only codecs in which frames \
                depend on each other are looked at: MPEG-2, H.264, H.265.",
    limits: &[("Open groups", "none"), ("Frames before the first key frame", "none")],
    steps: &[
        "In the export settings choose closed groups of pictures, or I-frames only with a sequence header each.",
        "If the file was cut without encoding, cut it at key frames or encode the program again from its master.",
        "Deliver the new file.",
    ],
    overriding: Some(
        "Ask for it when no other master exists and the file plays cleanly at the places that are named.",
    ),
    related: &[E::KeyFrameGopTooLong, E::VideoDecodeErrors],
};

pub(in super::super) const KEY_FRAME_GOP_TOO_LONG: Article = Article {
    code: E::KeyFrameGopTooLong,
    meaning: "Key frames, which can be decoded without others, lie more than a second apart. This is right for a copy \
              that is streamed and wrong for a master.",
    why: "Every error lasts until the next key frame, and every seek decodes all frames from the one before. Editing \
          and encoding such a file is slow and not exact.",
    measuring: "The packets of the track are listed while the file is read, and the frames from one key frame to the \
                next are counted. Only codecs in which frames depend on each other are looked at: MPEG-2, H.264, H.265.",
    limits: &[("From one key frame to the next", "at most 1 second")],
    steps: &[
        "Set the group of pictures to 12 or 15 frames in the export settings, or to I-frames only.",
        "Encode from the master rather than from this file, which has lost detail already.",
        "Deliver the new file.",
    ],
    overriding: Some(
        "Ask for it when this file is the only master there is, and say where it comes from.",
    ),
    related: &[E::IncorrectGopStructure, E::VideoBitRate],
};
