//! Profiles: what files of one source type must look like. One is shipped for each type; for one package of a title the
//! platform may set some of its limits otherwise, and every such change makes a new version.

mod setting;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Expectation, RULES};
use crate::{
    people::Actor,
    refusal::{Refusal, ensure},
    request::{RequestAction, SourceRequest, SourceType},
};
pub use setting::Setting;

/// What files of one source type must look like in one package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    source_type: SourceType,
    /// How often it was changed for the package; 0 as shipped.
    version: u32,
    settings: BTreeMap<Setting, String>,
}

impl Profile {
    /// As it is shipped.
    pub const fn shipped(source_type: SourceType) -> Self {
        Self { source_type, version: 0, settings: BTreeMap::new() }
    }

    /// As it was kept. What is not understood any more counts for nothing: the shipped limit holds then.
    pub fn kept(
        source_type: SourceType,
        version: u32,
        settings: impl IntoIterator<Item = (Setting, String)>,
    ) -> Self {
        let shipped = Expectation::of(source_type);
        let understood = |(it, value): &(Setting, String)| it.read(&shipped, value).is_some();
        Self { source_type, version, settings: settings.into_iter().filter(understood).collect() }
    }

    /// The source type that it is for.
    pub const fn source_type(&self) -> SourceType {
        self.source_type
    }

    /// How often it was changed for the package; 0 as shipped.
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// What is set for the package, and nothing that is as shipped.
    pub const fn settings(&self) -> &BTreeMap<Setting, String> {
        &self.settings
    }

    /// The version of the rules and, where limits are set for the package, that of the profile: `3`, `3.2`.
    pub fn label(&self) -> String {
        match self.version {
            0 => RULES.to_string(),
            version => format!("{RULES}.{version}"),
        }
    }

    /// Its name and its version.
    pub fn title(&self) -> String {
        format!("{}, version {}", self.source_type.label(), self.label())
    }

    /// What is expected by it, before anything is known about a particular request.
    pub fn expectation(&self) -> Expectation {
        let shipped = Expectation::of(self.source_type);
        let set = |wanted: Expectation, (setting, value): (&Setting, &String)| {
            setting.apply(wanted, value)
        };
        self.settings.iter().fold(shipped, set)
    }

    /// The next version, with these limits set and all others as shipped; what is empty is as shipped too.
    ///
    /// # Errors
    /// A value says nothing that this limit can be, the source type has no such limit, or nothing changes.
    pub fn changed<'a>(
        &self,
        said: impl IntoIterator<Item = (Setting, &'a str)>,
    ) -> Result<Self, Refusal> {
        let shipped = Expectation::of(self.source_type);
        let mut settings = BTreeMap::new();
        for (setting, value) in said {
            if !value.trim().is_empty() {
                let read = setting.read(&shipped, value).ok_or(Refusal::BadSetting(setting))?;
                settings.insert(setting, read);
            }
        }
        ensure(settings != self.settings, Refusal::NothingChanged)?;
        Ok(Self { version: self.version.saturating_add(1), settings, ..*self })
    }

    /// What is set otherwise than before, in words: `longest black inside 4 seconds; true peak as shipped`.
    pub fn differences(&self, before: &Self) -> Vec<String> {
        let told = |it: &Setting| match (before.settings.get(it), self.settings.get(it)) {
            (one, other) if one == other => None,
            (_, Some(value)) => Some(format!("{} {}", it.label().to_lowercase(), it.told(value))),
            (_, None) => Some(format!("{} as shipped", it.label().to_lowercase())),
        };
        Setting::ALL.iter().filter_map(told).collect()
    }
}

impl SourceRequest {
    /// The next version of the profile by which files of this request are judged; all requests of its package for
    /// the same source type share it.
    ///
    /// # Errors
    /// As [`SourceRequest::permits`] and [`Profile::changed`].
    pub fn set_expectations<'a>(
        &self,
        actor: &Actor,
        profile: &Profile,
        said: impl IntoIterator<Item = (Setting, &'a str)>,
    ) -> Result<Profile, Refusal> {
        self.permits(RequestAction::SetExpectations, actor)?;
        profile.changed(said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_shipped_a_profile_is_the_expectation_of_its_type() {
        for &source_type in SourceType::ALL {
            let profile = Profile::shipped(source_type);
            assert_eq!(profile.expectation(), Expectation::of(source_type), "{source_type:?}");
            assert_eq!(profile.label(), RULES.to_string());
        }
    }

    #[test]
    fn every_change_is_a_version_and_what_is_left_empty_is_as_shipped() {
        let shipped = Profile::shipped(SourceType::Subtitle);
        let first =
            shipped.changed([(Setting::LineWidth, " 37 "), (Setting::ReadingSpeed, "")]).unwrap();
        assert_eq!((first.version(), first.label()), (1, format!("{RULES}.1")));
        assert_eq!(first.differences(&shipped), ["signs in a line at most 37"]);
        assert_eq!(first.changed([(Setting::LineWidth, "37")]), Err(Refusal::NothingChanged));
        let second = first.changed([]).unwrap();
        assert_eq!((second.version(), second.expectation()), (2, shipped.expectation()));
        assert_eq!(second.differences(&first), ["signs in a line as shipped"]);
    }

    #[test]
    fn a_limit_that_a_type_does_not_have_cannot_be_set() {
        let refused = Profile::shipped(SourceType::Subtitle).changed([(Setting::Freeze, "4")]);
        assert_eq!(refused, Err(Refusal::BadSetting(Setting::Freeze)));
        for word in ["", "quick", "9999", "-1", "25 fps, 30 fps"] {
            let kept = [(Setting::LineWidth, word.to_owned())];
            let kept = Profile::kept(SourceType::Subtitle, 4, kept);
            assert_eq!(kept.expectation(), Expectation::of(SourceType::Subtitle), "{word}");
        }
    }
}
