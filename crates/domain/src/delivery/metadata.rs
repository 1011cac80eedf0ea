//! What people type in before a delivery, per source type, as data: fields, their choices, and what is wrong.
//!
//! The fields follow the practice of the field: the timing reference of timed text, the channel layout of
//! sound, the dub style of a dub. An IMF package asks for nothing: all is read out of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    inspection::{ChannelLayout, Compared, Entered, Measurement, comparison},
    language::Language,
    request::{Family, SourceType},
    text::storable,
    timecode::FrameRate,
};

/// A field of the metadata form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub key: &'static str,
    pub label: &'static str,
    /// One sentence under the field.
    pub hint: &'static str,
    pub kind: FieldKind,
    pub required: bool,
}

/// How a field is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// One of these: key and label.
    Choice(Vec<(&'static str, String)>),
    /// A language tag.
    Language,
    /// A line of text of at most so many characters.
    Text(usize),
}

/// Something wrong with an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub key: String,
    pub label: String,
    pub problem: String,
}

/// Checked entries of a metadata form, by key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeliveryMetadata(BTreeMap<String, String>);

/// An entry as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub key: &'static str,
    pub label: &'static str,
    pub value: String,
}

fn choice(pairs: &[(&'static str, &str)]) -> FieldKind {
    FieldKind::Choice(pairs.iter().map(|(key, label)| (*key, (*label).to_owned())).collect())
}

fn required(key: &'static str, label: &'static str, hint: &'static str, kind: FieldKind) -> Field {
    Field { key, label, hint, kind, required: true }
}

fn optional(key: &'static str, label: &'static str, hint: &'static str, kind: FieldKind) -> Field {
    Field { key, label, hint, kind, required: false }
}

fn frame_rate(hint: &'static str) -> Field {
    let rates = FrameRate::ALL.iter().map(|it| (it.key(), it.label().to_owned())).collect();
    required("frame_rate", "Frame rate", hint, FieldKind::Choice(rates))
}

fn channel_layout() -> Field {
    let layouts = ChannelLayout::ALL.iter().map(|it| (it.key(), it.label().to_owned())).collect();
    let hint = "The order of the channels in the file. It must imply their real number.";
    required("channel_layout", "Channel layout", hint, FieldKind::Choice(layouts))
}

fn timed_text(text_types: &[(&'static str, &str)]) -> Vec<Field> {
    let time_base = choice(&[("smpte", "SMPTE"), ("media", "MEDIA")]);
    let drop_mode = choice(&[("non_drop", "Non-drop"), ("drop", "Drop-frame")]);
    let forced =
        choice(&[("included", "Included"), ("separate", "Separate file"), ("none", "None")]);
    vec![
        required(
            "time_base",
            "Timing reference",
            "As declared in the file: ttp:timeBase. A file that declares none is MEDIA.",
            time_base,
        ),
        frame_rate("The frame rate the text was timed to."),
        optional("drop_mode", "Drop-frame mode", "Only for SMPTE at 29.97 and 59.94.", drop_mode),
        required("text_type", "Text type", "What the text is for.", choice(text_types)),
        optional(
            "forced_narrative",
            "Forced narrative",
            "Whether forced narratives stand in this file.",
            forced,
        ),
    ]
}

/// The fields that `source_type` asks for, in the order of the form.
pub fn fields(source_type: SourceType) -> Vec<Field> {
    use SourceType as T;
    let dub_style =
        choice(&[("lip_sync", "Lip Sync"), ("voice_over", "Voice Over"), ("hybrid", "Hybrid")]);
    let mix_type =
        choice(&[("full_mix", "Full mix with description"), ("narration", "Narration only")]);
    let textless = choice(&[("texted", "Texted"), ("textless", "Textless")]);
    match source_type {
        T::AvMuxed | T::SecondaryAvMuxed => vec![
            required(
                "language",
                "Language of the sound",
                "The language spoken in the embedded sound.",
                FieldKind::Language,
            ),
            channel_layout(),
            optional("textless", "Text in the picture", "Whether titles are burned in.", textless),
        ],
        T::SecondaryAudio => vec![
            channel_layout(),
            required("dub_style", "Dub style", "Sync is measured for Lip Sync only.", dub_style),
        ],
        T::AudioDescription => {
            vec![
                channel_layout(),
                required(
                    "mix_type",
                    "Mix type",
                    "What the file holds beside the narration.",
                    mix_type,
                ),
            ]
        }
        T::AudioMe | T::AudioPrintMaster => vec![channel_layout()],
        T::Subtitle => timed_text(&[("subtitle", "Subtitle")]),
        T::SdhCc => timed_text(&[("sdh", "SDH"), ("cc", "CC")]),
        T::ForcedSub => timed_text(&[("forced", "Forced narrative")]),
        T::FinalScript => vec![
            required(
                "script_type",
                "Script type",
                "Which script this is.",
                choice(&[
                    ("dialogue_list", "Dialogue list"),
                    ("continuity", "Continuity script"),
                    ("shooting", "Shooting script"),
                ]),
            ),
            optional("revision", "Revision", "As printed on the script.", FieldKind::Text(60)),
        ],
        T::ProductionLockedProxy => vec![
            frame_rate("The frame rate of the proxy."),
            optional(
                "revision",
                "Reel or version",
                "As the cutting room calls it.",
                FieldKind::Text(60),
            ),
        ],
        T::ImfVideo | T::ImfAudio | T::SecondaryVideoImf | T::TextlessImf => vec![],
        T::PremixDialogue | T::DialogueEdit | T::LocalizedMixProject | T::DubCardImage => vec![],
        T::DubbingScript
        | T::AsRecordedDubbingScript
        | T::MusicCueSheet
        | T::DescriptiveMetadata => vec![],
        T::Trailer | T::Artwork | T::GameAsset => vec![],
    }
}

impl Field {
    /// What is wrong with `value`, if anything.
    fn problem_of(&self, value: &str) -> Option<String> {
        match &self.kind {
            FieldKind::Choice(options) if options.iter().any(|(key, _)| *key == value) => None,
            FieldKind::Choice(_) => Some("choose one of the list.".into()),
            FieldKind::Language if Language::parse(value).is_some() => None,
            FieldKind::Language => Some("write a language tag such as fr-FR.".into()),
            FieldKind::Text(longest) if value.chars().count() <= *longest => None,
            FieldKind::Text(longest) => Some(format!("at most {longest} characters.")),
        }
    }

    /// The entry as people read it.
    fn shown(&self, value: &str) -> String {
        match &self.kind {
            FieldKind::Choice(options) => options
                .iter()
                .find(|(key, _)| *key == value)
                .map_or_else(|| value.to_owned(), |(_, label)| label.clone()),
            FieldKind::Language => {
                Language::parse(value).map_or_else(|| value.to_owned(), |it| it.label())
            }
            FieldKind::Text(_) => value.to_owned(),
        }
    }
}

impl DeliveryMetadata {
    /// Checks what was typed for `source_type`. All problems are named, in the order of the form.
    pub fn check(
        source_type: SourceType,
        typed: &BTreeMap<String, String>,
    ) -> Result<Self, Vec<Problem>> {
        let fields = fields(source_type);
        let mut problems = Vec::new();
        let mut kept = BTreeMap::new();
        for field in &fields {
            let value = typed.get(field.key).map(|it| it.trim()).filter(|it| !it.is_empty());
            let problem = match value {
                Some(value) => field.problem_of(value),
                None if field.required => Some("is missing.".into()),
                None => None,
            };
            match (problem, value) {
                (Some(problem), _) => {
                    problems.push(Problem {
                        key: field.key.into(),
                        label: field.label.into(),
                        problem,
                    });
                }
                (None, Some(value)) => {
                    kept.insert(field.key.to_owned(), storable(value));
                }
                (None, None) => {}
            }
        }
        let stray = typed.keys().find(|key| fields.iter().all(|field| field.key != key.as_str()));
        if let Some(key) = stray {
            let problem = format!("{} requests do not ask for it.", source_type.label());
            problems.push(Problem {
                key: key.chars().take(60).collect(),
                label: "Unknown field".into(),
                problem,
            });
        }
        if problems.is_empty() { Ok(Self(kept)) } else { Err(problems) }
    }

    /// Entries that were checked when they came in, read back from storage.
    pub fn stored(entries: BTreeMap<String, String>) -> Self {
        Self(entries)
    }

    /// The entry with this key.
    pub fn entry(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// By key, as stored.
    pub fn entries(&self) -> &BTreeMap<String, String> {
        &self.0
    }

    /// The entries in the order of the form, each beside what the file says of it.
    pub fn beside(&self, file: Option<&Measurement>, source_type: SourceType) -> Vec<Compared> {
        let shown = self.shown(source_type);
        let entered: Vec<_> = shown
            .iter()
            .map(|it| Entered {
                key: it.key,
                label: it.label,
                value: self.0.get(it.key).map_or("", String::as_str),
                shown: &it.value,
            })
            .collect();
        match file {
            Some(file) => comparison(&entered, file),
            None => comparison(&entered, &Measurement::default()),
        }
    }

    /// The entries as people read them, in the order of the form.
    pub fn shown(&self, source_type: SourceType) -> Vec<Entry> {
        let entry = |field: &Field| {
            let value = self.0.get(field.key)?;
            Some(Entry { key: field.key, label: field.label, value: field.shown(value) })
        };
        fields(source_type).iter().filter_map(entry).collect()
    }
}

impl SourceType {
    /// Whether the form has fields at all.
    pub fn asks_metadata(self) -> bool {
        self.family() != Family::Package && !fields(self).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(entries: &[(&str, &str)]) -> BTreeMap<String, String> {
        entries.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect()
    }

    #[test]
    fn every_missing_field_is_named_at_once() {
        let problems = DeliveryMetadata::check(SourceType::Subtitle, &typed(&[])).unwrap_err();
        let keys: Vec<_> = problems.iter().map(|it| it.key.as_str()).collect();
        assert_eq!(keys, ["time_base", "frame_rate", "text_type"]);
    }

    #[test]
    fn what_is_not_a_choice_is_refused() {
        let problems =
            DeliveryMetadata::check(SourceType::AudioMe, &typed(&[("channel_layout", "11.1")]))
                .unwrap_err();
        assert_eq!(problems.len(), 1);
        let problems = DeliveryMetadata::check(
            SourceType::AvMuxed,
            &typed(&[("language", "pt_BR"), ("channel_layout", ChannelLayout::ALL[0].key())]),
        );
        assert_eq!(problems.unwrap_err()[0].key, "language");
    }

    #[test]
    fn what_was_not_asked_is_refused() {
        for source_type in SourceType::ALL {
            let problems =
                DeliveryMetadata::check(*source_type, &typed(&[("price", "1")])).unwrap_err();
            assert!(problems.iter().any(|it| it.key == "price"), "{source_type:?}");
        }
    }

    #[test]
    fn a_complete_form_is_kept_and_shown_with_labels() {
        let entries = typed(&[
            ("time_base", "media"),
            ("frame_rate", "24"),
            ("text_type", "subtitle"),
            ("drop_mode", " "),
        ]);
        let kept = DeliveryMetadata::check(SourceType::Subtitle, &entries).unwrap();
        let shown: Vec<_> =
            kept.shown(SourceType::Subtitle).into_iter().map(|it| (it.label, it.value)).collect();
        assert_eq!(shown[0], ("Timing reference", "MEDIA".to_owned()));
        assert_eq!(shown.len(), 3);
    }

    #[test]
    fn packages_are_never_asked() {
        for source_type in SourceType::ALL {
            if source_type.family() == Family::Package {
                assert!(fields(*source_type).is_empty(), "{source_type:?}");
            }
        }
    }
}
