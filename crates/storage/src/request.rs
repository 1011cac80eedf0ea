//! Source requests.

mod row;

use std::ops::RangeInclusive;

use domain::{
    delivery::{Primary, TransferStatus},
    id::{PackageId, RequestId, TransferId},
    request::{RequestStatus, SourceRequest, SourceType},
};
use sqlx::QueryBuilder;

pub(crate) use row::Row;

use crate::{
    Conn, Result,
    column::Col,
    dashboard,
    db::{change, ensure_changed, find, list, on},
    dialect, number,
};

/// Values of one statement stay below what SQLite takes, with 24 of them for each request.
const AT_ONCE: usize = 500;

/// Draws the next request number.
pub async fn next_number(conn: &mut Conn) -> Result<i64> {
    number::next(conn, "request").await
}

/// Draws the numbers of so many requests.
pub async fn next_numbers(conn: &mut Conn, count: usize) -> Result<RangeInclusive<i64>> {
    number::draw(conn, "request", count as i64).await
}

/// Stores a new request.
pub async fn insert(conn: &mut Conn, request: &SourceRequest) -> Result<()> {
    insert_all(conn, std::slice::from_ref(request)).await
}

/// Stores new requests, many by one statement.
pub async fn insert_all(conn: &mut Conn, requests: &[SourceRequest]) -> Result<()> {
    for some in requests.chunks(AT_ONCE) {
        insert_some(conn, some).await?;
        let ids: Vec<_> = some.iter().map(|it| it.id).collect();
        dashboard::list_new(conn, &ids).await?;
    }
    Ok(())
}

async fn insert_some(conn: &mut Conn, requests: &[SourceRequest]) -> Result<()> {
    const SQL: &str = "
        INSERT INTO requests (id, number, title_id, package_id, source_type, language, status, content_partner_id,
            partner_id, subassignee_id, due_at, due_zone, estimated_at, estimated_zone, date_reason, date_comment,
            service_type, material_status, current_transfer_id, upgrade_of, created_at, delivered_at, processed_at, version) ";

    on!(conn, |c| {
        let mut builder = QueryBuilder::new(SQL);
        builder.push_values(requests, |mut row, it| {
            row.push_bind(Col(it.id)).push_bind(it.number);
            row.push_bind(Col(it.title)).push_bind(Col(it.package));
            row.push_bind(Col(it.source_type)).push_bind(it.language.clone().map(Col));
            row.push_bind(Col(it.status)).push_bind(Col(it.content_partner));
            row.push_bind(it.partner.map(Col)).push_bind(it.subassignee.map(Col));
            row.push_bind(Col(it.due.at)).push_bind(Col(it.due.zone.clone()));
            row.push_bind(Col(it.estimated.at)).push_bind(Col(it.estimated.zone.clone()));
            row.push_bind(it.estimated.reason.map(Col)).push_bind(it.estimated.comment.clone());
            row.push_bind(it.service_type.map(Col)).push_bind(it.material_status.map(Col));
            row.push_bind(it.current_transfer.map(Col)).push_bind(it.upgrade_of.map(Col));
            row.push_bind(Col(it.created_at)).push_bind(it.delivered_at.map(Col));
            row.push_bind(it.processed_at.map(Col)).push_bind(it.version);
        });
        builder.build().execute(c).await?;
    });
    Ok(())
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
