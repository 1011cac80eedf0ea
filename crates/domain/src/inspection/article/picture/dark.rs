//! Articles on black and on pictures that stand still.

use crate::inspection::{Article, ErrorCode as E};

pub(in super::super) const HEAD_TAIL_BLACK: Article = Article {
    code: E::HeadTailBlack,
    meaning: "A program begins and ends with a little black: at least one frame, at most a second. Here one of the two \
              ends has none, or more than that.",
    why: "Players and encoders need a clean first and last frame. Without black, the first frames of a scene are seen \
          as a flash; long black makes viewers believe that something is broken.",
    measuring: "Every frame is decoded and looked at on a copy of 480 × 270 pixels. A frame is black where 98 % of its \
                pixels are below 5 % of the range of levels (FFmpeg's blackdetect). Black frames are counted from the \
                first frame on, and back from the last.",
    limits: &[
        ("Black at the head", "1 frame to 1 second"),
        ("Black at the tail", "1 frame to 1 second"),
    ],
    steps: &[
        "Step through the first and the last second of the file, frame by frame.",
        "In the editor, set the in point one frame to one second before the first picture and the out point as long \
         after the last one. Leave out bars, slates and countdowns.",
        "Export again and deliver the new file.",
    ],
    overriding: Some(
        "Ask for it when the program itself begins or ends in the dark, or when the first frame is meant to be seen at \
         once, and say so with the timecode.",
    ),
    related: &[E::CommercialBlacks, E::SourceDuration],
};

pub(in super::super) const COMMERCIAL_BLACKS: Article = Article {
    code: E::CommercialBlacks,
    meaning: "There is black of more than two seconds inside the program. Most often commercials stood there in the \
              version for broadcast, and the gaps between the acts were left in.",
    why: "Nothing is broadcast in between any more, so viewers sit in front of a dark screen and reach for the \
          remote control. Subtitles and dubs are also timed to the version without gaps.",
    measuring: "Black frames are found on a copy of 480 × 270 pixels (98 % of the pixels below 5 % of the range). A \
                stretch counts when there is picture before and after it; sound plays no part.",
    limits: &[("Black inside the program", "at most 2 seconds")],
    steps: &[
        "Go to the timecodes that are named and look whether an act ends there.",
        "Shorten each gap in the editor to two seconds or less; mind the music that runs across it.",
        "Export the whole program again and deliver the new file.",
    ],
    overriding: Some(
        "Ask for it when the dark is part of the story, such as a scene that is only heard, and give the timecodes.",
    ),
    related: &[E::HeadTailBlack, E::FreezeDetected],
};

pub(in super::super) const FREEZE_DETECTED: Article = Article {
    code: E::FreezeDetected,
    meaning: "The same picture stands for more than five seconds. A render that ran out of material, a missing clip, \
              and a tape that stopped all look like this.",
    why: "A frozen picture with running sound is among the first things viewers complain about, and it usually \
          means that something else should have been seen.",
    measuring: "Each frame is compared with the first of the stretch on a copy of 480 × 270 pixels: a mean difference \
                below 0.05 % of the range is no motion (FFmpeg's freezedetect). Black is not counted as a freeze, and \
                grain is enough to be motion.",
    limits: &[("Picture without motion", "at most 5 seconds")],
    steps: &[
        "Look at the timecodes that are named, with sound.",
        "If the picture should move, find the clip in the editor, relink or render it anew, and export again.",
        "If it is a card or a still that is meant, shorten it or ask for an override.",
    ],
    overriding: Some(
        "Ask for it when the still is meant: a photograph, a card, the last picture of a scene. Give the timecodes and \
         say what stands there.",
    ),
    related: &[E::LowVarianceFile, E::CommercialBlacks],
};

pub(in super::super) const LOW_VARIANCE_FILE: Article = Article {
    code: E::LowVarianceFile,
    meaning: "From the beginning to the end hardly one frame differs from the one before. The file is a still \
              picture, a slate or black, in the length of a program.",
    why: "Such a file looks healthy by its headers and plays without an error, so nobody else notices until the \
          program is to be watched.",
    measuring: "Each frame that is not black is compared with the one before on a copy of 480 × 270 pixels. A mean \
                difference below 0.05 % of the range counts as none; the first frame after black is left out.",
    limits: &[("Frames that differ from the one before", "more than 5 %")],
    steps: &[
        "Play the file. If it shows what it should, ask for an override.",
        "Otherwise look for the timeline that was exported: an empty one, a disabled video track or media that is \
         offline give such files.",
        "Export the right timeline and deliver the new file.",
    ],
    overriding: Some(
        "Ask for it when the picture is meant to stand, such as a still behind a radio play.",
    ),
    related: &[E::FreezeDetected, E::IncorrectAssetType],
};
