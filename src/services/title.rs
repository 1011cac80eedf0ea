//! Titles and packages.

use domain::{
    id::{PackageId, TitleId},
    language::{Country, Language},
    people::{Ability, Actor},
    refusal::{Refusal, ensure},
    title::{Broadcast, Episode, Package, Title, TitleKind},
};
use storage::title;

use crate::{error::AppError, portal::Portal};

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
