//! Articles on how loud the sound is.

use crate::inspection::{Article, ErrorCode as E};

pub(in crate::inspection::article) const CLIPPING: Article = Article {
    code: E::AudioClipping,
    meaning: "The tops of the wave are cut off flat. It was recorded or mixed louder than there was room for. Turning \
              it down afterwards hides the level and not the damage, which is found all the same.",
    why: "Clipping is heard as a crackle and cannot be repaired. It gets worse with every encoding on the way to \
          the viewer.",
    measuring: "Every channel is held against five criteria, and one is enough. A flat top is three samples or more that \
                differ by less than 1/16,384 of full scale, reached in one step of at least 1/1,024: so tops of pure and \
                of low tones are none.",
    limits: &[
        ("Flat tops at -0.45 dBFS or above", "none"),
        ("Samples at full scale", "at most 0.01 %"),
        ("Flat tops at the loudest level of the channel", "fewer than 10"),
        ("Loudest samples above the rest", "at most 1 dB, where there are flat tops"),
        (
            "Samples at the loudest level against slightly below",
            "at most 25 % more, where there are flat tops",
        ),
        ("Sound with a picture, parts of a mix", "a warning"),
    ],
    steps: &[
        "Go to the first place that is named and look at the wave closely.",
        "Find the stage that clips: recording, a plug-in, the mix bus, the export.",
        "Turn down before that stage, or use a limiter that looks ahead with a ceiling of -2 dBTP.",
        "Export again and deliver the new file.",
    ],
    overriding: Some(
        "When the distortion is an effect, as with a radio or a broken loudspeaker. Name the scenes.",
    ),
    related: &[E::AudioTruePeak, E::AudioLoudness],
};

pub(in crate::inspection::article) const TRUE_PEAK: Article = Article {
    code: E::AudioTruePeak,
    meaning: "Somewhere the wave rises higher than allowed. The true peak is the height of the wave itself, which can lie \
              between two samples and above both.",
    why: "Encoders for streaming and the converters of players need the room above. Without it they distort, although \
          no sample of the file is too high.",
    measuring: "Each channel is sampled four times as finely and the highest value is taken (ITU-R BS.1770-4, annex 2). \
                Tools differ by a few tenths of a decibel.",
    limits: &[
        ("Final mixes", "-2 dBTP at most"),
        ("Music and effects", "-1 dBTP at most"),
        ("Sound with a picture", "-2 dBTP, and more is a warning"),
        ("Dialogue, narration and proxies", "not judged"),
    ],
    steps: &[
        "Put a true-peak limiter with a ceiling of -2 dBTP last in the chain.",
        "Measure the exported file, not the session: changing the sample rate makes new peaks.",
        "Deliver the new file.",
    ],
    overriding: Some(
        "When a few moments are over by tenths of a decibel and the mix cannot be opened any more.",
    ),
    related: &[E::AudioClipping, E::AudioLoudness],
};

pub(in crate::inspection::article) const LOUDNESS: Article = Article {
    code: E::AudioLoudness,
    meaning: "The mix is louder or quieter than ordered. Two figures are taken, and only where both miss is there a \
              finding: the loudness while people speak, and the loudness of the whole program. The one that decides is \
              marked.",
    why: "Viewers set the volume once, by the voices. A program at another loudness makes them reach for the remote \
          control, and is turned up or down by players that then distort or bury it.",
    measuring: "Loudness is measured by ITU-R BS.1770-4. Where somebody speaks is found by our own speech gate, called \
                Reelgate gate 1: in the center, or in left and right together, by level, by the rhythm of syllables, by \
                pauses and by the mixture of tones and hiss. It is not Dolby Dialogue Intelligence and gives no licensed \
                figure. It was tried on synthetic voices in four languages; singing, crowds, whispering and backgrounds \
                as loud as the voice can mislead it. With less than 10 s or 15 % of speech, the whole program decides.",
    limits: &[
        ("While people speak", "-27 LKFS ± 2 LU"),
        ("Else the whole program", "-24 LKFS ± 3 LU"),
        ("Files under 30 s", "a warning"),
        ("Sound with a picture", "a warning"),
        ("Music and effects, dialogue, narration, proxies", "not judged"),
    ],
    steps: &[
        "Compare both figures with those of your own meter.",
        "Turn the whole mix up or down by the difference; do not compress it to get there.",
        "Check the true peak again afterwards, and deliver the new file.",
    ],
    overriding: Some(
        "When your own meter with a dialogue gate shows a figure inside the limits: give the figure and the meter. \
         When the program is one that cannot be measured like this, such as a concert.",
    ),
    related: &[E::AudioTruePeak, E::AudioLoudnessRange],
};

pub(in crate::inspection::article) const RANGE: Article = Article {
    code: E::AudioLoudnessRange,
    meaning: "Between the quiet and the loud parts of the program lies hardly anything, or very much. Both can be right; \
              they are unusual for film and series.",
    why: "With a narrow range everything is equally loud, which is tiring. With a very wide one the voices are lost at \
          home between the effects, or the effects wake the neighbors.",
    measuring: "Loudness range by EBU Tech 3342: loudness of 3 s each, without what lies more than 20 LU below the \
                average; the distance between the quietest tenth and the loudest twentieth. For files of a minute or more.",
    limits: &[("Loudness range", "3 to 20 LU")],
    steps: &[
        "Listen to the quietest scene at the volume at which the loudest one is bearable.",
        "Nothing has to be done where the mix is meant to be like this.",
    ],
    overriding: None,
    related: &[E::AudioLoudness, E::AudioClipping],
};
