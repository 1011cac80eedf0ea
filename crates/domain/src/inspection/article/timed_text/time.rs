//! Articles on when cues are on screen.

use crate::inspection::{Article, ErrorCode as E};

pub(in crate::inspection::article) const DURATION_NOT_POSITIVE: Article = Article {
    code: E::TextDurationNotPositive,
    meaning: "A cue ends before it begins, or at the same moment. Its two times may have been swapped, or one of them \
              was mistyped or rounded away.",
    why: "Such a cue is never shown, so its words are missing. Some players stop reading there, and all cues behind it \
          are missing too.",
    measuring: "The end of each cue must come after its beginning, if only by the smallest step of the format. In TTML \
                this holds for every element with times, be it <body>, <div>, <p> or <span>; a dur of zero counts as \
                well. The finding names the first place with both times, and the lines of others.",
    limits: &[("Length of a cue", "more than 0")],
    steps: &[
        "Go to the line named in the finding and compare both times with the cues around it.",
        "In Subtitle Edit, run Tools, Fix common errors, with “Fix overlapping display times” and “Fix short display \
         times” checked, and look at what it proposes. In EZTitles, Check Subtitles lists such cues under Inconsistent \
         cues.",
        "If the whole file is like this, the export has gone wrong: begin and end, or frames and milliseconds, were \
         exchanged. Export it again.",
        "Deliver the new file.",
    ],
    overriding: None,
    related: &[E::TextTooShort, E::TimedTextNotWellFormed, E::TextOrder],
};

pub(in crate::inspection::article) const OUT_OF_BOUNDS: Article = Article {
    code: E::TextOutOfBounds,
    meaning: "A cue begins before the program does, or it begins or ends after the program is over. Most often all \
              cues are shifted, because the file counts from 00:00:00:00 and the picture from 01:00:00:00, or the \
              file belongs to another cut.",
    why: "A cue outside the program is never seen. And where one is outside, the others are usually at the wrong time \
          as well.",
    measuring: "Begin and end of each cue are compared with the primary picture of the title, once it has been \
                delivered. For SMPTE, the program begins at the timecode of its first frame, for MEDIA at 0; it ends \
                after the length of the picture. The end of a cue may lie up to 50 milliseconds behind, as lengths \
                are rounded. For a cue without an end only its beginning is checked, and documents that count the time \
                of day (CLOCK) are not checked.",
    limits: &[
        ("Begin of a cue", "not before the first frame, and before the end of the program"),
        ("End of a cue", "at most 50 ms after the end of the program"),
    ],
    steps: &[
        "Compare the times in the finding: a difference of a whole hour is a wrong starting timecode.",
        "Shift all cues by the difference: in Subtitle Edit with Synchronization, Adjust all times; in Aegisub with \
         Timing, Shift Times; EZTitles and OOONA can shift a whole project too.",
        "If only the last cue is too long, end it with the program.",
        "If cues are far outside, compare the cut: you may have worked to another version of the picture. Deliver the \
         new file.",
    ],
    overriding: None,
    related: &[E::TimeBaseConflict, E::TextFrameRateConflict, E::SourceDuration],
};

pub(in crate::inspection::article) const TOO_SHORT: Article = Article {
    code: E::TextTooShort,
    meaning: "A cue is on screen for less than five sixths of a second. Often it stands alone between two others, or \
              its end was pulled back to make room for the next.",
    why: "The eye needs time to leave the picture and find the text. Below this length a cue is only a flicker, \
          however short its words are.",
    measuring: "The length of each cue that has an end is compared with the limit; up to half a millisecond is put \
                down to rounding. The finding shows the shortest cue and names up to twenty others. A cue of no length \
                at all has a code of its own.",
    limits: &[
        ("Length of a cue", "at least 5/6 of a second (833 ms)"),
        ("At 23.976 and 24 frames per second", "20 frames"),
        ("At 25 frames per second", "21 frames"),
        ("At 29.97 and 30 frames per second", "25 frames"),
    ],
    steps: &[
        "In Subtitle Edit, set the limit under Tools, Apply duration limits, or run Tools, Netflix quality check, to \
         find them all. In EZTitles, use Check Subtitles, Duration; in OOONA, set the minimum subtitle duration in the \
         project settings.",
        "Let the cue stay longer where there is room behind it, and keep two frames before the next.",
        "Where there is no room, merge it with its neighbor.",
    ],
    overriding: None,
    related: &[E::TextGap, E::TextReadingSpeed, E::TextDurationNotPositive],
};

pub(in crate::inspection::article) const TOO_LONG: Article = Article {
    code: E::TextTooLong,
    meaning: "A cue stays on screen for more than seven seconds, longer than even two full lines take to be read. Its \
              end may have been forgotten, or set to the end of the scene.",
    why: "Whoever has finished reading begins again, and misses what happens meanwhile. Words that stay after their \
          speaker has gone also seem to belong to somebody else.",
    measuring: "The length of each cue that has an end is compared with the limit, in real time; up to half a \
                millisecond is put down to rounding. At 23.976, 168 frames are 7.007 seconds and thus too long. The \
                finding shows the longest cue and names up to twenty others.",
    limits: &[
        ("Length of a cue", "at most 7 seconds"),
        ("At 23.976 frames per second", "167 frames"),
        ("At 24 frames per second", "168 frames"),
        ("At 25 frames per second", "175 frames"),
        ("At 29.97 frames per second", "209 frames"),
    ],
    steps: &[
        "Listen to the place: end the cue when the words have been spoken and read.",
        "If the speaker goes on, split the cue in two where a clause ends.",
        "For many cues at once, use Tools, Apply duration limits, in Subtitle Edit. EZTitles finds them with Check \
         Subtitles, Duration; OOONA has a maximum subtitle duration in the project settings.",
    ],
    overriding: None,
    related: &[E::TextReadingSpeed, E::TextTooManyLines, E::TextOverlapping],
};

pub(in crate::inspection::article) const GAP: Article = Article {
    code: E::TextGap,
    meaning: "A cue begins less than two frames after the one before it has ended. Cues that follow each other \
              directly, with no frame between, are meant too.",
    why: "Without a moment of bare picture the eye does not notice that the words have changed, and reads the old cue \
          again.",
    measuring: "In the order of time, the beginning of each cue is compared with the latest end before it, whatever \
                their regions. The difference is rounded to the closest frame, so 1.5 frames count as 2. The frame \
                rate is the one the file declares, else the one chosen on the delivery page, else 24. Cues that \
                overlap are not counted here.",
    limits: &[
        ("Time between two cues", "at least 2 frames"),
        ("At 24 frames per second", "2 frames are 83 ms"),
        ("At 25 frames per second", "2 frames are 80 ms"),
        ("At 29.97 frames per second", "2 frames are 67 ms"),
    ],
    steps: &[
        "In Subtitle Edit, run Tools, Apply minimum gap between subtitles, with two frames.",
        "In EZTitles, find them with Check Subtitles, Gap between subtitles; in OOONA, set the minimum time gap in the \
         project settings.",
        "By hand, end the earlier cue sooner, rather than letting the later one begin late.",
    ],
    overriding: None,
    related: &[E::TextOverlapping, E::TextTooShort],
};

pub(in crate::inspection::article) const ORDER: Article = Article {
    code: E::TextOrder,
    meaning: "A cue is written behind one that begins later. Every cue has its right time; only their order in the \
              file is not that of time.",
    why: "The formats allow it and players sort for themselves. But people who compare two versions line by line lose \
          their way, and simple tools show the cues in the order of the file.",
    measuring: "The beginning of each cue is compared with that of the cue written just before it. Cues that begin at \
                the same moment are in order. The finding names the first that goes back in time, and up to twenty \
                others.",
    limits: &[("Begin of a cue", "not before that of the cue written before it")],
    steps: &[
        "Nothing has to be done. If you want to put the file in order, do it in the tool that made it.",
        "In Subtitle Edit: Tools, Sort by, Start time. In Aegisub: Subtitle, Sort All Lines, Start Time.",
        "If the order surprises you, look at the first cue that goes back: its time may be mistyped.",
    ],
    overriding: None,
    related: &[E::TextOverlapping, E::TextOutOfBounds],
};
