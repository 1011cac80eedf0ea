//! What a request asks for, in a form that travels: the browser makes the same expectation of it as the server.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Expectation, Profile, Program, Runtime, imf::AssetId};
use crate::request::SourceType;

/// All that an [`Expectation`] is made of, except for the form, which is filled in later, and the digests of earlier
/// deliveries, which only the server compares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    /// What files of its type must look like in its package.
    pub profile: Profile,
    /// The language of the request; nothing where any will do.
    pub language: Option<String>,
    /// The program that the file goes with, where its picture has been delivered.
    pub program: Option<Program>,
    /// Columns and rows of that program.
    pub canvas: Option<(u32, u32)>,
    /// How long the source is that would be replaced.
    pub previous: Option<Runtime>,
    /// Assets of packages that were delivered before.
    pub known_assets: BTreeSet<AssetId>,
}

impl Brief {
    /// A request of which nothing but its type is known.
    pub const fn of(source_type: SourceType) -> Self {
        Self {
            profile: Profile::shipped(source_type),
            language: None,
            program: None,
            canvas: None,
            previous: None,
            known_assets: BTreeSet::new(),
        }
    }

    /// What a delivery of so many `files` is held against, with the `entries` of its form.
    pub fn expectation(&self, entries: &BTreeMap<String, String>, files: usize) -> Expectation {
        let Self { profile, language, program, canvas, previous, known_assets } = self;
        let plain = profile
            .expectation()
            .speaking(language.as_deref())
            .on_canvas(*canvas)
            .beside(*program)
            .building_on(known_assets.iter().copied());
        let wanted = entries.iter().fold(plain, |wanted, (key, value)| wanted.entered(key, value));
        // Parts of a package have each their own length, which the length of one earlier part says nothing about.
        if files == 1 { wanted.replacing(*previous) } else { wanted }
    }
}

/// What the delivery page asks about the files that were chosen for a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The [`Brief`] of the request as JSON, which the page hands on as it came.
    pub brief: String,
    /// What is in the form so far.
    pub entries: BTreeMap<String, String>,
    /// The numbers under which the page keeps the files.
    pub keys: Vec<u64>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspection::TimeBase;

    #[test]
    fn a_brief_that_has_traveled_makes_the_same_expectation() {
        let brief = Brief {
            language: Some("fr-FR".to_owned()),
            program: Some(Program {
                start: Runtime::from_millis(36_000_000),
                length: Runtime::from_millis(60_000),
            }),
            canvas: Some((1920, 1080)),
            previous: Some(Runtime::from_millis(59_000)),
            known_assets: [AssetId::from_bytes([7; 16])].into(),
            ..Brief::of(SourceType::SecondaryAudio)
        };
        let traveled: Brief =
            serde_json::from_str(&serde_json::to_string(&brief).unwrap()).unwrap();
        assert_eq!(traveled, brief);
        let wanted = traveled.expectation(&BTreeMap::new(), 1);
        assert_eq!((wanted.language.as_deref(), wanted.canvas), (Some("fr-FR"), brief.canvas));
        assert_eq!((wanted.program, wanted.known_assets), (brief.program, brief.known_assets));
        assert!(wanted.previous.is_some());
    }

    #[test]
    fn the_form_counts_and_the_length_of_one_file_does_not_for_several() {
        let brief = Brief {
            previous: Some(Runtime::from_millis(59_000)),
            ..Brief::of(SourceType::ImfVideo)
        };
        assert_eq!(brief.expectation(&BTreeMap::new(), 2).previous, None);
        let entries = BTreeMap::from([("time_base".to_owned(), "smpte".to_owned())]);
        let wanted = Brief::of(SourceType::Subtitle).expectation(&entries, 1);
        assert_eq!(wanted.time_base, Some(TimeBase::Smpte));
    }
}
