//! Who delivers.

use domain::{
    id::{OrganizationId, PersonId},
    people::{Actor, Grants, Organization, OrganizationKind, Person, Role},
};
use storage::people;
use uuid::Uuid;

pub fn organization(kind: OrganizationKind) -> Organization {
    let id = OrganizationId(Uuid::new_v4());
    Organization {
        id,
        kind,
        name: format!("Organization {id}"),
        grants: Grants { cancel: true, subassign: true },
    }
}

pub async fn member(conn: &mut storage::Conn, organization: &Organization, role: Role) -> Actor {
    let id = PersonId(Uuid::new_v4());
    let person = Person {
        id,
        organization: organization.id,
        name: "Nora Lind".into(),
        email: format!("{id}@studio.example"),
        role,
        time_zone: "Europe/Oslo".into(),
        deactivated_at: None,
    };
    people::insert_person(conn, &person, "$argon2id$no-password").await.unwrap();
    Actor { person: id, name: person.name, role, organization: organization.clone() }
}
