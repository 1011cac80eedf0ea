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
    meaning: "The file has content, but not in a form that the portal can read: its header is damaged, or it is of a \
              format that is not accepted here. A changed extension does not help, as the portal goes by content \
              alone.",
    why: "A file that cannot be opened here cannot be opened by those who work with it next. It is better to \
          learn that now than on the day it is needed.",
    measuring: "The first bytes decide what kind of file it is, whatever its name says. Picture and sound are then \
                opened by ffprobe, timed text by the portal's own readers. The finding quotes what they objected to.",
    limits: &[
        ("Video", "QuickTime/MP4, MXF, MPEG-2 transport or program stream"),
        ("Audio", "WAV/BWF (also RF64), AIFF, AC-3, E-AC-3"),
        ("Timed text", "TTML, IMSC, DFXP, WebVTT, SubRip, EBU STL, Scenarist SCC"),
        ("Image", "PNG, JPEG, or several in a ZIP archive"),
        ("IMF package", "MXF track files, and lists in XML"),
    ],
    steps: &[
        "Open the file on your side. If it does not play to the end there either, export it again.",
        "“The list of its contents is not there” and “moov atom not found” mean that the file was copied before it was finished: wait for \
         the export to end.",
        "If the format is not in the table, convert the file to one that is. Renaming is not enough.",
        "Deliver the new file.",
    ],
    overriding: None,
    related: &[E::IncorrectAssetType, E::FileCorrupt, E::FileTooCostly],
};

pub(super) const TRUNCATED: Article = Article {
    code: E::FileTruncated,
    meaning: "The header of the file says how long the file is, and fewer bytes than that have arrived: the end is \
              missing. Nothing else is reported, as everything else would follow from it.",
    why: "Players open such a file and stop somewhere before its end, often so late that nobody who only looks at the \
          beginning notices.",
    measuring: "QuickTime, MP4, WAVE and RF64 files are made of parts that each say how long they are. The parts are \
                followed from the first to the last; none of them may end behind the end of the file. A header that \
                leaves the length open, as recorders write it, is no error.",
    limits: &[(
        "Size",
        "at least as many bytes as the header announces; one byte of padding may be missing",
    )],
    steps: &[
        "Compare the size of the file on your own storage with the one that is named here. If they are the same, the \
         copy on your side is cut short too: copy or export it again.",
        "Wait until the export has ended before you deliver. With watch folders, let the file come to rest first.",
        "If the file is whole on your side, deliver it again; the digest then shows whether it has arrived whole.",
    ],
    overriding: None,
    related: &[E::FileUnreadable, E::FileCorrupt, E::FileEmpty],
};

pub(super) const UNSAFE: Article = Article {
    code: E::FileUnsafe,
    meaning: "Opening the file as it is could do harm: an archive with links or with paths that lead out of its \
              folder, an archive that grows without end when it is unpacked, or an XML document that declares \
              entities. It was not unpacked and not looked into any further.",
    why: "Such things are how files break into the systems that open them. They also happen by accident, with \
          archives that were made of a whole disk, and are as harmful then.",
    measuring: "The list at the end of a ZIP archive is read before anything is unpacked: types, paths, sizes and \
                number of its entries. The beginning of XML documents is searched for declarations of entities. \
                Nothing is written to a disk for it.",
    limits: &[
        ("Links and devices in archives", "none"),
        ("Paths in archives", "relative, without “..”"),
        (
            "Growth of archives",
            "200 times, as long as it is more than 1 GiB; entries apart from each other",
        ),
        ("Files in an archive", "100,000"),
        ("Entities of XML documents", "none declared"),
    ],
    steps: &[
        "Pack the archive again, of the files themselves: on macOS and Linux, zip -r follows links by itself; \
         leave out -y.",
        "Pack from inside the folder, so that the paths begin there.",
        "Take the document type declaration (DOCTYPE) with its entities out of XML documents, and write the signs \
         themselves.",
        "Deliver the new file.",
    ],
    overriding: None,
    related: &[E::FileTooCostly, E::TimedTextNotWellFormed, E::ImagePixelBomb],
};

pub(super) const EXTENSION_MISMATCH: Article = Article {
    code: E::ExtensionMismatch,
    meaning: "The name of the file ends as another kind of file does. The portal goes by content and has inspected \
              what is really there; the name is kept as it is.",
    why: "Editing systems and players go by the ending more often than one would think. A file with the wrong one is \
          not imported, or opened with the wrong program.",
    measuring: "The ending of the name, without regard to case, is compared with what the content was found to be. \
                Endings that promise nothing, such as .txt or .final, are left alone, and so are those that are \
                used for several kinds, such as .mpg.",
    limits: &[
        ("QuickTime and MP4", ".mov, .qt, .mp4, .m4v, .m4a"),
        ("MPEG-2", ".ts, .m2ts, .mts for transport streams; .mpg, .mpeg for both kinds"),
        ("Sound", ".wav, .bwf; .aif, .aiff; .ac3, .ec3, .eac3"),
        ("Timed text", ".ttml, .dfxp, .itt, .xml; .vtt; .srt; .stl; .scc"),
        ("Others", ".mxf; .png; .jpg, .jpeg; .pdf; .docx, .xlsx, .pptx; .json; .xml; .zip"),
    ],
    steps: &[
        "Look at the content that is named. If it is the one you meant, rename the file for the next delivery.",
        "If it is not, you may have picked a neighboring file: deliver the right one.",
    ],
    overriding: None,
    related: &[E::IncorrectAssetType, E::FileUnreadable],
};

pub(super) const DUPLICATE: Article = Article {
    code: E::FileDuplicate,
    meaning: "A file with exactly these bytes was delivered for this request before. Whatever was found in it then is \
              still in it now.",
    why: "Nearly always the old export was picked instead of the new one, and the correction that everybody waits \
          for is still on your disk.",
    measuring: "The SHA-256 digest of the file, computed while it arrived, is compared with those of all earlier \
                deliveries of the request, whatever became of them. Two different files never have the same.",
    limits: &[("SHA-256", "unlike that of every earlier delivery of the request")],
    steps: &[
        "Compare the date of the file with that of your last export.",
        "If you meant to deliver a corrected version, deliver that one.",
        "If nothing was to be corrected in the file itself, as after a wrong entry in the form, all is well.",
    ],
    overriding: None,
    related: &[E::FileCorrupt, E::SourceDuration],
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
