//! A portal of its own for every test, on SQLite and, where there is one, on PostgreSQL.

mod caller;
mod post;
mod scene;

use std::path::Path;

use axum::Router;
use chrono::{DateTime, TimeDelta, Utc};
use clap::Parser;
use reelgate::{
    commands,
    portal::{Clock, Portal, new_id},
    settings::Settings,
    workers,
};
use sqlx::{ConnectOptions, Connection, Executor, PgConnection, postgres::PgConnectOptions};
use storage::{Db, Options, Vault};
use tempfile::TempDir;
use uuid::Uuid;

pub use caller::{Answer, Call, Caller};
pub use post::{Mail, Manner, PostOffice};
pub use scene::{Scene, WHOLE, creation, creation_of, draft, srt};

/// A portal, the people in it, and its doors.
pub struct House {
    pub portal: Portal,
    pub router: Router,
    pub scene: Scene,
    _folder: Option<TempDir>,
}

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    settings: Settings,
}

/// The moment at which every story begins.
pub fn beginning() -> DateTime<Utc> {
    "2026-11-11T14:00:00Z".parse().unwrap()
}

pub fn settings(folder: &Path, flags: &[&str]) -> Settings {
    let folder = folder.to_str().unwrap();
    let line = ["reelgate", "--data", folder].into_iter().chain(flags.iter().copied());
    Line::try_parse_from(line).unwrap().settings
}

impl House {
    /// On SQLite in a temporary folder.
    pub async fn open() -> Self {
        Self::open_with(&[]).await
    }

    /// The same with other settings.
    pub async fn open_with(flags: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = settings(folder.path(), flags).database_url();
        let house = Self::on(&url, folder.path(), flags).await;
        Self { _folder: Some(folder), ..house }
    }

    /// On this database, with the people of a new scene.
    async fn on(url: &str, folder: &Path, flags: &[&str]) -> Self {
        let portal = portal(url, folder, flags).await;
        let scene = Scene::set(&portal).await;
        Self::around(portal, scene)
    }

    fn around(portal: Portal, scene: Scene) -> Self {
        let router = commands::router(&portal, None).unwrap();
        Self { portal, router, scene, _folder: None }
    }

    /// A second server on the same database and vault, as on another machine.
    pub async fn neighbor(&self, url: &str, folder: &Path) -> Self {
        Self::around(portal(url, folder, &[]).await, self.scene.clone())
    }

    /// Runs a statement of SQLite past the portal, to have something go wrong.
    pub async fn run(&self, sql: &'static str) {
        let url = self.portal.settings.database_url();
        let mut conn = sqlx::SqliteConnection::connect(&url).await.unwrap();
        sqlx::query(sql).execute(&mut conn).await.unwrap();
    }

    pub fn turn(&self, by: TimeDelta) {
        self.portal.clock.turn(by);
    }

    /// Waits for what is still done after answers were given.
    pub async fn settled(&self) {
        self.portal.tasks.close();
        self.portal.tasks.wait().await;
    }

    /// Runs all jobs that are due, and those that follow from them.
    pub async fn work_off(&self) {
        while workers::work_off(&self.portal, new_id()).await.unwrap() > 0 {}
    }
}

async fn portal(url: &str, folder: &Path, flags: &[&str]) -> Portal {
    let db = Db::open(url, &Options::default()).await.unwrap();
    db.migrate().await.unwrap();
    let vault = Vault::on_disk(&folder.join("vault")).await.unwrap();
    Portal::new(db, vault, Clock::standing(beginning()), settings(folder, flags))
}

/// Runs a law on SQLite, and on PostgreSQL where `TEST_POSTGRES_URL` names a database.
pub async fn on_each_engine(law: impl AsyncFn(&House)) {
    law(&House::open().await).await;
    on_postgres(async |url, folder| law(&House::on(url, folder, &[]).await).await).await;
}

/// Runs a law on a new PostgreSQL schema; under CI there has to be one.
pub async fn on_postgres(law: impl AsyncFn(&str, &Path)) {
    let Ok(url) = std::env::var("TEST_POSTGRES_URL") else {
        assert!(
            std::env::var_os("CI").is_none(),
            "TEST_POSTGRES_URL must name a PostgreSQL database under CI"
        );
        return eprintln!("TEST_POSTGRES_URL is not set: this was not tested on PostgreSQL");
    };
    let folder = tempfile::tempdir().unwrap();
    let schema = format!("test_{}", Uuid::new_v4().simple());
    let mut admin = url.parse::<PgConnectOptions>().unwrap().connect().await.unwrap();
    admin.execute(sqlx::AssertSqlSafe(format!("CREATE SCHEMA {schema}"))).await.unwrap();
    let joint = if url.contains('?') { '&' } else { '?' };
    law(&format!("{url}{joint}options=-c%20search_path%3D{schema}"), folder.path()).await;
    drop_schema(&mut admin, &schema).await;
}

/// What a portal still does after its last answer may lock tables in another order: then it goes first.
async fn drop_schema(admin: &mut PgConnection, schema: &str) {
    loop {
        let sql = sqlx::AssertSqlSafe(format!("DROP SCHEMA {schema} CASCADE"));
        let Err(error) = admin.execute(sql).await else { break };
        let code = error.as_database_error().and_then(|it| it.code());
        assert_eq!(code.as_deref(), Some("40P01"), "{error}");
    }
}

/// A house on this PostgreSQL schema.
pub async fn house_on(url: &str, folder: &Path) -> House {
    House::on(url, folder, &[]).await
}
