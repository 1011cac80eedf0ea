//! Articles on the schema of TTML: what elements are called by, and which attributes there are.

use crate::inspection::{Article, ErrorCode as E};

pub(in crate::inspection::article) const ID_ATTRIBUTE: Article = Article {
    code: E::TextIdAttribute,
    meaning: "An element has an attribute called id. TTML has no such attribute: styles, regions and cues are named by \
              xml:id.",
    why: "A style or region that is named by id does not exist for a player. What refers to it falls back on default \
          looks and a default place.",
    measuring: "Every TTML element is checked for an attribute id without a prefix. All that are found make one \
                finding, with the lines of the first twenty. The rule is that of TTML2 (W3C), section 8.2.",
    limits: &[("Attributes called id", "none; xml:id in their place")],
    steps: &[
        "In a text editor, search for “ id=” with the space before it.",
        "Replace it by “ xml:id=”. The prefix xml needs no declaration.",
        "See that each name stands only once and is a proper name: see the two related codes.",
        "If the file is exported again and again, have the template of the tool corrected. Deliver the new file.",
    ],
    overriding: None,
    related: &[E::TextIdSyntax, E::TextIdDuplicate, E::TextUnknownAttribute],
};

pub(in crate::inspection::article) const ID_SYNTAX: Article = Article {
    code: E::TextIdSyntax,
    meaning: "The value of an xml:id is not a name. Most often it begins with a digit, as in xml:id=\"1\", or it has a \
              space in it.",
    why: "XML readers may refuse the whole document because of it, or leave the name out, so that no reference to it \
          works any more.",
    measuring: "Every xml:id in the document is compared with the pattern below, which is that of names in XML without \
                the colon (xml:id 1.0, W3C) as far as subtitles need it. All that do not fit make one finding, with \
                the lines of the first twenty.",
    limits: &[
        ("First sign", "a letter or an underscore; letters from A to Z are the safest"),
        ("Other signs", "letters, digits, underscores, points, hyphens"),
    ],
    steps: &[
        "Go to the lines named in the finding.",
        "Put a letter before names that begin with a digit: “c1” in place of “1”. Replace spaces by underscores.",
        "Change every reference in the same way: the values of region and style attributes that use the old name.",
        "If your tool numbers cues by itself, look for a prefix in its export settings. Deliver the new file.",
    ],
    overriding: None,
    related: &[E::TextIdDuplicate, E::TextIdAttribute],
};

pub(in crate::inspection::article) const ID_DUPLICATE: Article = Article {
    code: E::TextIdDuplicate,
    meaning: "Two elements of the document have the same xml:id. That happens when documents are joined, or when a cue \
              or region is copied together with its name.",
    why: "A name that stands for two things stands for neither. One player takes the first region of that name, \
          another the last, and cues end up in different places.",
    measuring: "The xml:id of every element in the document is noted, whatever kind of element it is, and must not \
                come again. Capital and small letters are different. The rule is that of xml:id 1.0 (W3C).",
    limits: &[("Each xml:id", "once in the document")],
    steps: &[
        "Search for the name in a text editor, and see which elements bear it.",
        "If they are the same thing twice, such as a region defined twice, delete one of them.",
        "If they are different things, rename one of them, and all region and style attributes that mean it.",
        "If two documents were joined, do it again in the subtitling tool: in Subtitle Edit with Tools, Join \
         subtitles. Deliver the new file.",
    ],
    overriding: None,
    related: &[E::TextIdSyntax, E::TextIdAttribute],
};

pub(in crate::inspection::article) const UNKNOWN_ATTRIBUTE: Article = Article {
    code: E::TextUnknownAttribute,
    meaning: "An element has an attribute that is not part of TTML. It may be misspelled, lack its prefix, as color in \
              place of tts:color, or be a private mark that a tool has left behind, such as ccrow and ccol.",
    why: "What an unknown attribute was meant to do is not done: the color, the place or the time is lost without a \
          word. Strict readers refuse the document.",
    measuring: "The attributes of every TTML element are compared with those that TTML and its profiles know, letter \
                by letter: textalign is not textAlign. Attributes of namespaces that are not TTML's pass, as players \
                pass over them. All that are found make one finding, with the lines of the first twenty.",
    limits: &[("Attributes", "those of TTML and its profiles")],
    steps: &[
        "Go to the lines named in the finding, and see what the attribute was meant to do.",
        "If it is a known attribute without its prefix, add the prefix: tts for looks, ttp for parameters, ttm for \
         descriptions.",
        "If it is a private mark of a tool, take it out by searching and replacing in a text editor. Cues do not \
         change by that.",
        "Better still, export again with a plain TTML or IMSC preset: private marks belong in the project file. \
         Deliver the new file.",
    ],
    overriding: None,
    related: &[E::TextIdAttribute, E::TextNamespace],
};
