//! Materials: what a package has to work from, links to download it by, and how far each person has come.

use chrono::{DateTime, Utc};
use domain::{
    id::{AttachmentId, PackageId, PersonId, RequestId, TransferId},
    material::{Download, Item, Origin, Piece, Stretches},
    request::SourceRequest,
};
use sqlx::{FromRow, types::Json};

use crate::{
    Conn, Result,
    column::Col,
    db::{change, ensure_changed, find, list},
    delivery, request,
};

/// A link by which one person downloads materials for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// SHA-256 of the token in the address.
    pub token_hash: [u8; 32],
    pub person: PersonId,
    pub items: Vec<Item>,
    pub expires_at: DateTime<Utc>,
    /// When its person first followed it.
    pub followed_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct LinkRow {
    person_id: Col<PersonId>,
    items: Json<Vec<Item>>,
    expires_at: DateTime<Utc>,
    followed_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct DownloadRow {
    transfer_id: Option<Col<TransferId>>,
    attachment_id: Option<Col<AttachmentId>>,
    parts: Json<Stretches>,
    at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
}

/// The requests of a package, each with who makes it and the transfer that stands for it, by their numbers.
pub async fn origins_of(conn: &mut Conn, package: PackageId) -> Result<Vec<Origin>> {
    const NAMES: &str = "
        SELECT r.id, o.name FROM requests r JOIN organizations o ON o.id = r.partner_id WHERE r.package_id = $1";

    let requests = request::of_package(conn, package).await?;
    let mut transfers = delivery::standing_of_package(conn, package).await?;
    let names: Vec<(Col<RequestId>, String)> = list!(conn, "requests", NAMES, Col(package))?;
    let origin = |request: SourceRequest| {
        let maker = names.iter().find(|(id, _)| id.0 == request.id).map(|(_, name)| name.clone());
        let place = transfers.iter().position(|it| it.request == request.id);
        Origin { maker, transfer: place.map(|it| transfers.swap_remove(it)), request }
    };
    Ok(requests.into_iter().map(origin).collect())
}

/// Stores a new link.
pub async fn insert_link(conn: &mut Conn, link: &Link) -> Result<()> {
    const SQL: &str = "
        INSERT INTO material_links (token_hash, person_id, items, expires_at, followed_at)
        VALUES ($1, $2, $3, $4, $5)";

    change!(
        conn,
        SQL,
        link.token_hash.to_vec(),
        Col(link.person),
        Json(&link.items),
        Col(link.expires_at),
        link.followed_at.map(Col),
    )
    .map(drop)
}

/// The link with this token, whether it has ended or not.
pub async fn find_link(conn: &mut Conn, token_hash: &[u8; 32]) -> Result<Option<Link>> {
    const SQL: &str = "SELECT person_id, items, expires_at, followed_at FROM material_links WHERE token_hash = $1";

    let row: Option<LinkRow> = find!(conn, "material_links", SQL, token_hash.to_vec())?;
    Ok(row.map(|row| Link {
        token_hash: *token_hash,
        person: row.person_id.0,
        items: row.items.0,
        expires_at: row.expires_at,
        followed_at: row.followed_at,
    }))
}

/// Keeps when a link was first followed; later on nothing changes.
pub async fn note_followed(
    conn: &mut Conn,
    token_hash: &[u8; 32],
    at: DateTime<Utc>,
) -> Result<()> {
    const SQL: &str = "
        UPDATE material_links SET followed_at = $1 WHERE token_hash = $2 AND followed_at IS NULL";

    change!(conn, SQL, Col(at), token_hash.to_vec()).map(drop)
}

/// Removes the links that had ended by `at`. Answers how many.
pub async fn remove_links_before(conn: &mut Conn, at: DateTime<Utc>) -> Result<u64> {
    const SQL: &str = "DELETE FROM material_links WHERE expires_at < $1";

    change!(conn, SQL, Col(at))
}

/// What a person has downloaded for a request, by whose bytes it is.
pub async fn downloads_of(
    conn: &mut Conn,
    person: PersonId,
    request: RequestId,
) -> Result<Vec<(Piece, Download)>> {
    const SQL: &str = "
        SELECT transfer_id, NULL AS attachment_id, parts, at, finished_at FROM material_downloads
         WHERE person_id = $1 AND request_id = $2
         UNION ALL
        SELECT NULL, d.attachment_id, d.parts, d.at, d.finished_at
          FROM attachment_downloads d
          JOIN attachments a ON a.id = d.attachment_id
          JOIN comments c ON c.id = a.comment_id
         WHERE d.person_id = $1 AND c.request_id = $2";

    let rows: Vec<DownloadRow> = list!(conn, "material_downloads", SQL, Col(person), Col(request))?;
    Ok(rows.into_iter().filter_map(|row| Some((row.piece()?, Download::from(row)))).collect())
}

/// How far a person has come with one material.
pub async fn find_download(
    conn: &mut Conn,
    person: PersonId,
    item: Item,
) -> Result<Option<Download>> {
    let all = downloads_of(conn, person, item.request).await?;
    Ok(all.into_iter().find(|(piece, _)| *piece == item.piece).map(|(_, it)| it))
}

/// Writes how far a person has come with one material.
pub async fn save_download(
    conn: &mut Conn,
    person: PersonId,
    item: Item,
    download: &Download,
) -> Result<()> {
    const OF_TRANSFER: &str = "
        INSERT INTO material_downloads (person_id, request_id, transfer_id, parts, at, finished_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (person_id, request_id, transfer_id)
        DO UPDATE SET parts = excluded.parts, at = excluded.at, finished_at = excluded.finished_at";
    const OF_ATTACHMENT: &str = "
        INSERT INTO attachment_downloads (person_id, attachment_id, parts, at, finished_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (person_id, attachment_id)
        DO UPDATE SET parts = excluded.parts, at = excluded.at, finished_at = excluded.finished_at";

    let Download { parts, at, finished_at } = download;
    let (parts, at, finished_at) = (Json(parts), Col(*at), finished_at.map(Col));
    let (person, request) = (Col(person), Col(item.request));
    match item.piece {
        Piece::Transfer(id) => {
            change!(conn, OF_TRANSFER, person, request, Col(id), parts, at, finished_at)
        }
        Piece::Attachment(id) => {
            change!(conn, OF_ATTACHMENT, person, Col(id), parts, at, finished_at)
        }
    }
    .and_then(ensure_changed)
}

impl DownloadRow {
    fn piece(&self) -> Option<Piece> {
        let transfer = self.transfer_id.map(|it| Piece::Transfer(it.0));
        transfer.or(self.attachment_id.map(|it| Piece::Attachment(it.0)))
    }
}

impl From<DownloadRow> for Download {
    fn from(row: DownloadRow) -> Self {
        Self { parts: row.parts.0, at: row.at, finished_at: row.finished_at }
    }
}
