//! A source request as its row.

use chrono::{DateTime, Utc};
use domain::{
    delivery::TransferStatus,
    id::{OrganizationId, PackageId, RequestId, TitleId, TransferId},
    language::Language,
    request::{
        DateReason, EstimatedDate, MaterialStatus, Moment, RequestStatus, ServiceType,
        SourceRequest, SourceType, Zone,
    },
};
use sqlx::FromRow;

use crate::column::Col;

#[derive(FromRow)]
pub(crate) struct Row {
    id: Col<RequestId>,
    number: i64,
    title_id: Col<TitleId>,
    package_id: Col<PackageId>,
    source_type: Col<SourceType>,
    language: Option<Col<Language>>,
    status: Col<RequestStatus>,
    content_partner_id: Col<OrganizationId>,
    partner_id: Option<Col<OrganizationId>>,
    subassignee_id: Option<Col<OrganizationId>>,
    due_at: DateTime<Utc>,
    due_zone: Col<Zone>,
    estimated_at: DateTime<Utc>,
    estimated_zone: Col<Zone>,
    date_reason: Option<Col<DateReason>>,
    date_comment: Option<String>,
    service_type: Option<Col<ServiceType>>,
    material_status: Option<Col<MaterialStatus>>,
    current_transfer_id: Option<Col<TransferId>>,
    upgrade_of: Option<Col<RequestId>>,
    created_at: DateTime<Utc>,
    delivered_at: Option<DateTime<Utc>>,
    processed_at: Option<DateTime<Utc>>,
    version: i64,
    /// Status of the newest transfer, kept beside the request for the list.
    newest_status: Option<Col<TransferStatus>>,
}

impl Row {
    /// Status of the newest transfer.
    pub fn newest(&self) -> Option<TransferStatus> {
        self.newest_status.map(|it| it.0)
    }
}

impl From<Row> for SourceRequest {
    fn from(row: Row) -> Self {
        let estimated = EstimatedDate {
            at: row.estimated_at,
            zone: row.estimated_zone.0,
            reason: row.date_reason.map(|it| it.0),
            comment: row.date_comment,
        };
        Self {
            id: row.id.0,
            number: row.number,
            title: row.title_id.0,
            package: row.package_id.0,
            source_type: row.source_type.0,
            language: row.language.map(|it| it.0),
            status: row.status.0,
            content_partner: row.content_partner_id.0,
            partner: row.partner_id.map(|it| it.0),
            subassignee: row.subassignee_id.map(|it| it.0),
            due: Moment { at: row.due_at, zone: row.due_zone.0 },
            estimated,
            service_type: row.service_type.map(|it| it.0),
            material_status: row.material_status.map(|it| it.0),
            current_transfer: row.current_transfer_id.map(|it| it.0),
            upgrade_of: row.upgrade_of.map(|it| it.0),
            created_at: row.created_at,
            delivered_at: row.delivered_at,
            processed_at: row.processed_at,
            version: row.version,
        }
    }
}
