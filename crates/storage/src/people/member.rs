//! The people of an organization, as its administrators see them, and what each says about themselves.

use chrono::{DateTime, Utc};
use domain::{
    id::{OrganizationId, PersonId},
    people::{Member, Person, Role, TimecodeStyle},
};
use sqlx::FromRow;

use crate::{
    Conn, Result,
    column::Col,
    db::{change, ensure_changed, find, list},
};

#[derive(FromRow)]
struct Row {
    id: Col<PersonId>,
    organization_id: Col<OrganizationId>,
    name: String,
    email: String,
    role: Col<Role>,
    time_zone: String,
    deactivated_at: Option<DateTime<Utc>>,
    timecode_style: Col<TimecodeStyle>,
    signed_in_at: Option<DateTime<Utc>>,
}

/// One person, whether the account is open or closed.
pub async fn find(conn: &mut Conn, person: PersonId) -> Result<Option<Member>> {
    const SQL: &str = "
        SELECT id, organization_id, name, email, role, time_zone, deactivated_at, timecode_style, signed_in_at
          FROM persons WHERE id = $1";

    let row: Option<Row> = find!(conn, "persons", SQL, Col(person))?;
    Ok(row.map(Member::from))
}

/// How a person reads the address of a frame; as timecode, where there is no such person.
pub async fn timecode_style_of(conn: &mut Conn, person: PersonId) -> Result<TimecodeStyle> {
    const SQL: &str = "SELECT timecode_style FROM persons WHERE id = $1";

    let row: Option<(Col<TimecodeStyle>,)> = find!(conn, "persons", SQL, Col(person))?;
    Ok(row.map_or(TimecodeStyle::Timecode, |(style,)| style.0))
}

/// The people of an organization, by name.
pub async fn of_organization(conn: &mut Conn, organization: OrganizationId) -> Result<Vec<Member>> {
    const SQL: &str = "
        SELECT id, organization_id, name, email, role, time_zone, deactivated_at, timecode_style, signed_in_at
          FROM persons WHERE organization_id = $1
         ORDER BY name, id";

    let rows: Vec<Row> = list!(conn, "persons", SQL, Col(organization))?;
    Ok(rows.into_iter().map(Member::from).collect())
}

/// The names of those who look after the people of an organization, by name.
pub async fn administrators_of(
    conn: &mut Conn,
    organization: OrganizationId,
) -> Result<Vec<(PersonId, String)>> {
    const SQL: &str = "
        SELECT id, name FROM persons
         WHERE organization_id = $1 AND role = $2 AND deactivated_at IS NULL
         ORDER BY name, id";

    let rows: Vec<(Col<PersonId>, String)> =
        list!(conn, "persons", SQL, Col(organization), Col(Role::Administrator))?;
    Ok(rows.into_iter().map(|(id, name)| (id.0, name)).collect())
}

/// Writes the role of a person, and whether the account is closed, as they now are.
pub async fn save_standing(conn: &mut Conn, person: &Person) -> Result<()> {
    const SQL: &str = "UPDATE persons SET role = $1, deactivated_at = $2 WHERE id = $3";

    change!(conn, SQL, Col(person.role), person.deactivated_at.map(Col), Col(person.id))
        .and_then(ensure_changed)
}

/// Writes in which zone and in which style a person reads times.
pub async fn save_reading(
    conn: &mut Conn,
    person: PersonId,
    time_zone: &str,
    style: TimecodeStyle,
) -> Result<()> {
    const SQL: &str = "UPDATE persons SET time_zone = $1, timecode_style = $2 WHERE id = $3";

    change!(conn, SQL, time_zone, Col(style), Col(person)).and_then(ensure_changed)
}

impl From<Row> for Member {
    fn from(row: Row) -> Self {
        let person = Person {
            id: row.id.0,
            organization: row.organization_id.0,
            name: row.name,
            email: row.email,
            role: row.role.0,
            time_zone: row.time_zone,
            deactivated_at: row.deactivated_at,
        };
        Self { person, timecode_style: row.timecode_style.0, signed_in_at: row.signed_in_at }
    }
}
