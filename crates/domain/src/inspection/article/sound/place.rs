//! Articles on sound that does not fit the picture in time.

use crate::inspection::{Article, ErrorCode as E};

pub(in crate::inspection::article) const DURATION: Article = Article {
    code: E::AudioDurationMismatch,
    meaning: "The sound is longer or shorter than the primary picture of its title. It may belong to another version, or \
              reels, credits or a leader are missing or too many.",
    why: "Sound of another length runs out of step with the picture somewhere, and the place is found only by watching \
          it all.",
    measuring: "The length of the longest sound track is compared with that of the picture of the last accepted primary. \
                Once a source of the request was accepted, its length counts instead, under VALIDATOR-SourceDuration.",
    limits: &[("Difference to the primary", "5 s at most")],
    steps: &[
        "Compare begin and end of your session with the picture you worked to.",
        "Ask which version of the picture is the primary, and conform to it.",
        "Export from the first to the last frame of the picture and deliver the new file.",
    ],
    overriding: Some(
        "When what is missing or too much is no part of the program, such as a leader or a sync pop.",
    ),
    related: &[E::SourceDuration, E::AudioOutOfSync],
};

pub(in crate::inspection::article) const OUT_OF_SYNC: Article = Article {
    code: E::AudioOutOfSync,
    meaning: "Music and effects of this file come earlier or later than the same music and effects of the primary. The \
              dub has been shifted as a whole, and its dialogue with it.",
    why: "Two frames are enough for lips and voice to fall apart. Whoever checks the file hears it in the first scene \
          and sends it back.",
    measuring: "The envelopes of all channels but center and LFE, one value each millisecond, are laid over those of the \
                primary within five seconds on both sides. The best place counts only if it is clearly better than every \
                other. Files that share no music and effects with the primary cannot be measured and get no finding.",
    limits: &[
        ("Difference to the primary", "80 ms at most: less than two frames at 25 fps"),
        ("Voice over and hybrid dubs, parts of a mix", "not judged"),
    ],
    steps: &[
        "Move the mix by the number that is shown, the other way.",
        "Look for the cause: another start timecode, a leader, a converted frame rate.",
        "Check the first and the last scene, and deliver the new file.",
    ],
    overriding: Some("When the primary itself is out of step and a new one is on its way."),
    related: &[E::AudioDurationMismatch, E::SourceDuration],
};
