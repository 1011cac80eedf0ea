//! Articles on cues that are in each other's way.

use crate::inspection::{Article, ErrorCode as E};

pub(in crate::inspection::article) const OVERLAPPING: Article = Article {
    code: E::TextOverlapping,
    meaning: "A cue begins while another in the same region is still on screen. Most often the earlier one simply ends \
              too late.",
    why: "There is only one place for both. One player pushes the words up, another shows them over each other, and a \
          third drops one of the two cues.",
    measuring: "The times of all cues that stand in one region are compared; cues that name no region count as \
                standing in the same one. Any shared time is too much, but a cue may begin at the very moment the \
                other ends. Cues with the same begin and the same end are taken for the lines of one cue. A cue \
                without an end lasts until the program is over. The finding shows the longest overlap and names up to \
                twenty others. After 200,000 comparisons, which no ordinary document needs, the rest is not compared.",
    limits: &[("Time that two cues of one region share", "none")],
    steps: &[
        "In Subtitle Edit, run Tools, Fix common errors, with “Fix overlapping display times” checked.",
        "In any tool, end the earlier cue two frames before the later one begins.",
        "If two people speak at once, write both lines into one cue with dashes, or give both cues the same begin and \
         end.",
        "If both texts must be seen, such as a sign above and dialogue below, give each a region of its own: in \
         Subtitle Edit with a right click, Timed Text - set region. Deliver the new file.",
    ],
    overriding: None,
    related: &[E::TextOverlappingRendered, E::TextGap, E::TextDialogueDash],
};

pub(in crate::inspection::article) const OVERLAPPING_RENDERED: Article = Article {
    code: E::TextOverlappingRendered,
    meaning: "Two cues are on screen at the same time in two regions, and by their place and length the words of one \
              come to stand over those of the other.",
    why: "Words that stand over words cannot be read. It is often not seen in the subtitling tool, which shows one cue \
          at a time.",
    measuring: "For cues of different regions that share time, the portal estimates where the words come to stand, \
                without drawing them: a block is as high as its lines and as wide as its longest line, each sign half \
                as wide as it is high, inside its region. What two blocks have in common must not be more than 0.5 % \
                of the picture. Typefaces differ, so a device may show the words apart. Only cues whose region \
                declares its place and size in the document are compared, and nothing after 200,000 comparisons.",
    limits: &[("Area that the words of two cues share", "at most 0.5 % of the picture")],
    steps: &[
        "Look at the time named in the finding in a renderer such as imsc.js, with the picture behind it.",
        "If the words do cover each other, move one of the cues, for example to the top: in Subtitle Edit with a right \
         click, Timed Text - set region.",
        "If they need not be seen together, end the earlier cue before the later one begins.",
        "If the words stand apart, ask for an override.",
    ],
    overriding: Some(
        "Ask for it when you have looked at the places in a renderer such as imsc.js and the words can all be read. \
         Say which renderer it was and which times you looked at; a screenshot helps.",
    ),
    related: &[E::TextOverlapping, E::TextTooManyLines, E::TextLineTooLong],
};
