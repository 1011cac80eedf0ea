//! A portal with one open request, people who may and may not deliver, and a client that speaks tus.

use std::{collections::BTreeMap, time::Duration};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, request::Builder},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};
use clap::Parser;
use domain::{
    delivery::{DeliveryMethod, Draft, DraftFile, FileName, Transfer, TransferFile},
    id::{PackageId, RequestId, SessionId, TitleId, UploadId},
    language::Language,
    people::{Actor, OrganizationKind, Role},
    request::{EstimatedDate, Moment, RequestStatus, SourceRequest, SourceType, Zone},
    title::{Package, Title, TitleKind},
};
use reelgate::{
    portal::{Clock, Portal},
    services,
    settings::Settings,
    visitor::CookieName,
    web,
};
use sha2::{Digest, Sha256};
use sqlx::{Connection, PgConnection};
use storage::{
    Db, Options, Vault, delivery, people, request, session, session::Session, title, upload::Upload,
};
use tempfile::TempDir;
use tower::ServiceExt;
use uuid::Uuid;

use crate::cast::{member, organization};

/// Everything a test needs.
pub struct World {
    pub portal: Portal,
    pub door: Router,
    pub url: String,
    pub nora: Actor,
    pub reader: Actor,
    pub stranger: Actor,
    pub platform: Actor,
    pub request: RequestId,
    pub folder: TempDir,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|it| it.to_str().unwrap())
    }

    pub fn offset(&self) -> u64 {
        self.header("upload-offset").expect("no Upload-Offset").parse().unwrap()
    }

    pub fn place(&self) -> String {
        assert_eq!(self.status, StatusCode::CREATED, "{}", self.body);
        self.header("location").expect("no Location").to_owned()
    }
}

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    settings: Settings,
}

/// Runs a test on a fresh portal of each engine, with these settings.
pub async fn on_each_engine_with(flags: &[&str], test: impl AsyncFn(World)) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("portal.db").display());
    test(World::new(folder, &url, flags).await).await;
    if let Some(url) = a_schema().await {
        test(World::new(tempfile::tempdir().unwrap(), &url, flags).await).await;
    }
}

pub async fn on_each_engine(test: impl AsyncFn(World)) {
    on_each_engine_with(&[], test).await;
}

/// The same by the real clock, for programs that have no other.
pub async fn on_each_engine_for_real(test: impl AsyncFn(World)) {
    let folder = tempfile::tempdir().unwrap();
    let mut urls = vec![format!("sqlite:{}", folder.path().join("portal.db").display())];
    urls.extend(a_schema().await);
    for url in urls {
        let folder = tempfile::tempdir().unwrap();
        let portal = open(&folder, &url, Clock::Real, &[]).await;
        test(World::peopled(portal, folder, &url).await).await;
    }
}

/// The address of an empty schema of its own, if there is a PostgreSQL to test with.
pub async fn a_schema() -> Option<String> {
    let Ok(url) = std::env::var("TEST_POSTGRES_URL") else {
        assert!(
            std::env::var_os("CI").is_none(),
            "TEST_POSTGRES_URL must be set where everything is tested"
        );
        return None;
    };
    let name = format!("upload_{}", Uuid::new_v4().simple());
    let mut conn = PgConnection::connect(&url).await.unwrap();
    let create = format!("CREATE SCHEMA {name}");
    sqlx::query(sqlx::AssertSqlSafe(create)).execute(&mut conn).await.unwrap();
    let separator = if url.contains('?') { '&' } else { '?' };
    Some(format!("{url}{separator}options[search_path]={name}"))
}

/// A standing clock begins here.
pub fn noon() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

pub async fn open(folder: &TempDir, url: &str, clock: Clock, flags: &[&str]) -> Portal {
    let data = folder.path().display().to_string();
    let mut settings = Line::parse_from(["reelgate", "--data", &data].iter().chain(flags)).settings;
    if !flags.contains(&"--disk-reserve") {
        settings.disk_reserve = 1;
    }
    let db =
        Db::open(url, &Options { readers: 4, writers: 4, ..Options::default() }).await.unwrap();
    db.migrate().await.unwrap();
    let vault = Vault::on_disk(&folder.path().join("vault")).await.unwrap();
    Portal::new(db, vault, clock, settings)
}

impl World {
    /// A fresh portal on SQLite alone.
    pub async fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("portal.db").display());
        Self::new(folder, &url, &[]).await
    }

    /// Runs a statement of SQLite past the portal, to have something go wrong.
    pub async fn run(&self, sql: &'static str) {
        let mut conn = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
        sqlx::query(sql).execute(&mut conn).await.unwrap();
    }

    async fn new(folder: TempDir, url: &str, flags: &[&str]) -> Self {
        let portal = open(&folder, url, Clock::standing(noon()), flags).await;
        Self::peopled(portal, folder, url).await
    }

    async fn peopled(portal: Portal, folder: TempDir, url: &str) -> Self {
        let mut conn = portal.db.begin().await.unwrap();
        let mut members = Vec::new();
        for (kind, role) in [
            (OrganizationKind::FulfillmentPartner, Role::Operations),
            (OrganizationKind::FulfillmentPartner, Role::Administrator),
            (OrganizationKind::Platform, Role::Operations),
            (OrganizationKind::ContentPartner, Role::Operations),
        ] {
            let organization = organization(kind);
            people::insert_organization(&mut conn, &organization).await.unwrap();
            members.push(member(&mut conn, &organization, role).await);
        }
        let reader = member(&mut conn, &members[0].organization.clone(), Role::ReadOnly).await;
        let request = a_request(&members[0], &members[3]);
        title::insert_title(&mut conn, &a_title(request.title)).await.unwrap();
        title::insert_package(&mut conn, &a_package(&request)).await.unwrap();
        request::insert(&mut conn, &request).await.unwrap();
        conn.commit().await.unwrap();
        let [nora, stranger, platform, _] = <[Actor; 4]>::try_from(members).unwrap();
        let door = web::upload::routes(portal.clone());
        Self {
            portal,
            door,
            url: url.to_owned(),
            nora,
            reader,
            stranger,
            platform,
            request: request.id,
            folder,
        }
    }

    /// Begins a delivery of one file with so many bytes.
    pub async fn begin(&self, size: u64) -> TransferFile {
        self.begin_named("feature.mov", size).await
    }

    pub async fn begin_named(&self, name: &str, size: u64) -> TransferFile {
        let files = vec![DraftFile { name: FileName::new(name).unwrap(), size }];
        self.begin_files(files).await.files.remove(0)
    }

    pub async fn begin_files(&self, files: Vec<DraftFile>) -> Transfer {
        let draft =
            Draft { files, metadata: BTreeMap::new(), method: DeliveryMethod::Api, client: None };
        services::delivery::begin(&self.portal, &self.nora, self.request, draft).await.unwrap()
    }

    pub async fn transfer_of(&self, file: &TransferFile) -> Transfer {
        let mut conn = self.portal.read().await.unwrap();
        delivery::find_by_file(&mut conn, file.id).await.unwrap().unwrap()
    }

    pub async fn row(&self, place: &str) -> Upload {
        let mut conn = self.portal.read().await.unwrap();
        storage::upload::find(&mut conn, id_of(place)).await.unwrap().unwrap()
    }

    /// A session begun just now.
    pub async fn cookie(&self, actor: &Actor) -> String {
        cookie(&self.portal, actor).await
    }

    /// A request of `actor`, with the version of the protocol.
    pub async fn by(&self, actor: &Actor, method: Method, place: &str) -> Builder {
        let request = Request::builder().method(method).uri(place).header("tus-resumable", "1.0.0");
        request.header("cookie", self.cookie(actor).await)
    }

    pub async fn ask(&self, request: Builder, body: impl Into<Body>) -> Reply {
        reply(&self.door, request.body(body.into()).unwrap()).await
    }

    /// Creates an upload of all of a file.
    pub async fn create(&self, file: &TransferFile) -> String {
        self.create_with(file, &[("upload-length", &file.size.to_string())], &[]).await.place()
    }

    pub async fn create_with(
        &self,
        file: &TransferFile,
        headers: &[(&str, &str)],
        more: &[(&str, &str)],
    ) -> Reply {
        let id = file.id.to_string();
        let metadata = metadata(&[&[("file", id.as_str())], more].concat());
        let request =
            self.by(&self.nora, Method::POST, "/uploads").await.header("upload-metadata", metadata);
        let request =
            headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.ask(request, Body::empty()).await
    }

    pub async fn head(&self, place: &str) -> Reply {
        let request = self.by(&self.nora, Method::HEAD, place).await;
        self.ask(request, Body::empty()).await
    }

    pub async fn patch(&self, place: &str, offset: u64, bytes: &[u8]) -> Reply {
        self.patch_with(place, offset, bytes, &[]).await
    }

    pub async fn patch_with(
        &self,
        place: &str,
        offset: u64,
        bytes: &[u8],
        headers: &[(&str, &str)],
    ) -> Reply {
        let request = self.by(&self.nora, Method::PATCH, place).await;
        let request = request.header("content-type", "application/offset+octet-stream");
        let request = request.header("upload-offset", offset).header("content-length", bytes.len());
        let request =
            headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.ask(request, bytes.to_vec()).await
    }

    pub async fn delete(&self, place: &str) -> Reply {
        let request = self.by(&self.nora, Method::DELETE, place).await;
        self.ask(request, Body::empty()).await
    }

    /// The bytes of a file in the vault.
    pub async fn stored(&self, file: &TransferFile) -> Option<Vec<u8>> {
        let transfer = self.transfer_of(file).await;
        let mut conn = self.portal.read().await.unwrap();
        let stored = delivery::stored_files(&mut conn, transfer.id).await.unwrap();
        let key = stored.into_iter().find(|it| it.file == file.id)?.key;
        let local = self.portal.vault.path_of(&key).await.unwrap();
        Some(std::fs::read(local.path()).unwrap())
    }
}

pub async fn cookie(portal: &Portal, actor: &Actor) -> String {
    let (token, now) = (Uuid::new_v4().to_string(), portal.now());
    let session = Session {
        token_hash: Sha256::digest(token.as_bytes()).into(),
        id: SessionId(Uuid::new_v4()),
        person: actor.person,
        agent: String::new(),
        address: String::new(),
        created_at: now,
        seen_at: now,
        expires_at: now + chrono::TimeDelta::hours(1),
    };
    let mut conn = portal.db.begin().await.unwrap();
    session::insert(&mut conn, &session).await.unwrap();
    conn.commit().await.unwrap();
    format!("{}={token}", CookieName::of(portal).name())
}

pub async fn reply(door: &Router, request: Request<Body>) -> Reply {
    let response = door.clone().oneshot(request).await.unwrap();
    let (head, body) = response.into_parts();
    let body = axum::body::to_bytes(body, 100_000).await.unwrap();
    Reply {
        status: head.status,
        headers: head.headers,
        body: String::from_utf8(body.to_vec()).unwrap(),
    }
}

/// `Upload-Metadata` of these entries.
pub fn metadata(entries: &[(&str, &str)]) -> String {
    let entries =
        entries.iter().map(|(key, value)| format!("{key} {}", BASE64_STANDARD.encode(value)));
    entries.collect::<Vec<_>>().join(",")
}

pub fn id_of(place: &str) -> UploadId {
    place.rsplit('/').next().unwrap().parse().unwrap()
}

/// Asks again and again until the answer is what is waited for.
pub async fn until<T>(mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let asking = async {
        loop {
            if let Some(answer) = ask().await {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), asking).await.expect("it never came to pass")
}

fn a_request(partner: &Actor, owner: &Actor) -> SourceRequest {
    let due =
        Moment { at: noon() + chrono::TimeDelta::days(9), zone: Zone::trusted("Europe/Berlin") };
    SourceRequest {
        id: RequestId(Uuid::new_v4()),
        number: 20_418,
        title: TitleId(Uuid::new_v4()),
        package: PackageId(Uuid::new_v4()),
        source_type: SourceType::ImfVideo,
        language: None,
        status: RequestStatus::Open,
        content_partner: owner.organization.id,
        partner: Some(partner.organization.id),
        subassignee: None,
        estimated: EstimatedDate::as_due(&due),
        due,
        service_type: None,
        material_status: None,
        current_transfer: None,
        upgrade_of: None,
        created_at: noon(),
        delivered_at: None,
        processed_at: None,
        version: 1,
    }
}

fn a_title(id: TitleId) -> Title {
    Title {
        id,
        movie_id: 81_002,
        name: "The Long Tide".into(),
        release_year: 2026,
        kind: TitleKind::Feature,
        episode: None,
        original_language: Language::parse("en").unwrap(),
        broadcast: None,
        version: 1,
    }
}

fn a_package(request: &SourceRequest) -> Package {
    Package {
        id: request.package,
        number: 7_001,
        name: "The Long Tide".into(),
        title: request.title,
        countries: Vec::new(),
        tags: Vec::new(),
        launch: None,
    }
}
