//! Inspection: what is to be measured, and what follows from the numbers.

mod judging;
mod making;
mod run;

use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::{
    Keyed,
    delivery::{
        Earlier, Effect, FileName, Milestone, Passage, Step, Transfer, TransferFile, TransferStatus,
    },
    history::{Author, Happening},
    id::{FileId, RunId, TransferId},
    inspection::{Advance, ChannelLayout, Finding, Measurement, Stage},
    request::{Family, RequestStatus, SourceRequest},
};
use storage::{
    Conn,
    delivery::{self, Inspection},
    people, profile, request,
    vault::Key,
};

pub use judging::brief;
pub use making::keep_products;
pub use run::{envelope_of_primary, note_advance, note_facts};

pub use storage::{
    delivery::Product,
    vault::{Bench, LocalFile},
};

use crate::{
    error::AppError,
    portal::{Portal, Work},
    services::{failure::broken, sight},
};

/// No file is measured for longer.
const FETCHED: Duration = Duration::from_hours(24);

/// A file about to be measured.
#[derive(Clone, Debug)]
pub struct Sample {
    pub file: FileId,
    pub name: FileName,
    pub size: u64,
    pub sha256: String,
    /// Where its bytes are.
    pub key: Key,
}

/// One run of inspection. What it has to say is heard until another begins, or the transfer is taken out of account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    pub transfer: TransferId,
    pub id: RunId,
}

/// What is to be measured, and what kind of file it should be.
#[derive(Clone, Debug)]
pub struct Assignment {
    pub run: Run,
    pub samples: Vec<Sample>,
    pub family: Family,
    /// What the sender says the channels are.
    pub layout: Option<ChannelLayout>,
    /// Whose the files are and which request they belong to: what is burnt into viewing copies.
    pub label: String,
}

/// What came of measuring one file: numbers, or the finding that there are none to be had.
#[derive(Clone, Debug)]
pub struct Measured {
    pub file: FileId,
    pub outcome: Result<Measurement, Finding>,
    /// Why decoding came to no end, where there are only the numbers of its headers.
    pub trouble: Option<Finding>,
    /// What was made of it on the way, where anything was.
    pub products: Vec<Product>,
}

/// The files of a transfer that waits for inspection, and the note that it has begun. Nothing, if it no
/// longer waits: the job was done already, or the transfer was taken out of account.
pub async fn start(portal: &Portal, id: TransferId) -> Result<Option<Assignment>, AppError> {
    let mut work = portal.begin().await?;
    let Some((transfer, request)) = inspected(&mut work, id).await? else { return Ok(None) };
    let samples = samples(&mut work, &transfer).await?;
    let run = Run { transfer: id, id: RunId(work.new_id()) };
    let files = u32::try_from(samples.len()).unwrap_or(u32::MAX);
    let layout = transfer.metadata.entries().get("channel_layout");
    let layout = layout.and_then(|it| ChannelLayout::from_key(it));
    let owner = people::find_organization(&mut work, transfer.organization).await?;
    let owner = owner.map(|it| it.name).unwrap_or_default();
    let label = format!("{owner}, {}", request.label());
    let family = request.source_type.family();
    let assignment = Assignment { run, samples, family, layout, label };

    let advance = Advance { stage: Stage::Reading, percent: 0, file: 1, files };
    delivery::begin_run(&mut work, id, run.id, advance).await?;
    // A second attempt is no news.
    let passed = delivery::passages_of(&mut work, id).await?;
    if passed.last().is_some_and(|it| it.milestone == Milestone::Inspecting) {
        work.finish_untold().await?;
        return Ok(Some(assignment));
    }
    pass(&mut work, id, Milestone::Inspecting).await?;
    work.tell(Author::Rule, transfer.request, Happening::InspectionStarted { transfer: id })
        .await?;
    work.finish().await?;
    Ok(Some(assignment))
}

/// The transfer and its request, held, if it is still being inspected.
async fn inspected(
    work: &mut Work,
    id: TransferId,
) -> Result<Option<(Transfer, SourceRequest)>, AppError> {
    match sight::held(work, id).await {
        Ok(held) => Ok(Some(held).filter(|(it, _)| it.status == TransferStatus::Processing)),
        Err(AppError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether the transfer still waits for its inspection.
pub async fn is_awaited(portal: &Portal, id: TransferId) -> Result<bool, AppError> {
    let mut work = portal.begin().await?;
    Ok(inspected(&mut work, id).await?.is_some())
}

async fn samples(conn: &mut Conn, transfer: &Transfer) -> Result<Vec<Sample>, AppError> {
    let stored = delivery::stored_files(conn, transfer.id).await?;
    let sample = |file: &TransferFile| {
        let key = stored.iter().find(|it| it.file == file.id)?.key.clone();
        let sha256 = file.digests.as_ref()?.sha256.clone();
        Some(Sample { file: file.id, name: file.name.clone(), size: file.size, sha256, key })
    };
    let all: Option<Vec<_>> = transfer.files.iter().map(sample).collect();
    all.ok_or_else(|| broken(&format!("transfer {} is not wholly in the vault", transfer.id)))
}

/// Judges what a run has measured, and moves the transfer and its request on. A run that is over changes nothing.
pub async fn conclude(portal: &Portal, run: Run, measured: &[Measured]) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    let id = run.transfer;
    let Some((transfer, request)) = inspected(&mut work, id).await? else { return Ok(()) };
    if !run::is_ended(&mut work, run).await? {
        return Ok(());
    }
    let profile = profile::newest(&mut work, request.package, request.source_type).await?;
    let findings = judging::findings(&mut work, &transfer, &request, measured).await?;
    let transfers = delivery::of_request(&mut work, request.id).await?;
    let approved = delivery::approved_of(&mut work, request.id).await?;
    let (from, before, at) = (transfer.status, request.clone(), work.now());

    let earlier = Earlier { transfers: &transfers, approved: &approved };
    let effect = transfer.concluded(request, earlier, &findings, at)?;

    let numbers =
        measured.iter().filter_map(|it| Some((it.file, it.outcome.as_ref().ok()?.clone())));
    let measurements = numbers.collect();
    let done = Inspection { transfer: id, measurements, findings, profile: profile.label(), at };
    delivery::save_inspection(&mut work, &done).await?;
    for it in measured.iter().filter(|it| !it.products.is_empty()) {
        delivery::save_products(&mut work, it.file, &it.products, at).await?;
    }
    let step = Step { from, to: effect.transfer.status };
    write(&mut work, &effect, step, &before, at).await?;

    tell(&mut work, &effect, &before, &done.findings).await?;
    work.finish().await
}

async fn write(
    work: &mut Work,
    effect: &Effect,
    step: Step,
    before: &SourceRequest,
    at: DateTime<Utc>,
) -> Result<(), AppError> {
    let id = effect.transfer.id;
    delivery::advance(work, id, step).await?;
    delivery::set_processed_at(work, id, at).await?;
    if step.to == TransferStatus::Succeeded {
        pass(work, id, Milestone::Ingesting).await?;
    }
    pass(work, id, step.to.milestone()).await?;
    if effect.request != *before {
        request::save(work, &effect.request).await?;
    }
    if step.to == TransferStatus::Succeeded {
        work.release(&effect.request).await?;
    }
    Ok(())
}

async fn tell(
    work: &mut Work,
    effect: &Effect,
    before: &SourceRequest,
    findings: &[Finding],
) -> Result<(), AppError> {
    let transfer = effect.transfer.id;
    let file = super::delivery::first_name(&effect.transfer)?;
    let happening = if effect.transfer.status == TransferStatus::Succeeded {
        Happening::InspectionPassed { transfer, file }
    } else {
        Happening::InspectionFailed { transfer, file, codes: Finding::blocking(findings) }
    };
    work.tell(Author::Rule, before.id, happening).await?;
    let (from, to): (RequestStatus, RequestStatus) = (before.status, effect.request.status);
    if from != to {
        work.tell(Author::Rule, before.id, Happening::StatusChanged { from, to }).await?;
    }
    Ok(())
}

/// Inspection itself broke for good: there is nothing for the partner to fix.
pub async fn give_up(portal: &Portal, id: TransferId, reference: &str) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    let Some((transfer, _request)) = inspected(&mut work, id).await? else { return Ok(()) };
    let from = transfer.status;

    let broken = transfer.moved(TransferStatus::InternalError)?;

    delivery::break_off_runs(&mut work, id).await?;
    delivery::advance(&mut work, id, Step { from, to: broken.status }).await?;
    let note = Some(format!("Reference {reference}"));
    let passage = Passage { milestone: broken.status.milestone(), at: work.now(), note };
    delivery::note_passage(&mut work, id, &passage).await?;

    let happening = Happening::InspectionBroke { transfer: id, reference: reference.to_owned() };
    work.tell(Author::Rule, broken.request, happening).await?;
    work.finish().await
}

/// Removes the copies that inspections fetched which were killed over them.
pub async fn sweep(portal: &Portal) -> Result<(), AppError> {
    Ok(portal.vault.sweep_copies(FETCHED).await?)
}

async fn pass(work: &mut Work, id: TransferId, milestone: Milestone) -> Result<(), AppError> {
    let passage = Passage { milestone, at: work.now(), note: None };
    Ok(delivery::note_passage(work, id, &passage).await?)
}
