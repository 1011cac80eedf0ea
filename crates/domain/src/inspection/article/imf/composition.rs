//! Articles on what a composition plays.

use crate::inspection::{Article, ErrorCode as E};

pub(in super::super) const PICTURE_MISSING: Article = Article {
    code: E::ImfPictureMissing,
    meaning: "A segment of a composition has no picture sequence (MainImageSequence). Sound and text have nothing to run beside.",
    why: "The picture is the clock of a composition: players count its frames, and the standard demands one in \
          every segment, also in a package that only brings new sound.",
    measuring: "The sequences of every segment of every composition in the delivery are counted by kind.",
    limits: &[("Picture sequences of a segment", "1, by SMPTE ST 2067-2")],
    steps: &[
        "In a supplemental package, let the composition refer to the picture of the package it builds on; the picture itself \
         need not be delivered again.",
        "Export the composition again, then write the packing list anew.",
        "Deliver the package again.",
    ],
    overriding: None,
    related: &[E::ImfSoundMissing, E::ImfCompositionInvalid, E::ImfTrackFileUnknown],
};

pub(in super::super) const SOUND_MISSING: Article = Article {
    code: E::ImfSoundMissing,
    meaning: "A composition has neither a sound sequence (MainAudioSequence) nor one of immersive sound (IABSequence): it is \
              silent.",
    why: "Nearly every composition has sound, so a silent one usually means that the sound was not switched on in the \
          export. It would be noticed only in quality control.",
    measuring: "The sequences of every composition in the delivery are counted by kind. Whether there is anything to be heard in \
                them is not looked at here.",
    limits: &[("Sound sequences of a composition", "at least 1")],
    steps: &[
        "Look whether the sound tracks were selected when the composition was exported.",
        "Export the composition again, write the packing list anew, and deliver the package again.",
        "If the program is silent on purpose, ask for an override.",
    ],
    overriding: Some(
        "A silent composition is right for a textless element or a program without sound. Say which of the two it is.",
    ),
    related: &[E::ImfPictureMissing, E::ImfCompositionInvalid],
};

pub(in super::super) const TRACK_FILE_UNKNOWN: Article = Article {
    code: E::ImfTrackFileUnknown,
    meaning: "A composition plays a track file that is not in the asset map or packing list of this package, and not in a package \
              that was delivered to this request before.",
    why: "A supplemental composition is complete only together with the package it builds on. If that package is not here, part \
          of the program is not here.",
    measuring: "The TrackFileId of every resource is looked for in the lists of this package, in the headers of its track files, \
                and among the assets of packages that were accepted before.",
    limits: &[("Track files of a composition", "in this package or in an earlier one")],
    steps: &[
        "Deliver the package that the composition builds on first, and wait until it has succeeded.",
        "If the file should be in this package, put it back and write asset map and packing list anew.",
        "If the package it builds on reached the platform by another way, ask for an override.",
    ],
    overriding: Some(
        "Right when the platform has the package that this one builds on, for example from before the portal. Name its \
         composition id.",
    ),
    related: &[E::ImfAssetMissing, E::ImfIdMismatch],
};

pub(in super::super) const EDIT_RATE: Article = Article {
    code: E::ImfEditRate,
    meaning: "The composition counts frames at a rate that is not used in the trade, its picture counts at another rate than the \
              composition itself, or the resources of one track count at different rates.",
    why: "Every position in a composition is a number of frames. With two rates for one track the same number means two \
          different moments, and picture and sound drift apart.",
    measuring: "EditRate of the composition is compared with the eight exact rates, that of every picture resource with the \
                composition's, and that of every other resource with the first of its track.",
    limits: &[
        ("Frames per second", "24000/1001, 24, 25, 30000/1001, 30, 50, 60000/1001 or 60"),
        ("Resources of one track", "one rate"),
    ],
    steps: &[
        "Set the frame rate of the master in the mastering tool; 23.98 has to be written as 24000 1001.",
        "Convert inserts of another rate before they are put into the track.",
        "Export the composition again, write the packing list anew, and deliver the package again.",
    ],
    overriding: None,
    related: &[E::ImfDuration, E::ImfFrameCount, E::ImfMixedEssence],
};

pub(in super::super) const LANGUAGE_MISMATCH: Article = Article {
    code: E::ImfLanguageMismatch,
    meaning: "The compositions of the package declare other languages than the request asks for. Tags have to agree to the letter: \
              “en” is not “en-US”.",
    why: "A package has no form in which somebody chooses the language: only its own labels say it. A wrong tag \
          puts the right sound behind the wrong menu entry.",
    measuring: "RFC5646SpokenLanguage in the sound descriptors of every composition (or in the headers of the track files, where \
                the composition says none) and the languages of its locales are compared with the request; capital letters \
                do not matter. A package of several versions fits when one of them does. Where no language is declared, nothing \
                is said.",
    limits: &[("Language", "exactly the tag of the request; any where the request has none")],
    steps: &[
        "Look at the tag that the request shows beside its language.",
        "Set that tag in the audio labels (MCA) of the mastering tool and wrap the sound again, or correct the composition.",
        "Write the packing list anew and deliver the package again.",
    ],
    overriding: None,
    related: &[E::ImfEssenceMismatch, E::LanguageMismatch],
};
