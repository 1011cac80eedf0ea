//! Tables of requests that wait to be confirmed.

use chrono::{DateTime, Utc};
use domain::id::{ImportId, PersonId};
use sqlx::FromRow;

use crate::{
    Conn, Result, StorageError,
    column::Col,
    db::{change, ensure_changed, find},
};

/// A table that somebody has sent, as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    pub id: ImportId,
    /// Who has sent it; for nobody else it exists.
    pub person: PersonId,
    /// The name of the file.
    pub file: String,
    /// SHA-256 of the file.
    pub digest: [u8; 32],
    pub content: String,
    pub made_at: DateTime<Utc>,
}

#[derive(FromRow)]
struct Row {
    id: Col<ImportId>,
    person_id: Col<PersonId>,
    file: String,
    digest: Vec<u8>,
    content: String,
    made_at: DateTime<Utc>,
}

/// Keeps a table.
pub async fn insert(conn: &mut Conn, import: &Import) -> Result<()> {
    const SQL: &str = "
        INSERT INTO imports (id, person_id, file, digest, content, made_at)
        VALUES ($1, $2, $3, $4, $5, $6)";

    change!(
        conn,
        SQL,
        Col(import.id),
        Col(import.person),
        import.file.as_str(),
        import.digest.to_vec(),
        import.content.as_str(),
        Col(import.made_at),
    )
    .map(drop)
}

/// The table that this person has sent.
pub async fn find(conn: &mut Conn, id: ImportId, person: PersonId) -> Result<Option<Import>> {
    const SQL: &str = "
        SELECT id, person_id, file, digest, content, made_at FROM imports
         WHERE id = $1 AND person_id = $2";

    let row: Option<Row> = find!(conn, "imports", SQL, Col(id), Col(person))?;
    row.map(Import::try_from).transpose()
}

/// Forgets a table; of two who do, the second is told.
pub async fn remove(conn: &mut Conn, id: ImportId) -> Result<()> {
    change!(conn, "DELETE FROM imports WHERE id = $1", Col(id)).and_then(ensure_changed)
}

/// Forgets the tables that were sent before `then`. Answers how many.
pub async fn remove_before(conn: &mut Conn, then: DateTime<Utc>) -> Result<u64> {
    change!(conn, "DELETE FROM imports WHERE made_at < $1", Col(then))
}

impl TryFrom<Row> for Import {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self> {
        let digest = row.digest.try_into().map_err(|_| {
            StorageError::contradiction("imports", row.id.0.0, "digest", "not 32 bytes long")
        })?;
        Ok(Self {
            id: row.id.0,
            person: row.person_id.0,
            file: row.file,
            digest,
            content: row.content,
            made_at: row.made_at,
        })
    }
}
