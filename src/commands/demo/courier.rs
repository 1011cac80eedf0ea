//! Delivering in the demo: through the same door, with the same protocol, as everybody.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, bail, ensure};
use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{
    delivery::{DeliveryMethod, Draft, DraftFile, FileName, Transfer, TransferFile},
    id::RequestId,
    people::Actor,
};
use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;
use tokio_util::io::ReaderStream;
use tower::ServiceExt;

use super::cast::PASSWORD;
use crate::{
    paths,
    portal::Portal,
    services::{
        delivery, handin,
        session::{self, Origin},
    },
    visitor::CookieName,
    web,
};

/// Somebody who delivers.
pub struct Courier {
    portal: Portal,
    door: Router,
    pub actor: Actor,
    cookie: String,
}

/// How much of a file is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    All,
    /// The sender stopped in the middle.
    Half,
}

/// What is delivered: the file's name as the sender calls it, and where it lies.
#[derive(Clone, Copy)]
pub struct Parcel<'a> {
    pub name: &'a str,
    pub file: &'a Path,
    pub metadata: &'a [(&'a str, &'a str)],
}

impl Courier {
    /// Signs in with the address of the demo.
    pub async fn sign_in(portal: &Portal, actor: &Actor, email: &str) -> anyhow::Result<Self> {
        let token = session::open(portal, email, PASSWORD, &Origin::default(), None).await?.token;
        let name = CookieName::of(portal).name();
        let cookie = format!("{name}={}", token.as_str());
        Ok(Self {
            portal: portal.clone(),
            door: web::upload::routes(portal.clone()),
            actor: actor.clone(),
            cookie,
        })
    }

    /// Begins a delivery and sends its file.
    pub async fn deliver(
        &self,
        request: RequestId,
        parcel: Parcel<'_>,
        share: Share,
    ) -> anyhow::Result<Transfer> {
        let draft = draft(parcel).await?;
        let transfer = delivery::begin(&self.portal, &self.actor, request, draft).await?;
        self.send_all(&transfer.files, parcel, share).await?;
        Ok(transfer)
    }

    /// Hands a file in to the assigned partner.
    pub async fn hand_in(&self, request: RequestId, parcel: Parcel<'_>) -> anyhow::Result<()> {
        let draft = draft(parcel).await?;
        let begun = handin::begin(&self.portal, &self.actor, request, draft).await?;
        self.send_all(&begun.files, parcel, Share::All).await
    }

    async fn send_all(
        &self,
        files: &[TransferFile],
        parcel: Parcel<'_>,
        share: Share,
    ) -> anyhow::Result<()> {
        for file in files {
            self.send(file, parcel.file, share)
                .await
                .with_context(|| format!("{} was not taken", parcel.name))?;
        }
        Ok(())
    }

    async fn send(&self, file: &TransferFile, from: &Path, share: Share) -> anyhow::Result<()> {
        let digest = sha256_of(from).await?;
        let encoded = |text: String| STANDARD.encode(text);
        let metadata = format!("file {},digest {}", encoded(file.id.to_string()), encoded(digest));
        let create = self
            .request(Method::POST, paths::UPLOADS)
            .header("upload-length", file.size)
            .header("upload-metadata", metadata)
            .body(Body::empty())?;
        let answer = self.ask(create, StatusCode::CREATED).await?;
        let place = answer
            .headers()
            .get(header::LOCATION)
            .context("no place to send to")?
            .to_str()?
            .to_owned();

        let length = match share {
            Share::All => file.size,
            Share::Half => file.size / 2,
        };
        let bytes = ReaderStream::new(tokio::fs::File::open(from).await?.take(length));
        let patch = self
            .request(Method::PATCH, &place)
            .header("upload-offset", 0)
            .header(header::CONTENT_TYPE, "application/offset+octet-stream")
            .header(header::CONTENT_LENGTH, length)
            .body(Body::from_stream(bytes))?;
        if length > 0 {
            self.ask(patch, StatusCode::NO_CONTENT).await?;
        }
        Ok(())
    }

    fn request(&self, method: Method, place: &str) -> axum::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(place)
            .header("tus-resumable", "1.0.0")
            .header(header::COOKIE, &self.cookie)
    }

    async fn ask(
        &self,
        request: Request<Body>,
        wanted: StatusCode,
    ) -> anyhow::Result<axum::response::Response> {
        let answer = self.door.clone().oneshot(request).await?;
        if answer.status() != wanted {
            let status = answer.status();
            let said = axum::body::to_bytes(answer.into_body(), 10_000).await?;
            bail!("{status}: {}", String::from_utf8_lossy(&said));
        }
        Ok(answer)
    }
}

/// What is announced of a parcel.
async fn draft(parcel: Parcel<'_>) -> anyhow::Result<Draft> {
    let size = tokio::fs::metadata(parcel.file).await?.len();
    let metadata: BTreeMap<_, _> = parcel
        .metadata
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    let files = vec![DraftFile { name: FileName::new(parcel.name)?, size }];
    let client = Some(concat!("Reelgate demo ", env!("CARGO_PKG_VERSION")).to_owned());
    Ok(Draft { files, metadata, method: DeliveryMethod::Api, client })
}

async fn sha256_of(path: &Path) -> anyhow::Result<String> {
    let mut file = tokio::fs::File::open(path).await?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut piece).await?;
        if read == 0 {
            break;
        }
        hash.update(&piece[..read]);
    }
    let digest = hash.finalize();
    ensure!(digest.len() == 32, "a digest of another length");
    Ok(digest.iter().map(|it| format!("{it:02x}")).collect())
}
