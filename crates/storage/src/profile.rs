//! What files of one source type must look like in one package, version by version.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    id::{PackageId, PersonId},
    inspection::{Profile, Setting},
    request::SourceType,
};
use sqlx::types::Json;

use crate::{
    Conn, Result,
    column::Col,
    db::{change, ensure_changed, find},
};

/// What is set, by the keys of the settings.
type Kept = Json<BTreeMap<String, String>>;

/// The profile that holds in a package: the newest that was set, or the shipped one.
pub async fn newest(
    conn: &mut Conn,
    package: PackageId,
    source_type: SourceType,
) -> Result<Profile> {
    const SQL: &str = "
        SELECT version, settings FROM profiles
         WHERE package_id = $1 AND source_type = $2
         ORDER BY version DESC LIMIT 1";

    let row: Option<(Col<u32>, Kept)> =
        find!(conn, "profiles", SQL, Col(package), Col(source_type))?;
    Ok(match row {
        Some((version, Json(kept))) => {
            let setting = |it: &Setting| Some((*it, kept.get(it.key())?.clone()));
            let settings: Vec<_> = Setting::ALL.iter().filter_map(setting).collect();
            Profile::kept(source_type, version.0, settings)
        }
        None => Profile::shipped(source_type),
    })
}

/// Keeps the next version of a profile. Of two who set the same one the second is told that somebody was faster.
pub async fn insert(
    conn: &mut Conn,
    package: PackageId,
    profile: &Profile,
    by: PersonId,
    at: DateTime<Utc>,
) -> Result<()> {
    const SQL: &str = "
        INSERT INTO profiles (package_id, source_type, version, settings, set_by, set_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING";

    let settings: BTreeMap<_, _> =
        profile.settings().iter().map(|(it, value)| (it.key(), value.as_str())).collect();
    let kept = change!(
        conn,
        SQL,
        Col(package),
        Col(profile.source_type()),
        i64::from(profile.version()),
        Json(&settings),
        Col(by),
        Col(at),
    )?;
    ensure_changed(kept)
}
