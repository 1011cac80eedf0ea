//! What the platform says of a title and of a package: entering them, and amending a title.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Broadcast, Episode, Package, Title, TitleKind};
use crate::{
    id::{PackageId, TitleId},
    key::{Keyed, keyed},
    language::{Country, Language},
    people::{Ability, Actor},
    refusal::{Refusal, ensure},
    request::YEARS,
    text::line,
};

/// So many characters the name of a title or a package has at most.
pub const LONGEST_TITLE: usize = 200;
/// The largest Movie ID and the largest number of a package: ten digits.
pub const LARGEST_NUMBER: i64 = 9_999_999_999;
/// The years in which a title was or will be released. The first films are of 1888.
pub const RELEASE_YEARS: std::ops::RangeInclusive<i32> = 1888..=2199;
/// Seasons and episodes are counted so far; season 0 is for specials.
pub const LARGEST_EPISODE: u16 = 9_999;

/// What is said of a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitleFacts {
    pub movie_id: i64,
    pub name: String,
    pub release_year: i32,
    pub kind: TitleKind,
    pub episode: Option<Episode>,
    pub original_language: Language,
    pub broadcast: Option<Broadcast>,
}

/// What is said of a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackageFacts {
    /// The number by which people call it; the next one, if none is said.
    pub number: Option<i64>,
    /// As its title, where it is empty.
    pub name: String,
    pub countries: Vec<Country>,
    pub tags: Vec<String>,
    pub launch: Option<NaiveDate>,
}

keyed! {
    /// One thing that is known of a title.
    pub enum TitleFact {
        MovieId = "movie_id", "Movie ID";
        Name = "name", "name";
        ReleaseYear = "release_year", "release year";
        Kind = "kind", "kind";
        Episode = "episode", "episode";
        OriginalLanguage = "original_language", "original language";
        Broadcast = "broadcast", "broadcast";
    }
}

keyed! {
    /// One thing that is known of a package, besides its tags and countries.
    pub enum PackageFact {
        Name = "name", "name";
        Launch = "launch", "launch";
    }
}

/// One fact of a title, or of a package, that has become another, as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction<F = TitleFact> {
    pub fact: F,
    pub from: String,
    pub to: String,
}

impl<F: Keyed> Correction<F> {
    /// "name from “The Long Tied” to “The Long Tide”"
    pub fn words(&self) -> String {
        format!("{} from “{}” to “{}”", self.fact.label(), self.from, self.to)
    }
}

impl Actor {
    /// Whether this person enters titles and packages, and looks at the list of them.
    pub fn permits_titles(&self) -> Result<(), Refusal> {
        ensure(self.is_platform(), Refusal::PlatformOnly)?;
        ensure(self.may_ever(Ability::EnterTitles), Refusal::RoleTooNarrow)
    }
}

impl TitleFacts {
    /// The title of which this is said, once it is entered.
    pub fn entered(self, id: TitleId) -> Result<Title, Refusal> {
        let Self { movie_id, name, release_year, kind, episode, original_language, broadcast } =
            self.checked()?;
        let version = 1;
        Ok(Title {
            id,
            movie_id,
            name,
            release_year,
            kind,
            episode,
            original_language,
            broadcast,
            version,
        })
    }

    fn checked(self) -> Result<Self, Refusal> {
        ensure((1..=LARGEST_NUMBER).contains(&self.movie_id), Refusal::BadMovieId)?;
        let name = named(&self.name)?;
        ensure(RELEASE_YEARS.contains(&self.release_year), Refusal::BadReleaseYear)?;
        match (self.kind, self.episode) {
            (TitleKind::Episode, None) => return Err(Refusal::EpisodeMissing),
            (TitleKind::Feature | TitleKind::Supplemental, Some(_)) => {
                return Err(Refusal::NoEpisode(self.kind));
            }
            (_, Some(it)) => {
                let fits = it.season <= LARGEST_EPISODE && it.number <= LARGEST_EPISODE;
                ensure(fits, Refusal::EpisodeMissing)?;
            }
            (_, None) => {}
        }
        let named_language = self.original_language.tag() != Language::ORIGINAL;
        ensure(named_language, Refusal::OriginalLanguageMissing)?;
        Ok(Self { name, ..self })
    }
}

/// A name in one line, neither empty nor endless.
fn named(typed: &str) -> Result<String, Refusal> {
    let name = line(typed);
    ensure(!name.is_empty(), Refusal::BadName)?;
    ensure(name.chars().count() <= LONGEST_TITLE, Refusal::TooLong { most: LONGEST_TITLE })?;
    Ok(name)
}

impl Title {
    /// The title as `facts` have it, and what has become another by that.
    pub fn amended(self, facts: TitleFacts) -> Result<(Self, Vec<Correction>), Refusal> {
        let after = Self { version: self.version, ..facts.entered(self.id)? };
        let corrections: Vec<_> = TitleFact::ALL
            .iter()
            .map(|fact| Correction { fact: *fact, from: self.fact(*fact), to: after.fact(*fact) })
            .filter(|it| it.from != it.to)
            .collect();
        ensure(!corrections.is_empty(), Refusal::NothingChanged)?;
        Ok((after, corrections))
    }

    /// A fact as people read it.
    fn fact(&self, fact: TitleFact) -> String {
        match fact {
            TitleFact::MovieId => self.movie_id.to_string(),
            TitleFact::Name => self.name.clone(),
            TitleFact::ReleaseYear => self.release_year.to_string(),
            TitleFact::Kind => self.kind.label().to_owned(),
            TitleFact::Episode => self.episode.map_or("none".to_owned(), Episode::label),
            TitleFact::OriginalLanguage => self.original_language.label(),
            TitleFact::Broadcast => self.broadcast.map_or("none", Broadcast::label).to_owned(),
        }
    }
}

impl Package {
    /// The package as `facts` have it. Its number stays: people have written it down.
    pub fn amended(mut self, of: &Title, facts: PackageFacts) -> Result<Self, Refusal> {
        let after = PackageFacts { number: None, ..facts }.entered(self.id, of, self.number)?;
        self.countries.sort_unstable();
        ensure(after != self, Refusal::NothingChanged)?;
        Ok(after)
    }

    /// What is said otherwise of this package than it was said `before`.
    pub fn corrections(&self, before: &Self) -> Vec<Correction<PackageFact>> {
        PackageFact::ALL
            .iter()
            .map(|fact| Correction { fact: *fact, from: before.fact(*fact), to: self.fact(*fact) })
            .filter(|it| it.from != it.to)
            .collect()
    }

    fn fact(&self, fact: PackageFact) -> String {
        match fact {
            PackageFact::Name => self.name.clone(),
            PackageFact::Launch => {
                self.launch.map_or("none".to_owned(), |it| it.format("%d %b %Y").to_string())
            }
        }
    }
}

impl PackageFacts {
    /// The package of which this is said, once it is entered; called `next` where no number is said.
    pub fn entered(self, id: PackageId, of: &Title, next: i64) -> Result<Package, Refusal> {
        let number = self.number.unwrap_or(next);
        ensure((1..=LARGEST_NUMBER).contains(&number), Refusal::BadPackageNumber)?;
        let name = match line(&self.name).as_str() {
            "" => of.name.clone(),
            name => named(name)?,
        };
        let in_range = self.launch.is_none_or(|it| YEARS.contains(&it.year()));
        ensure(in_range, Refusal::DateOutOfRange)?;
        let (countries, tags) = super::availability(&self.countries, &self.tags)?;
        Ok(Package { id, number, name, title: of.id, countries, tags, launch: self.launch })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        people::{OrganizationKind, Role},
        request::sample::actor,
    };

    const ID: TitleId = TitleId(Uuid::nil());

    fn facts() -> TitleFacts {
        TitleFacts {
            movie_id: 81_002,
            name: "The Long Tide".into(),
            release_year: 2026,
            kind: TitleKind::Feature,
            episode: None,
            original_language: Language::parse("en-GB").unwrap(),
            broadcast: None,
        }
    }

    fn episode(season: u16, number: u16) -> TitleFacts {
        let episode = Some(Episode { season, number });
        TitleFacts { kind: TitleKind::Episode, episode, ..facts() }
    }

    #[test]
    fn only_those_of_the_platform_who_ask_for_files_enter_titles() {
        for kind in OrganizationKind::ALL {
            for role in Role::ALL {
                let expected = match (kind, role) {
                    (OrganizationKind::Platform, Role::Administrator | Role::Operations) => Ok(()),
                    (OrganizationKind::Platform, Role::QcOperator | Role::ReadOnly) => {
                        Err(Refusal::RoleTooNarrow)
                    }
                    (
                        OrganizationKind::ContentPartner | OrganizationKind::FulfillmentPartner,
                        _,
                    ) => Err(Refusal::PlatformOnly),
                };
                assert_eq!(actor(*kind, *role).permits_titles(), expected, "{kind:?} {role:?}");
            }
        }
    }

    #[test]
    fn what_is_no_title_is_refused_with_the_fact_that_is_wrong() {
        let ask = |facts: TitleFacts| facts.entered(ID).map(drop);
        let with = |change: &dyn Fn(&mut TitleFacts)| {
            let mut facts = facts();
            change(&mut facts);
            ask(facts)
        };
        for (movie_id, fits) in [
            (i64::MIN, false),
            (0, false),
            (1, true),
            (9_999_999_999, true),
            (10_000_000_000, false),
        ] {
            let expected = if fits { Ok(()) } else { Err(Refusal::BadMovieId) };
            assert_eq!(with(&|it| it.movie_id = movie_id), expected, "{movie_id}");
        }
        for (name, expected) in [
            ("", Err(Refusal::BadName)),
            (" \n\t", Err(Refusal::BadName)),
            ("Fjære", Ok(())),
            (&*"ä".repeat(200), Ok(())),
            (&*"ä".repeat(201), Err(Refusal::TooLong { most: 200 })),
        ] {
            assert_eq!(with(&|it| it.name = name.to_owned()), expected, "{name}");
        }
        for (year, fits) in [(1887, false), (1888, true), (2199, true), (2200, false)] {
            let expected = if fits { Ok(()) } else { Err(Refusal::BadReleaseYear) };
            assert_eq!(with(&|it| it.release_year = year), expected, "{year}");
        }
        let original = Language::parse("*").unwrap();
        let no_language = with(&|it| it.original_language = original.clone());
        assert_eq!(no_language, Err(Refusal::OriginalLanguageMissing));
    }

    #[test]
    fn an_episode_says_which_and_nothing_else_does() {
        for (facts, expected) in [
            (episode(0, 0), Ok(())),
            (episode(9_999, 9_999), Ok(())),
            (episode(10_000, 1), Err(Refusal::EpisodeMissing)),
            (episode(1, 10_000), Err(Refusal::EpisodeMissing)),
            (TitleFacts { episode: None, ..episode(1, 1) }, Err(Refusal::EpisodeMissing)),
            (
                TitleFacts { kind: TitleKind::Feature, ..episode(1, 1) },
                Err(Refusal::NoEpisode(TitleKind::Feature)),
            ),
            (
                TitleFacts { kind: TitleKind::Supplemental, ..episode(1, 1) },
                Err(Refusal::NoEpisode(TitleKind::Supplemental)),
            ),
        ] {
            assert_eq!(facts.clone().entered(ID).map(drop), expected, "{facts:?}");
        }
    }

    #[test]
    fn what_was_corrected_is_told_and_only_that() {
        let title = facts().entered(ID).unwrap();
        assert_eq!(title.clone().amended(facts()), Err(Refusal::NothingChanged));
        let spaced = TitleFacts { name: " The Long\nTide ".into(), ..facts() };
        assert_eq!(title.clone().amended(spaced), Err(Refusal::NothingChanged));
        let renamed = TitleFacts { name: "The Longest Tide".into(), ..episode(1, 3) };
        let (after, corrections) = title.clone().amended(renamed).unwrap();
        assert_eq!((after.id, after.version), (title.id, title.version));
        let words: Vec<_> = corrections.iter().map(Correction::words).collect();
        assert_eq!(
            words,
            [
                "name from “The Long Tide” to “The Longest Tide”",
                "kind from “Feature” to “Episode”",
                "episode from “none” to “S01 E03”",
            ]
        );
        for fact in TitleFact::ALL {
            let other = match fact {
                TitleFact::MovieId => TitleFacts { movie_id: 7, ..facts() },
                TitleFact::Name => TitleFacts { name: "Salt".into(), ..facts() },
                TitleFact::ReleaseYear => TitleFacts { release_year: 1999, ..facts() },
                TitleFact::Kind => TitleFacts { kind: TitleKind::Supplemental, ..facts() },
                TitleFact::Episode => episode(1, 2),
                TitleFact::OriginalLanguage => {
                    TitleFacts { original_language: Language::parse("nb").unwrap(), ..facts() }
                }
                TitleFact::Broadcast => TitleFacts { broadcast: Some(Broadcast::DayOf), ..facts() },
            };
            let (_, corrections) = title.clone().amended(other).unwrap();
            assert!(corrections.iter().any(|it| it.fact == *fact), "{fact:?}: {corrections:?}");
        }
    }

    #[test]
    fn a_package_keeps_its_number_and_tells_what_became_another() {
        let title = facts().entered(ID).unwrap();
        let said = PackageFacts {
            countries: ["SE", "NO"].into_iter().filter_map(Country::from_code).collect(),
            ..PackageFacts::default()
        };
        let before = said.clone().entered(PackageId(Uuid::nil()), &title, 5_001).unwrap();
        let same = PackageFacts { number: Some(9), name: "The Long Tide".into(), ..said.clone() };
        assert_eq!(before.clone().amended(&title, same), Err(Refusal::NothingChanged));
        let launch = Some("2027-05-01".parse().unwrap());
        let name = "Worldwide".to_owned();
        let after = before.clone().amended(&title, PackageFacts { name, launch, ..said }).unwrap();
        assert_eq!(after.number, 5_001);
        let words: Vec<_> = after.corrections(&before).iter().map(Correction::words).collect();
        assert_eq!(
            words,
            ["name from “The Long Tide” to “Worldwide”", "launch from “none” to “01 May 2027”"]
        );
        assert!(after.corrections(&after).is_empty());
        let long = PackageFacts { name: "x".repeat(201), ..PackageFacts::default() };
        assert_eq!(before.amended(&title, long), Err(Refusal::TooLong { most: 200 }));
    }

    #[test]
    fn a_package_is_called_by_its_number_and_like_its_title() {
        let title = facts().entered(ID).unwrap();
        let enter = |facts: PackageFacts| facts.entered(PackageId(Uuid::nil()), &title, 5_002);
        let plain = enter(PackageFacts::default()).unwrap();
        assert_eq!((plain.number, plain.name.as_str()), (5_002, "The Long Tide"));
        let own = PackageFacts {
            number: Some(77),
            name: "The Long Tide, worldwide".into(),
            tags: vec!["UHD".into(), " uhd ".into()],
            ..PackageFacts::default()
        };
        let own = enter(own).unwrap();
        assert_eq!((own.number, own.name.as_str()), (77, "The Long Tide, worldwide"));
        assert_eq!(own.tags, ["UHD"]);
        for number in [-1, 0, LARGEST_NUMBER + 1] {
            let bad = PackageFacts { number: Some(number), ..PackageFacts::default() };
            assert_eq!(enter(bad), Err(Refusal::BadPackageNumber), "{number}");
        }
        let long = PackageFacts { name: "x".repeat(201), ..PackageFacts::default() };
        assert_eq!(enter(long), Err(Refusal::TooLong { most: 200 }));
        for (day, fits) in [
            ("1969-12-31", false),
            ("1970-01-01", true),
            ("2199-12-31", true),
            ("2200-01-01", false),
        ] {
            let launch = Some(day.parse().unwrap());
            let entered = enter(PackageFacts { launch, ..PackageFacts::default() });
            let expected = if fits { Ok(launch) } else { Err(Refusal::DateOutOfRange) };
            assert_eq!(entered.map(|it| it.launch), expected, "{day}");
        }
        let many = PackageFacts { tags: vec!["x".repeat(41)], ..PackageFacts::default() };
        assert_eq!(enter(many), Err(Refusal::TagTooLong { most: Package::LONGEST_TAG }));
    }
}
