//! Articles on subtitles and captions.

use crate::inspection::{Article, ErrorCode as E};

pub(super) const NOT_WELL_FORMED: Article = Article {
    code: E::TimedTextNotWellFormed,
    meaning: "The document breaks a rule of its own format: a tag is not closed, a time cannot be read, a cue ends \
              before it begins, or there is no cue in it at all. Players differ in what they make of such a document, \
              so it is not guessed at.",
    measuring: "The portal's own readers go through the whole document and note the line of each fault; the first \
                twenty are shown and the rest counted. A document type declaration (DOCTYPE) is refused unread, as \
                it can be abused to read other files or to exhaust memory.",
    limits: &[
        ("Encoding", "UTF-8, or UTF-16 in TTML"),
        ("TTML", "well-formed XML whose root is <tt> in a TTML namespace, without DOCTYPE"),
        ("Times", "readable, the end after the beginning"),
        ("Cues", "at least one"),
    ],
    steps: &[
        "Go to the line named in the finding; the fault is there or just above it.",
        "Correct it in the tool that made the document and export again, rather than by hand: the next export would \
         bring the fault back.",
        "Take out a DOCTYPE line if there is one; nothing in timed text needs it.",
        "Deliver the new file.",
    ],
    overriding: None,
    related: &[E::TimeBaseConflict, E::FileUnreadable],
};

pub(super) const TIME_BASE_CONFLICT: Article = Article {
    code: E::TimeBaseConflict,
    meaning: "On the delivery page one timing reference was chosen and the file declares the other. SMPTE counts frame \
              labels as in the timecode track, MEDIA counts real time. Text that is played against the wrong one \
              drifts: at 23.976, by 3.6 seconds in an hour.",
    measuring: "The choice is compared with the ttp:timeBase attribute of the document. A TTML document without that \
                attribute counts as MEDIA, as the standard says; WebVTT and SubRip are always MEDIA. Where nothing \
                was chosen for a TTML document, SMPTE is taken to be meant.",
    limits: &[("Timing reference", "the same on the delivery page and in the file")],
    steps: &[
        "Look at the times in the document: 01:00:10:05 with frames is SMPTE, 00:00:10.208 with a fraction is MEDIA.",
        "If the file is right, deliver it again and choose its timing reference.",
        "If the file only lacks the attribute, set ttp:timeBase on its root element and deliver it again.",
        "If the times themselves are of the wrong kind, export again from the subtitling tool. Never convert them by \
         replacing text.",
    ],
    overriding: None,
    related: &[E::TimedTextNotWellFormed, E::LanguageMismatch],
};

pub(super) const LANGUAGE_MISMATCH: Article = Article {
    code: E::LanguageMismatch,
    meaning: "The document declares another language than the request asks for. Either the file belongs to the request \
              of another language, or its declaration was left over from a template.",
    measuring: "The xml:lang attribute of the document is compared with the language of the request. A tag that says \
                less is accepted: pt fits a request for pt-BR. A tag that says something else is not: pt-PT does not \
                fit pt-BR. Documents that declare no language are not compared, and the words themselves are not read.",
    limits: &[(
        "Declared language",
        "that of the request, or a shorter tag for the same language, or none",
    )],
    steps: &[
        "Open the document and read a few cues: which language is it really?",
        "If it is the wrong file, deliver it to the request of its own language and the right one here.",
        "If only the declaration is wrong, correct xml:lang on the root element and deliver again.",
    ],
    overriding: None,
    related: &[E::TimeBaseConflict, E::IncorrectAssetType],
};
