//! Titles and packages: what requests belong to.

mod catalog;
pub mod event;

use chrono::NaiveDate;
use domain::{
    id::{PackageId, RequestId, TitleId},
    language::{Country, Language},
    request::{Progress, RequestStatus},
    title::{Broadcast, Episode, Package, Title, TitleKind},
};
use sqlx::{FromRow, types::Json};

pub(crate) use catalog::begin;
pub use catalog::{Listed, hold, matching, save};

use crate::{
    Conn, Result, StorageError,
    column::Col,
    dashboard,
    db::{change, ensure_changed, find, list},
    dialect, number,
};

#[derive(FromRow)]
struct TitleRow {
    id: Col<TitleId>,
    movie_id: i64,
    name: String,
    release_year: i32,
    kind: Col<TitleKind>,
    season: Option<Col<u16>>,
    episode: Option<Col<u16>>,
    original_language: Col<Language>,
    broadcast: Option<Col<Broadcast>>,
    version: i64,
}

#[derive(FromRow)]
struct PackageRow {
    id: Col<PackageId>,
    number: i64,
    name: String,
    title_id: Col<TitleId>,
    countries: Json<Vec<Country>>,
    tags: Json<Vec<String>>,
    launch: Option<NaiveDate>,
}

/// Draws the next package number.
pub async fn next_number(conn: &mut Conn) -> Result<i64> {
    number::next(conn, "package").await
}

/// Stores a new title. Of two with the same Movie ID the second is told that somebody was faster.
pub async fn insert_title(conn: &mut Conn, title: &Title) -> Result<()> {
    const SQL: &str = "
        INSERT INTO titles (id, movie_id, name, release_year, kind, season, episode, original_language, broadcast, version,
            words)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

    change!(
        conn,
        SQL,
        Col(title.id),
        title.movie_id,
        title.name.as_str(),
        title.release_year,
        Col(title.kind),
        title.episode.map(|it| Col(it.season)),
        title.episode.map(|it| Col(it.number)),
        Col(title.original_language.clone()),
        title.broadcast.map(Col),
        title.version,
        dashboard::folded(&title.name),
    )
    .map_err(StorageError::of_a_race)
    .map(drop)
}

/// Stores a new package. Of two with the same number the second is told that somebody was faster.
pub async fn insert_package(conn: &mut Conn, package: &Package) -> Result<()> {
    const SQL: &str = "
        INSERT INTO packages (id, number, name, title_id, countries, tags, launch)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";

    change!(
        conn,
        SQL,
        Col(package.id),
        package.number,
        package.name.as_str(),
        Col(package.title),
        Json(&package.countries),
        Json(&package.tags),
        package.launch,
    )
    .map_err(StorageError::of_a_race)
    .map(drop)
}

/// The title, if it exists.
pub async fn find_title(conn: &mut Conn, id: TitleId) -> Result<Option<Title>> {
    const SQL: &str = "
        SELECT id, movie_id, name, release_year, kind, season, episode, original_language, broadcast, version
          FROM titles WHERE id = $1";

    let row: Option<TitleRow> = find!(conn, "titles", SQL, Col(id))?;
    Ok(row.map(Title::from))
}

/// The package, if it exists.
pub async fn find_package(conn: &mut Conn, id: PackageId) -> Result<Option<Package>> {
    const SQL: &str =
        "SELECT id, number, name, title_id, countries, tags, launch FROM packages WHERE id = $1";

    let row: Option<PackageRow> = find!(conn, "packages", SQL, Col(id))?;
    Ok(row.map(Package::from))
}

/// The package, held until this transaction is over: nobody else asks for anything in it meanwhile.
pub async fn hold_package(conn: &mut Conn, id: PackageId) -> Result<Option<Package>> {
    let sql = dialect::held(
        "SELECT id, number, name, title_id, countries, tags, launch FROM packages WHERE id = $1",
        conn,
    );

    let row: Option<PackageRow> = find!(conn, "packages", sql, Col(id))?;
    Ok(row.map(Package::from))
}

/// Writes a package as it now is; its number stays. Its requests are found by its name.
pub async fn save_package(conn: &mut Conn, package: &Package) -> Result<()> {
    const SQL: &str = "
        UPDATE packages SET name = $1, countries = $2, tags = $3, launch = $4 WHERE id = $5";
    const REQUESTS: &str = "SELECT id FROM requests WHERE package_id = $1 ORDER BY number";

    let (countries, tags) = (Json(&package.countries), Json(&package.tags));
    let (name, id) = (package.name.as_str(), Col(package.id));
    change!(conn, SQL, name, countries, tags, package.launch, id).and_then(ensure_changed)?;
    let requests: Vec<(Col<RequestId>,)> = list!(conn, "requests", REQUESTS, id)?;
    for (request,) in requests {
        dashboard::reword(conn, request.0).await?;
    }
    Ok(())
}

/// The package that people call by this number.
pub async fn package_numbered(conn: &mut Conn, number: i64) -> Result<Option<Package>> {
    const SQL: &str = "
        SELECT id, number, name, title_id, countries, tags, launch FROM packages WHERE number = $1";

    let row: Option<PackageRow> = find!(conn, "packages", SQL, number)?;
    Ok(row.map(Package::from))
}

/// The newest packages, as many as `limit`.
pub async fn newest_packages(conn: &mut Conn, limit: u32) -> Result<Vec<Package>> {
    const SQL: &str = "
        SELECT id, number, name, title_id, countries, tags, launch FROM packages
         ORDER BY number DESC LIMIT $1";

    let rows: Vec<PackageRow> = list!(conn, "packages", SQL, i64::from(limit))?;
    Ok(rows.into_iter().map(Package::from).collect())
}

/// The packages of a title, oldest first.
pub async fn packages_of(conn: &mut Conn, title: TitleId) -> Result<Vec<Package>> {
    const SQL: &str = "
        SELECT id, number, name, title_id, countries, tags, launch FROM packages
         WHERE title_id = $1 ORDER BY number";

    let rows: Vec<PackageRow> = list!(conn, "packages", SQL, Col(title))?;
    Ok(rows.into_iter().map(Package::from).collect())
}

/// The title with this Movie ID.
pub async fn title_of_movie(conn: &mut Conn, movie_id: i64) -> Result<Option<Title>> {
    const SQL: &str = "
        SELECT id, movie_id, name, release_year, kind, season, episode, original_language, broadcast, version
          FROM titles WHERE movie_id = $1";

    let row: Option<TitleRow> = find!(conn, "titles", SQL, movie_id)?;
    Ok(row.map(Title::from))
}

/// How much of a package has arrived. Canceled requests do not count.
pub async fn progress_of_package(conn: &mut Conn, id: PackageId) -> Result<Progress> {
    const SQL: &str = "SELECT status, COUNT(*) FROM requests WHERE package_id = $1 GROUP BY status";

    let rows: Vec<(Col<RequestStatus>, Col<u32>)> = list!(conn, "requests", SQL, Col(id))?;
    let mut progress = Progress::default();
    for (status, count) in
        rows.into_iter().filter(|(status, _)| status.0 != RequestStatus::Canceled)
    {
        progress.all += count.0;
        if status.0.is_fulfilled() {
            progress.fulfilled += count.0;
        }
    }
    Ok(progress)
}

impl From<TitleRow> for Title {
    fn from(row: TitleRow) -> Self {
        let episode = row
            .season
            .zip(row.episode)
            .map(|(season, number)| Episode { season: season.0, number: number.0 });
        Self {
            id: row.id.0,
            movie_id: row.movie_id,
            name: row.name,
            release_year: row.release_year,
            kind: row.kind.0,
            episode,
            original_language: row.original_language.0,
            broadcast: row.broadcast.map(|it| it.0),
            version: row.version,
        }
    }
}

impl From<PackageRow> for Package {
    fn from(row: PackageRow) -> Self {
        Self {
            id: row.id.0,
            number: row.number,
            name: row.name,
            title: row.title_id.0,
            countries: row.countries.0,
            tags: row.tags.0,
            launch: row.launch,
        }
    }
}
