//! Requests and people for the tests of the rules.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::*;
use crate::{
    id::{PersonId, TitleId},
    people::{Grants, Organization, Role},
};

pub fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn organization(number: u128, kind: OrganizationKind) -> Organization {
    let grants = Grants { cancel: true, subassign: true };
    Organization {
        id: OrganizationId(Uuid::from_u128(number)),
        kind,
        name: format!("Organization {number}"),
        grants,
    }
}

fn member(organization: Organization, role: Role) -> Actor {
    Actor { person: PersonId(Uuid::from_u128(100)), name: "Nora".into(), role, organization }
}

/// Somebody of the only organization of that kind that works on [`request`].
pub fn actor(kind: OrganizationKind, role: Role) -> Actor {
    let number = match kind {
        OrganizationKind::Platform => 1,
        OrganizationKind::ContentPartner => 2,
        OrganizationKind::FulfillmentPartner => 3,
    };
    member(organization(number, kind), role)
}

pub fn platform() -> Actor {
    actor(OrganizationKind::Platform, Role::Operations)
}

pub fn owner() -> Actor {
    actor(OrganizationKind::ContentPartner, Role::Operations)
}

pub fn partner() -> Actor {
    actor(OrganizationKind::FulfillmentPartner, Role::Operations)
}

pub fn subassignee() -> Actor {
    member(organization(4, OrganizationKind::FulfillmentPartner), Role::Operations)
}

pub fn stranger() -> Actor {
    member(organization(5, OrganizationKind::FulfillmentPartner), Role::Administrator)
}

pub fn request(source_type: SourceType) -> SourceRequest {
    let due = Moment { at: instant("2026-12-12T17:00:00Z"), zone: Zone::trusted("Europe/Berlin") };
    SourceRequest {
        id: RequestId(Uuid::from_u128(10)),
        number: 20418,
        title: TitleId(Uuid::from_u128(11)),
        package: PackageId(Uuid::from_u128(12)),
        source_type,
        language: None,
        status: RequestStatus::Open,
        content_partner: owner().organization.id,
        partner: Some(partner().organization.id),
        subassignee: Some(subassignee().organization.id),
        estimated: EstimatedDate::as_due(&due),
        due,
        service_type: source_type.has_service_type().then_some(ServiceType::Create),
        material_status: source_type.has_material_status().then_some(MaterialStatus::Received),
        current_transfer: None,
        upgrade_of: None,
        created_at: instant("2026-11-01T08:00:00Z"),
        delivered_at: None,
        processed_at: None,
        version: 1,
    }
}

pub fn in_status(source_type: SourceType, status: RequestStatus) -> SourceRequest {
    SourceRequest { status, ..request(source_type) }
}
