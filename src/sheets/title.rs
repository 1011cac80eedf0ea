//! What is filled in for a title, and for a package.

use chrono::NaiveDate;
use domain::{
    language::Language,
    refusal::Refusal,
    title::{
        Broadcast, Episode, LONGEST_TITLE, Package, PackageFacts, Title, TitleFacts, TitleKind,
    },
};

use super::{Choice, Field, Input, LONGEST, Said, field_of, package};

/// The fields of a title, filled in with what was said, or else with what is known of it.
pub fn title_fields(said: &Said, known: Option<&Title>) -> Vec<Field> {
    let usual = |of: &dyn Fn(&Title) -> String| known.map(of).unwrap_or_default();
    let line = |name, label, usual: String| Field::new(name, label, Input::Line, said, &usual);
    let kinds = TitleKind::ALL.iter().copied().map(Choice::of).collect();
    let broadcasts = Broadcast::ALL.iter().copied().map(Choice::of).collect();
    let tags = Language::known().map(|(tag, _)| tag.to_owned()).collect();
    let episode = |of: fn(Episode) -> u16| {
        usual(&|it| it.episode.map(|it| of(it).to_string()).unwrap_or_default())
    };
    vec![
        line("name", "Name", usual(&|it| it.name.clone()))
            .hinted(format!("At most {LONGEST_TITLE} characters.")),
        line("movie_id", "Movie ID", usual(&|it| it.movie_id.to_string()))
            .hinted("The number by which everybody names it, such as 81002."),
        Field::new(
            "kind",
            "What it is",
            Input::Select(kinds),
            said,
            &usual(&|it| it.kind.key().to_owned()),
        ),
        line("release_year", "Release year", usual(&|it| it.release_year.to_string())),
        line("season", "Season", episode(|it| it.season)).noted("of an episode"),
        line("episode", "Episode", episode(|it| it.number)).noted("of an episode"),
        Field::new(
            "original_language",
            "Original language",
            Input::Listed(tags),
            said,
            &usual(&|it| it.original_language.tag().to_owned()),
        )
        .hinted("Its tag, such as en-GB or nb."),
        Field::new(
            "broadcast",
            "Broadcast",
            Input::Select(broadcasts),
            said,
            &usual(&|it| it.broadcast.map(|it| it.key().to_owned()).unwrap_or_default()),
        )
        .noted("optional"),
    ]
}

/// The fields of a package.
pub fn package_fields(said: &Said) -> Vec<Field> {
    let line = |name, label| Field::new(name, label, Input::Line, said, "").noted("optional");
    vec![
        line("number", "Number").hinted("Such as 5001. Empty for the next one."),
        line("package_name", "Name of the package").hinted("As the title, where it is empty."),
        Field::words("countries", "Countries", said)
            .noted("optional")
            .hinted("Names or two letters, divided by commas, such as NO, Sweden, DK."),
        line("tags", "Tags").hinted(format!(
            "Divided by commas, such as Auto Ident, UHD. At most {}.",
            Package::MOST_TAGS
        )),
        Field::new("launch", "Launch", Input::Date, said, "")
            .noted("optional")
            .hinted("The day it opens on the service."),
    ]
}

/// What was said of a title.
pub fn title_facts(said: &Said) -> Result<TitleFacts, Refusal> {
    let kind = said.key("kind").ok_or(Refusal::TitleKindMissing)?;
    let episode = match (said.text("season"), said.text("episode")) {
        ("", "") => None,
        (season, number) => Some(Episode {
            season: season.parse().map_err(|_| Refusal::EpisodeMissing)?,
            number: number.parse().map_err(|_| Refusal::EpisodeMissing)?,
        }),
    };
    Ok(TitleFacts {
        movie_id: said.text("movie_id").parse().map_err(|_| Refusal::BadMovieId)?,
        name: said.text("name").to_owned(),
        release_year: said.text("release_year").parse().map_err(|_| Refusal::BadReleaseYear)?,
        kind,
        episode,
        original_language: Language::said(said.text("original_language"))?
            .ok_or(Refusal::OriginalLanguageMissing)?,
        broadcast: said.key("broadcast"),
    })
}

/// What was said of a package.
pub fn package_facts(said: &Said) -> Result<PackageFacts, Refusal> {
    let number = match said.text("number") {
        "" => None,
        text => Some(Package::number_in(text).ok_or(Refusal::BadPackageNumber)?),
    };
    let launch = match said.text("launch") {
        "" => None,
        day => Some(day.parse::<NaiveDate>().map_err(|_| Refusal::BadDay)?),
    };
    Ok(PackageFacts {
        number,
        name: said.text("package_name").to_owned(),
        countries: package::countries(said.text("countries"))?,
        tags: package::parts(said.text("tags")).map(str::to_owned).collect(),
        launch,
    })
}

/// Says beside a field that more was typed than is taken, if it was.
pub fn is_overlong(fields: &mut [Field]) -> bool {
    let overlong = fields.iter_mut().find(|it| it.is_overlong());
    overlong.map(|it| it.problem = Some(Refusal::TooLong { most: LONGEST }.to_string())).is_some()
}

/// Says what is wrong beside the field that is to blame, or answers it where there is none.
pub fn blame(fields: &mut [Field], refusal: &Refusal) -> Option<String> {
    let names: &[&str] = match refusal {
        Refusal::BadName | Refusal::TooLong { .. } => &["name", "package_name"],
        Refusal::BadLanguage(_) => &["original_language"],
        Refusal::BadDay | Refusal::DateOutOfRange => &["launch"],
        _ => &[],
    };
    let named = field_of(refusal);
    let is_meant = |it: &&mut Field| match &named {
        _ if names.contains(&it.name.as_str()) => true,
        Some(named) => names.is_empty() && it.name == *named,
        None => false,
    };
    match fields.iter_mut().find(is_meant) {
        Some(field) => {
            field.problem = Some(refusal.to_string());
            None
        }
        None => Some(refusal.to_string()),
    }
}
