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

pub use entering::{Catalog, Listed, TitlePage, amend, catalog, enter, enter_package, page};

use crate::{error::AppError, portal::Portal, services::sight};

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
    let before =
        title::hold_package(&mut work, request.package).await?.ok_or(AppError::NotFound)?;

    request.permits(RequestAction::EditPackage, actor)?;
    let package = before.clone().edited(tags, countries)?;

    title::save_package(&mut work, &package).await?;

    let happening = edited(&before, &package);
    if let Happening::PackageEdited { package: label, tags, added, removed } = happening.clone() {
        let done = TitleEvent::PackageEdited { package: label, tags, added, removed };
        work.record(actor, package.title, done).await?;
    }
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
