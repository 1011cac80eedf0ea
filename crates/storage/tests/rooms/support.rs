//! A fresh database per test and engine, and the people, titles, requests and transfers that tests need.

use std::{error::Error, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    delivery::{
        DeliveryMetadata, DeliveryMethod, FileName, Transfer, TransferFile, TransferStatus,
    },
    history::Author,
    id::{FileId, OrganizationId, PackageId, PersonId, RequestId, TitleId, TransferId},
    language::{Country, Language},
    people::{Grants, Organization, OrganizationKind, Person, Role},
    request::{
        EstimatedDate, MaterialStatus, Moment, RequestStatus, ServiceType, SourceRequest,
        SourceType, Zone,
    },
    title::{Broadcast, Episode, Package, Title, TitleKind},
};
use sqlx::{ConnectOptions, Executor, postgres::PgConnectOptions};
use storage::{Conn, Db, Options, StorageError, delivery, people, request, title};
use uuid::Uuid;

pub type Outcome = Result<(), Box<dyn Error>>;

const OPTIONS: Options = Options { readers: 4, writers: 6, patience: Duration::from_secs(30) };

/// Whether it was refused because something with the same unique name, number or address is there already.
pub fn is_duplicate(error: &StorageError) -> bool {
    matches!(error, StorageError::Database(sqlx::Error::Database(it)) if it.is_unique_violation())
}

/// Runs a law on a new SQLite file, and in a new PostgreSQL schema where `TEST_POSTGRES_URL` names a database.
pub async fn on_each_engine(law: impl AsyncFn(Db) -> Outcome) {
    on_each_engine_at(async |db, _| law(db).await).await;
}

/// The same for a law that also wants the address of the database, to damage it.
pub async fn on_each_engine_at(law: impl AsyncFn(Db, &str) -> Outcome) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("portal.db").display());
    under(&url, "SQLite", &law).await;

    match std::env::var("TEST_POSTGRES_URL") {
        Ok(url) => in_new_schema(&url, &law).await,
        Err(_) => {
            assert!(
                std::env::var_os("CI").is_none(),
                "TEST_POSTGRES_URL must name a PostgreSQL database under CI"
            );
            eprintln!("TEST_POSTGRES_URL is not set: this was tested on SQLite only");
        }
    }
}

async fn in_new_schema(url: &str, law: &impl AsyncFn(Db, &str) -> Outcome) {
    let schema = format!("test_{}", Uuid::new_v4().simple());
    let mut admin = url.parse::<PgConnectOptions>().unwrap().connect().await.unwrap();
    admin.execute(sqlx::AssertSqlSafe(format!("CREATE SCHEMA {schema}"))).await.unwrap();
    let joint = if url.contains('?') { '&' } else { '?' };
    under(&format!("{url}{joint}options=-c%20search_path%3D{schema}"), "PostgreSQL", law).await;
    admin.execute(sqlx::AssertSqlSafe(format!("DROP SCHEMA {schema} CASCADE"))).await.unwrap();
}

async fn under(url: &str, engine: &str, law: &impl AsyncFn(Db, &str) -> Outcome) {
    let db = Db::open(url, &OPTIONS).await.unwrap();
    db.migrate().await.unwrap();
    if let Err(error) = law(db.clone(), url).await {
        panic!("on {engine}: {error:?}");
    }
    db.close().await;
}

/// A fixed instant, so many seconds after the story begins.
pub fn at(seconds: i64) -> DateTime<Utc> {
    "2026-11-11T14:00:00.123456Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::seconds(seconds)
}

pub fn organization(kind: OrganizationKind, name: &str) -> Organization {
    let grants = Grants { cancel: true, subassign: kind == OrganizationKind::FulfillmentPartner };
    Organization { id: OrganizationId(Uuid::new_v4()), kind, name: name.into(), grants }
}

pub fn person_of(organization: &Organization, name: &str) -> Person {
    Person {
        id: PersonId(Uuid::new_v4()),
        organization: organization.id,
        name: name.into(),
        email: format!("{name}.{}@Example.org", Uuid::new_v4().simple()),
        role: Role::Operations,
        time_zone: "Europe/Berlin".into(),
        deactivated_at: None,
    }
}

pub fn title(movie_id: i64, name: &str) -> Title {
    Title {
        id: TitleId(Uuid::new_v4()),
        movie_id,
        name: name.into(),
        release_year: 2026,
        kind: TitleKind::Episode,
        episode: Some(Episode { season: 1, number: 3 }),
        original_language: Language::parse("en").unwrap(),
        broadcast: Some(Broadcast::DayAfter),
        version: 1,
    }
}

/// Organizations, a person of the partner, a title with its package: what most tests begin with.
pub struct Scene {
    pub platform: Organization,
    pub owner: Organization,
    pub partner: Organization,
    pub stranger: Organization,
    pub person: Person,
    pub title: Title,
    pub package: Package,
}

impl Scene {
    /// The scene, stored.
    pub async fn set(conn: &mut Conn) -> Result<Self, StorageError> {
        let platform = organization(OrganizationKind::Platform, "Meridian");
        let owner = organization(OrganizationKind::ContentPartner, "Longshore Pictures");
        let partner = organization(OrganizationKind::FulfillmentPartner, "Aurora Dubbing");
        let stranger = organization(OrganizationKind::FulfillmentPartner, "Somebody Else");
        for it in [&platform, &owner, &partner, &stranger] {
            people::insert_organization(conn, it).await?;
        }
        let person = person_of(&partner, "nora");
        people::insert_person(conn, &person, "$argon2id$x").await?;
        let title = title(81_002_337, "The Long Tide");
        let package = package_of(&title, title::next_number(conn).await?);
        title::insert_title(conn, &title).await?;
        title::insert_package(conn, &package).await?;
        Ok(Self { platform, owner, partner, stranger, person, title, package })
    }

    /// A request as it would be made now, not yet stored.
    pub fn draft(&self, number: i64, source_type: SourceType) -> SourceRequest {
        let due = Moment { at: at(number), zone: Zone::trusted("America/Los_Angeles") };
        SourceRequest {
            id: RequestId(Uuid::new_v4()),
            number,
            title: self.title.id,
            package: self.package.id,
            source_type,
            language: Language::parse("fr-FR"),
            status: RequestStatus::Open,
            content_partner: self.owner.id,
            partner: Some(self.partner.id),
            subassignee: None,
            estimated: EstimatedDate::as_due(&due),
            due,
            service_type: source_type.has_service_type().then_some(ServiceType::Create),
            material_status: source_type.has_material_status().then_some(MaterialStatus::Received),
            current_transfer: None,
            upgrade_of: None,
            created_at: at(0),
            delivered_at: None,
            processed_at: None,
            version: 1,
        }
    }

    /// A new request, stored.
    pub async fn request(
        &self,
        conn: &mut Conn,
        source_type: SourceType,
    ) -> Result<SourceRequest, StorageError> {
        let number = request::next_number(conn).await?;
        let request = self.draft(number, source_type);
        request::insert(conn, &request).await?;
        Ok(request)
    }

    /// A transfer of one file, begun so many seconds after the story began; not yet stored.
    pub fn transfer_draft(
        &self,
        request: RequestId,
        number: i64,
        status: TransferStatus,
        seconds: i64,
    ) -> Transfer {
        Transfer {
            id: TransferId(Uuid::new_v4()),
            number,
            request,
            status,
            method: DeliveryMethod::Ui,
            client: Some("reelgate-web 0.1.0".into()),
            initiated_by: self.person.id,
            organization: self.partner.id,
            initiated_at: at(seconds),
            uploaded_at: None,
            processed_at: None,
            metadata: DeliveryMetadata::stored([("frame_rate".into(), "24".into())].into()),
            files: vec![file("long_tide_fr.ttml", 18_204)],
        }
    }

    /// A new transfer of one file, stored.
    pub async fn transfer(
        &self,
        conn: &mut Conn,
        request: &SourceRequest,
        status: TransferStatus,
        seconds: i64,
    ) -> Result<Transfer, StorageError> {
        let number = delivery::next_number(conn).await?;
        let transfer = self.transfer_draft(request.id, number, status, seconds);
        delivery::insert(conn, &transfer).await?;
        Ok(transfer)
    }

    /// The person of the partner, as an author of history.
    pub fn author(&self) -> Author {
        let Person { id, name, .. } = &self.person;
        Author::Person { id: *id, name: name.clone(), organization: self.partner.name.clone() }
    }
}

pub fn package_of(title: &Title, number: i64) -> Package {
    Package {
        id: PackageId(Uuid::new_v4()),
        number,
        name: format!("{} 2027", title.name),
        title: title.id,
        countries: ["DE", "FR"].into_iter().filter_map(Country::from_code).collect(),
        tags: vec!["Auto Ident".into()],
        launch: "2027-01-15".parse().ok(),
    }
}

pub fn file(name: &str, size: u64) -> TransferFile {
    let name = FileName::new(name).unwrap();
    TransferFile { id: FileId(Uuid::new_v4()), name, size, received: 0, digests: None }
}
