//! Articles on files and stretches without anything to hear.

use crate::inspection::{Article, ErrorCode as E};

pub(in crate::inspection::article) const ALL: Article = Article {
    code: E::AudioAllSilent,
    meaning: "The file has sound tracks, and no sample in any channel is loud enough to be heard. Usually the wrong bus \
              was exported, or all tracks were muted.",
    why: "A silent file passes every check of headers. It is then noticed by whoever hears the program first, which is \
          often the audience.",
    measuring: "All samples of the file are decoded. The loudest one of all channels is compared with -70 dBFS, which \
                lies below the air of any room in a mix.",
    limits: &[
        ("Loudest sample", "above -70 dBFS"),
        ("Dialogue, narration and proxies", "a warning"),
    ],
    steps: &[
        "Play the file that you sent, not the session.",
        "Look for muted tracks and for the output that the export takes its sound from.",
        "Export again, listen to the first minute, and deliver the new file.",
    ],
    overriding: Some(
        "Only where the program really has no sound, as with a silent master. Say so in the reason.",
    ),
    related: &[E::AudioUnexpectedSilence, E::AudioChannelSilent],
};

pub(in crate::inspection::article) const UNEXPECTED: Article = Article {
    code: E::AudioUnexpectedSilence,
    meaning: "For longer than expected nothing can be heard in any channel. Quiet scenes are not meant: even a quiet \
              room has air, which is louder than this.",
    why: "Silence of this length is nearly always a part that was forgotten, a file that ended early, or a gap at a \
          reel change. Viewers think that their set is broken.",
    measuring: "Every 10 ms the loudest sample of all channels of a mix is compared with -70 dBFS. Stretches below it \
                are added up; the longest twenty are named with begin and end.",
    limits: &[
        ("Final mixes", "10 s at most"),
        ("Sound with a picture", "10 s, and more is a warning"),
        ("Music and effects, dialogue, narration", "not judged"),
    ],
    steps: &[
        "Go to the times that are named and listen.",
        "Compare with the picture: is something to be heard there?",
        "If a part is missing, put it back and deliver the new file.",
        "If the silence is meant, ask for an override and say why.",
    ],
    overriding: Some(
        "When the silence is meant: an artistic pause, black after the credits, a silent film. Name the scene.",
    ),
    related: &[E::AudioAllSilent, E::SourceDuration],
};
