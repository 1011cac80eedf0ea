//! Articles on sound that misses the specification or the chosen layout.

use crate::inspection::{Article, ErrorCode as E};

pub(super) const SPEC_MISMATCH: Article = Article {
    code: E::AudioSpecMismatch,
    meaning: "The sound was read, and its codec, its sample rate or its bit depth is outside the delivery \
              specification, or a master was delivered without any sound. Each track and property has its own finding.",
    why: "Mixes and dubs are put together from several files, which only fit each other when all have the same \
          sample rate. What a lower depth has lost does not come back.",
    measuring: "The three properties are read from the headers of every sound track. Bit depth is checked only where \
                a codec has a fixed one: PCM has, AC-3 has not.",
    limits: &[
        ("Codec", "PCM, AC-3 or E-AC-3; in locked proxies also AAC and MP2"),
        ("Sample rate", "48 kHz"),
        ("Bit depth of PCM", "at least 24 bits; 16 bits in locked proxies"),
        ("Sound in an A/V master", "at least one track"),
    ],
    steps: &[
        "Look up the settings of the session: a 44.1 kHz session makes 44.1 kHz files.",
        "Export from the session at 48 kHz and 24 bits. Changing 16 bits to 24 afterwards adds nothing and is heard.",
        "If a master has no sound, check the track selection of the export.",
        "Deliver the new file.",
    ],
    overriding: None,
    related: &[E::InconsistentChannelCount, E::VideoSpecMismatch],
};

pub(super) const INCONSISTENT_CHANNEL_COUNT: Article = Article {
    code: E::InconsistentChannelCount,
    meaning: "The channel layout that was chosen on the delivery page has another number of channels than the file. \
              One of the two is wrong, and only you know which.",
    why: "The layout says which loudspeaker each channel belongs to. With the wrong one, dialogue may come from \
          behind, or not at all.",
    measuring: "The channels of all sound tracks in the file are added up and compared with the number that the \
                chosen layout implies. The order of the channels cannot be seen in most files and is not checked here.",
    limits: &[
        ("Mono", "1 channel: C"),
        ("Stereo", "2 channels: L R"),
        ("Lt/Rt", "2 channels: Lt Rt"),
        ("5.1", "6 channels: L R C LFE Ls Rs"),
        ("5.1 + 2.0", "8 channels: L R C LFE Ls Rs Lt Rt"),
        ("7.1", "8 channels: L R C LFE Lss Rss Lrs Rrs"),
    ],
    steps: &[
        "Read the number of channels under Technical Metadata on the transfer card.",
        "If the file is right, deliver it again and choose the layout that fits it.",
        "If the layout is right, export the sound again with all its channels, in the order of the table.",
    ],
    overriding: None,
    related: &[E::AudioSpecMismatch, E::IncorrectAssetType],
};
