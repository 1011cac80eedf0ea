//! Articles on lengths.

use crate::inspection::{Article, ErrorCode as E};

pub(super) const SOURCE_DURATION: Article = Article {
    code: E::SourceDuration,
    meaning: "The new file is longer or shorter than the source it replaces. Dubs, subtitles and translations were \
              made to the length of that source, so a changed length puts them out of step.",
    why: "A shift of a second is enough to spoil lip sync and subtitles in every language that was made to the \
          old length. Those who work on them have to hear of a recut before viewers do.",
    measuring: "The length of the picture, or of the longest sound track where there is no picture, is compared with \
                that of the last source of this request that succeeded. The finding shows both. The first source of a \
                request has nothing to be compared with.",
    limits: &[
        ("Pictures", "within 1 second of the previous source"),
        ("Sound", "within 5 seconds of the previous source"),
    ],
    steps: &[
        "Find out whether the program was really recut, or whether slates, bars, leaders or black were added or left \
         out.",
        "If nothing was recut, export again with the in and out points of the previous source.",
        "If it was recut on purpose, ask for an override and tell those who work on the other languages.",
    ],
    overriding: Some(
        "Ask for it when the change of length is meant: the program was recut, or material that did not belong to it \
         was removed. Say what was changed, where, and who ordered it; the platform verifies that before the file \
         is used.",
    ),
    related: &[E::VideoAudioDuration],
};

pub(super) const VIDEO_AUDIO_DURATION: Article = Article {
    code: E::VideoAudioDuration,
    meaning: "A sound track ends more than a second before or after the picture of the same file. Something is missing \
              at the end of one of them, or one of them started late in the export.",
    why: "Missing sound at the end is noticed by viewers, and a track that began late is out of sync from its \
          first second to its last.",
    measuring: "The length of each sound track is compared with that of the picture, as the container states them. \
                Every track that is off has a finding of its own.",
    limits: &[("Picture against each sound track", "at most 1 second apart")],
    steps: &[
        "Play the last ten seconds of the file and look for a still picture, black, or silence.",
        "Check that picture and sound start together: an offset at the start shows up as a difference at the end.",
        "Export again with the same in and out points for every track and deliver the new file.",
    ],
    overriding: Some(
        "Ask for it when the surplus is harmless and known, such as a tail of digital silence that the broadcaster \
         demanded, and give its length and place. Do not ask for it when sound is missing.",
    ),
    related: &[E::SourceDuration, E::AudioSpecMismatch],
};
