//! Titles and packages.

use domain::{
    history::Happening,
    id::{PackageId, RequestId, TitleId},
    language::{Country, Language},
    people::{Ability, Actor},
    refusal::{Refusal, ensure},
    request::RequestAction,
    title::{Broadcast, Episode, Package, Title, TitleKind},
};
use storage::{request, title};

use crate::{error::AppError, portal::Portal, services::sight};

/// So many packages are suggested.
const SUGGESTED: u32 = 500;

/// A title about to be entered.
#[derive(Clone, Debug)]
pub struct NewTitle {
    pub movie_id: i64,
    pub name: String,
    pub release_year: i32,
    pub kind: TitleKind,
    pub episode: Option<Episode>,
    pub original_language: Language,
    pub broadcast: Option<Broadcast>,
}

/// Enters a title.
pub async fn add(portal: &Portal, actor: &Actor, new: NewTitle) -> Result<Title, AppError> {
    ensure(actor.may_ever(Ability::CreateRequest), Refusal::PlatformOnly)?;
    let mut work = portal.begin().await?;
    let title = Title {
        id: TitleId(work.new_id()),
        movie_id: new.movie_id,
        name: new.name,
        release_year: new.release_year,
        kind: new.kind,
        episode: new.episode,
        original_language: new.original_language,
        broadcast: new.broadcast,
    };
    title::insert_title(&mut work, &title).await?;
    work.finish_untold().await?;
    Ok(title)
}

/// Enters a package of a title: all its requests for one release.
pub async fn add_package(
    portal: &Portal,
    actor: &Actor,
    of: &Title,
    countries: Vec<Country>,
    tags: Vec<String>,
) -> Result<Package, AppError> {
    ensure(actor.may_ever(Ability::CreateRequest), Refusal::PlatformOnly)?;
    let mut work = portal.begin().await?;
    let number = title::next_number(&mut work).await?;
    let id = PackageId(work.new_id());
    let package =
        Package { id, number, name: of.name.clone(), title: of.id, countries, tags, launch: None };
    title::insert_package(&mut work, &package).await?;
    work.finish_untold().await?;
    Ok(package)
}

/// Gives the package of a request other tags and countries; all its requests are told.
pub async fn edit_package(
    portal: &Portal,
    actor: &Actor,
    of: RequestId,
    tags: &[String],
    countries: &[Country],
) -> Result<Package, AppError> {
    let mut work = portal.begin().await?;
    let request = sight::request(&mut work, actor, of).await?;
    let before =
        title::hold_package(&mut work, request.package).await?.ok_or(AppError::NotFound)?;

    request.permits(RequestAction::EditPackage, actor)?;
    let package = before.clone().edited(tags, countries)?;

    title::save_package(&mut work, &package).await?;

    let happening = edited(&before, &package);
    for it in request::of_package(&mut work, package.id).await? {
        work.tell(actor, it.id, happening.clone()).await?;
    }
    work.finish().await?;
    Ok(package)
}

fn edited(before: &Package, after: &Package) -> Happening {
    let only_in = |these: &Package, those: &Package| {
        these.countries.iter().filter(|it| !those.countries.contains(it)).copied().collect()
    };
    Happening::PackageEdited {
        package: after.label(),
        tags: (before.tags != after.tags).then(|| after.tags.clone()),
        added: only_in(after, before),
        removed: only_in(before, after),
    }
}

/// The newest packages with their titles' names, for somebody to choose from.
pub async fn newest_packages(portal: &Portal, actor: &Actor) -> Result<Vec<Package>, AppError> {
    actor.permits_asking()?;
    let mut conn = portal.read().await?;
    Ok(title::newest_packages(&mut conn, SUGGESTED).await?)
}

/// The package that people call by this number.
pub async fn package_numbered(
    portal: &Portal,
    actor: &Actor,
    number: i64,
) -> Result<Option<Package>, AppError> {
    actor.permits_asking()?;
    let mut conn = portal.read().await?;
    Ok(title::package_numbered(&mut conn, number).await?)
}
