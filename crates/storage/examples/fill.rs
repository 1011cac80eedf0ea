//! Fills an empty database with so many made-up requests, quickly: what the list is measured on.
//!
//! `cargo run --release -p storage --example fill -- sqlite:/tmp/large.db 1000000`
//!
//! The same number gives the same requests on both engines: a title per fourteen requests, forty partners of
//! which one has a fifth of all, three years of due dates, old requests mostly accepted, recent ones mostly open.

#[path = "fill/story.rs"]
mod story;

use std::error::Error;

use sqlx::{AssertSqlSafe, Connection, PgConnection, QueryBuilder, SqliteConnection};
use storage::{Db, Options, dashboard};
use story::Story;

/// Rows per statement.
const STEP: usize = 1000;

enum Engine {
    Sqlite(SqliteConnection),
    Pg(PgConnection),
}

/// Inserts rows with as few statements as the engines allow.
macro_rules! insert {
    ($engine:expr, $sql:literal, $rows:expr, |$row:ident, $it:ident| $bind:expr) => {
        for chunk in $rows.chunks(STEP) {
            match $engine {
                Engine::Sqlite(conn) => {
                    let mut builder = QueryBuilder::new($sql);
                    builder.push_values(chunk, |mut $row, $it| $bind);
                    builder.build().execute(conn).await?;
                }
                Engine::Pg(conn) => {
                    let mut builder = QueryBuilder::new($sql);
                    builder.push_values(chunk, |mut $row, $it| $bind);
                    builder.build().execute(conn).await?;
                }
            }
        }
    };
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().ok_or("which database?")?;
    let count: usize = arguments.next().ok_or("how many requests?")?.parse()?;

    let db = Db::open(&url, &Options::default()).await?;
    db.migrate().await?;
    let mut engine = if db.is_postgres() {
        Engine::Pg(PgConnection::connect(&url).await?)
    } else {
        Engine::Sqlite(SqliteConnection::connect(&url).await?)
    };
    execute(&mut engine, "BEGIN".into()).await?;
    people(&mut engine).await?;
    for first in (0..count).step_by(20 * STEP) {
        requests(&mut engine, first, count.min(first + 20 * STEP)).await?;
        eprintln!("{} of {count} requests", count.min(first + 20 * STEP));
    }
    execute(&mut engine, "COMMIT".into()).await?;

    eprintln!("making the list");
    let indexes = take_indexes(&mut engine).await?;
    let mut work = db.begin().await?;
    dashboard::rebuild(&mut work).await?;
    work.commit().await?;
    for index in indexes {
        execute(&mut engine, index).await?;
    }
    let last = if db.is_postgres() { "VACUUM ANALYZE" } else { "PRAGMA wal_checkpoint(TRUNCATE)" };
    execute(&mut engine, last.into()).await?;
    db.close().await;
    Ok(())
}

async fn execute(engine: &mut Engine, sql: String) -> Result<(), sqlx::Error> {
    match engine {
        Engine::Sqlite(conn) => sqlx::query(AssertSqlSafe(sql)).execute(conn).await.map(drop),
        Engine::Pg(conn) => sqlx::query(AssertSqlSafe(sql)).execute(conn).await.map(drop),
    }
}

/// Drops the indexes of the list and answers how to make them again: sorting millions of rows once is many
/// times faster than finding the place of each.
async fn take_indexes(engine: &mut Engine) -> Result<Vec<String>, sqlx::Error> {
    const SQLITE: &str = "
        SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'request_list' AND sql IS NOT NULL";
    const PG: &str = "
        SELECT indexname::TEXT, indexdef FROM pg_indexes
         WHERE schemaname = current_schema() AND tablename = 'request_list' AND indexname <> 'request_list_pkey'";

    let indexes: Vec<(String, String)> = match engine {
        Engine::Sqlite(conn) => sqlx::query_as(SQLITE).fetch_all(conn).await?,
        Engine::Pg(conn) => sqlx::query_as(PG).fetch_all(conn).await?,
    };
    let mut made_again = Vec::new();
    for (name, sql) in indexes {
        execute(engine, format!("DROP INDEX {name}")).await?;
        made_again.push(sql);
    }
    Ok(made_again)
}

async fn people(engine: &mut Engine) -> Result<(), sqlx::Error> {
    let organizations: Vec<_> = story::organizations().collect();
    insert!(
        engine,
        "INSERT INTO organizations (id, kind, name, may_cancel, may_subassign) ",
        organizations,
        |row, it| {
            row.push_bind(it.id)
                .push_bind(it.kind)
                .push_bind(it.name.clone())
                .push_bind(true)
                .push_bind(true);
        }
    );
    insert!(
        engine,
        "INSERT INTO persons (id, organization_id, name, email, email_key, role, time_zone, password_hash) ",
        organizations,
        |row, it| {
            row.push_bind(it.id).push_bind(it.id).push_bind("Nora").push_bind(it.id.to_string());
            row.push_bind(it.id.to_string())
                .push_bind("operations")
                .push_bind("UTC")
                .push_bind("none");
        }
    );
    Ok(())
}

async fn requests(engine: &mut Engine, first: usize, end: usize) -> Result<(), sqlx::Error> {
    let stories: Vec<_> = (first..end).map(Story::of).collect();
    let titles: Vec<_> = stories.iter().filter(|it| it.is_first_of_title()).collect();
    insert!(
        engine,
        "INSERT INTO titles (id, movie_id, name, release_year, kind, season, episode, original_language) ",
        titles,
        |row, it| {
            row.push_bind(it.title)
                .push_bind(it.movie_id)
                .push_bind(it.name.clone())
                .push_bind(2026)
                .push_bind("episode");
            row.push_bind(it.season).push_bind(it.episode).push_bind("en");
        }
    );
    insert!(
        engine,
        "INSERT INTO packages (id, number, name, title_id, countries, tags) ",
        titles,
        |row, it| {
            row.push_bind(it.title)
                .push_bind(it.package_number)
                .push_bind(it.name.clone())
                .push_bind(it.title);
            row.push_bind(sqlx::types::Json([(); 0])).push_bind(sqlx::types::Json([(); 0]));
        }
    );
    insert!(
        engine,
        "INSERT INTO requests (id, number, title_id, package_id, source_type, language, status, content_partner_id,
            partner_id, due_at, due_zone, estimated_at, estimated_zone, created_at, version, newest_status) ",
        stories,
        |row, it| {
            row.push_bind(it.id).push_bind(it.number).push_bind(it.title).push_bind(it.title);
            row.push_bind(it.source_type.key()).push_bind(it.language).push_bind(it.status.key());
            row.push_bind(it.content_partner).push_bind(it.partner).push_bind(it.due_at).push_bind("UTC");
            row.push_bind(it.estimated_at).push_bind("UTC").push_bind(it.created_at).push_bind(1_i64);
            row.push_bind(it.newest.map(|it| it.key()));
        }
    );
    let delivered: Vec<_> = stories.iter().filter_map(|it| Some((it, it.newest?))).collect();
    insert!(
        engine,
        "INSERT INTO transfers (id, number, request_id, status, method, initiated_by, organization_id, initiated_at, metadata) ",
        delivered,
        |row, it| {
            let (story, status) = it;
            let partner = story.partner.unwrap_or(story.content_partner);
            row.push_bind(story.id)
                .push_bind(story.number)
                .push_bind(story.id)
                .push_bind(status.key())
                .push_bind("ui");
            row.push_bind(partner).push_bind(partner).push_bind(story.created_at);
            row.push_bind(sqlx::types::Json(serde_json::json!({})));
        }
    );
    insert!(
        engine,
        "INSERT INTO transfer_files (id, transfer_id, position, name, size, received) ",
        delivered,
        |row, it| {
            let (story, _) = it;
            row.push_bind(story.id)
                .push_bind(story.id)
                .push_bind(0_i64)
                .push_bind(story.file_name());
            row.push_bind(1_000_000_i64).push_bind(1_000_000_i64);
        }
    );
    Ok(())
}
