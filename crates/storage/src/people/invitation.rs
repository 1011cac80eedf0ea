//! Invitations. Of the secret of a link only its digest stands here: a copy of this table lets nobody in. A letter
//! that takes the link along holds it until it is sent.

use chrono::{DateTime, Utc};
use domain::{
    id::{InvitationId, OrganizationId, PersonId},
    people::{Invitation, Role},
};
use sqlx::FromRow;

use crate::{
    Conn, Result,
    column::Col,
    db::{change, ensure_changed, find, list},
    dialect,
};

#[derive(FromRow)]
struct Row {
    id: Col<InvitationId>,
    organization_id: Col<OrganizationId>,
    name: String,
    email: String,
    role: Col<Role>,
    time_zone: String,
    invited_by: String,
    invited_at: DateTime<Utc>,
    accepted_at: Option<DateTime<Utc>>,
    withdrawn_at: Option<DateTime<Utc>>,
}

/// Stores a new invitation by `inviter`, with the SHA-256 of the secret in its link.
pub async fn insert(
    conn: &mut Conn,
    it: &Invitation,
    inviter: PersonId,
    token_hash: &[u8; 32],
) -> Result<()> {
    const SQL: &str = "
        INSERT INTO invitations (id, organization_id, name, email, role, token_hash, time_zone, invited_by, invited_at,
                                 inviter_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

    change!(
        conn,
        SQL,
        Col(it.id),
        Col(it.organization),
        it.name.as_str(),
        it.email.as_str(),
        Col(it.role),
        token_hash.to_vec(),
        it.time_zone.as_str(),
        it.invited_by.as_str(),
        Col(it.invited_at),
        Col(inviter),
    )
    .map(drop)
}

/// The invitation by its id.
pub async fn find(conn: &mut Conn, id: InvitationId) -> Result<Option<Invitation>> {
    const SQL: &str = "
        SELECT id, organization_id, name, email, role, time_zone, invited_by, invited_at, accepted_at, withdrawn_at
          FROM invitations WHERE id = $1";

    let row: Option<Row> = find!(conn, "invitations", SQL, Col(id))?;
    Ok(row.map(Invitation::from))
}

/// The invitation whose link holds this secret.
pub async fn by_token(conn: &mut Conn, token_hash: &[u8; 32]) -> Result<Option<Invitation>> {
    const SQL: &str = "
        SELECT id, organization_id, name, email, role, time_zone, invited_by, invited_at, accepted_at, withdrawn_at
          FROM invitations WHERE token_hash = $1";

    let row: Option<Row> = find!(conn, "invitations", SQL, token_hash.to_vec())?;
    Ok(row.map(Invitation::from))
}

/// The same, held until the transaction is over: of two who accept at once the second finds it accepted.
pub async fn hold_by_token(conn: &mut Conn, token_hash: &[u8; 32]) -> Result<Option<Invitation>> {
    let sql = dialect::held(
        "SELECT id, organization_id, name, email, role, time_zone, invited_by, invited_at, accepted_at, withdrawn_at
           FROM invitations WHERE token_hash = $1",
        conn,
    );

    let row: Option<Row> = find!(conn, "invitations", sql, token_hash.to_vec())?;
    Ok(row.map(Invitation::from))
}

/// The invitations of an organization that were neither accepted nor withdrawn, the newest first.
pub async fn waiting_of(conn: &mut Conn, organization: OrganizationId) -> Result<Vec<Invitation>> {
    const SQL: &str = "
        SELECT id, organization_id, name, email, role, time_zone, invited_by, invited_at, accepted_at, withdrawn_at
          FROM invitations
         WHERE organization_id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL
         ORDER BY invited_at DESC, id DESC";

    let rows: Vec<Row> = list!(conn, "invitations", SQL, Col(organization))?;
    Ok(rows.into_iter().map(Invitation::from).collect())
}

/// How many invitations into an organization were made since `since`, whatever became of them.
pub async fn count_since(
    conn: &mut Conn,
    organization: OrganizationId,
    since: DateTime<Utc>,
) -> Result<u32> {
    const SQL: &str =
        "SELECT COUNT(*) FROM invitations WHERE organization_id = $1 AND invited_at > $2";

    let row: Option<(Col<u32>,)> = find!(conn, "invitations", SQL, Col(organization), Col(since))?;
    Ok(row.map_or(0, |(count,)| count.0))
}

/// Withdraws all that somebody has sent and nobody has accepted. Answers into which organization each led, and to
/// which address it went.
pub async fn withdraw_of(
    conn: &mut Conn,
    inviter: PersonId,
    at: DateTime<Utc>,
) -> Result<Vec<(OrganizationId, String)>> {
    const SQL: &str = "
        UPDATE invitations SET withdrawn_at = $1
         WHERE inviter_id = $2 AND accepted_at IS NULL AND withdrawn_at IS NULL
        RETURNING organization_id, email";

    let rows: Vec<(Col<OrganizationId>, String)> =
        list!(conn, "invitations", SQL, Col(at), Col(inviter))?;
    Ok(rows.into_iter().map(|(organization, email)| (organization.0, email)).collect())
}

/// Forgets the invitations made before `before`, whatever became of them. Answers how many.
pub async fn remove_before(conn: &mut Conn, before: DateTime<Utc>) -> Result<u64> {
    const SQL: &str = "DELETE FROM invitations WHERE invited_at < $1";

    change!(conn, SQL, Col(before))
}

/// Marks an invitation as accepted, unless that or a withdrawal came first.
pub async fn accept(conn: &mut Conn, id: InvitationId, at: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "
        UPDATE invitations SET accepted_at = $1
         WHERE id = $2 AND accepted_at IS NULL AND withdrawn_at IS NULL";

    change!(conn, SQL, Col(at), Col(id)).and_then(ensure_changed)
}

/// Withdraws an invitation, unless it was accepted or withdrawn before.
pub async fn withdraw(conn: &mut Conn, id: InvitationId, at: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "
        UPDATE invitations SET withdrawn_at = $1
         WHERE id = $2 AND accepted_at IS NULL AND withdrawn_at IS NULL";

    change!(conn, SQL, Col(at), Col(id)).and_then(ensure_changed)
}

/// Withdraws what an organization has sent to this address before: the newest link is the one that works.
pub async fn withdraw_earlier(
    conn: &mut Conn,
    organization: OrganizationId,
    email: &str,
    at: DateTime<Utc>,
) -> Result<u64> {
    const SQL: &str = "
        UPDATE invitations SET withdrawn_at = $1
         WHERE organization_id = $2 AND email = $3 AND accepted_at IS NULL AND withdrawn_at IS NULL";

    change!(conn, SQL, Col(at), Col(organization), email)
}

impl From<Row> for Invitation {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.0,
            organization: row.organization_id.0,
            name: row.name,
            email: row.email,
            role: row.role.0,
            time_zone: row.time_zone,
            invited_by: row.invited_by,
            invited_at: row.invited_at,
            accepted_at: row.accepted_at,
            withdrawn_at: row.withdrawn_at,
        }
    }
}
