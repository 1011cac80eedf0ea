//! Articles on channels that carry the same.

use crate::inspection::{Article, ErrorCode as E};

pub(in crate::inspection::article) const DUPLICATE: Article = Article {
    code: E::AudioDuplicateChannel,
    meaning: "Two channels that should differ carry the same, sample for sample: the center is also in the left, or a \
              stereo pair was copied to the surrounds.",
    why: "The same sound from two places is louder than mixed and moves the image. Mostly one channel has overwritten \
          another, and what belongs there is lost.",
    measuring: "The correlation of every two channels of a mix over the whole file is at least 0.9995, and their average \
                levels are at most 0.1 dB apart. Left and right of the same pair have a code of their own.",
    limits: &[
        ("Correlation of two channels", "below 0.9995, or levels more than 0.1 dB apart"),
        ("Sound with a picture, parts of a mix", "a warning"),
    ],
    steps: &[
        "Listen to the two named channels alone.",
        "Check the routing of the export for an output that was assigned twice.",
        "Export again, with every channel from its own bus.",
    ],
    overriding: Some(
        "When the mix is meant like that, as with mono that was put on all front channels.",
    ),
    related: &[E::AudioDualMono, E::AudioChannelOrder],
};

pub(in crate::inspection::article) const DUAL_MONO: Article = Article {
    code: E::AudioDualMono,
    meaning: "The left and the right channel of a pair carry the same. The file is mono, written twice. Old films, \
              interviews and some surrounds are like that; a stereo mix is not.",
    why: "If the mix was made in stereo, its width has been lost on the way, and nobody sees that in the number of \
          channels.",
    measuring: "The correlation of left and right over the whole file is at least 0.9995 and their average levels are at \
                most 0.1 dB apart.",
    limits: &[("Correlation of left and right", "below 0.9995, or levels more than 0.1 dB apart")],
    steps: &[
        "Compare with the mix: is it stereo?",
        "Look for a mono button in the monitor path that the export went through.",
        "If the program is mono, nothing has to be done.",
    ],
    overriding: None,
    related: &[E::AudioDuplicateChannel, E::AudioPhaseInverted],
};

pub(in crate::inspection::article) const INVERTED: Article = Article {
    code: E::AudioPhaseInverted,
    meaning: "Two channels carry the same, and one of them is upside down. When they are put together, as a phone or a \
              mono loudspeaker does, they cancel each other and nothing is left.",
    why: "Dialogue disappears for everybody who listens in mono. In stereo it comes from nowhere and is tiring.",
    measuring: "The correlation of two channels over the whole file is -0.99 or less. Width, reverb and effects that are \
                out of phase for a while do not reach that.",
    limits: &[
        ("Correlation of two channels", "above -0.99"),
        ("Sound with a picture, parts of a mix", "a warning"),
    ],
    steps: &[
        "Put the two channels on one loudspeaker: if the sound gets thin or vanishes, one is inverted.",
        "Look for a polarity switch or a wrongly wired cable.",
        "Invert one of the two, export, and deliver the new file.",
    ],
    overriding: Some("Hardly ever. Say which effect it is and that it was heard in mono."),
    related: &[E::AudioDualMono, E::AudioDuplicateChannel],
};
