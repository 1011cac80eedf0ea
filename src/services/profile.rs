//! What files of a request must look like: as shipped, or as the platform has set it for the package.

use domain::{
    history::Happening,
    id::RequestId,
    inspection::{Profile, Setting},
    people::Actor,
};
use storage::{profile, request, title};

use super::sight;
use crate::{error::AppError, portal::Portal};

/// The profile by which files of a request are judged.
pub async fn of_request(
    portal: &Portal,
    actor: &Actor,
    id: RequestId,
) -> Result<Profile, AppError> {
    let mut conn = portal.read().await?;
    let request = sight::request(&mut conn, actor, id).await?;
    Ok(profile::newest(&mut conn, request.package, request.source_type).await?)
}

/// Sets limits for all requests of the package that ask for the same source type; each of them is told. What was
/// judged before stays as it was, until somebody has it inspected again.
pub async fn set(
    portal: &Portal,
    actor: &Actor,
    id: RequestId,
    said: &[(Setting, &str)],
) -> Result<Profile, AppError> {
    let mut work = portal.begin().await?;
    let request = sight::request(&mut work, actor, id).await?;
    title::hold(&mut work, request.title).await?;
    let before = profile::newest(&mut work, request.package, request.source_type).await?;
    let package =
        title::find_package(&mut work, request.package).await?.ok_or(AppError::NotFound)?;

    let after = request.set_expectations(actor, &before, said.iter().copied())?;

    let at = work.now();
    profile::insert(&mut work, package.id, &after, actor.person, at).await?;

    let happening = Happening::ExpectationsSet {
        package: package.label(),
        version: after.label(),
        changes: after.differences(&before),
    };
    let all = request::of_package(&mut work, package.id).await?;
    for it in all.iter().filter(|it| it.source_type == request.source_type) {
        work.tell(actor, it.id, happening.clone()).await?;
    }
    work.finish().await?;
    Ok(after)
}
