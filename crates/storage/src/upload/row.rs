//! An upload as its row.

use chrono::{DateTime, Utc};
use domain::id::{FileId, UploadId};
use sqlx::{FromRow, error::BoxDynError, types::Json};

use super::{Upload, UploadKind};
use crate::column::{Col, Kept};

#[derive(FromRow)]
pub(super) struct Row {
    id: Col<UploadId>,
    file_id: Col<FileId>,
    kind: Col<UploadKind>,
    length: Option<Col<u64>>,
    received: Col<u64>,
    parts: Json<Vec<UploadId>>,
    metadata: String,
    state: Vec<u8>,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
    terminated_at: Option<DateTime<Utc>>,
}

impl Kept for UploadKind {
    type As = String;

    fn keep(&self) -> String {
        match self {
            Self::Whole => "whole",
            Self::Partial => "partial",
            Self::Final => "final",
        }
        .to_owned()
    }

    fn restore(kept: String) -> Result<Self, BoxDynError> {
        match kept.as_str() {
            "whole" => Ok(Self::Whole),
            "partial" => Ok(Self::Partial),
            "final" => Ok(Self::Final),
            _ => Err(format!("{kept:?} is no kind of upload").into()),
        }
    }
}

impl From<Row> for Upload {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.0,
            file: row.file_id.0,
            kind: row.kind.0,
            length: row.length.map(|it| it.0),
            offset: row.received.0,
            parts: row.parts.0,
            metadata: row.metadata,
            state: row.state,
            created_at: row.created_at,
            expires_at: row.expires_at,
            finished_at: row.finished_at,
            terminated_at: row.terminated_at,
        }
    }
}
