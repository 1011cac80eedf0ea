//! What can go wrong with things that are kept.

use std::io;

use sqlx::error::DatabaseError;
use thiserror::Error;
use uuid::Uuid;

/// What storage answers.
pub type Result<T, E = StorageError> = std::result::Result<T, E>;

/// What can go wrong with things that are kept.
#[derive(Debug, Error)]
pub enum StorageError {
    /// The database refused, or could not be reached.
    #[error("the database failed: {0}")]
    Database(#[source] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("the schema could not be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A stored value that the rules do not know: a row of a newer version, or a damaged one.
    #[error("table {table}, row {id}, column {column}: {problem}")]
    Inconsistent { table: &'static str, id: String, column: String, problem: String },
    /// Somebody else changed it since it was read.
    #[error("somebody else changed this meanwhile")]
    MovedOn,
    /// A file could not be read or written.
    #[error("the vault failed: {0}")]
    Vault(#[source] io::Error),
    /// The object store refused, or could not be reached.
    #[error("the object store failed: {0}")]
    ObjectStore(#[source] object_store::Error),
    /// The disk, or what the portal may use of it, is full. Nothing that was acknowledged is lost.
    #[error("there is no room left to store this")]
    NoRoom,
    /// A setting that cannot be understood.
    #[error("{0}")]
    Setting(String),
}

/// SQLite's code for a full disk (`SQLITE_FULL`).
const SQLITE_FULL: &str = "13";
/// PostgreSQL's code for a full disk.
const PG_DISK_FULL: &str = "53100";
/// PostgreSQL's codes for two transactions of which only one can win: serialization failure and deadlock.
const PG_COLLISIONS: [&str; 2] = ["40001", "40P01"];

impl StorageError {
    /// Whoever takes a name that somebody else has just taken has come too late.
    pub(crate) fn of_a_race(self) -> Self {
        match self {
            Self::Database(sqlx::Error::Database(it)) if it.is_unique_violation() => Self::MovedOn,
            other => other,
        }
    }

    /// A row of `table` that could not be read.
    pub(crate) fn unreadable(table: &'static str, id: Option<Uuid>, error: sqlx::Error) -> Self {
        let (column, problem) = match error {
            sqlx::Error::ColumnDecode { index, source } => {
                (index.trim_matches('"').to_owned(), source.to_string())
            }
            other => return Self::from(other),
        };
        Self::Inconsistent {
            table,
            id: id.map_or_else(|| "unknown".to_owned(), |it| it.to_string()),
            column,
            problem,
        }
    }

    /// A value of `table` that was read and contradicts another.
    pub(crate) fn contradiction(
        table: &'static str,
        id: Uuid,
        column: &str,
        problem: impl ToString,
    ) -> Self {
        Self::Inconsistent {
            table,
            id: id.to_string(),
            column: column.to_owned(),
            problem: problem.to_string(),
        }
    }
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(it) => match code_of(it.as_ref()).as_str() {
                SQLITE_FULL | PG_DISK_FULL => Self::NoRoom,
                code if PG_COLLISIONS.contains(&code) => Self::MovedOn,
                _ => Self::Database(error),
            },
            sqlx::Error::Io(it) if is_full(it) => Self::NoRoom,
            _ => Self::Database(error),
        }
    }
}

impl From<io::Error> for StorageError {
    fn from(error: io::Error) -> Self {
        if is_full(&error) { Self::NoRoom } else { Self::Vault(error) }
    }
}

impl From<object_store::Error> for StorageError {
    fn from(error: object_store::Error) -> Self {
        Self::ObjectStore(error)
    }
}

fn code_of(error: &dyn DatabaseError) -> String {
    error.code().unwrap_or_default().into_owned()
}

/// A quota that is used up is a full disk to whoever writes.
fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_apart_from_a_broken_one() {
        let full = StorageError::from(io::Error::from(io::ErrorKind::StorageFull));
        let quota = StorageError::from(io::Error::from(io::ErrorKind::QuotaExceeded));
        let broken = StorageError::from(io::Error::from(io::ErrorKind::PermissionDenied));
        assert!(matches!((full, quota), (StorageError::NoRoom, StorageError::NoRoom)));
        assert!(matches!(broken, StorageError::Vault(_)));
    }

    #[tokio::test]
    async fn a_database_that_cannot_grow_says_that_there_is_no_room() {
        use sqlx::{Connection, Executor, SqliteConnection};

        let mut conn = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        conn.execute("PRAGMA max_page_count = 4").await.unwrap();
        conn.execute("CREATE TABLE large (it BLOB)").await.unwrap();
        let refused =
            conn.execute("INSERT INTO large VALUES (zeroblob(1000000))").await.unwrap_err();
        assert!(matches!(StorageError::from(refused), StorageError::NoRoom));
    }
}
