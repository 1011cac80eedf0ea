//! A transfer and its files as their rows.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use domain::{
    delivery::{
        DeliveryMetadata, DeliveryMethod, Digests, FileName, Transfer, TransferFile, TransferStatus,
    },
    id::{FileId, OrganizationId, PersonId, RequestId, TransferId},
};
use sqlx::{FromRow, types::Json};
use uuid::Uuid;

use crate::column::Col;

#[derive(FromRow)]
pub(super) struct Row {
    id: Col<TransferId>,
    number: i64,
    request_id: Col<RequestId>,
    status: Col<TransferStatus>,
    method: Col<DeliveryMethod>,
    client: Option<String>,
    initiated_by: Col<PersonId>,
    organization_id: Col<OrganizationId>,
    initiated_at: DateTime<Utc>,
    uploaded_at: Option<DateTime<Utc>>,
    processed_at: Option<DateTime<Utc>>,
    metadata: Json<BTreeMap<String, String>>,
}

#[derive(FromRow)]
pub(super) struct FileRow {
    id: Col<FileId>,
    /// The transfer, or the hand-in.
    owner: Uuid,
    name: Col<FileName>,
    size: Col<u64>,
    received: Col<u64>,
    sha1: Option<String>,
    sha256: Option<String>,
    xxh3: Option<String>,
}

/// Files by the transfer or the hand-in that they belong to, in their order.
pub(crate) type Files = HashMap<Uuid, Vec<TransferFile>>;

impl Row {
    pub fn id(&self) -> TransferId {
        self.id.0
    }

    pub fn is_processing(&self) -> bool {
        self.status.0 == TransferStatus::Processing
    }

    /// The transfer with its files, which it takes out of `files`.
    pub fn with_files(self, files: &mut Files) -> Transfer {
        Transfer {
            id: self.id.0,
            number: self.number,
            request: self.request_id.0,
            status: self.status.0,
            method: self.method.0,
            client: self.client,
            initiated_by: self.initiated_by.0,
            organization: self.organization_id.0,
            initiated_at: self.initiated_at,
            uploaded_at: self.uploaded_at,
            processed_at: self.processed_at,
            metadata: DeliveryMetadata::stored(self.metadata.0),
            files: files.remove(&self.id.0.0).unwrap_or_default(),
        }
    }
}

impl FileRow {
    pub fn owner(&self) -> Uuid {
        self.owner
    }
}

impl From<FileRow> for TransferFile {
    fn from(row: FileRow) -> Self {
        let digests = match (row.sha1, row.sha256, row.xxh3) {
            (Some(sha1), Some(sha256), Some(xxh3)) => Some(Digests { sha1, sha256, xxh3 }),
            (_, _, _) => None,
        };
        Self { id: row.id.0, name: row.name.0, size: row.size.0, received: row.received.0, digests }
    }
}
