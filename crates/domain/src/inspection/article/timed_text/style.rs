//! Articles on how cues are written: how much, how fast, with which signs.

use crate::inspection::{Article, ErrorCode as E};

pub(in crate::inspection::article) const TOO_MANY_LINES: Article = Article {
    code: E::TextTooManyLines,
    meaning: "A cue has more than two lines. Either too much was written into it, or a line was broken once more than \
              it had to be.",
    why: "A third line covers more of the picture, often a face, and there is rarely time to read it. In a narrow \
          region it may not be shown at all.",
    measuring: "The lines of each cue are counted as they are written; empty ones at its beginning and end do not \
                count. A line that the player breaks because it is too wide is still one line. The finding shows the \
                cue with the most lines and names up to twenty others.",
    limits: &[("Lines of a cue", "at most 2")],
    steps: &[
        "Split the cue in two, where a sentence or a clause ends.",
        "Or shorten the words until they fit on two lines.",
        "In Subtitle Edit, Tools, Break/split long lines, does it for many cues at once; read what it has made. OOONA \
         has a limit for the lines of a subtitle in the project settings.",
    ],
    overriding: None,
    related: &[E::TextLineTooLong, E::TextReadingSpeed],
};

pub(in crate::inspection::article) const LINE_TOO_LONG: Article = Article {
    code: E::TextLineTooLong,
    meaning: "A line of a cue has more signs than fit on the screen comfortably in its language.",
    why: "The player breaks a line that is too long wherever it likes, which makes a third line, or sets it beyond the \
          edge of the safe area.",
    measuring: "The signs of each line are counted, spaces among them, but not those at its ends, and no tags. Accents \
                and vowel marks that stand above or below a letter do not count, nor do marks that show nothing. The \
                language is the one the document declares, else that of the request. The finding shows the cue with \
                the longest line.",
    limits: &[
        ("Most languages", "at most 42 signs in a line"),
        ("Thai", "at most 35"),
        ("Japanese", "at most 23"),
        ("Chinese, Korean", "at most 16"),
    ],
    steps: &[
        "Break the line after punctuation, or before a conjunction or preposition, into two of about the same length.",
        "If it has two lines already, shorten the words or split the cue.",
        "In Subtitle Edit, Fix common errors has “Break long lines”, and Netflix quality check finds them. EZTitles \
         finds them with Check Subtitles, Safe Area; OOONA has a maximum line length in the project settings.",
    ],
    overriding: None,
    related: &[E::TextTooManyLines, E::TextOverlappingRendered],
};

pub(in crate::inspection::article) const READING_SPEED: Article = Article {
    code: E::TextReadingSpeed,
    meaning: "A cue has more signs than most people can read in the time that it is on screen. It has too many words, \
              or too little time for them.",
    why: "Whoever tries to keep up misses either its end or the picture. Viewers rewind, or give up on subtitles.",
    measuring: "The signs of all lines of a cue, spaces among them, are divided by its length in seconds, and rounded \
                to the closest whole number: 17.4 passes where 17 is allowed. Marks above and below letters do not \
                count. The language is the one the document declares, else that of the request. The limits are those \
                for adults, as nothing in a request says that it is for children; forced narratives are measured like \
                subtitles. Cues without an end are not measured.",
    limits: &[
        ("Most languages", "17 signs a second, in SDH 20"),
        ("English", "20, in SDH 20"),
        ("Arabic", "20, in SDH 23"),
        ("Hindi", "22, in SDH 25"),
        ("Korean", "12, in SDH 14"),
        ("Chinese", "9, in SDH 11"),
        ("Japanese", "4, in SDH 7"),
    ],
    steps: &[
        "Let the cue stay longer, if there is room behind it.",
        "If there is none, shorten the words: leave out repetitions, names and fillers before meaning.",
        "Or move a part of the words to a neighbor that has time to spare.",
        "In Subtitle Edit, the column with characters per second and Netflix quality check show where; in EZTitles, \
         Check Subtitles, Above Reading Speed.",
    ],
    overriding: None,
    related: &[E::TextTooShort, E::TextLineTooLong, E::TextTooLong],
};

pub(in crate::inspection::article) const UNKNOWN_GLYPH: Article = Article {
    code: E::TextUnknownGlyph,
    meaning: "There is a sign in a cue that the typefaces of players may not have: an emoji, a control character, a \
              sign from an icon font, or the mark � that stands where another sign was lost.",
    why: "In its place, a box or a question mark appears, or nothing. Where a sign was lost in a conversion, others \
          usually were as well.",
    measuring: "Every sign is looked up in the groups below. Letters of all scripts, digits, punctuation, and the \
                music signs ♪ and ♫ pass. The finding shows the number of the first such sign, as U+1F600, and names \
                the cues.",
    limits: &[
        ("Control characters, the soft hyphen, line and paragraph separators", "none"),
        ("Lines and blocks, U+2500 to U+259F", "none"),
        ("Private signs, of icon fonts for example, and everything from U+E0000 on", "none"),
        ("Replacement mark � and its neighbors, U+FFF0 to U+FFFF; U+FDD0 to U+FDEF", "none"),
        ("Emoji and other pictures, U+1F000 to U+1FAFF", "none"),
    ],
    steps: &[
        "Search for the sign by its number: in Subtitle Edit with Find and a regular expression such as \\uFFFD. In \
         EZTitles, Check Subtitles has Non-printable characters.",
        "Replace it by words or punctuation. For music, use ♪.",
        "If it is �, go back to the file before the conversion and read it in its own encoding: what was lost cannot \
         be guessed.",
    ],
    overriding: None,
    related: &[E::TextEncoding, E::TextEmptyCue],
};

pub(in crate::inspection::article) const EMPTY_CUE: Article = Article {
    code: E::TextEmptyCue,
    meaning: "A cue has times but no words, or nothing but spaces. It may be left over from a template, or its words \
              were deleted and the cue was not.",
    why: "Nothing is seen of it, or an empty box where cues have a background. Often it marks a place where words were \
          to be written and never were.",
    measuring: "Every cue is looked at in which all lines are empty or blank. Cues that show an image in place of \
                words are not meant. The finding names the first and up to twenty others. In TTML, a <p> with nothing \
                in it is no cue and is passed over.",
    limits: &[("Words in a cue", "at least one")],
    steps: &[
        "Listen to the place: are words missing there?",
        "If so, write them. If not, delete the cue.",
        "In Subtitle Edit, Fix common errors with “Remove empty lines/unused line breaks” deletes all of them. Make \
         sure before that none should have had words.",
    ],
    overriding: None,
    related: &[E::TextNoCues, E::TextUnknownGlyph],
};

pub(in crate::inspection::article) const DIALOGUE_DASH: Article = Article {
    code: E::TextDialogueDash,
    meaning: "Two people speak in one cue, and the dashes before their lines are not those that readers of the \
              language are used to.",
    why: "The dash tells who speaks. It is read without thinking when it looks as always, and stops the reader when it \
          does not.",
    measuring: "The first two lines of a cue are looked at, where the second begins with a hyphen or a dash; which of \
                them is not checked. What counts is whether the first line has one too, and whether a space follows. A \
                cue in which only the first line, or no line, has a dash is no dialogue and passes. The language is \
                the one the document declares, else that of the request.",
    limits: &[
        (
            "Arabic, Brazilian Portuguese, Czech, French, Hungarian, Indonesian, Italian, Korean, Malay, Polish, \
             Romanian, Russian, Slovak, Spanish, Thai, Vietnamese",
            "a dash and a space before both lines",
        ),
        ("Dutch, Finnish, Hebrew, Serbian", "a dash without a space before the second line only"),
        ("Bulgarian", "a dash and a space before the second line only"),
        ("All others", "a dash without a space before both lines"),
    ],
    steps: &[
        "In Subtitle Edit, choose the dialog style under Options, Settings, General, and let Fix common errors apply \
         it.",
        "Or add and remove the dashes by hand in the cues named. In other tools, search and replace helps with the \
         space behind the dash.",
        "Go through the cues once more: a hyphen at the beginning of a line may have another meaning.",
    ],
    overriding: None,
    related: &[E::TextTooManyLines, E::TextOverlapping],
};

pub(in crate::inspection::article) const ITALICS: Article = Article {
    code: E::TextItalics,
    meaning: "A cue has words in italics, in a language whose script has none: Arabic, Chinese or Korean.",
    why: "Players make up slanted letters where a typeface has none. In these scripts they are hard to read, and \
          nobody takes them for emphasis.",
    measuring: "Every cue in which any of the words are in italics is named; oblique words count as italic ones. The \
                language is the one the document declares, else that of the request. In all other languages italics \
                pass.",
    limits: &[("Arabic, Chinese, Korean", "none"), ("All other languages", "allowed")],
    steps: &[
        "In Subtitle Edit, select all cues and choose Remove formatting, Remove italic, with a right click.",
        "In TTML, look for tts:fontStyle=\"italic\" in a text editor; it may stand in a style that many cues refer to. \
         In WebVTT and SubRip, take out <i> and </i>.",
        "If the italics marked a voice from off screen or a song, mark it as the style guide of the language says, for \
         example by quotation marks.",
    ],
    overriding: None,
    related: &[E::TextDialogueDash, E::TextUnknownGlyph],
};
