//! Articles on pixels, color, bits, captions, timecode, bars and levels.

use crate::inspection::{Article, ErrorCode as E};

pub(in super::super) const ASPECT_RATIO: Article = Article {
    code: E::AspectRatio,
    meaning: "The file says that its pixels are wider or narrower than high: 1,440 columns that are to be shown as \
              1,920, for example. Masters have square pixels.",
    why: "Not every tool further on reads the note, so the picture ends up stretched in some versions and not in \
          others. What was squeezed has also lost detail.",
    measuring: "The aspect of a pixel is read from the header of the track and compared as an exact fraction. A file \
                that says nothing is taken to have square pixels.",
    limits: &[("Pixel aspect", "1:1")],
    steps: &[
        "Compare picture size and display aspect under Technical Metadata with the master.",
        "If the picture looks right with square pixels, only the note is wrong: wrap the file again without it.",
        "Otherwise export again in full width, for example 1,920 × 1,080, with square pixels.",
    ],
    overriding: Some(
        "Ask for it when the program was recorded in this form, such as HDCAM, and no other master exists.",
    ),
    related: &[E::VideoSpecMismatch, E::ActivePicture],
};

pub(in super::super) const CHROMA_OR_DEPTH: Article = Article {
    code: E::ChromaOrDepth,
    meaning: "The picture has fewer color samples or fewer bits per sample than a master should have. Copies for \
              streaming are 4:2:0 with 8 bits; masters are 4:2:2 or better.",
    why: "What was left out cannot be put back. Fades and skies show steps, and titles have colored edges after the \
          next encoding.",
    measuring: "Sampling and depth are read from the header of the track. Depth is asked for by codec, as MPEG-2 has \
                never more than 8 bits.",
    limits: &[
        ("Sampling of a master", "4:2:2, 4:4:4 or RGB"),
        ("Depth, ProRes and JPEG 2000", "at least 10 bits"),
        ("Depth, DNxHD/DNxHR and MPEG-2", "at least 8 bits"),
    ],
    steps: &[
        "Find out whether this is the master or a copy of it. If it is a copy, deliver the master.",
        "Export with a codec and profile that keep 4:2:2 and 10 bits, such as ProRes 422 HQ or DNxHR HQX.",
        "Do not convert this file to more bits: the number changes, the picture does not.",
    ],
    overriding: Some(
        "Ask for it when the program was recorded like this and nothing better exists.",
    ),
    related: &[E::VideoSpecMismatch, E::ColorMismatch],
};

pub(in super::super) const COLOR_MISMATCH: Article = Article {
    code: E::ColorMismatch,
    meaning: "The file does not say which colors its numbers stand for, or says a combination that no specification \
              has. The picture itself may be right.",
    why: "Players that are told nothing guess, by size or by habit, and each guesses something else: skin is too red \
          on one and too green on the next. HDR shown as SDR is gray.",
    measuring: "Primaries, transfer, matrix and range are read from the headers of the track as they stand. The \
                picture is not looked at, so a wrong note that belongs together is not noticed.",
    limits: &[
        ("HD and SDR", "BT.709 for all three, legal range"),
        ("HDR", "BT.2020 with PQ or HLG, or P3 D65 with PQ, legal range"),
        ("RGB", "the same primaries and transfers, any range"),
    ],
    steps: &[
        "Look up the color space of the project in which the master was graded.",
        "Export again with color tags switched on, or write them into the file without encoding, which most editors \
         and tools for wrapping can do.",
        "Check the rows Color and Range under Technical Metadata on the next transfer.",
    ],
    overriding: None,
    related: &[E::LevelsOutOfRange, E::ChromaOrDepth],
};

pub(in super::super) const BIT_RATE: Article = Article {
    code: E::VideoBitRate,
    meaning: "The picture has less than half a bit for each of its pixels. Copies for viewing are made like this; a \
              master in MPEG-2 or H.264 normally has several times as much.",
    why: "Every later version is encoded once more, and noise, water and quick motion already look soft or blocky \
          in a file like this.",
    measuring: "The bit rate of the track, as its header states it, is divided by pixels per second. Only codecs whose \
                rate is chosen are looked at: MPEG-2, H.264, H.265, MPEG-4. Others follow from their quality.",
    limits: &[("Bits per pixel", "at least 0.5, which is 26 Mb/s in HD at 25 frames per second")],
    steps: &[
        "Find out whether this is a viewing copy. If so, deliver the master.",
        "Otherwise raise the bit rate in the export settings; 50 to 80 Mb/s are usual for HD in MPEG-2.",
    ],
    overriding: None,
    related: &[E::ChromaOrDepth, E::KeyFrameGopTooLong],
};

pub(in super::super) const CAPTIONS_PRESENT: Article = Article {
    code: E::CaptionsPresent,
    meaning: "Closed captions for broadcast (CEA-608 or 708) travel inside the picture track. They are not seen in \
              most players, but they are there.",
    why: "Captions come from files of their own here. The old ones may be shown on top of them on some devices, in \
          one language and with the timing of another version.",
    measuring: "Every frame is decoded, and those are counted that carry captions by ATSC A/53 in their user data \
                (MPEG-2) or SEI messages (H.264). Caption tracks beside the picture are not looked at.",
    limits: &[("Captions in the picture", "none")],
    steps: &[
        "Switch off captions, line 21 and ancillary data in the export settings.",
        "To take them out without encoding, filter the SEI messages (H.264) or user data (MPEG-2) while wrapping again.",
        "If the captions are wanted, deliver them as SCC or TTML with a request of their own.",
    ],
    overriding: None,
    related: &[E::VideoSpecMismatch, E::TextOutOfBounds],
};

pub(in super::super) const START_TIMECODE: Article = Article {
    code: E::StartTimecode,
    meaning: "The first frame has no timecode, or one that does not exist at its frame rate: drop-frame at 25, or a \
              frame 27 in a second of 25.",
    why: "People who report faults, and subtitles in SMPTE time, count from this label. Where it is missing, everybody \
          counts from another place.",
    measuring: "The label is read from the timecode track or the header of the container and read at the frame rate of \
                the picture. It is only called missing in QuickTime files; transport streams keep theirs where it is \
                not looked for, and MXF files without one have zeros.",
    limits: &[("Timecode of the first frame", "there, and a label of the frame rate")],
    steps: &[
        "Set the start timecode of the sequence in the editor, 01:00:00:00 by habit, and export it with the file.",
        "At 29.97 and 59.94 choose drop-frame or non-drop as the subtitles do; at all other rates there is no \
         drop-frame.",
    ],
    overriding: None,
    related: &[E::TimeBaseConflict, E::VideoSpecMismatch],
};

pub(in super::super) const ACTIVE_PICTURE: Article = Article {
    code: E::ActivePicture,
    meaning: "There are black bars above and below the picture, at its sides, or around it. For a wide film in a frame \
              of 16:9 this is as it should be.",
    why: "Those who check quality, and those who place subtitles, want to know where the picture ends. Bars \
          on all four sides mean that it was scaled down once too often.",
    measuring: "On one frame a second, the rows and columns at the edges that are darker than 24 of 255 are taken \
                off (FFmpeg's cropdetect). The size that most frames agree on counts; black frames are left out.",
    limits: &[("Rows and columns inside black bars", "at least 98 % of the picture")],
    steps: &[
        "Compare the size that was found with the aspect of the program.",
        "If there are bars on all sides, look for a version that fills the frame in one direction and deliver that.",
    ],
    overriding: None,
    related: &[E::AspectRatio, E::VideoSpecMismatch],
};

pub(in super::super) const LEVELS_OUT_OF_RANGE: Article = Article {
    code: E::LevelsOutOfRange,
    meaning: "Parts of the picture are darker than black or brighter than white, by more than the overshoot that \
              filters leave at sharp edges.",
    why: "Screens cut such levels off, so clouds lose their structure and dark scenes their depth. Often the whole \
          picture was taken for full range and is shown too contrasty.",
    measuring: "Every fifth frame is looked at on a copy of 480 × 270 pixels in 8 bits. A frame counts when a pixel is \
                beyond 5 or 246 (−5 % and 105 %, EBU R 103) and more than 1 % of all pixels are outside 16 to 235 in \
                brightness or 16 to 240 in color. Single pixels are averaged away by the smaller copy.",
    limits: &[("Levels", "5 to 246 in 8 bits, in all but 1 % of the pixels")],
    steps: &[
        "Look at the named timecodes with a waveform monitor.",
        "If all of the file is concerned, full range was exported as legal range: correct the range setting and \
         export again.",
        "If only single shots are, use a legalizer in the grade.",
    ],
    overriding: None,
    related: &[E::ColorMismatch, E::VideoSpecMismatch],
};
