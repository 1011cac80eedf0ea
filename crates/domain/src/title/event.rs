//! What was done to a title and its packages, for those who enter them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Correction, PackageFact};
use crate::{
    history::{Author, package_changes},
    key::Keyed,
    language::Country,
};

/// Something that was done to a title. Stored; old ones must stay readable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TitleEvent {
    Entered,
    Amended {
        corrections: Vec<Correction>,
    },
    PackageEntered {
        package: String,
    },
    /// Its tags, as they are now where they have changed, and its countries.
    PackageEdited {
        package: String,
        corrections: Vec<Correction<PackageFact>>,
        tags: Option<Vec<String>>,
        added: Vec<Country>,
        removed: Vec<Country>,
    },
}

/// One of them, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitleLine {
    /// Grows with every entry of the portal.
    pub number: i64,
    pub at: DateTime<Utc>,
    pub author: Author,
    pub event: TitleEvent,
}

/// A stretch of them, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TitleLog {
    pub lines: Vec<TitleLine>,
    /// The number to ask for what is older; absent at the end.
    pub older: Option<i64>,
}

impl TitleLine {
    /// Who did it.
    pub fn who(&self) -> &str {
        match &self.author {
            Author::Person { name, .. } => name,
            Author::Rule => "The portal",
        }
    }
}

impl TitleEvent {
    /// What was done, as it reads after the name of who did it.
    pub fn words(&self) -> String {
        match self {
            Self::Entered => "entered the title.".to_owned(),
            Self::Amended { corrections } => format!("corrected {}.", corrected(corrections)),
            Self::PackageEntered { package } => format!("entered the package {package}."),
            Self::PackageEdited { package, corrections, tags, added, removed } => {
                let changes = package_changes(corrections, tags, added, removed);
                format!("changed package {package}: {changes}.")
            }
        }
    }
}

/// "name from “A” to “B”; release year from “2025” to “2026”"
pub(crate) fn corrected<F: Keyed>(corrections: &[Correction<F>]) -> String {
    corrections.iter().map(Correction::words).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::title::TitleFact;

    #[test]
    fn an_event_reads_on_after_the_name() {
        let package = || "P-5001".to_owned();
        let correction =
            Correction { fact: TitleFact::Name, from: "Tied".into(), to: "Tide".into() };
        for (event, words) in [
            (TitleEvent::Entered, "entered the title."),
            (
                TitleEvent::Amended { corrections: vec![correction] },
                "corrected name from “Tied” to “Tide”.",
            ),
            (TitleEvent::PackageEntered { package: package() }, "entered the package P-5001."),
            (
                TitleEvent::PackageEdited {
                    package: package(),
                    corrections: vec![],
                    tags: Some(vec!["UHD".into()]),
                    added: vec![],
                    removed: vec![],
                },
                "changed package P-5001: tags UHD.",
            ),
        ] {
            assert_eq!(event.words(), words);
            let stored = serde_json::to_string(&event).unwrap();
            assert_eq!(serde_json::from_str::<TitleEvent>(&stored).unwrap(), event, "{stored}");
        }
    }
}
