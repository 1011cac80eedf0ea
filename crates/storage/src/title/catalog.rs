//! The list of titles: searched, amended.

use domain::{
    id::{RequestId, TitleId},
    title::{Package, Title},
};
use sqlx::FromRow;

use super::TitleRow;
use crate::{
    Conn, Db, Result,
    column::Col,
    dashboard,
    db::{change, ensure_changed, find, list},
    dialect,
};

/// A title as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub title: Title,
    /// How many packages it has.
    pub packages: u32,
}

#[derive(FromRow)]
struct ListedRow {
    #[sqlx(flatten)]
    title: TitleRow,
    packages: Col<u32>,
}

/// The titles that somebody looks for, those entered last first: at most `limit`, entered before `before`. A title is
/// found by words of its name in their order, by its Movie ID and by the number of a package; by nothing, all are.
pub async fn matching(
    conn: &mut Conn,
    text: &str,
    before: Option<TitleId>,
    limit: u32,
) -> Result<Vec<Listed>> {
    const SQL: &str = "
        SELECT t.id, t.movie_id, t.name, t.release_year, t.kind, t.season, t.episode, t.original_language, t.broadcast,
               t.version, (SELECT COUNT(*) FROM packages p WHERE p.title_id = t.id) AS packages
          FROM titles t
         WHERE (' ' || t.words LIKE $1 OR t.movie_id = $2
                OR EXISTS (SELECT 1 FROM packages p WHERE p.title_id = t.id AND p.number = $2))
           AND ($3 IS NULL OR t.id < $3)
         ORDER BY t.id DESC
         LIMIT $4";

    // Folded words are letters and digits only: nothing in them is a wildcard.
    let words = dashboard::folded(text);
    let pattern = if text.trim().is_empty() { "%".to_owned() } else { format!("% {words}%") };
    let number = Package::number_in(text).unwrap_or(-1);
    let rows: Vec<ListedRow> =
        list!(conn, "titles", SQL, pattern.as_str(), number, before.map(Col), i64::from(limit))?;
    let listed = |row: ListedRow| Listed { title: row.title.into(), packages: row.packages.0 };
    Ok(rows.into_iter().map(listed).collect())
}

/// The title, held until this transaction is over, with all that is asked for in it: nobody changes its requests or
/// asks for more meanwhile. Requests are held before packages, as by everybody who changes one.
pub async fn hold(conn: &mut Conn, id: TitleId) -> Result<Option<Title>> {
    const TITLE: &str = "
        SELECT id, movie_id, name, release_year, kind, season, episode, original_language, broadcast, version
          FROM titles WHERE id = $1";
    const REQUESTS: &str = "
        SELECT r.id FROM requests r
         WHERE r.package_id IN (SELECT p.id FROM packages p WHERE p.title_id = $1) ORDER BY r.number";
    const PACKAGES: &str = "SELECT id FROM packages WHERE title_id = $1 ORDER BY number";

    let (requests, packages) = (dialect::held(REQUESTS, conn), dialect::held(PACKAGES, conn));
    let _: Vec<(Col<RequestId>,)> = list!(conn, "requests", requests, Col(id))?;
    let _: Vec<(Col<domain::id::PackageId>,)> = list!(conn, "packages", packages, Col(id))?;
    let title = dialect::held(TITLE, conn);
    let row: Option<TitleRow> = find!(conn, "titles", title, Col(id))?;
    Ok(row.map(Title::from))
}

/// Writes a title as it now is, unless somebody changed it since it was read; its version grows by one. Its requests
/// are listed and found by what it says. Answers them, by their numbers.
pub async fn save(conn: &mut Conn, title: &Title) -> Result<Vec<RequestId>> {
    const SQL: &str = "
        UPDATE titles
           SET movie_id = $1, name = $2, release_year = $3, kind = $4, season = $5, episode = $6,
               original_language = $7, broadcast = $8, words = $9, version = version + 1
         WHERE id = $10 AND version = $11";
    const REQUESTS: &str = "
        SELECT r.id FROM requests r
         WHERE r.package_id IN (SELECT p.id FROM packages p WHERE p.title_id = $1) ORDER BY r.number";

    change!(
        conn,
        SQL,
        title.movie_id,
        title.name.as_str(),
        title.release_year,
        Col(title.kind),
        title.episode.map(|it| Col(it.season)),
        title.episode.map(|it| Col(it.number)),
        Col(title.original_language.clone()),
        title.broadcast.map(Col),
        dashboard::folded(&title.name),
        Col(title.id),
        title.version,
    )
    .map_err(crate::StorageError::of_a_race)
    .and_then(ensure_changed)?;
    let requests: Vec<(Col<RequestId>,)> = list!(conn, "requests", REQUESTS, Col(title.id))?;
    let requests: Vec<_> = requests.into_iter().map(|(id,)| id.0).collect();
    for request in &requests {
        dashboard::relist(conn, *request).await?;
        dashboard::reword(conn, *request).await?;
    }
    Ok(requests)
}

/// Writes the words of titles that have none yet: of those entered before titles were searched.
pub(crate) async fn begin(db: &Db) -> Result<()> {
    const WORDLESS: &str = "SELECT id, name FROM titles WHERE words = ''";
    const SQL: &str = "UPDATE titles SET words = $1 WHERE id = $2";

    let mut work = db.begin().await?;
    let titles: Vec<(Col<TitleId>, String)> = list!(&mut work, "titles", WORDLESS)?;
    for (id, name) in titles {
        change!(&mut work, SQL, dashboard::folded(&name), id)?;
    }
    work.commit().await
}
