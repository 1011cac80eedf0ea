//! Entering titles and packages, and correcting what a title says.

use domain::{
    history::Happening,
    id::{PackageId, TitleId},
    people::Actor,
    refusal::{Refusal, ensure},
    request::Progress,
    title::{Package, PackageFacts, Title, TitleEvent, TitleFacts, TitleLog},
};
use storage::{
    Conn,
    title::{self, event},
};

pub use storage::title::Listed;

use crate::{
    error::AppError,
    portal::{Portal, Work},
};

/// So many titles stand on a page of the list.
const LISTED: u32 = 50;
/// So much of what was done to a title is told at once.
const EVENTS: u32 = 50;

/// A stretch of the list of titles, those entered last first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalog {
    pub titles: Vec<Listed>,
    /// The title to ask for those entered before it; absent at the end.
    pub older: Option<TitleId>,
}

/// A title with its packages, and what was done to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitlePage {
    pub title: Title,
    /// By number, each with how much of it has arrived.
    pub packages: Vec<(Package, Progress)>,
    pub log: TitleLog,
}

/// The titles that somebody looks for.
pub async fn catalog(
    portal: &Portal,
    actor: &Actor,
    text: &str,
    before: Option<TitleId>,
) -> Result<Catalog, AppError> {
    actor.permits_titles()?;
    let mut conn = portal.read().await?;
    let mut titles = title::matching(&mut conn, text, before, LISTED + 1).await?;
    let more = titles.len() > LISTED as usize;
    titles.truncate(LISTED as usize);
    let older = titles.last().filter(|_| more).map(|it| it.title.id);
    Ok(Catalog { titles, older })
}

/// One title, and what was done to it before the entry numbered `before`.
pub async fn page(
    portal: &Portal,
    actor: &Actor,
    id: TitleId,
    before: Option<i64>,
) -> Result<TitlePage, AppError> {
    actor.permits_titles()?;
    let mut conn = portal.read().await?;
    let title = title::find_title(&mut conn, id).await?.ok_or(AppError::NotFound)?;
    let mut packages = Vec::new();
    for package in title::packages_of(&mut conn, id).await? {
        let progress = title::progress_of_package(&mut conn, package.id).await?;
        packages.push((package, progress));
    }
    let log = event::of_title(&mut conn, id, before, EVENTS).await?;
    Ok(TitlePage { title, packages, log })
}

/// The title of a package, as `page` has it, and the package itself.
pub async fn page_of_package(
    portal: &Portal,
    actor: &Actor,
    id: PackageId,
) -> Result<(TitlePage, Package), AppError> {
    actor.permits_titles()?;
    let found = title::find_package(&mut portal.read().await?, id).await?;
    let of = found.ok_or(AppError::NotFound)?.title;
    let page = page(portal, actor, of, None).await?;
    let package = page.packages.iter().find(|(it, _)| it.id == id).map(|(it, _)| it.clone());
    Ok((page, package.ok_or(AppError::NotFound)?))
}

/// Enters a title.
pub async fn enter(portal: &Portal, actor: &Actor, facts: TitleFacts) -> Result<Title, AppError> {
    actor.permits_titles()?;
    let mut work = portal.begin().await?;

    let title = facts.entered(TitleId(work.new_id()))?;
    ensure_free(&mut work, &title).await?;

    title::insert_title(&mut work, &title).await?;

    work.record(actor, title.id, TitleEvent::Entered).await?;
    work.finish().await?;
    Ok(title)
}

/// Corrects what a title says, unless somebody has corrected it since `version`; all its requests are told.
pub async fn amend(
    portal: &Portal,
    actor: &Actor,
    id: TitleId,
    version: i64,
    facts: TitleFacts,
) -> Result<Title, AppError> {
    actor.permits_titles()?;
    let mut work = portal.begin().await?;
    let before = title::hold(&mut work, id).await?.ok_or(AppError::NotFound)?;
    if before.version != version {
        return Err(AppError::MovedOn);
    }

    let (title, corrections) = before.amended(facts)?;
    ensure_free(&mut work, &title).await?;

    let requests = title::save(&mut work, &title).await?;

    for request in requests {
        let happening = Happening::TitleAmended { corrections: corrections.clone() };
        work.tell(actor, request, happening).await?;
    }
    work.record(actor, id, TitleEvent::Amended { corrections }).await?;
    work.finish().await?;
    Ok(Title { version: version + 1, ..title })
}

/// Enters a package of a title: all its requests for one release.
pub async fn enter_package(
    portal: &Portal,
    actor: &Actor,
    of: TitleId,
    facts: PackageFacts,
) -> Result<Package, AppError> {
    actor.permits_titles()?;
    let mut work = portal.begin().await?;
    let title = title::find_title(&mut work, of).await?.ok_or(AppError::NotFound)?;
    let next = match facts.number {
        Some(number) => number,
        None => next_number(&mut work).await?,
    };

    let package = facts.entered(PackageId(work.new_id()), &title, next)?;
    let taken = title::package_numbered(&mut work, package.number).await?;
    ensure(taken.is_none(), Refusal::PackageNumberTaken(package.label()))?;

    title::insert_package(&mut work, &package).await?;

    let done = TitleEvent::PackageEntered { package: package.label() };
    work.record(actor, of, done).await?;
    work.finish().await?;
    Ok(package)
}

/// Changes what a package says, unless somebody has changed it since it was `seen`; all its requests are told.
pub async fn amend_package(
    portal: &Portal,
    actor: &Actor,
    seen: &Package,
    facts: PackageFacts,
) -> Result<Package, AppError> {
    actor.permits_titles()?;
    let mut work = portal.begin().await?;
    let title = title::hold(&mut work, seen.title).await?.ok_or(AppError::NotFound)?;
    let before = title::find_package(&mut work, seen.id).await?.ok_or(AppError::NotFound)?;
    if before != *seen {
        return Err(AppError::MovedOn);
    }

    let package = before.clone().amended(&title, facts)?;

    super::change(&mut work, actor, &before, &package).await?;
    work.finish().await?;
    Ok(package)
}

/// The next number that nobody has given to a package by hand.
async fn next_number(work: &mut Work) -> Result<i64, AppError> {
    loop {
        let next = title::next_number(work).await?;
        if title::package_numbered(work, next).await?.is_none() {
            return Ok(next);
        }
    }
}

/// Whether no other title has its Movie ID.
async fn ensure_free(conn: &mut Conn, title: &Title) -> Result<(), AppError> {
    let found = title::title_of_movie(conn, title.movie_id).await?;
    match found.filter(|it| it.id != title.id) {
        Some(other) => {
            let (movie_id, name) = (other.movie_id, other.name);
            Err(Refusal::MovieIdTaken { movie_id, name }.into())
        }
        None => Ok(()),
    }
}
