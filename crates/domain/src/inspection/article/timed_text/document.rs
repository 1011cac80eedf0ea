//! Articles on the document as such: its format, its bytes, its root, and whether anything is in it.

use crate::inspection::{Article, ErrorCode as E};

pub(in crate::inspection::article) const NOT_WELL_FORMED: Article = Article {
    code: E::TimedTextNotWellFormed,
    meaning: "The document breaks a rule of its own format: a tag is not closed, a time cannot be read, words stand \
              where times should be. What can be read is then not what was meant, so it is not guessed at.",
    why: "Players differ in what they make of a broken document. Some show all of it, some stop at the fault, and \
          some show nothing, and nobody notices before a viewer does.",
    measuring: "The portal's own readers go through the whole document and note the line of each fault; the first \
                twenty are shown and the rest counted. A document type declaration (DOCTYPE) is refused unread, as it \
                can be abused to read other files or to exhaust memory.",
    limits: &[
        ("TTML", "well-formed XML without DOCTYPE"),
        ("WebVTT", "WEBVTT in the first line"),
        ("SubRip", "times before the words of each cue, and only a number before the times"),
        (
            "EBU STL",
            "STL25.01, STL30.01 or STL24.01, as many blocks as the first one announces (EBU Tech 3264)",
        ),
        (
            "Scenarist SCC",
            "Scenarist_SCC V1.0 in the first line, then lines of a timecode and pairs of bytes",
        ),
        ("Times", "every one readable"),
    ],
    steps: &[
        "Go to the line named in the finding; the fault is there or just above it.",
        "Correct it in the tool that made the document and export again, rather than by hand: the next export would \
         bring the fault back.",
        "Take out a DOCTYPE line if there is one; nothing in timed text needs it.",
        "Deliver the new file.",
    ],
    overriding: None,
    related: &[E::TextEncoding, E::TextNamespace, E::TextDurationNotPositive, E::FileUnreadable],
};

pub(in crate::inspection::article) const ENCODING: Article = Article {
    code: E::TextEncoding,
    meaning: "There are bytes in the document that are no characters of the encoding it is read in, or the document \
              declares an encoding that is not accepted. Older tools still save in the code page of the computer, \
              such as Windows-1252 or Shift JIS.",
    why: "Read in the wrong encoding, accents and whole scripts turn into other signs. The words look right on the \
          computer that wrote them and wrong on every other.",
    measuring: "A document that begins like UTF-16 is read as UTF-16, every other as UTF-8, with or without a byte \
                order mark. The finding names the first line with bytes that do not fit, where lines can be told. In \
                TTML, the encoding in the first line (<?xml … encoding=…?>) must not name anything else; US-ASCII \
                passes, as it is a part of UTF-8.",
    limits: &[
        ("TTML", "UTF-8 or UTF-16; UTF-8 is what IMSC 1.1 (W3C) asks for"),
        ("WebVTT", "UTF-8, as its standard (W3C) demands"),
        ("SubRip", "UTF-8"),
        ("EBU STL", "character code tables 00 to 04 (EBU Tech 3264)"),
    ],
    steps: &[
        "In Subtitle Edit, open the file, check that all signs look right, choose UTF-8 under Encoding in the toolbar, \
         and save.",
        "In Aegisub, export the subtitles and choose UTF-8 as the text encoding. In EZTitles and OOONA, choose UTF-8 \
         where the export offers a choice.",
        "In a text editor, reopen the file in the encoding it was written in, then save it as UTF-8. In TTML, change \
         the encoding in the first line to UTF-8 too.",
        "Look at a few accented letters in the new file and deliver it.",
    ],
    overriding: None,
    related: &[E::TimedTextNotWellFormed, E::TextUnknownGlyph],
};

pub(in crate::inspection::article) const NAMESPACE: Article = Article {
    code: E::TextNamespace,
    meaning: "The first element of the document is not the <tt> element of TTML. Either it has another name, or its \
              xmlns attribute is missing or names something other than TTML.",
    why: "To a player, the namespace is what makes a document TTML. With another one, no element in it is known, and \
          not a word is shown.",
    measuring: "Name and namespace of the root element are compared with those of TTML, letter by letter. The \
                namespaces of the drafts from 2004 and 2006, in which DFXP files are written, are known as well.",
    limits: &[
        ("Root element", "<tt>"),
        ("Namespace of TTML", "http://www.w3.org/ns/ttml"),
        (
            "Namespaces of DFXP",
            "http://www.w3.org/2006/10/ttaf1, http://www.w3.org/2006/04/ttaf1, http://www.w3.org/2004/11/ttaf1",
        ),
    ],
    steps: &[
        "Open the document in a text editor and look at its first element. If it is not <tt>, it is another kind of \
         XML: export it as TTML or IMSC.",
        "If it is <tt>, correct its xmlns attribute to xmlns=\"http://www.w3.org/ns/ttml\".",
        "Make sure that the namespaces of ttp, tts and ttm belong to the same version: they begin with the same \
         address and end in #parameter, #styling and #metadata.",
        "Deliver the new file.",
    ],
    overriding: None,
    related: &[E::TimedTextNotWellFormed, E::TextUnknownAttribute, E::IncorrectAssetType],
};

pub(in crate::inspection::article) const NO_CUES: Article = Article {
    code: E::TextNoCues,
    meaning: "The document can be read to its end, and there is not a single cue in it. Templates look like this, and \
              exports that were made of an empty track or with the wrong range.",
    why: "A viewer who turns such subtitles on sees nothing, and takes them for broken. It is also hard to tell from a \
          file that was lost on the way.",
    measuring: "Cues are counted: in TTML the <p> elements inside <body> that have words or an image, in WebVTT and \
                SubRip the lines with times. Where a fault of the format was found, that is reported and this is not, \
                as the fault may be the reason.",
    limits: &[("Cues", "at least one")],
    steps: &[
        "Open the project in your subtitling tool and see whether there are cues on the track that you exported.",
        "Export again with the whole program as the range and the right track or language selected.",
        "Open the new file in a text editor: there must be words in it. Then deliver it.",
        "If there is truly nothing to show, as can be with forced narratives, deliver nothing and say so in a comment \
         on the request.",
    ],
    overriding: None,
    related: &[E::TextEmptyCue, E::TimedTextNotWellFormed, E::FileEmpty],
};
