//! Material: what a partner needs in order to start work, and where in a package it comes from.

mod archive;
mod attached;
mod availability;
mod download;
mod entitlement;
mod goods;
mod group;
mod item;
mod link;

pub use archive::entries;
pub use attached::Attached;
pub use availability::{Availability, Material, Origin, Source, Wait, materials};
pub use download::{Download, Sent, Stretch, Stretches};
pub use goods::{Goods, Packed, Parcel};
pub use group::Group;
pub use item::{Item, NoItem, Piece};
pub use link::{CONTINUED, Following, LINK_LASTS};

use crate::{key::keyed, language::Language, request::SourceType};

keyed! {
    /// What a material is to whoever works with it.
    pub enum MaterialKind {
        FinalProxy = "final_proxy", "Final Proxy";
        LockedProxy = "locked_proxy", "Production Locked Proxy";
        Original = "original", "Original version";
        MusicAndEffects = "music_and_effects", "M&E";
        PrintMaster = "print_master", "Print master";
        FinalScript = "final_script", "Final script or dialogue list";
        DubbingScript = "dubbing_script", "Dubbing script";
        PivotText = "pivot_text", "Subtitle to translate from";
        ForcedNarratives = "forced_narratives", "Forced narratives";
        EarlierCard = "earlier_card", "Earlier dub card";
        /// Put beside a comment on the request itself; no request of the package brings it.
        Attachment = "attachment", "Attachment";
    }
}

keyed! {
    /// The shelf on which a kind of material stands.
    pub enum Shelf {
        Picture = "picture", "Picture";
        Audio = "audio", "Audio";
        Text = "text", "Scripts and text";
        Attachments = "attachments", "Attachments";
    }
}

/// The language from which most subtitles are translated.
const PIVOT: &str = "en";

impl MaterialKind {
    /// Where it stands.
    pub const fn shelf(self) -> Shelf {
        match self {
            Self::FinalProxy | Self::LockedProxy | Self::Original | Self::EarlierCard => {
                Shelf::Picture
            }
            Self::MusicAndEffects | Self::PrintMaster => Shelf::Audio,
            Self::FinalScript | Self::DubbingScript | Self::PivotText | Self::ForcedNarratives => {
                Shelf::Text
            }
            Self::Attachment => Shelf::Attachments,
        }
    }

    /// Whether it only shows what the picture is, and is not worked with.
    pub const fn is_reference(self) -> bool {
        matches!(self, Self::FinalProxy | Self::LockedProxy)
    }

    /// The source types for which it is given.
    pub fn given_for(self) -> impl Iterator<Item = SourceType> {
        SourceType::ALL.iter().copied().filter(move |it| needed_for(*it).contains(&self))
    }
}

/// What is needed to make an asset of a type: the matrix "To make, provide" of the field's Download Materials page
/// (`domain.md`, section 8.3). Credits templates, ident packages and the glossary of an earlier season stand there
/// too; no request asks for them, so none is to be had here. Types that the matrix passes over are given what the
/// nearest of its rows is given: the parts of a dub as the dub, paperwork as a script.
pub const fn needed_for(source_type: SourceType) -> &'static [MaterialKind] {
    use {MaterialKind as M, SourceType as T};
    const TEXT: &[M] =
        &[M::FinalProxy, M::LockedProxy, M::FinalScript, M::PivotText, M::ForcedNarratives];
    const DUB: &[M] =
        &[M::FinalProxy, M::LockedProxy, M::MusicAndEffects, M::PrintMaster, M::DubbingScript];
    const DESCRIPTION: &[M] = &[M::FinalProxy, M::LockedProxy, M::PrintMaster, M::FinalScript];
    const PICTURE_ONLY: &[M] = &[M::FinalProxy, M::LockedProxy];
    const SCRIPT: &[M] = &[M::FinalProxy, M::LockedProxy, M::FinalScript];
    match source_type {
        T::Subtitle | T::SdhCc | T::ForcedSub => TEXT,
        T::SecondaryAudio | T::PremixDialogue | T::DialogueEdit | T::LocalizedMixProject => DUB,
        T::AudioDescription => DESCRIPTION,
        T::DubCardImage => &[M::EarlierCard],
        T::AudioMe | T::AudioPrintMaster | T::FinalScript | T::MusicCueSheet => PICTURE_ONLY,
        T::SecondaryAvMuxed | T::ImfAudio | T::SecondaryVideoImf | T::TextlessImf => &[M::Original],
        T::DubbingScript | T::AsRecordedDubbingScript | T::DescriptiveMetadata => SCRIPT,
        T::Trailer | T::Artwork => PICTURE_ONLY,
        // These are where the rest comes from, or come from outside.
        T::AvMuxed | T::ImfVideo | T::ProductionLockedProxy | T::GameAsset => &[],
    }
}

/// What an asset of a type is to those who make the others. Text is translated from English or from the language
/// that the title was made in, and from no other.
pub fn served_by(
    source_type: SourceType,
    language: Option<&Language>,
    original: &Language,
) -> &'static [MaterialKind] {
    use {MaterialKind as M, SourceType as T};
    let is_pivot = language.is_some_and(|it| {
        it.tag() == Language::ORIGINAL || [PIVOT, original.primary()].contains(&it.primary())
    });
    match source_type {
        T::AvMuxed | T::ImfVideo => &[M::FinalProxy, M::Original],
        T::ProductionLockedProxy => &[M::LockedProxy],
        T::AudioMe => &[M::MusicAndEffects],
        T::AudioPrintMaster => &[M::PrintMaster],
        T::FinalScript => &[M::FinalScript],
        T::DubbingScript | T::AsRecordedDubbingScript => &[M::DubbingScript],
        T::Subtitle | T::SdhCc if is_pivot => &[M::PivotText],
        T::ForcedSub if is_pivot => &[M::ForcedNarratives],
        T::DubCardImage => &[M::EarlierCard],
        T::Subtitle | T::SdhCc | T::ForcedSub => &[],
        T::SecondaryAvMuxed
        | T::ImfAudio
        | T::SecondaryVideoImf
        | T::TextlessImf
        | T::SecondaryAudio
        | T::AudioDescription
        | T::PremixDialogue
        | T::DialogueEdit
        | T::LocalizedMixProject
        | T::MusicCueSheet
        | T::DescriptiveMetadata
        | T::Trailer
        | T::Artwork
        | T::GameAsset => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(tag: &str) -> Language {
        Language::parse(tag).unwrap()
    }

    #[test]
    fn the_matrix_of_the_field_is_kept() {
        use {MaterialKind as M, SourceType as T};
        for (to_make, provide) in [
            (
                &[T::Subtitle, T::SdhCc, T::ForcedSub][..],
                &[M::FinalProxy, M::FinalScript, M::PivotText, M::ForcedNarratives][..],
            ),
            (
                &[T::SecondaryAudio],
                &[M::FinalProxy, M::MusicAndEffects, M::PrintMaster, M::DubbingScript],
            ),
            (&[T::AudioDescription], &[M::FinalProxy, M::PrintMaster, M::FinalScript]),
            (&[T::DubCardImage], &[M::EarlierCard]),
            (&[T::AudioMe, T::AudioPrintMaster], &[M::FinalProxy]),
            (&[T::SecondaryAvMuxed, T::TextlessImf], &[M::Original]),
        ] {
            for source_type in to_make {
                let given = needed_for(*source_type).iter().filter(|it| **it != M::LockedProxy);
                assert_eq!(given.collect::<Vec<_>>(), provide.iter().collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn who_is_given_the_final_proxy_may_begin_with_the_locked_one() {
        for source_type in SourceType::ALL {
            let given = needed_for(*source_type);
            assert_eq!(
                given.contains(&MaterialKind::FinalProxy),
                given.contains(&MaterialKind::LockedProxy),
                "{source_type:?}"
            );
        }
    }

    #[test]
    fn whatever_is_needed_can_be_asked_for() {
        let english = language("en");
        for kind in MaterialKind::ALL.iter().filter(|it| **it != MaterialKind::Attachment) {
            assert!(kind.given_for().next().is_some(), "nobody is given {kind:?}");
            let makes = |it: &&SourceType| served_by(**it, Some(&english), &english).contains(kind);
            assert!(SourceType::ALL.iter().any(|it| makes(&it)), "nobody makes {kind:?}");
        }
    }

    #[test]
    fn text_is_translated_from_english_or_from_the_original() {
        let norwegian = language("nb");
        for (tag, serves) in
            [("en-GB", true), ("nb-NO", true), ("*", true), ("fr-FR", false), ("enm", false)]
        {
            for (source_type, kind) in [
                (SourceType::Subtitle, MaterialKind::PivotText),
                (SourceType::SdhCc, MaterialKind::PivotText),
                (SourceType::ForcedSub, MaterialKind::ForcedNarratives),
            ] {
                let served = served_by(source_type, Some(&language(tag)), &norwegian);
                assert_eq!(served.contains(&kind), serves, "{source_type:?} {tag}");
            }
        }
        assert!(served_by(SourceType::Subtitle, None, &norwegian).is_empty());
    }
}
