//! Source requests.

mod row;

use domain::{
    delivery::{Primary, TransferStatus},
    id::{PackageId, RequestId, TransferId},
    request::{RequestStatus, SourceRequest, SourceType},
};

pub(crate) use row::Row;

use crate::{
    Conn, Result,
    column::Col,
    dashboard,
    db::{change, ensure_changed, find, list},
    dialect, number,
};

/// Draws the next request number.
pub async fn next_number(conn: &mut Conn) -> Result<i64> {
    number::next(conn, "request").await
}

/// Stores a new request.
pub async fn insert(conn: &mut Conn, request: &SourceRequest) -> Result<()> {
    const SQL: &str = "
        INSERT INTO requests (id, number, title_id, package_id, source_type, language, status, content_partner_id,
            partner_id, subassignee_id, due_at, due_zone, estimated_at, estimated_zone, date_reason, date_comment,
            service_type, material_status, current_transfer_id, upgrade_of, created_at, delivered_at, processed_at, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)";

    change!(
        conn,
        SQL,
        Col(request.id),
        request.number,
        Col(request.title),
        Col(request.package),
        Col(request.source_type),
        request.language.clone().map(Col),
        Col(request.status),
        Col(request.content_partner),
        request.partner.map(Col),
        request.subassignee.map(Col),
        Col(request.due.at),
        Col(request.due.zone.clone()),
        Col(request.estimated.at),
        Col(request.estimated.zone.clone()),
        request.estimated.reason.map(Col),
        request.estimated.comment.as_deref(),
        request.service_type.map(Col),
        request.material_status.map(Col),
        request.current_transfer.map(Col),
        request.upgrade_of.map(Col),
        Col(request.created_at),
        request.delivered_at.map(Col),
        request.processed_at.map(Col),
        request.version,
    )?;
    dashboard::relist(conn, request.id).await?;
    dashboard::reword(conn, request.id).await
}

/// The request, if it exists.
pub async fn find(conn: &mut Conn, id: RequestId) -> Result<Option<SourceRequest>> {
    const SQL: &str = "SELECT r.* FROM requests r WHERE r.id = $1";

    let row: Option<Row> = find!(conn, "requests", SQL, Col(id))?;
    Ok(row.map(SourceRequest::from))
}

/// The requests of a package, by their numbers.
pub async fn of_package(conn: &mut Conn, package: PackageId) -> Result<Vec<SourceRequest>> {
    const SQL: &str = "SELECT r.* FROM requests r WHERE r.package_id = $1 ORDER BY r.number";

    let rows: Vec<Row> = list!(conn, "requests", SQL, Col(package))?;
    Ok(rows.into_iter().map(SourceRequest::from).collect())
}

/// The request, held until this transaction is over: nobody else changes it or delivers to it meanwhile.
/// Whoever is about to change a request or one of its transfers begins with this, so that of two who deliver
/// at once the second sees the delivery of the first.
pub async fn hold(conn: &mut Conn, id: RequestId) -> Result<Option<SourceRequest>> {
    let sql = dialect::held("SELECT r.* FROM requests r WHERE r.id = $1", conn);

    let row: Option<Row> = find!(conn, "requests", sql, Col(id))?;
    Ok(row.map(SourceRequest::from))
}

/// Writes the request as it now is, unless somebody changed it since it was read; its version grows by one.
/// Id, number, title, package, source type and date of creation never change.
pub async fn save(conn: &mut Conn, request: &SourceRequest) -> Result<()> {
    const SQL: &str = "
        UPDATE requests
           SET language = $1, status = $2, content_partner_id = $3, partner_id = $4, subassignee_id = $5,
               due_at = $6, due_zone = $7, estimated_at = $8, estimated_zone = $9, date_reason = $10, date_comment = $11,
               service_type = $12, material_status = $13, current_transfer_id = $14, upgrade_of = $15,
               delivered_at = $16, processed_at = $17, version = version + 1
         WHERE id = $18 AND version = $19";

    let before = dashboard::viewers_of(conn, request.id).await?;
    change!(
        conn,
        SQL,
        request.language.clone().map(Col),
        Col(request.status),
        Col(request.content_partner),
        request.partner.map(Col),
        request.subassignee.map(Col),
        Col(request.due.at),
        Col(request.due.zone.clone()),
        Col(request.estimated.at),
        Col(request.estimated.zone.clone()),
        request.estimated.reason.map(Col),
        request.estimated.comment.as_deref(),
        request.service_type.map(Col),
        request.material_status.map(Col),
        request.current_transfer.map(Col),
        request.upgrade_of.map(Col),
        request.delivered_at.map(Col),
        request.processed_at.map(Col),
        Col(request.id),
        request.version,
    )
    .and_then(ensure_changed)?;
    dashboard::relist_after(conn, request.id, &before).await
}

/// The newest request that asks for a better version of this one.
pub async fn upgrade_to(conn: &mut Conn, id: RequestId) -> Result<Option<SourceRequest>> {
    const SQL: &str =
        "SELECT r.* FROM requests r WHERE r.upgrade_of = $1 ORDER BY r.number DESC LIMIT 1";

    let row: Option<Row> = find!(conn, "requests", SQL, Col(id))?;
    Ok(row.map(SourceRequest::from))
}

/// How the primary video of a package stands.
pub async fn primary_of(conn: &mut Conn, package: PackageId) -> Result<Primary> {
    const SQL: &str = "
        SELECT r.source_type, r.status,
               EXISTS (SELECT 1 FROM transfers t WHERE t.request_id = r.id AND t.status = $2) AS succeeded
          FROM requests r
         WHERE r.package_id = $1";

    let rows: Vec<(Col<SourceType>, Col<RequestStatus>, bool)> =
        list!(conn, "requests", SQL, Col(package), Col(TransferStatus::Succeeded))?;
    let mut primary = Primary::NotAsked;
    for (_, status, succeeded) in
        rows.into_iter().filter(|(source_type, ..)| source_type.0.is_primary())
    {
        if succeeded {
            return Ok(Primary::Succeeded);
        }
        if status.0 != RequestStatus::Canceled {
            primary = Primary::Awaited;
        }
    }
    Ok(primary)
}

/// The name of the organization that works on the primary video of a package.
pub async fn primary_partner_of(conn: &mut Conn, package: PackageId) -> Result<Option<String>> {
    const SQL: &str = "
        SELECT r.source_type, o.name
          FROM requests r
          JOIN organizations o ON o.id = COALESCE(r.partner_id, r.content_partner_id)
         WHERE r.package_id = $1 AND r.status <> $2
         ORDER BY r.number";

    let rows: Vec<(Col<SourceType>, String)> =
        list!(conn, "requests", SQL, Col(package), Col(RequestStatus::Canceled))?;
    let primary = rows.into_iter().find(|(source_type, _)| source_type.0.is_primary());
    Ok(primary.map(|(_, name)| name))
}

/// The transfers of a package that wait for its primary video, longest waiting first.
pub async fn waiting_transfers_of(conn: &mut Conn, package: PackageId) -> Result<Vec<TransferId>> {
    const SQL: &str = "
        SELECT t.id FROM transfers t JOIN requests r ON r.id = t.request_id
         WHERE r.package_id = $1 AND t.status = $2
         ORDER BY t.initiated_at, t.id";

    let rows: Vec<(Col<TransferId>,)> =
        list!(conn, "transfers", SQL, Col(package), Col(TransferStatus::WaitingForPrimary))?;
    Ok(rows.into_iter().map(|(id,)| id.0).collect())
}
