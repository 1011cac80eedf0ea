//! From the vault to the measuring tools, and from their numbers to the desk.

use std::time::Duration;

use domain::{
    id::TransferId,
    inspection::{FileFacts, Finding, Measurement},
    request::Family,
};
use media::Failure;
use tokio::time::Instant;

use super::queue::Mishap;
use crate::{
    portal::Portal,
    services::inspection::{self, Measured, Sample},
};

/// All files of a transfer together are measured for no longer: others wait for the worker.
const BUDGET: Duration = Duration::from_mins(10);
const BUDGET_IN_WORDS: &str = "10 minutes for all files together";

/// Measures all files of a transfer and has them judged.
pub(super) async fn inspect(portal: &Portal, id: TransferId) -> Result<(), Mishap> {
    let Some(assignment) = inspection::start(portal, id).await? else { return Ok(()) };
    let mut measured = Vec::with_capacity(assignment.samples.len());
    let begun = Instant::now();
    for sample in &assignment.samples {
        let outcome = if begun.elapsed() < BUDGET {
            measure(portal, sample, assignment.family).await?
        } else {
            Err(Finding::too_costly("time", BUDGET_IN_WORDS))
        };
        measured.push(Measured { file: sample.file, outcome });
    }
    inspection::conclude(portal, id, &measured).await?;
    Ok(())
}

/// The numbers of one file, or the finding that it gives none. Only our own trouble is a mishap.
async fn measure(
    portal: &Portal,
    sample: &Sample,
    hint: Family,
) -> Result<Result<Measurement, Finding>, Mishap> {
    let facts = FileFacts { size: sample.size, sha256: Some(sample.sha256.clone()) };
    if sample.size == 0 {
        return Ok(Ok(Measurement { file: facts, ..Measurement::default() }));
    }
    let broken =
        |error: &dyn std::fmt::Display| Mishap::Machinery(format!("{}: {error}", sample.name));
    let local = portal.vault.path_of(&sample.key).await.map_err(|it| broken(&it))?;
    let limits = media::Limits::default();
    match media::measure(local.path(), &limits, hint).await {
        Ok(measurement) => Ok(Ok(Measurement { file: facts, ..measurement })),
        Err(Failure::TooCostly { which }) => {
            Ok(Err(Finding::too_costly(&which.to_string(), &which.limit(&limits))))
        }
        Err(Failure::Unreadable { why }) => Ok(Err(Finding::unreadable(&why))),
        Err(Failure::Machinery(why)) => Err(broken(&why)),
    }
}
