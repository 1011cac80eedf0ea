//! What a request belongs to: title and package.

mod event;
mod facts;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub(crate) use event::corrected;
pub use event::{TitleEvent, TitleLine, TitleLog};
pub use facts::{
    Correction, LARGEST_EPISODE, LARGEST_NUMBER, LONGEST_TITLE, PackageFact, PackageFacts,
    RELEASE_YEARS, TitleFact, TitleFacts,
};

use crate::{
    id::{PackageId, TitleId},
    key::keyed,
    language::{Country, Language},
    refusal::{Refusal, ensure},
    text::storable,
};

keyed! {
    /// What a title is.
    pub enum TitleKind {
        Feature = "feature", "Feature";
        Episode = "episode", "Episode";
        Supplemental = "supplemental", "Supplemental";
    }
}

keyed! {
    /// A title that goes out with its broadcast has very short windows, and some date rules spare it.
    pub enum Broadcast {
        DayOf = "day_of", "Day of Broadcast";
        DayAfter = "day_after", "Day After Broadcast";
    }
}

/// One deliverable program: a feature or one episode.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    pub id: TitleId,
    /// The number by which everybody in the field names a title.
    pub movie_id: i64,
    pub name: String,
    pub release_year: i32,
    pub kind: TitleKind,
    pub episode: Option<Episode>,
    pub original_language: Language,
    pub broadcast: Option<Broadcast>,
    /// Counts changes, so that the second of two who change it is told.
    pub version: i64,
}

/// Where an episode stands in its series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Episode {
    pub season: u16,
    pub number: u16,
}

impl Episode {
    /// As people write it: `S01 E03`.
    pub fn label(self) -> String {
        format!("S{:02} E{:02}", self.season, self.number)
    }
}

/// All source requests of one title for one release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    pub id: PackageId,
    /// The number people say and search for.
    pub number: i64,
    pub name: String,
    pub title: TitleId,
    /// Where the package will be available, by name of the country.
    pub countries: Vec<Country>,
    /// Marks such as `Auto Ident`.
    pub tags: Vec<String>,
    /// The day the package opens on the service, if it is known.
    pub launch: Option<NaiveDate>,
}

impl Package {
    /// So many tags a package has at most.
    pub const MOST_TAGS: usize = 20;
    /// So many characters a tag has at most.
    pub const LONGEST_TAG: usize = 40;

    /// The number as people write it.
    pub fn label(&self) -> String {
        format!("P-{}", self.number)
    }

    /// The number that somebody wrote: `P-5001` or `5001`.
    pub fn number_in(text: &str) -> Option<i64> {
        let text = text.trim();
        text.strip_prefix(['P', 'p'])
            .and_then(|it| it.strip_prefix('-'))
            .unwrap_or(text)
            .parse()
            .ok()
    }

    /// The package with other tags and countries, each once; countries by code.
    pub fn edited(self, tags: &[String], countries: &[Country]) -> Result<Self, Refusal> {
        let (countries, tags) = availability(countries, tags)?;
        let mut before = self.countries.clone();
        before.sort_unstable();
        ensure(tags != self.tags || countries != before, Refusal::NothingChanged)?;
        Ok(Self { tags, countries, ..self })
    }
}

/// Countries and tags, each once and countries by code, if there are not too many.
fn availability(
    countries: &[Country],
    tags: &[String],
) -> Result<(Vec<Country>, Vec<String>), Refusal> {
    let tags = cleaned(tags);
    ensure(tags.len() <= Package::MOST_TAGS, Refusal::TooManyTags { most: Package::MOST_TAGS })?;
    let overlong = tags.iter().any(|it| it.chars().count() > Package::LONGEST_TAG);
    ensure(!overlong, Refusal::TagTooLong { most: Package::LONGEST_TAG })?;
    let mut countries = countries.to_vec();
    countries.sort_unstable();
    countries.dedup();
    Ok((countries, tags))
}

/// Without spaces around them, without empty ones, and of two that differ in case only the first.
fn cleaned(tags: &[String]) -> Vec<String> {
    let mut cleaned: Vec<String> = Vec::new();
    for tag in tags.iter().map(|it| storable(it.trim())).filter(|it| !it.is_empty()) {
        if cleaned.iter().all(|it| it.to_lowercase() != tag.to_lowercase()) {
            cleaned.push(tag);
        }
    }
    cleaned
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn package() -> Package {
        Package {
            id: PackageId(Uuid::nil()),
            number: 5001,
            name: "The Long Tide".into(),
            title: TitleId(Uuid::nil()),
            countries: of(&["SE", "NO"]),
            tags: vec!["Auto Ident".into()],
            launch: None,
        }
    }

    fn of(codes: &[&str]) -> Vec<Country> {
        codes.iter().filter_map(|it| Country::from_code(it)).collect()
    }

    fn tags(tags: &[&str]) -> Vec<String> {
        tags.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn tags_and_countries_stand_once_each() {
        let edited = package()
            .edited(&tags(&[" UHD ", "", "uhd", "Auto Ident"]), &of(&["SE", "DK", "SE"]))
            .unwrap();
        assert_eq!(edited.tags, ["UHD", "Auto Ident"]);
        assert_eq!(edited.countries, of(&["DK", "SE"]));
        let emptied = package().edited(&[], &[]).unwrap();
        assert!(emptied.tags.is_empty() && emptied.countries.is_empty());
    }

    #[test]
    fn nothing_changes_by_another_order_of_the_same_countries() {
        let same = package().edited(&tags(&["Auto Ident"]), &of(&["NO", "SE"]));
        assert_eq!(same, Err(Refusal::NothingChanged));
    }

    #[test]
    fn tags_are_few_and_short() {
        let most: Vec<_> = (0..Package::MOST_TAGS).map(|it| it.to_string()).collect();
        assert!(package().edited(&most, &[]).is_ok());
        let more = [most, vec!["one more".into()]].concat();
        let refused = package().edited(&more, &[]);
        assert_eq!(refused, Err(Refusal::TooManyTags { most: Package::MOST_TAGS }));
        assert!(package().edited(&["ä".repeat(Package::LONGEST_TAG)], &[]).is_ok());
        let long = package().edited(&["x".repeat(Package::LONGEST_TAG + 1)], &[]);
        assert_eq!(long, Err(Refusal::TagTooLong { most: Package::LONGEST_TAG }));
    }

    #[test]
    fn a_package_is_named_by_its_number() {
        for text in ["P-5001", "p-5001", " 5001 "] {
            assert_eq!(Package::number_in(text), Some(5001), "{text}");
        }
        for text in ["", "P", "P-", "P5001", "The Long Tide", "5001x"] {
            assert_eq!(Package::number_in(text), None, "{text}");
        }
    }
}
