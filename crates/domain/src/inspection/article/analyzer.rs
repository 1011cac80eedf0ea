//! Articles on files of another kind than the request asks for.

use crate::inspection::{Article, ErrorCode as E};

pub(super) const INCORRECT_ASSET_TYPE: Article = Article {
    code: E::IncorrectAssetType,
    meaning: "The request asks for one kind of file and another kind was delivered: a WAV file for a video request, a \
              picture for a subtitle request. Most often two rows were swapped on the delivery page.",
    why: "Everything that follows is made for one kind of file: checks, quality control, the people it is \
          assigned to. The wrong kind would be of no use to any of them.",
    measuring: "The kind follows from the content: a picture track makes a video file, sound without a picture an \
                audio file, and so on. Name and extension play no part, and cover art inside audio files is ignored.",
    limits: &[
        ("Video requests", "a file with a picture track"),
        ("Audio requests", "a file with sound and no picture track"),
        ("Timed text requests", "TTML, IMSC, DFXP, WebVTT, SubRip, EBU STL or Scenarist SCC"),
        ("Image requests", "PNG or JPEG, or a ZIP archive of several"),
        ("Script and list requests", "PDF, office document, JSON, XML or plain text"),
        ("IMF requests", "MXF track files, and lists in XML"),
    ],
    steps: &[
        "Compare the file name on the transfer card with the source type and the language of the request.",
        "If files were swapped, deliver each of them to its own request. The wrong transfer is superseded by the new \
         one.",
        "If the sound of a dub was exported with its picture, export the sound alone.",
    ],
    overriding: None,
    related: &[E::FileUnreadable, E::NoStreamsFound],
};

pub(super) const NO_STREAMS_FOUND: Article = Article {
    code: E::NoStreamsFound,
    meaning: "The container opens, but there is neither a picture nor a sound track in it. Files that hold only \
              timecode or data tracks look like this, and exports in which every track was switched off.",
    why: "There is nothing to see or to hear in such a file, so it cannot stand in for the source that was \
          asked for. Usually the real one is still with you.",
    measuring: "ffprobe lists the tracks of the container. Timecode, data and cover art are not counted; none may be \
                left over that are.",
    limits: &[("Picture and sound tracks", "at least one")],
    steps: &[
        "Open the file in an editor and look at its tracks.",
        "Export it again with the picture and sound tracks switched on.",
        "Deliver the new file.",
    ],
    overriding: Some(
        "Ask for it only when your own tools do show tracks in the very file you sent, and say which tool and which \
         tracks. The platform then looks at the file itself.",
    ),
    related: &[E::IncorrectAssetType, E::FileUnreadable],
};
