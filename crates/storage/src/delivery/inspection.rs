//! What inspection measured and found. Every run is kept; the newest counts.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    delivery::TransferStatus,
    id::{FileId, PackageId, RequestId, TransferId},
    inspection::{Finding, Measurement},
    request::{Family, SourceType},
};
use sqlx::types::Json;

use crate::{
    Conn, Result,
    column::Col,
    db::{change, find, list, list_among, places},
};

/// One run of inspection over the files of a transfer.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    pub transfer: TransferId,
    /// What was measured, per file.
    pub measurements: Vec<(FileId, Measurement)>,
    pub findings: Vec<Finding>,
    /// The version of the rules that judged.
    pub profile: String,
    pub at: DateTime<Utc>,
}

/// Stores a run of inspection.
pub async fn save_inspection(conn: &mut Conn, inspection: &Inspection) -> Result<()> {
    const RUN: &str = "
        INSERT INTO inspections (transfer_id, profile, findings, at) VALUES ($1, $2, $3, $4)";
    const MEASURED: &str = "
        INSERT INTO measurements (file_id, measurement, at) VALUES ($1, $2, $3)
        ON CONFLICT (file_id) DO UPDATE SET measurement = excluded.measurement, at = excluded.at";

    let Inspection { transfer, measurements, findings, profile, at } = inspection;
    change!(conn, RUN, Col(*transfer), profile.as_str(), Json(findings), Col(*at))?;
    for (file, measurement) in measurements {
        change!(conn, MEASURED, Col(*file), Json(measurement), Col(*at))?;
    }
    Ok(())
}

/// What was measured in the first file of the newest transfer of a request that succeeded.
pub async fn previous_succeeded(
    conn: &mut Conn,
    request: RequestId,
) -> Result<Option<Measurement>> {
    const SQL: &str = "
        SELECT m.measurement
          FROM transfers t
          JOIN transfer_files f ON f.transfer_id = t.id
          JOIN measurements m ON m.file_id = f.id
         WHERE t.request_id = $1 AND t.status = $2
         ORDER BY t.initiated_at DESC, t.id DESC, f.position
         LIMIT 1";

    let row: Option<(Json<Measurement>,)> =
        find!(conn, "measurements", SQL, Col(request), Col(TransferStatus::Succeeded))?;
    Ok(row.map(|(measurement,)| measurement.0))
}

/// What was measured in the primary picture of a package, in the newest transfer that succeeded.
pub async fn primary_measured(conn: &mut Conn, package: PackageId) -> Result<Option<Measurement>> {
    const SQL: &str = "SELECT id, source_type FROM requests WHERE package_id = $1 ORDER BY number";

    let rows: Vec<(Col<RequestId>, Col<SourceType>)> = list!(conn, "requests", SQL, Col(package))?;
    for (request, _) in rows.into_iter().filter(|(_, it)| it.0.is_primary()) {
        if let Some(measured) = previous_succeeded(conn, request.0).await? {
            return Ok(Some(measured));
        }
    }
    Ok(None)
}

/// What was measured in all files of the IMF packages of a package of a title that succeeded, in no order.
pub async fn packages_measured(conn: &mut Conn, package: PackageId) -> Result<Vec<Measurement>> {
    const SQL: &str = "
        SELECT r.source_type, m.measurement
          FROM requests r
          JOIN transfers t ON t.request_id = r.id
          JOIN transfer_files f ON f.transfer_id = t.id
          JOIN measurements m ON m.file_id = f.id
         WHERE r.package_id = $1 AND t.status = $2";

    let rows: Vec<(Col<SourceType>, Json<Measurement>)> =
        list!(conn, "measurements", SQL, Col(package), Col(TransferStatus::Succeeded))?;
    let of_packages = rows.into_iter().filter(|(it, _)| it.0.family() == Family::Package);
    Ok(of_packages.map(|(_, measurement)| measurement.0).collect())
}

/// How a transfer was judged.
#[derive(Default)]
pub(super) struct Judged {
    /// Worst first.
    pub findings: Vec<Finding>,
    /// The version of the profile.
    pub profile: String,
}

/// How each transfer was judged by the newest run over it.
pub(super) async fn judged_of(
    conn: &mut Conn,
    ids: &[TransferId],
) -> Result<HashMap<TransferId, Judged>> {
    let sql = format!(
        "SELECT transfer_id, findings, profile FROM inspections WHERE transfer_id IN ({}) ORDER BY number",
        places(ids.len()),
    );

    let rows: Vec<(Col<TransferId>, Json<Vec<Finding>>, String)> =
        list_among!(conn, "inspections", sql, ids)?;
    let mut newest = HashMap::new();
    for (id, Json(mut findings), profile) in rows {
        findings.sort_by_key(|it| (it.severity(), it.code));
        newest.insert(id.0, Judged { findings, profile });
    }
    Ok(newest)
}

/// What was measured in the first file of each transfer.
pub(super) async fn measurements_of(
    conn: &mut Conn,
    ids: &[TransferId],
) -> Result<HashMap<TransferId, Measurement>> {
    let sql = format!(
        "SELECT f.transfer_id, m.measurement
           FROM transfer_files f JOIN measurements m ON m.file_id = f.id
          WHERE f.transfer_id IN ({}) ORDER BY f.position DESC",
        places(ids.len()),
    );

    let rows: Vec<(Col<TransferId>, Json<Measurement>)> =
        list_among!(conn, "measurements", sql, ids)?;
    Ok(rows.into_iter().map(|(id, measurement)| (id.0, measurement.0)).collect())
}
