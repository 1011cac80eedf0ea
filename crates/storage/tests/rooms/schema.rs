//! The two schemas are one: same tables, same columns, same nullability.

use std::collections::BTreeSet;

use sqlx::{Connection, PgConnection, SqliteConnection};
use storage::{Db, Options};
use uuid::Uuid;

type Columns = BTreeSet<(String, String, bool)>;

/// SQLite's index of words is made of tables of its own.
const SQLITE: &str = "
    SELECT m.name, c.name, c.\"notnull\" = 1 OR c.pk > 0
      FROM sqlite_master m JOIN pragma_table_info(m.name) c
     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'request_words%'
       AND m.name <> '_sqlx_migrations'";

const POSTGRES: &str = "
    SELECT table_name::TEXT, column_name::TEXT, is_nullable = 'NO'
      FROM information_schema.columns WHERE table_schema = current_schema() AND table_name <> '_sqlx_migrations'";

#[tokio::test]
async fn both_engines_have_the_same_tables_and_columns() {
    let Ok(url) = std::env::var("TEST_POSTGRES_URL") else {
        assert!(
            std::env::var_os("CI").is_none(),
            "TEST_POSTGRES_URL must name a PostgreSQL database under CI"
        );
        return;
    };
    let sqlite = sqlite_columns().await;
    let postgres = postgres_columns(&url).await;
    assert!(sqlite.len() > 100, "{}", sqlite.len());
    let apart: Vec<_> = sqlite.symmetric_difference(&postgres).collect();
    assert!(apart.is_empty(), "only in one schema, or nullable in one only: {apart:#?}");
}

#[test]
fn both_engines_have_migrations_of_the_same_names() {
    let names = |engine: &str| {
        let folder = format!("{}/../../migrations/{engine}", env!("CARGO_MANIFEST_DIR"));
        let files = std::fs::read_dir(folder).unwrap();
        files.map(|it| it.unwrap().file_name().into_string().unwrap()).collect::<BTreeSet<_>>()
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

async fn sqlite_columns() -> Columns {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("portal.db").display());
    let db = Db::open(&url, &Options::default()).await.unwrap();
    db.migrate().await.unwrap();
    db.close().await;
    let mut conn = SqliteConnection::connect(&url).await.unwrap();
    let columns: Vec<(String, String, bool)> =
        sqlx::query_as(SQLITE).fetch_all(&mut conn).await.unwrap();
    columns.into_iter().collect()
}

async fn postgres_columns(url: &str) -> Columns {
    let schema = format!("test_{}", Uuid::new_v4().simple());
    let mut admin = PgConnection::connect(url).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE SCHEMA {schema}")))
        .execute(&mut admin)
        .await
        .unwrap();
    let joint = if url.contains('?') { '&' } else { '?' };
    let inside = format!("{url}{joint}options=-c%20search_path%3D{schema}");
    let db = Db::open(&inside, &Options::default()).await.unwrap();
    db.migrate().await.unwrap();
    db.close().await;
    let mut conn = PgConnection::connect(&inside).await.unwrap();
    let columns: Vec<(String, String, bool)> =
        sqlx::query_as(POSTGRES).fetch_all(&mut conn).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("DROP SCHEMA {schema} CASCADE")))
        .execute(&mut admin)
        .await
        .unwrap();
    columns.into_iter().collect()
}
