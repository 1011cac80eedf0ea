//! Entering a title or a package, and correcting what they say.

use chrono::NaiveDate;
use domain::{
    id::{PackageId, TitleId},
    language::Language,
    people::Actor,
    refusal::Refusal,
    title::{
        Broadcast, Episode, LONGEST_TITLE, Package, PackageFacts, Title, TitleFacts, TitleKind,
    },
};

use super::{
    Choice, Done, Draft, Field, Input, Note, Outcome, Said, Sheet, Topic, Trouble, again, package,
};
use crate::{
    error::AppError,
    paths,
    portal::Portal,
    services::title::{self, TitlePage},
};

/// No number that is typed is longer; whether it is one of ours the rules say, in words that help more.
const LONGEST_NUMBER: usize = 20;

/// What is filled in about a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TitleSheet {
    Enter,
    Correct(TitleId),
    AddPackage(TitleId),
    EditPackage(PackageId),
}

/// The title that it is about, where there is one already; and its package.
struct Known {
    page: Option<TitlePage>,
    package: Option<Package>,
}

impl TitleSheet {
    pub fn address(self) -> String {
        match self {
            Self::Enter => paths::NEW_TITLE.to_owned(),
            Self::Correct(id) => paths::title_sheet(id),
            Self::AddPackage(id) => paths::new_package(id),
            Self::EditPackage(id) => paths::package_sheet(id),
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Enter => "Enter a title",
            Self::Correct(_) => "Correct the title",
            Self::AddPackage(_) => "Add a package",
            Self::EditPackage(_) => "Edit the package",
        }
    }
}

/// The sheet with what was said so far, for those who enter titles.
pub(super) async fn open(
    portal: &Portal,
    actor: &Actor,
    which: TitleSheet,
    said: &Said,
) -> Result<Sheet, AppError> {
    Ok(sheet(&known(portal, actor, which).await?, which, said))
}

/// Does what the sheet says, or shows it again with what is wrong.
pub(super) async fn submit(
    portal: &Portal,
    actor: &Actor,
    which: TitleSheet,
    said: &Said,
) -> Result<Outcome, AppError> {
    let known = known(portal, actor, which).await?;
    let mut sheet = sheet(&known, which, said);
    if sheet.is_to_be_seen_again() {
        return Ok(Outcome::Again(Box::new(sheet)));
    }
    match carry_out(portal, actor, which, &known, said).await {
        Ok(done) => Ok(Outcome::Done(done)),
        Err(trouble) => again(portal, actor, sheet, said, trouble).await,
    }
}

async fn known(portal: &Portal, actor: &Actor, which: TitleSheet) -> Result<Known, AppError> {
    actor.permits_titles()?;
    Ok(match which {
        TitleSheet::Enter => Known { page: None, package: None },
        TitleSheet::Correct(id) | TitleSheet::AddPackage(id) => {
            Known { page: Some(title::page(portal, actor, id, None).await?), package: None }
        }
        TitleSheet::EditPackage(id) => {
            let (page, package) = title::page_of_package(portal, actor, id).await?;
            Known { page: Some(page), package: Some(package) }
        }
    })
}

async fn carry_out(
    portal: &Portal,
    actor: &Actor,
    which: TitleSheet,
    known: &Known,
    said: &Said,
) -> Result<Done, Trouble> {
    let told = match (which, &known.page, &known.package) {
        (TitleSheet::Correct(id), Some(page), _) => {
            let version = page.title.version;
            let facts = title_facts(said)?;
            let title = title::amend(portal, actor, id, version, facts).await.map_err(of_title)?;
            format!("{} saved", title.name)
        }
        (TitleSheet::AddPackage(id), ..) => {
            let facts = package_facts(said)?;
            let added = title::enter_package(portal, actor, id, facts).await;
            format!("{} added", added.map_err(of_package)?.label())
        }
        (TitleSheet::EditPackage(_), _, Some(package)) => {
            let facts = package_facts(said)?;
            let saved = title::amend_package(portal, actor, package, facts).await;
            format!("{} saved", saved.map_err(of_package)?.label())
        }
        (TitleSheet::Enter | TitleSheet::Correct(_) | TitleSheet::EditPackage(_), ..) => {
            let facts = title_facts(said)?;
            let title = title::enter(portal, actor, facts).await.map_err(of_title)?;
            let told = format!("{} is entered. Add its first package", title.name);
            return Ok(Done { told, back: paths::title(title.id), is_new: true });
        }
    };
    Ok(Done { told, back: back(known), is_new: false })
}

fn back(known: &Known) -> String {
    known.page.as_ref().map_or_else(|| paths::TITLES.to_owned(), |it| paths::title(it.title.id))
}

fn sheet(known: &Known, which: TitleSheet, said: &Said) -> Sheet {
    let Draft { lead, fields, notes } = draft(known, which, said);
    let lines = known.page.as_ref().map(|it| it.log.lines.as_slice()).unwrap_or_default();
    let seen = said.seen().unwrap_or(i64::MAX);
    let newer = lines.iter().rev().filter(|it| it.number > seen);
    let name = known.page.as_ref().map(|it| it.title.name.clone());
    let about = match (&known.package, name) {
        (Some(package), Some(name)) => format!("{}, {name}", package.label()),
        (_, name) => name.unwrap_or_default(),
    };
    Sheet {
        topic: Topic::Title(which),
        back: back(known),
        about,
        lead,
        fields,
        notes,
        problem: None,
        meanwhile: newer.map(|it| format!("{} {}", it.who(), it.event.words())).collect(),
        seen: lines.first().map_or(0, |it| it.number),
    }
}

fn draft(known: &Known, which: TitleSheet, said: &Said) -> Draft {
    let title = known.page.as_ref().map(|it| &it.title);
    let (lead, fields, notes) = match which {
        TitleSheet::Enter => {
            ("What is known of it. Its packages come next.", title_fields(said, None), vec![])
        }
        TitleSheet::Correct(_) => {
            let told = "All requests of the title are told, and show what it says from now on.";
            ("What is known of it.", title_fields(said, title), vec![Note::plain(told)])
        }
        TitleSheet::AddPackage(_) => (
            "All requests for one release are made in one package.",
            package_fields(said, None),
            vec![],
        ),
        TitleSheet::EditPackage(_) => {
            let fields = package_fields(said, known.package.as_ref());
            let countries = fields.iter().find(|it| it.name == "countries");
            let notes = known
                .package
                .iter()
                .zip(countries)
                .map(|(package, field)| package::outlook(&package.countries, field.value()));
            let notes = notes.collect();
            ("Where it will be available, and from when. Its number stays.", fields, notes)
        }
    };
    Draft { lead: Some(lead), fields, notes }
}

/// The fields of a title, filled in with what was said, or else with what is known of it.
fn title_fields(said: &Said, known: Option<&Title>) -> Vec<Field> {
    let usual = |of: &dyn Fn(&Title) -> String| known.map(of).unwrap_or_default();
    let line =
        |name, label, most, usual: String| Field::new(name, label, Input::Line(most), said, &usual);
    let kinds = TitleKind::ALL.iter().copied().map(Choice::of).collect();
    let broadcasts = Broadcast::ALL.iter().copied().map(Choice::of).collect();
    let tags = Language::known().map(|(tag, _)| tag.to_owned()).collect();
    let episode = |of: fn(Episode) -> u16| {
        usual(&|it| it.episode.map(|it| of(it).to_string()).unwrap_or_default())
    };
    vec![
        line("name", "Full title", LONGEST_TITLE, usual(&|it| it.name.clone())),
        line("movie_id", "Movie ID", LONGEST_NUMBER, usual(&|it| it.movie_id.to_string()))
            .hinted("The number by which everybody names it, such as 81002."),
        Field::new(
            "kind",
            "What it is",
            Input::Select(kinds),
            said,
            &usual(&|it| it.kind.key().to_owned()),
        ),
        line(
            "release_year",
            "Release year",
            LONGEST_NUMBER,
            usual(&|it| it.release_year.to_string()),
        ),
        line("season", "Season", LONGEST_NUMBER, episode(|it| it.season)).noted("of an episode"),
        line("episode", "Episode", LONGEST_NUMBER, episode(|it| it.number)).noted("of an episode"),
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
        .noted("optional")
        .hinted("Such titles have very short windows, and some date rules spare them."),
    ]
}

/// The fields of a package; its number is given once.
fn package_fields(said: &Said, known: Option<&Package>) -> Vec<Field> {
    let usual = |of: &dyn Fn(&Package) -> String| known.map(of).unwrap_or_default();
    let number = Field::new("number", "Package ID", Input::Line(LONGEST_NUMBER), said, "")
        .noted("optional")
        .hinted("Such as 5001. Empty for the next one.");
    let countries = usual(&|it| package::spelled(&it.countries));
    let launch = usual(&|it| it.launch.map(|day| day.to_string()).unwrap_or_default());
    let rest = vec![
        Field::new(
            "name",
            "Name of the package",
            Input::Line(LONGEST_TITLE),
            said,
            &usual(&|it| it.name.clone()),
        )
        .noted("optional")
        .hinted("As the title, where it is empty."),
        Field::new("countries", "Countries", Input::Words, said, &countries)
            .noted("optional")
            .hinted(
                "One to a line or divided by commas: names or two letters, such as Sweden, DK.",
            ),
        Field::new("tags", "Tags", Input::Listed(vec![]), said, &usual(&|it| it.tags.join(", ")))
            .noted("optional")
            .hinted(format!(
                "Divided by commas, such as Auto Ident, UHD. At most {}.",
                Package::MOST_TAGS
            )),
        Field::new("launch", "Launch", Input::Date, said, &launch)
            .noted("optional")
            .hinted("The day it opens on the service."),
    ];
    let number = known.is_none().then_some(number);
    number.into_iter().chain(rest).collect()
}

/// What was said of a title.
fn title_facts(said: &Said) -> Result<TitleFacts, Trouble> {
    let kind: TitleKind = said.required_key("kind", Refusal::TitleKindMissing)?;
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
        original_language: Language::said(said.text("original_language"))
            .map_err(|it| Trouble::with("original_language", it))?
            .ok_or(Refusal::OriginalLanguageMissing)?,
        broadcast: said.key("broadcast")?,
    })
}

/// What was said of a package.
fn package_facts(said: &Said) -> Result<PackageFacts, Trouble> {
    let number = match said.text("number") {
        "" => None,
        text => Some(Package::number_in(text).ok_or(Refusal::BadPackageNumber)?),
    };
    let launch = match said.text("launch") {
        "" => None,
        day => {
            Some(day.parse::<NaiveDate>().map_err(|_| Trouble::with("launch", Refusal::BadDay))?)
        }
    };
    Ok(PackageFacts {
        number,
        name: said.text("name").to_owned(),
        countries: package::countries(said.text("countries"))?,
        tags: package::parts(said.text("tags")).map(str::to_owned).collect(),
        launch,
    })
}

/// What is wrong with a title, where the rule alone does not tell the field.
fn of_title(error: AppError) -> Trouble {
    match error {
        AppError::Refused(it @ (Refusal::BadName | Refusal::TooLong { .. })) => {
            Trouble::with("name", it)
        }
        error => error.into(),
    }
}

/// The same of a package.
fn of_package(error: AppError) -> Trouble {
    match error {
        AppError::Refused(it @ Refusal::DateOutOfRange) => Trouble::with("launch", it),
        error => of_title(error),
    }
}
