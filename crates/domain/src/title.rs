//! What a request belongs to: title and package.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    id::{PackageId, TitleId},
    key::keyed,
    language::{Country, Language},
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
