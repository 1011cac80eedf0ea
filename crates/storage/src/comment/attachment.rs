//! The files that hang on comments: their names, and where in the vault their bytes are.

use std::collections::HashMap;

use domain::{
    comment::Attachment,
    delivery::FileName,
    id::{AttachmentId, CommentId},
};
use sqlx::FromRow;

use crate::{
    Conn, Result, StorageError,
    column::Col,
    db::{change, find, list_among, places},
    vault::Key,
};

/// A file that hangs on a comment, with the place of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The file as its readers know it.
    pub attachment: Attachment,
    /// What it hangs on.
    pub comment: CommentId,
    /// Where its bytes are.
    pub key: Key,
}

#[derive(FromRow)]
struct Row {
    id: Col<AttachmentId>,
    comment_id: Col<CommentId>,
    name: Col<FileName>,
    size: Col<u64>,
    vault_key: String,
}

/// Hangs a file, whose bytes lie in the vault, on a comment.
pub async fn insert_attachment(
    conn: &mut Conn,
    comment: CommentId,
    position: u32,
    file: &Attachment,
    key: &Key,
) -> Result<()> {
    const SQL: &str = "
        INSERT INTO attachments (id, comment_id, position, name, size, vault_key)
        VALUES ($1, $2, $3, $4, $5, $6)";

    let Attachment { id, name, size } = file;
    change!(conn, SQL, Col(*id), Col(comment), Col(position), name.raw(), Col(*size), key.as_str())
        .map(drop)
}

/// One file, whoever may read the comment that it hangs on.
pub async fn find_attachment(conn: &mut Conn, id: AttachmentId) -> Result<Option<Kept>> {
    const SQL: &str = "SELECT id, comment_id, name, size, vault_key FROM attachments WHERE id = $1";

    let row: Option<Row> = find!(conn, "attachments", SQL, Col(id))?;
    row.map(Kept::try_from).transpose()
}

pub(super) async fn of_comments(
    conn: &mut Conn,
    comments: &[CommentId],
) -> Result<HashMap<CommentId, Vec<Attachment>>> {
    let sql = format!(
        "SELECT id, comment_id, name, size, vault_key FROM attachments
          WHERE comment_id IN ({}) ORDER BY comment_id, position",
        places(comments.len())
    );

    let rows: Vec<Row> = list_among!(conn, "attachments", sql, comments)?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        let attachment = Attachment { id: row.id.0, name: row.name.0, size: row.size.0 };
        found.entry(row.comment_id.0).or_default().push(attachment);
    }
    Ok(found)
}

/// Forgets the files of a comment. What lies in the vault may belong to others too, and stays.
pub(super) async fn remove_all_of(conn: &mut Conn, comment: CommentId) -> Result<()> {
    const SQL: &str = "DELETE FROM attachments WHERE comment_id = $1";

    change!(conn, SQL, Col(comment)).map(drop)
}

impl TryFrom<Row> for Kept {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self> {
        let bad =
            || StorageError::contradiction("attachments", row.id.0.0, "vault_key", "no digest");
        let key = Key::parse(&row.vault_key).ok_or_else(bad)?;
        let attachment = Attachment { id: row.id.0, name: row.name.0, size: row.size.0 };
        Ok(Self { attachment, comment: row.comment_id.0, key })
    }
}
