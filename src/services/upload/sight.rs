//! Which upload exists for whom, and who may still send to it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::{
    delivery::{Transfer, TransferFile, TransferStatus},
    handin::HandIn,
    id::{FileId, OrganizationId, PersonId, RequestId, UploadId},
    people::Actor,
    refusal::{Refusal, ensure},
    request::SourceRequest,
};
use storage::{
    Conn, delivery, handin, people, request,
    upload::{self, Upload, UploadKind},
};
use tokio::time::Instant;

use super::{creation::ensure_room, error::UploadError, hashes::Hashes, metadata::Metadata};
use crate::{error::AppError, portal::Portal, services::failure::broken};

/// A file on its way, with all that decides who may send it.
pub struct Delivered {
    pub parcel: Parcel,
    pub request: SourceRequest,
    pub file: TransferFile,
}

/// What a file belongs to.
pub enum Parcel {
    Delivery(Transfer),
    HandIn(HandIn),
}

impl Parcel {
    /// Whose file it is.
    fn organization(&self) -> OrganizationId {
        match self {
            Self::Delivery(transfer) => transfer.organization,
            Self::HandIn(hand_in) => hand_in.organization,
        }
    }

    fn request(&self) -> RequestId {
        match self {
            Self::Delivery(transfer) => transfer.request,
            Self::HandIn(hand_in) => hand_in.request,
        }
    }

    fn files(&self) -> &[TransferFile] {
        match self {
            Self::Delivery(transfer) => &transfer.files,
            Self::HandIn(hand_in) => &hand_in.files,
        }
    }

    /// Whether its bytes are still awaited; if not, why nothing can be sent.
    pub fn ensure_awaited(&self) -> Result<(), Refusal> {
        match self {
            Self::Delivery(transfer) => ensure(
                transfer.status == TransferStatus::WaitingForUpload,
                Refusal::WrongTransferStatus(transfer.status),
            ),
            Self::HandIn(hand_in) => {
                ensure(hand_in.awaits_bytes(), Refusal::WrongHandInStatus(hand_in.status))
            }
        }
    }

    pub fn awaits_bytes(&self) -> bool {
        self.ensure_awaited().is_ok()
    }
}

/// Where an upload stands, as its sender may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub id: UploadId,
    pub kind: Kind,
    /// Bytes announced.
    pub length: u64,
    /// Bytes received and safely stored.
    pub received: u64,
    /// XXH3 of exactly these bytes.
    pub xxh3: String,
    /// When it is given up; not, once it has arrived.
    pub expires_at: Option<DateTime<Utc>>,
    /// `Upload-Metadata` as it was sent.
    pub metadata: String,
}

/// What the bytes of an upload are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Whole,
    Partial,
    Final(Vec<UploadId>),
}

impl Standing {
    /// The offset as the protocol shows it: not for a joined upload that is still being put together.
    pub fn offset(&self) -> Option<u64> {
        match self.kind {
            Kind::Whole | Kind::Partial => Some(self.received),
            Kind::Final(_) => (self.received == self.length).then_some(self.received),
        }
    }
}

impl Delivered {
    /// Whether `actor` may send its bytes now.
    pub fn permits_upload(&self, portal: &Portal, actor: &Actor) -> Result<(), AppError> {
        match &self.parcel {
            Parcel::Delivery(transfer) => {
                Ok(transfer.permits_upload(&self.request, actor, &portal.limits)?)
            }
            Parcel::HandIn(hand_in) => Ok(hand_in.permits_upload(&self.request, actor)?),
        }
    }

    /// Whether `actor` may stop its upload.
    pub fn permits_abandon(&self, actor: &Actor) -> Result<(), AppError> {
        match &self.parcel {
            Parcel::Delivery(transfer) => Ok(transfer.permits_abandon(actor)?),
            Parcel::HandIn(hand_in) => Ok(hand_in.permits_stop(actor)?),
        }
    }
}

/// The file, if it is one of the actor's own organization; nobody else's uploads exist for anybody.
pub async fn delivered(
    conn: &mut Conn,
    actor: &Actor,
    file: FileId,
) -> Result<Delivered, UploadError> {
    let found = found(conn, file).await?;
    if actor.works_for(found.parcel.organization()) {
        Ok(found)
    } else {
        Err(AppError::NotFound.into())
    }
}

/// The file, whoever asks: for what the portal does by itself.
pub async fn found(conn: &mut Conn, id: FileId) -> Result<Delivered, UploadError> {
    let parcel = match delivery::find_by_file(conn, id).await? {
        Some(transfer) => Parcel::Delivery(transfer),
        None => {
            let hand_in = handin::find_by_file(conn, id).await?;
            Parcel::HandIn(hand_in.ok_or(AppError::NotFound)?)
        }
    };
    let request = request::find(conn, parcel.request()).await?.ok_or(AppError::NotFound)?;
    let file = parcel.files().iter().find(|it| it.id == id).cloned().ok_or(AppError::NotFound)?;
    Ok(Delivered { parcel, request, file })
}

/// The upload and its file, if they exist for the actor; over or not.
pub async fn upload(
    conn: &mut Conn,
    actor: &Actor,
    id: UploadId,
) -> Result<(Upload, Delivered), UploadError> {
    let upload = upload::find(conn, id).await?.ok_or(AppError::NotFound)?;
    let delivered = delivered(conn, actor, upload.file).await?;
    Ok((upload, delivered))
}

/// Refuses an upload that was stopped, or that nobody went on with for too long.
pub fn ensure_alive(upload: &Upload, now: DateTime<Utc>) -> Result<(), UploadError> {
    let expired = !is_complete(upload) && upload.expires_at <= now;
    if upload.terminated_at.is_some() || expired { Err(UploadError::Gone) } else { Ok(()) }
}

/// Whether every byte is here. A joined upload is complete once it is put together.
pub fn is_complete(upload: &Upload) -> bool {
    upload.finished_at.is_some() || upload.length == Some(upload.offset)
}

pub fn hashes(upload: &Upload) -> Result<Hashes, UploadError> {
    let hashes = Hashes::restore(&upload.state);
    hashes.ok_or_else(|| {
        UploadError::App(broken(&format!(
            "the digests of upload {} cannot be gone on with",
            upload.id
        )))
    })
}

pub fn metadata(upload: &Upload) -> Result<Metadata, UploadError> {
    Metadata::parse(&upload.metadata)
}

pub fn standing(upload: &Upload) -> Result<Standing, UploadError> {
    let kind = match upload.kind {
        UploadKind::Whole => Kind::Whole,
        UploadKind::Partial => Kind::Partial,
        UploadKind::Final => Kind::Final(upload.parts.clone()),
    };
    Ok(Standing {
        id: upload.id,
        kind,
        length: upload.length.unwrap_or_default(),
        received: upload.offset,
        xxh3: hashes(upload)?.xxh3.hex(),
        expires_at: (!is_complete(upload)).then_some(upload.expires_at),
        metadata: upload.metadata.clone(),
    })
}

/// The permission to send, shown again and again while the bytes flow: a canceled request or a superseded
/// transfer takes no more of them, nor does anybody whose account was closed or whose role has changed.
pub struct Warrant {
    person: PersonId,
    file: FileId,
    shown: Instant,
}

/// How long a flow may go on unasked.
const TRUSTED: Duration = Duration::from_secs(2);

impl Warrant {
    pub fn new(actor: &Actor, file: FileId) -> Self {
        Self { person: actor.person, file, shown: Instant::now() }
    }

    pub async fn show(&mut self, portal: &Portal) -> Result<(), UploadError> {
        if self.shown.elapsed() < TRUSTED {
            return Ok(());
        }
        let mut conn = portal.read().await?;
        let actor = people::actor(&mut conn, self.person).await?.ok_or(AppError::SignedOut)?;
        delivered(&mut conn, &actor, self.file).await?.permits_upload(portal, &actor)?;
        ensure_room(portal, 0)?;
        self.shown = Instant::now();
        Ok(())
    }
}
