//! The partners to whom an organization may give work.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{id::OrganizationId, people::ApprovedPartners};

use crate::{
    Conn, Result,
    column::Col,
    db::{change, ensure_changed, find, list},
};

/// The approved partners of an organization: all, until they were listed.
pub async fn approved_by(
    conn: &mut Conn,
    organization: OrganizationId,
) -> Result<ApprovedPartners> {
    const LISTED: &str =
        "SELECT id FROM organizations WHERE id = $1 AND partners_listed_at IS NOT NULL";
    const PARTNERS: &str =
        "SELECT partner_id FROM approved_partners WHERE organization_id = $1 ORDER BY partner_id";

    let listed: Option<(Col<OrganizationId>,)> =
        find!(conn, "organizations", LISTED, Col(organization))?;
    if listed.is_none() {
        return Ok(ApprovedPartners::All);
    }
    let rows: Vec<(Col<OrganizationId>,)> =
        list!(conn, "approved_partners", PARTNERS, Col(organization))?;
    Ok(ApprovedPartners::These(rows.into_iter().map(|it| it.0.0).collect()))
}

/// Lists the approved partners of an organization anew, or has all approved.
pub async fn approve(
    conn: &mut Conn,
    organization: OrganizationId,
    approved: &ApprovedPartners,
    at: DateTime<Utc>,
) -> Result<()> {
    const LISTED: &str = "UPDATE organizations SET partners_listed_at = $1 WHERE id = $2";
    const FORGET: &str = "DELETE FROM approved_partners WHERE organization_id = $1";
    const ADD: &str = "
        INSERT INTO approved_partners (organization_id, partner_id, approved_at) VALUES ($1, $2, $3)";

    let none = BTreeSet::new();
    let (listed_at, partners) = match approved {
        ApprovedPartners::All => (None, &none),
        ApprovedPartners::These(partners) => (Some(Col(at)), partners),
    };
    change!(conn, LISTED, listed_at, Col(organization)).and_then(ensure_changed)?;
    change!(conn, FORGET, Col(organization))?;
    for partner in partners {
        change!(conn, ADD, Col(organization), Col(*partner), Col(at))?;
    }
    Ok(())
}
