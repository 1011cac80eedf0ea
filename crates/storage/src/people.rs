//! Organizations, persons, and how they prove who they are.

pub mod account_event;
pub mod approval;
pub mod invitation;
pub mod member;

use chrono::{DateTime, Utc};
use domain::{
    comment::Reader,
    id::{OrganizationId, PersonId},
    people::{Actor, Grants, Organization, OrganizationKind, Person, Role},
    request::SourceRequest,
};
use sqlx::FromRow;

use crate::{
    Conn, Result,
    column::Col,
    db::{change, ensure_changed, find, list},
    dialect,
};

/// What signing in needs: who it would be, and the hash that the password must have.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The person, acting for their organization.
    pub actor: Actor,
    /// Argon2id, in the PHC string format.
    pub password_hash: String,
    /// What they chose about how pages look, as its cookie says it; empty for the usual look.
    pub preference: String,
}

/// Somebody who is written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    pub actor: Actor,
    pub email: String,
}

/// One organization.
pub async fn find_organization(
    conn: &mut Conn,
    id: OrganizationId,
) -> Result<Option<Organization>> {
    const SQL: &str =
        "SELECT id, kind, name, may_cancel, may_subassign FROM organizations WHERE id = $1";

    let row: Option<OrganizationRow> = find!(conn, "organizations", SQL, Col(id))?;
    Ok(row.map(Organization::from))
}

/// The organization, held until this transaction is over: nobody else changes it or its people meanwhile.
pub async fn hold_organization(
    conn: &mut Conn,
    id: OrganizationId,
) -> Result<Option<Organization>> {
    let sql = dialect::held(
        "SELECT id, kind, name, may_cancel, may_subassign FROM organizations WHERE id = $1",
        conn,
    );

    let row: Option<OrganizationRow> = find!(conn, "organizations", sql, Col(id))?;
    Ok(row.map(Organization::from))
}

/// The names of all who have to do with a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parties {
    /// Of the first platform, should there be several.
    pub platform: String,
    pub content_partner: String,
    pub partner: Option<String>,
    pub subassignee: Option<String>,
}

#[derive(FromRow)]
struct OrganizationRow {
    id: Col<OrganizationId>,
    kind: Col<OrganizationKind>,
    name: String,
    may_cancel: bool,
    may_subassign: bool,
}

#[derive(FromRow)]
struct ReaderRow {
    id: Col<PersonId>,
    name: String,
    organization_id: Col<OrganizationId>,
    organization_name: String,
}

#[derive(FromRow)]
struct ActorRow {
    id: Col<PersonId>,
    person_name: String,
    role: Col<Role>,
    password_hash: String,
    preference: String,
    organization_id: Col<OrganizationId>,
    kind: Col<OrganizationKind>,
    name: String,
    may_cancel: bool,
    may_subassign: bool,
}

/// Stores a new organization.
pub async fn insert_organization(conn: &mut Conn, organization: &Organization) -> Result<()> {
    const SQL: &str = "
        INSERT INTO organizations (id, kind, name, may_cancel, may_subassign) VALUES ($1, $2, $3, $4, $5)";

    let Organization { id, kind, name, grants } = organization;
    change!(conn, SQL, Col(*id), Col(*kind), name.as_str(), grants.cancel, grants.subassign)
        .map(drop)
}

/// Writes name and rights of an organization as they now are; its kind never changes.
pub async fn save_organization(conn: &mut Conn, organization: &Organization) -> Result<()> {
    const SQL: &str =
        "UPDATE organizations SET name = $1, may_cancel = $2, may_subassign = $3 WHERE id = $4";

    let Organization { id, kind: _, name, grants } = organization;
    change!(conn, SQL, name.as_str(), grants.cancel, grants.subassign, Col(*id))
        .and_then(ensure_changed)
}

/// Every organization, by name.
pub async fn organizations(conn: &mut Conn) -> Result<Vec<Organization>> {
    const SQL: &str =
        "SELECT id, kind, name, may_cancel, may_subassign FROM organizations ORDER BY name, id";

    let rows: Vec<OrganizationRow> = list!(conn, "organizations", SQL)?;
    Ok(rows.into_iter().map(Organization::from).collect())
}

/// The names of all who have to do with a request, in one look.
pub async fn parties_of(conn: &mut Conn, request: &SourceRequest) -> Result<Parties> {
    const SQL: &str = "
        SELECT id, kind, name, may_cancel, may_subassign FROM organizations
         WHERE kind = $1 OR id IN ($2, $3, $4)
         ORDER BY id";

    let owner = request.content_partner;
    let (partner, subassignee) =
        (request.partner.unwrap_or(owner), request.subassignee.unwrap_or(owner));
    let platform = Col(OrganizationKind::Platform);
    let rows: Vec<OrganizationRow> =
        list!(conn, "organizations", SQL, platform, Col(owner), Col(partner), Col(subassignee))?;
    let name_of =
        |id: OrganizationId| rows.iter().find(|it| it.id.0 == id).map(|it| it.name.clone());
    let platform = rows.iter().find(|it| it.kind.0 == OrganizationKind::Platform);
    Ok(Parties {
        platform: platform.map(|it| it.name.clone()).unwrap_or_default(),
        content_partner: name_of(owner).unwrap_or_default(),
        partner: request.partner.and_then(name_of),
        subassignee: request.subassignee.and_then(name_of),
    })
}

/// Everybody for whom a request exists, by name; closed accounts are left out.
pub async fn readers_of(conn: &mut Conn, request: &SourceRequest) -> Result<Vec<Reader>> {
    const SQL: &str = "
        SELECT p.id, p.name, p.organization_id, o.name AS organization_name
          FROM persons p JOIN organizations o ON o.id = p.organization_id
         WHERE p.deactivated_at IS NULL AND (o.kind = $1 OR o.id IN ($2, $3, $4))
         ORDER BY p.name, p.id";

    let owner = request.content_partner;
    let (partner, subassignee) =
        (request.partner.unwrap_or(owner), request.subassignee.unwrap_or(owner));
    let platform = Col(OrganizationKind::Platform);
    let rows: Vec<ReaderRow> =
        list!(conn, "persons", SQL, platform, Col(owner), Col(partner), Col(subassignee))?;
    Ok(rows.into_iter().map(Reader::from).collect())
}

/// Stores a new person. `password_hash` is Argon2id, in the PHC string format. Of two who take the same e-mail
/// address the second is told.
pub async fn insert_person(conn: &mut Conn, person: &Person, password_hash: &str) -> Result<()> {
    const SQL: &str = "
        INSERT INTO persons (id, organization_id, name, email, email_key, role, time_zone, deactivated_at, password_hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (email_key) DO NOTHING";

    change!(
        conn,
        SQL,
        Col(person.id),
        Col(person.organization),
        person.name.as_str(),
        person.email.as_str(),
        email_key(&person.email),
        Col(person.role),
        person.time_zone.as_str(),
        person.deactivated_at.map(Col),
        password_hash,
    )
    .and_then(ensure_changed)
}

/// Whether there is an account with this e-mail address, open or closed.
pub async fn is_taken(conn: &mut Conn, email: &str) -> Result<bool> {
    const SQL: &str = "SELECT id FROM persons WHERE email_key = $1";

    let row: Option<(Col<PersonId>,)> = find!(conn, "persons", SQL, email_key(email))?;
    Ok(row.is_some())
}

/// Sets another password in place of `former`, unless another has taken its place since.
pub async fn set_password(
    conn: &mut Conn,
    person: PersonId,
    former: &str,
    password_hash: &str,
) -> Result<()> {
    const SQL: &str = "UPDATE persons SET password_hash = $1 WHERE id = $2 AND password_hash = $3";

    change!(conn, SQL, password_hash, Col(person), former).and_then(ensure_changed)
}

/// Keeps what a person chose about how pages look, as its cookie says it.
pub async fn set_preference(conn: &mut Conn, person: PersonId, preference: &str) -> Result<()> {
    const SQL: &str = "UPDATE persons SET preference = $1 WHERE id = $2";

    change!(conn, SQL, preference, Col(person)).and_then(ensure_changed)
}

/// Notes that somebody has signed in.
pub async fn note_sign_in(conn: &mut Conn, person: PersonId, at: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "UPDATE persons SET signed_in_at = $1 WHERE id = $2";

    change!(conn, SQL, Col(at), Col(person)).and_then(ensure_changed)
}

/// The hash of a person's password, unless the account is closed.
pub async fn password_hash_of(conn: &mut Conn, person: PersonId) -> Result<Option<String>> {
    const SQL: &str = "SELECT password_hash FROM persons WHERE id = $1 AND deactivated_at IS NULL";

    let row: Option<(String,)> = find!(conn, "persons", SQL, Col(person))?;
    Ok(row.map(|it| it.0))
}

/// The same, held until the transaction is over: the password stays what it is, and the account open, as long as
/// something is decided by it.
pub async fn hold_password_hash(conn: &mut Conn, person: PersonId) -> Result<Option<String>> {
    let sql = dialect::held(
        "SELECT password_hash FROM persons WHERE id = $1 AND deactivated_at IS NULL",
        conn,
    );

    let row: Option<(String,)> = find!(conn, "persons", sql, Col(person))?;
    Ok(row.map(|it| it.0))
}

/// Has all who do something in a person's name wait for each other until the transaction is over. Answers whether
/// the account is open.
pub async fn hold(conn: &mut Conn, person: PersonId) -> Result<bool> {
    Ok(hold_password_hash(conn, person).await?.is_some())
}

/// Closes an account: nobody signs in with it any more.
pub async fn deactivate(conn: &mut Conn, person: PersonId, at: DateTime<Utc>) -> Result<()> {
    const SQL: &str =
        "UPDATE persons SET deactivated_at = $1 WHERE id = $2 AND deactivated_at IS NULL";

    change!(conn, SQL, Col(at), Col(person)).and_then(ensure_changed)
}

/// What it takes to sign in with this e-mail address, in whatever case it is typed. Closed accounts have none.
pub async fn credentials(conn: &mut Conn, email: &str) -> Result<Option<Credentials>> {
    const SQL: &str = "
        SELECT p.id, p.name AS person_name, p.role, p.password_hash, p.preference,
               o.id AS organization_id, o.kind, o.name, o.may_cancel, o.may_subassign
          FROM persons p JOIN organizations o ON o.id = p.organization_id
         WHERE p.email_key = $1 AND p.deactivated_at IS NULL";

    let row: Option<ActorRow> = find!(conn, "persons", SQL, email_key(email))?;
    Ok(row.map(Credentials::from))
}

/// The person as they act, unless the account is closed.
pub async fn actor(conn: &mut Conn, person: PersonId) -> Result<Option<Actor>> {
    const SQL: &str = "
        SELECT p.id, p.name AS person_name, p.role, p.password_hash, p.preference,
               o.id AS organization_id, o.kind, o.name, o.may_cancel, o.may_subassign
          FROM persons p JOIN organizations o ON o.id = p.organization_id
         WHERE p.id = $1 AND p.deactivated_at IS NULL";

    let row: Option<ActorRow> = find!(conn, "persons", SQL, Col(person))?;
    Ok(row.map(|it| Credentials::from(it).actor))
}

/// The person as they act, and the address at which they read letters, unless the account is closed.
pub async fn addressee(conn: &mut Conn, person: PersonId) -> Result<Option<Addressee>> {
    const SQL: &str = "SELECT email FROM persons WHERE id = $1";

    let Some(actor) = actor(conn, person).await? else { return Ok(None) };
    let row: Option<(String,)> = find!(conn, "persons", SQL, Col(person))?;
    Ok(row.map(|(email,)| Addressee { actor, email }))
}

/// The IANA name of the time zone in which a person lives.
pub async fn time_zone_of(conn: &mut Conn, person: PersonId) -> Result<Option<String>> {
    const SQL: &str = "SELECT time_zone FROM persons WHERE id = $1";

    let row: Option<(String,)> = find!(conn, "persons", SQL, Col(person))?;
    Ok(row.map(|it| it.0))
}

/// Two addresses that differ in case only are the same mailbox to everybody who types them.
fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

impl From<OrganizationRow> for Organization {
    fn from(row: OrganizationRow) -> Self {
        let grants = Grants { cancel: row.may_cancel, subassign: row.may_subassign };
        Self { id: row.id.0, kind: row.kind.0, name: row.name, grants }
    }
}

impl From<ReaderRow> for Reader {
    fn from(row: ReaderRow) -> Self {
        Self {
            person: row.id.0,
            name: row.name,
            organization: row.organization_id.0,
            organization_name: row.organization_name,
        }
    }
}

impl From<ActorRow> for Credentials {
    fn from(row: ActorRow) -> Self {
        let grants = Grants { cancel: row.may_cancel, subassign: row.may_subassign };
        let organization =
            Organization { id: row.organization_id.0, kind: row.kind.0, name: row.name, grants };
        let actor =
            Actor { person: row.id.0, name: row.person_name, role: row.role.0, organization };
        Self { actor, password_hash: row.password_hash, preference: row.preference }
    }
}
