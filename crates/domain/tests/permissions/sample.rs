//! Those who ask, and what they ask about.

use domain::{
    delivery::{DeliveryMetadata, DeliveryMethod, Limits, Transfer, TransferStatus},
    handin::{HandIn, HandInStatus},
    id::{HandInId, OrganizationId, PackageId, PersonId, RequestId, TitleId, TransferId},
    people::{Actor, Grants, Organization, OrganizationKind, Role},
    request::{
        EstimatedDate, MaterialDemand, MaterialStatus, Moment, RequestStatus, SourceRequest,
        SourceType, Zone,
    },
};
use uuid::Uuid;

/// Who asks, as the columns of the tables name them.
pub const COLUMNS: [(&str, u128, OrganizationKind); 5] = [
    ("Platform", 1, OrganizationKind::Platform),
    ("Content partner", 2, OrganizationKind::ContentPartner),
    ("Assigned partner", 3, OrganizationKind::FulfillmentPartner),
    ("Subassignee", 4, OrganizationKind::FulfillmentPartner),
    ("Stranger", 5, OrganizationKind::FulfillmentPartner),
];

pub const LIMITS: Limits =
    Limits { file_size: 1_000_000, files: 100, material: MaterialDemand::Received };

pub fn actor(number: u128, kind: OrganizationKind, role: Role) -> Actor {
    let grants = Grants { cancel: true, subassign: true };
    let organization = Organization {
        id: OrganizationId(Uuid::from_u128(number)),
        kind,
        name: String::new(),
        grants,
    };
    Actor { person: PersonId(Uuid::nil()), name: String::new(), role, organization }
}

pub fn request(source_type: SourceType, status: RequestStatus) -> SourceRequest {
    let at = "2026-12-01T00:00:00Z".parse().unwrap();
    let due = Moment { at, zone: Zone::trusted("UTC") };
    SourceRequest {
        id: RequestId(Uuid::nil()),
        number: 1,
        title: TitleId(Uuid::nil()),
        package: PackageId(Uuid::nil()),
        source_type,
        language: None,
        status,
        content_partner: OrganizationId(Uuid::from_u128(2)),
        partner: Some(OrganizationId(Uuid::from_u128(3))),
        subassignee: Some(OrganizationId(Uuid::from_u128(4))),
        estimated: EstimatedDate::as_due(&due),
        due,
        service_type: None,
        material_status: source_type.has_material_status().then_some(MaterialStatus::Accepted),
        current_transfer: None,
        upgrade_of: None,
        created_at: at,
        delivered_at: None,
        processed_at: None,
        version: 1,
    }
}

pub fn transfer(status: TransferStatus) -> Transfer {
    Transfer {
        id: TransferId(Uuid::nil()),
        number: 1,
        request: RequestId(Uuid::nil()),
        status,
        method: DeliveryMethod::Ui,
        client: None,
        initiated_by: PersonId(Uuid::nil()),
        organization: OrganizationId(Uuid::from_u128(3)),
        initiated_at: "2026-11-01T00:00:00Z".parse().unwrap(),
        uploaded_at: None,
        processed_at: None,
        metadata: DeliveryMetadata::default(),
        files: vec![],
    }
}

pub fn hand_in(status: HandInStatus) -> HandIn {
    HandIn {
        id: HandInId(Uuid::nil()),
        request: RequestId(Uuid::nil()),
        status,
        method: DeliveryMethod::Ui,
        client: None,
        sender: PersonId(Uuid::nil()),
        organization: OrganizationId(Uuid::from_u128(4)),
        begun_at: "2026-11-01T00:00:00Z".parse().unwrap(),
        arrived_at: None,
        metadata: DeliveryMetadata::default(),
        files: vec![],
        transfer: None,
    }
}
