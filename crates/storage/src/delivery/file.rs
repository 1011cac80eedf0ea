//! The files of transfers: how much has arrived, their digests, and where their bytes are.

use domain::{
    delivery::{Transfer, TransferFile},
    handin::HandIn,
    id::{FileId, HandInId, TransferId},
};

use super::row::{FileRow, Files};
use crate::{
    Conn, Result, StorageError,
    column::Col,
    db::{change, ensure_changed, find, list, list_among, places},
    vault::Key,
};

/// A file of a transfer whose bytes lie in the vault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The file as the transfer knows it.
    pub file: FileId,
    /// Where its bytes are.
    pub key: Key,
}

/// Notes how many bytes of a file have arrived and are safe: what the card shows while it is uploaded.
pub async fn note_received(conn: &mut Conn, file: FileId, received: u64) -> Result<()> {
    const SQL: &str = "UPDATE transfer_files SET received = $1 WHERE id = $2";

    change!(conn, SQL, Col(received), Col(file)).and_then(ensure_changed)
}

/// Writes what is known of a file now: bytes received, digests, and the place of its bytes in the vault.
pub async fn save_file(conn: &mut Conn, file: &TransferFile, key: Option<&Key>) -> Result<()> {
    const SQL: &str = "
        UPDATE transfer_files SET received = $1, sha1 = $2, sha256 = $3, xxh3 = $4, vault_key = $5 WHERE id = $6";

    let digests = file.digests.as_ref();
    change!(
        conn,
        SQL,
        Col(file.received),
        digests.map(|it| it.sha1.as_str()),
        digests.map(|it| it.sha256.as_str()),
        digests.map(|it| it.xxh3.as_str()),
        key.map(Key::as_str),
        Col(file.id),
    )
    .and_then(ensure_changed)
}

/// The digest that the sender computed of its own file, if it has named one.
pub async fn sent_digest(conn: &mut Conn, file: FileId) -> Result<Option<String>> {
    const SQL: &str = "SELECT sent_digest FROM transfer_files WHERE id = $1";

    let row: Option<(Option<String>,)> = find!(conn, "transfer_files", SQL, Col(file))?;
    Ok(row.and_then(|(digest,)| digest))
}

/// Keeps the digest that the sender computed of its own file. It is named once: another one is `MovedOn`.
pub async fn set_sent_digest(conn: &mut Conn, file: FileId, digest: &str) -> Result<()> {
    const SQL: &str = "
        UPDATE transfer_files SET sent_digest = $1 WHERE id = $2 AND (sent_digest IS NULL OR sent_digest = $1)";

    change!(conn, SQL, digest, Col(file)).and_then(ensure_changed)
}

/// The files of a transfer that lie in the vault, in their order.
pub async fn stored_files(conn: &mut Conn, transfer: TransferId) -> Result<Vec<Stored>> {
    const SQL: &str = "
        SELECT id, vault_key FROM transfer_files
         WHERE transfer_id = $1 AND vault_key IS NOT NULL
         ORDER BY position";

    let rows: Vec<(Col<FileId>, String)> = list!(conn, "transfer_files", SQL, Col(transfer))?;
    let stored = |(file, key): (Col<FileId>, String)| {
        let bad =
            || StorageError::contradiction("transfer_files", file.0.0, "vault_key", "no digest");
        Ok(Stored { file: file.0, key: Key::parse(&key).ok_or_else(bad)? })
    };
    rows.into_iter().map(stored).collect()
}

pub(super) async fn insert_all(conn: &mut Conn, transfer: &Transfer) -> Result<()> {
    insert(conn, Owner::Transfer(transfer.id), &transfer.files).await
}

/// Stores the files of a new hand-in.
pub(crate) async fn insert_files_of_hand_in(conn: &mut Conn, hand_in: &HandIn) -> Result<()> {
    insert(conn, Owner::HandIn(hand_in.id), &hand_in.files).await
}

/// To whom a file belongs when it is announced.
#[derive(Clone, Copy)]
enum Owner {
    Transfer(TransferId),
    HandIn(HandInId),
}

async fn insert(conn: &mut Conn, owner: Owner, files: &[TransferFile]) -> Result<()> {
    const SQL: &str = "
        INSERT INTO transfer_files (id, transfer_id, hand_in_id, position, name, size, received, sha1, sha256, xxh3)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

    let (transfer, hand_in) = match owner {
        Owner::Transfer(id) => (Some(Col(id)), None),
        Owner::HandIn(id) => (None, Some(Col(id))),
    };
    for (position, file) in (0_u32..).zip(files) {
        let digests = file.digests.as_ref();
        change!(
            conn,
            SQL,
            Col(file.id),
            transfer,
            hand_in,
            Col(position),
            file.name.raw(),
            Col(file.size),
            Col(file.received),
            digests.map(|it| it.sha1.as_str()),
            digests.map(|it| it.sha256.as_str()),
            digests.map(|it| it.xxh3.as_str()),
        )?;
    }
    Ok(())
}

/// Makes the files of a hand-in those of the transfer that it has become: the same rows, and the same bytes.
pub(super) async fn adopt(conn: &mut Conn, transfer: TransferId, hand_in: HandInId) -> Result<()> {
    const SQL: &str =
        "UPDATE transfer_files SET transfer_id = $1 WHERE hand_in_id = $2 AND transfer_id IS NULL";

    change!(conn, SQL, Col(transfer), Col(hand_in)).map(drop)
}

/// The hand-in to which a file belongs, or belonged before it was released.
pub(crate) async fn file_of_hand_in(conn: &mut Conn, file: FileId) -> Result<Option<HandInId>> {
    const SQL: &str =
        "SELECT hand_in_id FROM transfer_files WHERE id = $1 AND hand_in_id IS NOT NULL";

    let row: Option<(Col<HandInId>,)> = find!(conn, "transfer_files", SQL, Col(file))?;
    Ok(row.map(|(id,)| id.0))
}

pub(super) async fn of_transfers(conn: &mut Conn, transfers: &[TransferId]) -> Result<Files> {
    if transfers.is_empty() {
        return Ok(Files::new());
    }
    let sql = owned_by("transfer_id", transfers.len());
    let rows: Vec<FileRow> = list_among!(conn, "transfer_files", sql, transfers)?;
    Ok(by_owner(rows))
}

/// The files of hand-ins.
pub(crate) async fn files_of_hand_ins(conn: &mut Conn, hand_ins: &[HandInId]) -> Result<Files> {
    if hand_ins.is_empty() {
        return Ok(Files::new());
    }
    let sql = owned_by("hand_in_id", hand_ins.len());
    let rows: Vec<FileRow> = list_among!(conn, "transfer_files", sql, hand_ins)?;
    Ok(by_owner(rows))
}

fn owned_by(column: &'static str, owners: usize) -> String {
    format!(
        "SELECT id, {column} AS owner, name, size, received, sha1, sha256, xxh3
           FROM transfer_files WHERE {column} IN ({}) ORDER BY position",
        places(owners),
    )
}

fn by_owner(rows: Vec<FileRow>) -> Files {
    let mut files = Files::new();
    for row in rows {
        files.entry(row.owner()).or_default().push(row.into());
    }
    files
}
