//! Titles and packages.

mod entering;

use domain::{
    history::Happening,
    id::RequestId,
    language::Country,
    people::Actor,
    request::RequestAction,
    title::{Package, TitleEvent},
};
use storage::{request, title};

pub use entering::{
    Catalog, Listed, TitlePage, amend, amend_package, catalog, enter, enter_package, page,
    page_of_package,
};

use crate::{
    error::AppError,
    portal::{Portal, Work},
    services::sight,
};

/// So many packages are suggested.
const SUGGESTED: u32 = 500;

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
    title::hold(&mut work, request.title).await?;
    let before =
        title::find_package(&mut work, request.package).await?.ok_or(AppError::NotFound)?;

    request.permits(RequestAction::EditPackage, actor)?;
    let package = before.clone().edited(tags, countries)?;

    change(&mut work, actor, &before, &package).await?;
    work.finish().await?;
    Ok(package)
}

/// Writes a package as it is after a change; its requests, which are held, are told, and so is its title.
async fn change(
    work: &mut Work,
    actor: &Actor,
    before: &Package,
    after: &Package,
) -> Result<(), AppError> {
    title::save_package(work, after).await?;

    let only_in = |these: &Package, those: &Package| -> Vec<Country> {
        these.countries.iter().filter(|it| !those.countries.contains(it)).copied().collect()
    };
    let (package, corrections) = (after.label(), after.corrections(before));
    let tags = (before.tags != after.tags).then(|| after.tags.clone());
    let (added, removed) = (only_in(after, before), only_in(before, after));
    let happening = Happening::PackageEdited {
        package: package.clone(),
        corrections: corrections.clone(),
        tags: tags.clone(),
        added: added.clone(),
        removed: removed.clone(),
    };
    for it in request::of_package(work, after.id).await? {
        work.tell(actor, it.id, happening.clone()).await?;
    }
    let done = TitleEvent::PackageEdited { package, corrections, tags, added, removed };
    work.record(actor, after.title, done).await
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
