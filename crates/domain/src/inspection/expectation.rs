//! What a file must look like: the specification of its family, and what the request and the form say about it.

mod picture;
mod told;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    ChannelLayout, ColorModel, ImageFormat, MixSpec, Runtime, TextFormat, TextKind, TextLimits,
    TimeBase, imf::AssetId,
};
use crate::{
    request::{Family, SourceType},
    timecode::{Counting, FrameRate},
};
pub use picture::{Captions, ColorSpec, PictureLimits};

/// What one delivered file is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// The kind of file the request asks for.
    pub family: Family,
    /// What the picture must be, where the family has one.
    pub picture: Option<PictureSpec>,
    /// What the sound must be, where the family has any.
    pub sound: Option<SoundSpec>,
    /// What timed text must be, where the family is that.
    pub text: Option<TextSpec>,
    /// The language of the request; nothing where any will do.
    pub language: Option<String>,
    /// The timing reference chosen in the delivery form.
    pub time_base: Option<TimeBase>,
    /// The frame rate chosen in the delivery form.
    pub frame_rate: Option<FrameRate>,
    /// How frames are counted, as chosen in the delivery form.
    pub counting: Option<Counting>,
    /// The program that the file goes with, where its picture has been delivered.
    pub program: Option<Program>,
    /// The channel layout chosen in the delivery form.
    pub channel_layout: Option<ChannelLayout>,
    /// The source that the file would replace.
    pub previous: Option<Previous>,
    /// What still pictures must be, where the family is that.
    pub image: Option<ImageSpec>,
    /// Columns and rows of the program that the file goes with, where its picture has been delivered.
    pub canvas: Option<(u32, u32)>,
    /// What the partner calls the file.
    pub name: Option<String>,
    /// SHA-256 digests of all that was delivered for the request before, in hexadecimal.
    pub earlier: Vec<String>,
    /// Assets of packages that were delivered before, on which a supplemental package may build.
    pub known_assets: BTreeSet<AssetId>,
}

/// The last source of the same request that succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Previous {
    /// How long it is.
    pub duration: Runtime,
    /// How much longer or shorter the new one may be.
    pub tolerance: Runtime,
}

/// The primary picture that a secondary file goes with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// The label of its first frame, as a time; zero where it has no timecode.
    pub start: Runtime,
    /// How long it is.
    pub length: Runtime,
}

/// What a picture track must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureSpec {
    /// Accepted codecs, by short name, with the name people know.
    pub codecs: &'static [(&'static str, &'static str)],
    /// A picture must reach one of these two, columns or rows; nothing where any size will do.
    pub smallest: Option<(u32, u32)>,
    /// A picture must keep to both of these, columns and rows.
    pub largest: (u32, u32),
    /// Accepted frame rates.
    pub rates: &'static [FrameRate],
    /// Whether sound has to be in the same file.
    pub sound: Embedded,
    /// What the picture may show, and how it must be coded.
    pub limits: PictureLimits,
}

/// Whether a picture comes with sound in the same file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Embedded {
    /// A file without sound is refused.
    Required,
    /// A file without sound is fine.
    Optional,
}

/// What a sound track must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SoundSpec {
    /// Accepted codecs, by the beginning of their short name, with the name people know.
    pub codecs: &'static [(&'static str, &'static str)],
    /// Samples per second.
    pub sample_rate: u32,
    /// Bits per sample at least, for codecs that have a fixed number.
    pub bit_depth: u32,
    /// What is heard in it.
    pub mix: MixSpec,
}

/// What still pictures must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageSpec {
    /// Accepted formats.
    pub formats: &'static [ImageFormat],
    /// Accepted color models.
    pub models: &'static [ColorModel],
    /// Which size they must have.
    pub size: ImageSize,
}

/// Which size still pictures must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageSize {
    /// That of the program, and the same for all: they are shown in its place.
    LikeProgram,
    /// Any, and each its own.
    Any,
}

/// What a timed text document must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextSpec {
    /// Accepted formats.
    pub formats: &'static [TextFormat],
    /// What it is for.
    pub kind: TextKind,
    /// Limits of writing that differ from those of the language.
    pub limits: TextLimits,
}

const MASTER_CODECS: &[(&str, &str)] = &[
    ("prores", "ProRes"),
    ("dnxhd", "DNxHD/DNxHR"),
    ("mpeg2video", "MPEG-2"),
    ("jpeg2000", "JPEG 2000"),
];
const PROXY_CODECS: &[(&str, &str)] = &[
    ("prores", "ProRes"),
    ("dnxhd", "DNxHD/DNxHR"),
    ("mpeg2video", "MPEG-2"),
    ("h264", "H.264"),
    ("hevc", "H.265"),
    ("mpeg4", "MPEG-4"),
];
const MASTER_SOUND: &[(&str, &str)] = &[("pcm_", "PCM"), ("ac3", "AC-3"), ("eac3", "E-AC-3")];
const PROXY_SOUND: &[(&str, &str)] =
    &[("pcm_", "PCM"), ("ac3", "AC-3"), ("eac3", "E-AC-3"), ("aac", "AAC"), ("mp2", "MP2")];

/// Long edge and short edge of DCI 8K.
const LARGEST: (u32, u32) = (8192, 4320);

impl Expectation {
    /// The specification of `source_type`, before anything is known about a particular request.
    pub fn of(source_type: SourceType) -> Self {
        match source_type.family() {
            Family::Video if source_type == SourceType::ProductionLockedProxy => Self::for_proxy(),
            Family::Video => Self::for_video(),
            Family::Audio => Self::for_audio().mixed(MixSpec::of(source_type)),
            Family::TimedText => Self::for_timed_text(match source_type {
                SourceType::SdhCc => TextKind::Sdh,
                SourceType::ForcedSub => TextKind::Forced,
                _ => TextKind::Subtitle,
            }),
            Family::Image if source_type == SourceType::DubCardImage => Self::for_dub_cards(),
            Family::Image => Self::for_image(),
            family @ (Family::Document | Family::Project | Family::Package) => Self::only(family),
        }
    }

    /// Picture masters with sound: HD or larger, a production codec, progressive at one of the eight rates, 48 kHz.
    pub fn for_video() -> Self {
        let picture = PictureSpec {
            codecs: MASTER_CODECS,
            smallest: Some((1920, 1080)),
            largest: LARGEST,
            rates: FrameRate::ALL,
            sound: Embedded::Required,
            limits: PictureLimits::MASTER,
        };
        let mix = MixSpec::WITH_PICTURE;
        let sound = SoundSpec { codecs: MASTER_SOUND, sample_rate: 48_000, bit_depth: 24, mix };
        Self { picture: Some(picture), sound: Some(sound), ..Self::only(Family::Video) }
    }

    /// Viewing copies of a locked picture: any size and a viewing codec, silent or not.
    pub fn for_proxy() -> Self {
        let picture = PictureSpec {
            codecs: PROXY_CODECS,
            smallest: None,
            largest: LARGEST,
            rates: FrameRate::ALL,
            sound: Embedded::Optional,
            limits: PictureLimits::VIEWING,
        };
        let mix = MixSpec::PART;
        let sound = SoundSpec { codecs: PROXY_SOUND, sample_rate: 48_000, bit_depth: 16, mix };
        Self { picture: Some(picture), sound: Some(sound), ..Self::only(Family::Video) }
    }

    /// Sound that goes with a picture: 48 kHz, and 24 bits where it is not compressed.
    pub fn for_audio() -> Self {
        let mix = MixSpec::FINAL;
        let sound = SoundSpec { codecs: MASTER_SOUND, sample_rate: 48_000, bit_depth: 24, mix };
        Self { sound: Some(sound), ..Self::only(Family::Audio) }
    }

    /// Subtitles and captions in any of the formats that are read.
    pub fn for_timed_text(kind: TextKind) -> Self {
        let text = TextSpec { formats: TextFormat::ALL, kind, limits: TextLimits::default() };
        Self { text: Some(text), ..Self::only(Family::TimedText) }
    }

    /// Still pictures of any size, or several of them in a ZIP archive.
    pub fn for_image() -> Self {
        use ColorModel::{Gray, Indexed, Rgb, YCbCr};
        let image = ImageSpec {
            formats: &[ImageFormat::Png, ImageFormat::Jpeg],
            models: &[Rgb, YCbCr, Gray, Indexed],
            size: ImageSize::Any,
        };
        Self { image: Some(image), ..Self::only(Family::Image) }
    }

    /// Still pictures that are shown in place of the program's: all alike, and of its size.
    pub fn for_dub_cards() -> Self {
        let any = Self::for_image();
        let image = any.image.map(|it| ImageSpec { size: ImageSize::LikeProgram, ..it });
        Self { image, ..any }
    }

    /// Scripts and lists.
    pub fn for_document() -> Self {
        Self::only(Family::Document)
    }

    /// Project files, whose content nobody looks into.
    pub fn for_project() -> Self {
        Self::only(Family::Project)
    }

    /// A part of an IMF package.
    pub fn for_package() -> Self {
        Self::only(Family::Package)
    }

    /// With the language the request asks for; `*` and nothing mean any.
    pub fn speaking(self, language: Option<&str>) -> Self {
        let language = language.map(str::trim).filter(|it| !it.is_empty() && *it != "*");
        Self { language: language.map(str::to_owned), ..self }
    }

    /// With another specification of the mix.
    pub fn mixed(self, mix: MixSpec) -> Self {
        Self { sound: self.sound.map(|it| SoundSpec { mix, ..it }), ..self }
    }

    /// With an entry of the delivery form; entries that inspection does not use change nothing.
    pub fn entered(self, key: &str, value: &str) -> Self {
        use crate::Keyed;
        match key {
            "time_base" => Self { time_base: TimeBase::from_key(value).or(self.time_base), ..self },
            "frame_rate" => {
                Self { frame_rate: FrameRate::from_key(value).or(self.frame_rate), ..self }
            }
            "drop_mode" => Self {
                counting: match value {
                    "drop" => Some(Counting::Drop),
                    "non_drop" => Some(Counting::NonDrop),
                    _ => self.counting,
                },
                ..self
            },
            "channel_layout" => Self {
                channel_layout: ChannelLayout::from_key(value).or(self.channel_layout),
                ..self
            },
            "dub_style" | "mix_type" => {
                let sound =
                    self.sound.map(|it| SoundSpec { mix: it.mix.entered(key, value), ..it });
                Self { sound, ..self }
            }
            _ => self,
        }
    }

    /// With the program it goes with.
    pub fn beside(self, program: Option<Program>) -> Self {
        Self { program, ..self }
    }

    /// With columns and rows of the program it goes with.
    pub fn on_canvas(self, canvas: Option<(u32, u32)>) -> Self {
        Self { canvas, ..self }
    }

    /// With the name that the partner gave the file.
    pub fn named(self, name: &str) -> Self {
        Self { name: Some(name.to_owned()), ..self }
    }

    /// With the SHA-256 digests of earlier deliveries.
    pub fn after(self, earlier: Vec<String>) -> Self {
        Self { earlier, ..self }
    }

    /// With the length of the source it replaces: 1 second is allowed for pictures, 5 seconds for sound.
    pub fn replacing(self, duration: Option<Runtime>) -> Self {
        let tolerance = match self.family {
            Family::Video | Family::Package => Runtime::from_millis(1000),
            Family::Audio => Runtime::from_millis(5000),
            Family::TimedText | Family::Image | Family::Document | Family::Project => return self,
        };
        Self { previous: duration.map(|duration| Previous { duration, tolerance }), ..self }
    }

    /// With the assets of packages that were delivered before.
    pub fn building_on(self, assets: impl IntoIterator<Item = AssetId>) -> Self {
        Self { known_assets: assets.into_iter().collect(), ..self }
    }

    fn only(family: Family) -> Self {
        Self {
            family,
            picture: None,
            sound: None,
            text: None,
            language: None,
            time_base: None,
            frame_rate: None,
            counting: None,
            program: None,
            channel_layout: None,
            previous: None,
            image: None,
            canvas: None,
            name: None,
            earlier: Vec::new(),
            known_assets: BTreeSet::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_type_has_an_expectation_of_its_family() {
        for &source_type in SourceType::ALL {
            let expectation = Expectation::of(source_type);
            assert_eq!(expectation.family, source_type.family(), "{source_type:?}");
            assert_eq!(expectation.picture.is_some(), source_type.family() == Family::Video);
            assert_eq!(expectation.image.is_some(), source_type.family() == Family::Image);
            assert_eq!(expectation.text.is_some(), source_type.family() == Family::TimedText);
        }
        let kind = |it| Expectation::of(it).text.map(|it| it.kind);
        assert_eq!(
            [SourceType::Subtitle, SourceType::SdhCc, SourceType::ForcedSub].map(kind),
            [TextKind::Subtitle, TextKind::Sdh, TextKind::Forced].map(Some)
        );
        assert_eq!(Expectation::of(SourceType::ProductionLockedProxy), Expectation::for_proxy());
    }

    #[test]
    fn a_form_entry_counts_only_where_inspection_uses_it() {
        let wanted = Expectation::for_audio()
            .entered("channel_layout", "5.1")
            .entered("dub_style", "lip_sync");
        assert_eq!(wanted.channel_layout, Some(ChannelLayout::Surround51));
        assert_eq!(wanted.clone().entered("channel_layout", "11.1"), wanted);
        assert_eq!(
            Expectation::of(SourceType::Subtitle).entered("time_base", "smpte").time_base,
            Some(TimeBase::Smpte)
        );
    }

    #[test]
    fn any_language_will_do_where_the_request_names_none() {
        for none in [None, Some("*"), Some(" ")] {
            assert_eq!(Expectation::for_audio().speaking(none).language, None);
        }
        assert_eq!(
            Expectation::for_audio().speaking(Some("fr-FR")).language.as_deref(),
            Some("fr-FR")
        );
    }
}
