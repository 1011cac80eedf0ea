//! The kinds of asset, and what each kind allows. One row of a table per kind.

use crate::key::keyed;

keyed! {
    /// What is asked for.
    pub enum SourceType {
        AvMuxed = "av_muxed", "AV (Muxed)";
        SecondaryAvMuxed = "secondary_av_muxed", "Secondary AV (Muxed)";
        ImfVideo = "imf_video", "IMF Video";
        ImfAudio = "imf_audio", "IMF Audio";
        SecondaryVideoImf = "secondary_video_imf", "Secondary Video IMF";
        TextlessImf = "textless_imf", "Textless IMF";
        SecondaryAudio = "secondary_audio", "Secondary Audio";
        AudioDescription = "audio_description", "Audio Description";
        AudioMe = "audio_me", "Audio M&E";
        AudioPrintMaster = "audio_print_master", "Audio Print Master";
        PremixDialogue = "premix_dialogue", "Premix Dialogue WAV: Localized";
        DialogueEdit = "dialogue_edit", "Dialogue Edit WAV: Localized";
        LocalizedMixProject = "localized_mix_project", "Localized Mix Project Files";
        Subtitle = "subtitle", "Subtitle";
        SdhCc = "sdh_cc", "SDH/CC";
        ForcedSub = "forced_sub", "Forced Sub";
        DubCardImage = "dub_card_image", "Dub Card Image";
        FinalScript = "final_script", "Final Script";
        DubbingScript = "dubbing_script", "Dubbing Script";
        AsRecordedDubbingScript = "as_recorded_dubbing_script", "As Recorded Dubbing Script";
        ProductionLockedProxy = "production_locked_proxy", "Production Locked Proxy";
        MusicCueSheet = "music_cue_sheet", "Music Cue Sheet";
        DescriptiveMetadata = "descriptive_metadata", "Descriptive Metadata";
        Trailer = "trailer", "Trailer";
        Artwork = "artwork", "Artwork";
        GameAsset = "game_asset", "Game Asset";
    }
}

keyed! {
    /// What kind of file an asset is.
    pub enum Family {
        Video = "video", "Video";
        Audio = "audio", "Audio";
        TimedText = "timed_text", "Timed text";
        Image = "image", "Image";
        Document = "document", "Document";
        Project = "project", "Project files";
        Package = "package", "IMF package";
    }
}

/// Whether requests of a type name a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LanguageRule {
    /// Always one.
    Always,
    /// One, or `*` for the title's original language.
    OrOriginal,
    /// None: the asset carries no spoken or written language of its own.
    None,
}

/// How many files one delivery has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Files {
    One,
    Many,
    /// A folder whose parts belong together.
    Package,
}

/// The row of a source type in the table of rules.
struct Rules {
    family: Family,
    language: LanguageRule,
    files: Files,
    depends_on_primary: bool,
    service_type: bool,
    material_status: bool,
    partner_may_cancel: bool,
    extensions: &'static [&'static str],
}

const VIDEO: &[&str] = &["mov", "mp4", "mxf", "mpg", "mpeg", "m2ts", "ts"];
const AUDIO: &[&str] = &["wav", "aif", "aiff", "ac3", "ec3", "eac3", "mov"];
const TEXT: &[&str] = &["ttml", "xml", "dfxp", "vtt", "srt", "stl", "scc"];
const IMAGE: &[&str] = &["jpg", "jpeg", "png", "zip"];
const SCRIPT: &[&str] = &["pdf", "docx", "txt", "json"];
const IMF: &[&str] = &["mxf", "xml"];

impl SourceType {
    const fn rules(self) -> Rules {
        use {Family as F, Files as N, LanguageRule as L};
        const fn row(
            family: Family,
            language: LanguageRule,
            files: Files,
            extensions: &'static [&'static str],
        ) -> Rules {
            Rules {
                family,
                language,
                files,
                depends_on_primary: false,
                service_type: false,
                material_status: true,
                partner_may_cancel: false,
                extensions,
            }
        }
        /// An asset that is ingested only after the primary video.
        const fn secondary(rules: Rules) -> Rules {
            Rules { depends_on_primary: true, ..rules }
        }
        /// An asset that is either created or conformed.
        const fn made_or_fitted(rules: Rules) -> Rules {
            Rules { service_type: true, ..secondary(rules) }
        }
        /// An IMF is put together from many files, so no one material holds it up.
        const fn imf(rules: Rules) -> Rules {
            Rules { material_status: false, ..rules }
        }
        match self {
            Self::AvMuxed => row(F::Video, L::OrOriginal, N::One, VIDEO),
            Self::SecondaryAvMuxed => secondary(row(F::Video, L::Always, N::One, VIDEO)),
            Self::ImfVideo => imf(row(F::Package, L::OrOriginal, N::Package, IMF)),
            Self::ImfAudio => secondary(imf(row(F::Package, L::Always, N::Package, IMF))),
            Self::SecondaryVideoImf => secondary(imf(row(F::Package, L::Always, N::Package, IMF))),
            Self::TextlessImf => secondary(imf(row(F::Package, L::None, N::Package, IMF))),
            Self::SecondaryAudio | Self::AudioDescription => {
                made_or_fitted(row(F::Audio, L::Always, N::One, AUDIO))
            }
            Self::AudioMe => secondary(row(F::Audio, L::None, N::One, AUDIO)),
            Self::AudioPrintMaster => secondary(row(F::Audio, L::Always, N::One, AUDIO)),
            Self::PremixDialogue | Self::DialogueEdit => row(F::Audio, L::Always, N::Many, AUDIO),
            Self::LocalizedMixProject => {
                row(F::Project, L::Always, N::Many, &["zip", "tar", "ptx"])
            }
            Self::Subtitle | Self::SdhCc => {
                made_or_fitted(row(F::TimedText, L::Always, N::One, TEXT))
            }
            Self::ForcedSub => Rules {
                partner_may_cancel: true,
                ..made_or_fitted(row(F::TimedText, L::Always, N::One, TEXT))
            },
            Self::DubCardImage => Rules {
                partner_may_cancel: true,
                ..secondary(row(F::Image, L::Always, N::Many, IMAGE))
            },
            Self::FinalScript | Self::DubbingScript | Self::AsRecordedDubbingScript => {
                row(F::Document, L::Always, N::One, SCRIPT)
            }
            Self::ProductionLockedProxy => row(F::Video, L::None, N::One, VIDEO),
            Self::MusicCueSheet | Self::DescriptiveMetadata => {
                row(F::Document, L::None, N::One, &["pdf", "docx", "xlsx", "csv", "json", "xml"])
            }
            Self::Trailer => row(F::Video, L::OrOriginal, N::One, VIDEO),
            Self::Artwork => row(F::Image, L::None, N::Many, IMAGE),
            Self::GameAsset => row(F::Project, L::None, N::Many, &["zip", "apk", "ipa"]),
        }
    }

    /// What kind of file is wanted.
    pub const fn family(self) -> Family {
        self.rules().family
    }

    /// Whether requests of this type name a language.
    pub const fn language_rule(self) -> LanguageRule {
        self.rules().language
    }

    /// How many files one delivery has.
    pub const fn files(self) -> Files {
        self.rules().files
    }

    /// Whether this is the primary video of a title, on which the secondary assets wait.
    pub const fn is_primary(self) -> bool {
        matches!(self, Self::AvMuxed | Self::ImfVideo)
    }

    /// Whether its requests open as a page to work on. Those for games open as a plain one.
    pub const fn has_details_page(self) -> bool {
        !matches!(self, Self::GameAsset)
    }

    /// Whether it is ingested only after the primary video has succeeded.
    pub const fn depends_on_primary(self) -> bool {
        self.rules().depends_on_primary
    }

    /// Whether it is either created or conformed.
    pub const fn has_service_type(self) -> bool {
        self.rules().service_type
    }

    /// Whether delivering waits for the material status.
    pub const fn has_material_status(self) -> bool {
        self.rules().material_status
    }

    /// Whether partners may cancel it: often not required, or not to be had.
    pub const fn partner_may_cancel(self) -> bool {
        self.rules().partner_may_cancel
    }

    /// File name endings that fit, lower case.
    pub const fn extensions(self) -> &'static [&'static str] {
        self.rules().extensions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn those(holds: impl Fn(SourceType) -> bool) -> Vec<SourceType> {
        SourceType::ALL.iter().copied().filter(|it| holds(*it)).collect()
    }

    #[test]
    fn exactly_five_types_are_created_or_conformed() {
        use SourceType::*;
        assert_eq!(
            those(SourceType::has_service_type),
            [SecondaryAudio, AudioDescription, Subtitle, SdhCc, ForcedSub]
        );
    }

    #[test]
    fn partners_cancel_forced_subs_and_dub_cards_only() {
        assert_eq!(
            those(SourceType::partner_may_cancel),
            [SourceType::ForcedSub, SourceType::DubCardImage]
        );
    }

    #[test]
    fn material_status_applies_to_all_but_imf() {
        let without = those(|it| !it.has_material_status());
        assert_eq!(without, those(|it| it.family() == Family::Package));
        assert_eq!(without.len(), 4);
    }

    #[test]
    fn a_primary_waits_for_nothing() {
        for primary in those(SourceType::is_primary) {
            assert!(!primary.depends_on_primary(), "{primary:?}");
        }
        assert_eq!(those(SourceType::is_primary).len(), 2);
    }

    #[test]
    fn every_type_accepts_some_file() {
        assert!(those(|it| it.extensions().is_empty()).is_empty());
    }
}
