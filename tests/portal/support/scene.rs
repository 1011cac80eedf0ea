//! People, titles and requests that tests need; built with the same functions as in the house.

use std::collections::BTreeMap;

use domain::{
    delivery::{DeliveryMethod, Draft, DraftFile, FileName, Transfer},
    handin::HandIn,
    history::Happening,
    id::{
        FileId, HandInId, OrganizationId, PackageId, PersonId, RequestId, SessionId, TitleId,
        TransferId,
    },
    language::Language,
    people::{Actor, ApprovedPartners, Grants, Organization, OrganizationKind, Person, Role},
    request::{
        EstimatedDate, MaterialStatus, Moment, RequestStatus, SourceRequest, SourceType, Zone,
    },
    title::{Package, Title, TitleKind},
};
use reelgate::{
    portal::{Portal, new_id},
    services,
};
use sha2::{Digest, Sha256};
use storage::{
    people, request,
    session::{self, Session},
    title,
};

use super::{Call, Caller, House, beginning};

/// What was asked of whom.
#[derive(Clone)]
pub struct Scene {
    pub platform: Organization,
    pub owner: Organization,
    pub partner: Organization,
    pub subassignee: Organization,
    pub stranger: Organization,
    pub title: Title,
    pub package: Package,
}

/// The media type in which pieces of uploads come.
pub const WHOLE: &str = "application/offset+octet-stream";

/// A small timed text file that passes inspection.
pub fn srt() -> Vec<u8> {
    b"1\n00:00:01,000 --> 00:00:03,000\nLa mer monte.\n\n2\n00:00:04,000 --> 00:00:06,000\nElle redescend.\n".to_vec()
}

impl Scene {
    pub async fn set(portal: &Portal) -> Self {
        let organization = |kind, name: &str| {
            let grants = Grants { cancel: true, subassign: true };
            Organization { id: OrganizationId(new_id()), kind, name: name.into(), grants }
        };
        let title = Title {
            id: TitleId(new_id()),
            movie_id: 81002,
            name: "The Long Tide".into(),
            release_year: 2026,
            kind: TitleKind::Feature,
            episode: None,
            original_language: Language::parse("en").unwrap(),
            broadcast: None,
            version: 1,
        };
        let package = Package {
            id: PackageId(new_id()),
            number: 5001,
            name: "The Long Tide, worldwide".into(),
            title: title.id,
            countries: vec![],
            tags: vec![],
            launch: None,
        };
        let scene = Self {
            platform: organization(OrganizationKind::Platform, "Reelgate"),
            owner: organization(OrganizationKind::ContentPartner, "Blue Fjord"),
            partner: organization(OrganizationKind::FulfillmentPartner, "Studio Nord"),
            subassignee: organization(OrganizationKind::FulfillmentPartner, "Lumen Sound"),
            stranger: organization(OrganizationKind::FulfillmentPartner, "Kestrel Post"),
            title,
            package,
        };
        let mut conn = portal.db.begin().await.unwrap();
        for it in
            [&scene.platform, &scene.owner, &scene.partner, &scene.subassignee, &scene.stranger]
        {
            people::insert_organization(&mut conn, it).await.unwrap();
        }
        title::insert_title(&mut conn, &scene.title).await.unwrap();
        title::insert_package(&mut conn, &scene.package).await.unwrap();
        conn.commit().await.unwrap();
        scene
    }
}

impl House {
    /// Somebody new of this organization, who cannot sign in by a password.
    pub async fn person(&self, organization: &Organization, role: Role) -> Actor {
        let id = PersonId(new_id());
        let person = Person {
            id,
            organization: organization.id,
            name: format!("{} of {}", role.label(), organization.name),
            email: format!("{id}@example.org"),
            role,
            time_zone: "Europe/Oslo".into(),
            deactivated_at: None,
        };
        let mut conn = self.portal.db.begin().await.unwrap();
        people::insert_person(&mut conn, &person, "no password").await.unwrap();
        conn.commit().await.unwrap();
        Actor { person: id, name: person.name, role, organization: organization.clone() }
    }

    /// Somebody who looks after an organization.
    pub async fn administrator(&self, organization: &Organization) -> Actor {
        self.person(organization, Role::Administrator).await
    }

    /// From now on the organization gives work to these partners only.
    pub async fn approve(&self, organization: &Organization, partners: &[OrganizationId]) {
        let platform = self.administrator(&self.scene.platform).await;
        let these = ApprovedPartners::These(partners.iter().copied().collect());
        let (all, id) = (ApprovedPartners::All, organization.id);
        services::people::approve(&self.portal, &platform, id, &all, these).await.unwrap();
    }

    /// Somebody in the daily work of the partner to whom requests are assigned.
    pub async fn nora(&self) -> Actor {
        self.person(&self.scene.partner.clone(), Role::Operations).await
    }

    /// Somebody of the platform.
    pub async fn paula(&self) -> Actor {
        self.person(&self.scene.platform.clone(), Role::Operations).await
    }

    /// Somebody of an organization that has nothing to do with any request.
    pub async fn kenji(&self) -> Actor {
        self.person(&self.scene.stranger.clone(), Role::Administrator).await
    }

    /// The actor at the door, with a session that begins now.
    pub async fn signed_in(&self, actor: &Actor) -> Caller {
        let token = new_id().simple().to_string();
        let now = self.portal.now();
        let session = Session {
            token_hash: Sha256::digest(token.as_bytes()).into(),
            id: SessionId(new_id()),
            person: actor.person,
            agent: String::new(),
            address: String::new(),
            created_at: now,
            seen_at: now,
            expires_at: now + self.portal.settings.session_length(),
        };
        let mut conn = self.portal.db.begin().await.unwrap();
        session::insert(&mut conn, &session).await.unwrap();
        conn.commit().await.unwrap();
        Caller { router: self.router.clone(), token: Some(token) }
    }

    pub fn signed_out(&self) -> Caller {
        Caller { router: self.router.clone(), token: None }
    }

    /// A new open request of this type, assigned to the partner.
    pub async fn request(&self, source_type: SourceType) -> SourceRequest {
        let language = source_type == SourceType::Subtitle;
        self.request_in(source_type, language.then_some("fr-FR")).await
    }

    /// The same in this language.
    pub async fn request_in(&self, source_type: SourceType, tag: Option<&str>) -> SourceRequest {
        let due = Moment {
            at: beginning() + chrono::TimeDelta::days(30),
            zone: Zone::trusted("Europe/Oslo"),
        };
        let mut conn = self.portal.db.begin().await.unwrap();
        let request = SourceRequest {
            id: RequestId(new_id()),
            number: request::next_number(&mut conn).await.unwrap(),
            title: self.scene.title.id,
            package: self.scene.package.id,
            source_type,
            language: tag.map(|it| Language::parse(it).unwrap()),
            status: RequestStatus::Open,
            content_partner: self.scene.owner.id,
            partner: Some(self.scene.partner.id),
            subassignee: Some(self.scene.subassignee.id),
            estimated: EstimatedDate::as_due(&due),
            due,
            service_type: None,
            material_status: Some(MaterialStatus::Received),
            current_transfer: None,
            upgrade_of: None,
            created_at: beginning(),
            delivered_at: None,
            processed_at: None,
            version: 1,
        };
        request::insert(&mut conn, &request).await.unwrap();
        conn.commit().await.unwrap();
        request
    }

    pub async fn request_now(&self, id: RequestId) -> SourceRequest {
        request::find(&mut self.portal.read().await.unwrap(), id).await.unwrap().unwrap()
    }

    /// What has happened to a request, newest first.
    pub async fn happenings(&self, request: RequestId) -> Vec<Happening> {
        let mut conn = self.portal.read().await.unwrap();
        let page = storage::history::of_request(&mut conn, request, None, 1000).await.unwrap();
        page.entries.into_iter().map(|it| it.happening).collect()
    }

    pub async fn transfer_now(&self, id: TransferId) -> Transfer {
        let found = storage::delivery::find(&mut self.portal.read().await.unwrap(), id).await;
        found.unwrap().unwrap()
    }

    /// Begins to deliver files of these names and sizes to a request for subtitles.
    pub async fn begin(
        &self,
        actor: &Actor,
        request: RequestId,
        files: &[(&str, usize)],
    ) -> Transfer {
        let draft = draft(files);
        services::delivery::begin(&self.portal, actor, request, draft).await.unwrap()
    }

    /// Uploads the only file of a transfer, through the door.
    pub async fn upload(&self, actor: &Actor, transfer: &Transfer, bytes: Vec<u8>) {
        self.upload_file(actor, transfer.files[0].id, bytes).await;
    }

    /// Uploads one of several files.
    pub async fn upload_file(&self, actor: &Actor, file: FileId, bytes: Vec<u8>) {
        let caller = self.signed_in(actor).await;
        let call = creation_of(file, bytes.len());
        let call =
            if bytes.is_empty() { call } else { call.with("content-type", WHOLE).carrying(bytes) };
        let answer = caller.call(call).await;
        assert_eq!(answer.status.as_u16(), 201, "{}", answer.text());
    }

    /// Somebody of the partner to whom work was handed on.
    pub async fn sami(&self) -> Actor {
        self.person(&self.scene.subassignee.clone(), Role::Operations).await
    }

    /// Hands subtitles in to the assigned partner.
    pub async fn handed_in(&self, actor: &Actor, request: RequestId, bytes: Vec<u8>) -> HandIn {
        let draft = draft(&[("tide_fr.srt", bytes.len())]);
        let begun = services::handin::begin(&self.portal, actor, request, draft).await.unwrap();
        self.upload_file(actor, begun.files[0].id, bytes).await;
        self.hand_in_now(begun.id).await
    }

    pub async fn hand_in_now(&self, id: HandInId) -> HandIn {
        let found = storage::handin::find(&mut self.portal.read().await.unwrap(), id).await;
        found.unwrap().unwrap()
    }

    /// Delivers subtitles and has them inspected.
    pub async fn delivered(&self, actor: &Actor, request: RequestId, bytes: Vec<u8>) -> Transfer {
        let transfer = self.begin(actor, request, &[("tide_fr.srt", bytes.len())]).await;
        self.upload(actor, &transfer, bytes).await;
        self.work_off().await;
        self.transfer_now(transfer.id).await
    }
}

/// What a partner fills in to deliver subtitles.
pub fn draft(files: &[(&str, usize)]) -> Draft {
    let entries = [("time_base", "media"), ("frame_rate", "24"), ("text_type", "subtitle")];
    let file = |(name, size): &(&str, usize)| DraftFile {
        name: FileName::new(*name).unwrap(),
        size: *size as u64,
    };
    Draft {
        files: files.iter().map(file).collect(),
        metadata: entries
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into_iter()
            .collect::<BTreeMap<_, _>>(),
        method: DeliveryMethod::Ui,
        client: None,
    }
}

/// The call that makes an upload for the first file of a transfer.
pub fn creation(transfer: &Transfer, length: usize) -> Call {
    creation_of(transfer.files[0].id, length)
}

/// The call that makes an upload for a file.
pub fn creation_of(file: FileId, length: usize) -> Call {
    let file = base64(file.to_string().as_bytes());
    Call::new(axum::http::Method::POST, "/uploads")
        .with("tus-resumable", "1.0.0")
        .with("upload-length", &length.to_string())
        .with("upload-metadata", &format!("file {file}"))
}

fn base64(bytes: &[u8]) -> String {
    use ::base64::{Engine, prelude::BASE64_STANDARD};
    BASE64_STANDARD.encode(bytes)
}
