//! From the vault to the measuring tools, and from their numbers to the desk.

mod decoding;
mod patience;

use domain::{
    id::TransferId,
    inspection::{Advance, FileFacts, Finding, Measurement, Stage},
    request::Family,
};
use media::Failure;

use self::{
    decoding::{Failing, Whole},
    patience::Patience,
};
use super::queue::Mishap;
use crate::{
    error::AppError,
    portal::Portal,
    services::inspection::{self, Assignment, LocalFile, Measured, Sample},
};

/// Measures all files of a transfer and has them judged. A run that somebody has ended meanwhile stops.
pub(super) async fn inspect(portal: &Portal, id: TransferId) -> Result<(), Mishap> {
    let Some(assignment) = inspection::start(portal, id).await? else { return Ok(()) };
    let run = Run { portal, assignment: &assignment };
    match run.all().await {
        Ok(measured) => Ok(inspection::conclude(portal, assignment.run, &measured).await?),
        // Another worker is at it, and only one of the two still holds the job.
        Err(Stopped::Over) if inspection::is_awaited(portal, id).await? => {
            Err(Mishap::Machinery("another run has begun".to_owned()))
        }
        Err(Stopped::Over) => Ok(()),
        Err(Stopped::By(mishap)) => Err(mishap),
    }
}

/// One run over the files of a transfer.
struct Run<'a> {
    portal: &'a Portal,
    assignment: &'a Assignment,
}

/// Why a run does not come to its end.
enum Stopped {
    /// It is over: another worker has begun anew, or nobody wants to know any more.
    Over,
    By(Mishap),
}

impl From<AppError> for Stopped {
    fn from(error: AppError) -> Self {
        match error {
            AppError::MovedOn => Self::Over,
            error => Self::By(Mishap::Desk(error)),
        }
    }
}

impl From<Mishap> for Stopped {
    fn from(mishap: Mishap) -> Self {
        Self::By(mishap)
    }
}

impl Run<'_> {
    async fn all(&self) -> Result<Vec<Measured>, Stopped> {
        let samples = &self.assignment.samples;
        let mut measured = Vec::with_capacity(samples.len());
        let mut patience = Patience::begin();
        for (place, sample) in samples.iter().enumerate() {
            measured.push(match patience.left() {
                Some(_) => self.one(place, sample, &mut patience).await?,
                None => of(sample, Err(patience.lost())),
            });
        }
        Ok(measured)
    }

    /// The numbers of one file, or the finding that it gives none. Only our own trouble stops the run.
    async fn one(
        &self,
        place: usize,
        sample: &Sample,
        patience: &mut Patience,
    ) -> Result<Measured, Stopped> {
        let facts = FileFacts { size: sample.size, sha256: Some(sample.sha256.clone()) };
        if sample.size == 0 {
            return Ok(of(sample, Ok(Measurement { file: facts, ..Measurement::default() })));
        }
        if place > 0 {
            let advance = self.at(place, Stage::Reading, 0);
            inspection::note_advance(self.portal, self.assignment.run, advance).await?;
        }
        let local = self.portal.vault.path_of(&sample.key).await;
        let local = local.map_err(|it| broken(sample, &it))?;
        let mut outcome = of(sample, headers(sample, &local, self.assignment.family).await?);
        let Ok(measurement) = &mut outcome.outcome else { return Ok(outcome) };
        measurement.file = facts;
        let Some(essence) = measurement.to_decode(self.assignment.family) else {
            return Ok(outcome);
        };
        if place == 0 {
            inspection::note_facts(self.portal, self.assignment.run, measurement).await?;
        }
        let whole = Whole { place, local: &local, essence };
        match self.decode(whole, measurement, patience).await? {
            Ok(products) => outcome.products = products,
            Err(Failing::Of(finding)) => outcome.trouble = Some(finding),
            Err(Failing::Ours(why)) => return Err(broken(sample, &why).into()),
        }
        Ok(outcome)
    }

    /// How far the run is when it is so far with the file at `place`.
    fn at(&self, place: usize, stage: Stage, percent: u8) -> Advance {
        let count = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        let files = count(self.assignment.samples.len());
        Advance { stage, percent, file: count(place + 1), files }
    }
}

/// What the headers of a file say.
async fn headers(
    sample: &Sample,
    local: &LocalFile,
    hint: Family,
) -> Result<Result<Measurement, Finding>, Mishap> {
    let limits = media::Limits::default();
    match media::measure(local.path(), &limits, hint).await {
        Ok(measurement) => Ok(Ok(measurement)),
        Err(Failure::TooCostly { which }) => {
            Ok(Err(Finding::too_costly(&which.to_string(), &which.limit(&limits))))
        }
        Err(Failure::Unreadable { why }) => Ok(Err(Finding::unreadable(&why))),
        Err(Failure::Machinery(why)) => Err(broken(sample, &why)),
    }
}

fn of(sample: &Sample, outcome: Result<Measurement, Finding>) -> Measured {
    Measured { file: sample.file, outcome, trouble: None, products: Vec::new() }
}

fn broken(sample: &Sample, error: &dyn std::fmt::Display) -> Mishap {
    Mishap::Machinery(format!("{}: {error}", sample.name))
}
