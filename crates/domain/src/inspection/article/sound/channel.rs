//! Articles on single channels.

use crate::inspection::{Article, ErrorCode as E};

pub(in crate::inspection::article) const SILENT: Article = Article {
    code: E::AudioChannelSilent,
    meaning: "One or more channels have nothing but zeros, while others are heard. The channel was not recorded, not \
              routed or muted.",
    why: "Half of a stereo program is missing for everybody who listens with headphones. An empty LFE or surround \
          is often meant, an empty left or right hardly ever.",
    measuring: "All samples of the channel are looked at; every one of them is exactly zero. Without a left or a right \
                channel a final mix stops; for center, LFE and surrounds this is a warning.",
    limits: &[
        ("Left, right, Lt, Rt of a final mix", "something to hear"),
        ("Other channels, and sound with a picture", "a warning"),
    ],
    steps: &[
        "Look at the meters of the named channel while the program plays.",
        "Check the routing of the export: which bus goes to which channel of the file?",
        "If the mix has fewer channels, export only those and choose the layout that fits.",
    ],
    overriding: Some(
        "When the channel is empty on purpose, as with a mono film on one channel of two.",
    ),
    related: &[E::AudioDeadChannel, E::InconsistentChannelCount],
};

pub(in crate::inspection::article) const DEAD: Article = Article {
    code: E::AudioDeadChannel,
    meaning: "A channel is not empty, but all that is in it is noise far too quiet to be heard: the hiss of a converter, \
              dither, the crosstalk of a neighbor.",
    why: "It looks like a channel with sound to every program that only asks whether there is something. Nobody \
          will hear what should have been there.",
    measuring: "The loudest sample of the channel is above zero and below -70 dBFS. A channel of zeros has a code of its \
                own.",
    limits: &[
        ("Loudest sample of a channel", "above -70 dBFS, or all samples zero"),
        ("Center, LFE, surrounds", "a warning"),
    ],
    steps: &[
        "Find out what should be in the channel.",
        "Look for an input that was open and not connected, or a send that is turned down.",
        "Export again, with the sound in the channel or with true silence.",
    ],
    overriding: Some(
        "When nothing belongs into the channel and the noise comes from dither that has to stay.",
    ),
    related: &[E::AudioChannelSilent, E::AudioChannelOrder],
};

pub(in crate::inspection::article) const ORDER: Article = Article {
    code: E::AudioChannelOrder,
    meaning: "A channel sounds like another one than the layout says: the low frequencies of the LFE or the voices of the \
              center are elsewhere. Film order (L C R Ls Rs LFE) in a file that says L R C LFE Ls Rs looks like this.",
    why: "Dialogue would come from the right or from behind, and the subwoofer would get a surround. \
          It cannot be seen in any header.",
    measuring: "For every channel the share of its power below 120 Hz is taken, and the share of its length that sounds \
                like speech. One channel alone has 95 % below 120 Hz and is not the LFE, or one channel alone speaks and \
                is not the center, and the channel that should be like that is heard and is not.",
    limits: &[
        ("LFE", "the low frequencies, where only one channel has them"),
        ("Center", "the voices, where only one channel has them"),
    ],
    steps: &[
        "Listen to the named channel alone.",
        "Compare the channel order of the export with the one you chose: 5.1 is L R C LFE Ls Rs.",
        "If the order is wrong, export again in the right one. If it is meant, nothing has to be done.",
    ],
    overriding: None,
    related: &[E::InconsistentChannelCount, E::AudioDuplicateChannel],
};

pub(in crate::inspection::article) const OFFSET: Article = Article {
    code: E::AudioDcOffset,
    meaning: "The samples of a channel do not swing around zero but around another value. Faulty converters and \
              generators do that, and some processing of single sides of a wave.",
    why: "Every cut into such sound clicks, and the offset takes room from the loud parts. It is not heard by itself, \
          so it is easily missed.",
    measuring: "The average of all samples of a channel over the whole file, as a level against full scale.",
    limits: &[("Average of the samples", "-46 dBFS at most, which is 0.5 % of full scale")],
    steps: &[
        "Put a high-pass filter at 10 to 20 Hz on the channel, or use the tool for removing DC offset.",
        "Look for the recording or the plug-in that it comes from.",
    ],
    overriding: None,
    related: &[E::AudioClipping, E::AudioDeadChannel],
};
