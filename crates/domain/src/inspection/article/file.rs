//! Articles on files that could not be taken in at all.

use crate::inspection::{Article, ErrorCode as E};

pub(super) const EMPTY: Article = Article {
    code: E::FileEmpty,
    meaning: "The file that arrived has no content: its size is zero bytes. Nothing can be inspected in it, so \
              nothing else is reported about it.",
    why: "Nothing can be checked, translated or played from an empty file, and an export that failed in silence \
          may have failed for other files of the same batch too.",
    measuring: "The size is counted while the bytes arrive, independently of what the browser announced. Zero is \
                reported before any other inspection starts.",
    limits: &[("File size", "more than 0 bytes")],
    steps: &[
        "Look at the file's size on your own storage. Zero there too means that the export or the copy has failed.",
        "Export or copy the file again and open it once in a player or an editor.",
        "Deliver the new file to the same request.",
    ],
    overriding: None,
    related: &[E::FileUnreadable, E::FileCorrupt],
};

pub(super) const CORRUPT: Article = Article {
    code: E::FileCorrupt,
    meaning: "The digest of the stored file is not the digest of the file on your computer. At least one byte changed \
              on its way, or the file was still being written while it was sent.",
    why: "A single wrong byte can show as a torn picture or a click, often only minutes into the program. \
          What is stored has to be exactly what you sent, or nobody can answer for it later.",
    measuring: "Your browser and the portal each compute a digest over the whole file; the stored file is read once \
                more before inspection. The finding shows both digests in full.",
    limits: &[("Digest of the stored file", "equal to the digest of the file that was sent")],
    steps: &[
        "Make sure that no render, copy or synchronization is still writing to the file.",
        "Deliver the same file again. One repetition nearly always suffices.",
        "If it happens twice, copy the file to a local disk and deliver it from there: storage and network drives are \
         the usual cause.",
    ],
    overriding: None,
    related: &[E::FileUnreadable, E::FileEmpty],
};

pub(super) const UNREADABLE: Article = Article {
    code: E::FileUnreadable,
    meaning: "The file has content, but not in a form that the portal can read: it is cut short, its header is \
              damaged, or it is of a format that is not accepted here. A changed extension does not help, as the \
              portal goes by content alone.",
    why: "A file that cannot be opened here cannot be opened by those who work with it next. It is better to \
          learn that now than on the day it is needed.",
    measuring: "The first bytes decide what kind of file it is, whatever its name says. Picture and sound are then \
                opened by ffprobe, timed text by the portal's own readers. The finding quotes what they objected to.",
    limits: &[
        ("Video", "QuickTime/MP4, MXF, MPEG-2 transport or program stream"),
        ("Audio", "WAV/BWF (also RF64), AIFF, AC-3, E-AC-3"),
        ("Timed text", "TTML, IMSC, DFXP, WebVTT, SubRip"),
        ("Image", "PNG, JPEG, or several in a ZIP archive"),
    ],
    steps: &[
        "Open the file on your side. If it does not play to the end there either, export it again.",
        "“Cut short” and “moov atom not found” mean that the file was copied before it was finished: wait for \
         the export to end.",
        "If the format is not in the table, convert the file to one that is. Renaming is not enough.",
        "Deliver the new file.",
    ],
    overriding: None,
    related: &[E::IncorrectAssetType, E::FileCorrupt, E::FileTooCostly],
};

pub(super) const TOO_COSTLY: Article = Article {
    code: E::FileTooCostly,
    meaning: "Reading the file used up the time, the memory or the output that one file may use, and the reading was \
              stopped. Real programs stay far below these limits, however long they are; a damaged or wrongly made \
              file can go beyond.",
    why: "One file must not hold up those of everybody else. A file that is this hard to read is hard to read \
          for players and editors as well.",
    measuring: "Every file is read by a separate program under fixed limits, with no network. When one of them is \
                reached, the program is ended and the finding names the limit.",
    limits: &[
        ("Time", "60 seconds, of which 30 seconds of computing"),
        ("Time to listen to sound", "the same, and a quarter of its length"),
        ("Memory", "2 GiB"),
        ("Description of the file", "4 MiB"),
        ("Timed text document", "16 MiB, 250,000 elements, 128 levels"),
    ],
    steps: &[
        "Check the picture size, the number of tracks and the length that your own tools show for the file.",
        "Wrap or export it again, preferably with the tool that made the master.",
        "Deliver the new file. If a file that is in order everywhere else fails twice, write to the platform and name \
         this request.",
    ],
    overriding: None,
    related: &[E::FileUnreadable],
};
