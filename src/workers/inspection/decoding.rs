//! The decoding of one file: everything in it is looked at and listened to in one go, and how far that is, is told.

use std::{path::Path, time::Duration};

use domain::inspection::{
    Advance, Essence, Finding, Measurement, Runtime, Stage, SyncOffset, Tool,
};
use media::{Ensemble, Envelope, Exhausted, Failure, Heard, Limits, RECIPE, Tools, Tracks, Wanted};
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

use super::{Mishap, Patience, Run, Stopped};
use crate::services::inspection::{self, Bench, LocalFile, Product};

/// What was heard of music and effects, among the products of a file.
const ENVELOPE: &str = "envelope.bin";
/// The shape of sound alone, all channels side by side.
const PEAKS: &str = "peaks-1.bin";
/// How far the work is, is noted no more often.
const PACE: Duration = Duration::from_secs(1);
/// So often it is looked whether the run still counts, while nothing else is to be said.
const PATROL: Duration = Duration::from_secs(5);

/// A file that is decoded from its beginning to its end.
pub(super) struct Whole<'a> {
    pub place: usize,
    pub local: &'a LocalFile,
    pub essence: Essence,
}

/// What is at hand for decoding a file.
#[derive(Clone, Copy)]
struct Table<'a> {
    tools: &'a Tools,
    file: &'a Path,
    /// Where things are made of it.
    bench: &'a Bench,
}

/// Why decoding came to no end.
pub(super) enum Failing {
    /// It lies with the file.
    Of(Finding),
    /// It lies with our tools, in words for the log.
    Ours(String),
}

impl Run<'_> {
    /// Decodes a file, adds what was seen and heard to its measurement, and keeps what was made of it on the way.
    pub(super) async fn decode(
        &self,
        whole: Whole<'_>,
        measurement: &mut Measurement,
        patience: &mut Patience,
    ) -> Result<Result<Vec<Product>, Failing>, Stopped> {
        let Whole { place, local, essence } = whole;
        let tools = media::tools().await;
        let limits = match essence {
            Essence::Picture => Limits::default().for_looking_at(measurement),
            Essence::Sound => Limits::default().for_listening_to(measurement),
        };
        patience.grow(limits.wall_time);
        let bench = match self.portal.vault.bench() {
            Ok(bench) => bench,
            Err(error) => return Ok(Err(Failing::Ours(error.to_string()))),
        };
        let (tell, told) = watch::channel(self.at(place, Stage::Decoding, 0));
        let report = |stage, percent| {
            tell.send_replace(self.at(place, stage, percent));
        };
        let table = Table { tools: &tools, file: local.path(), bench: &bench };
        let work = async {
            match essence {
                Essence::Picture => self.look(table, measurement, &report).await,
                Essence::Sound => self.listen(table, measurement, &report).await.map(Some),
            }
        };
        let left = patience.left().unwrap_or_default();
        let outcome = tokio::select! {
            outcome = timeout(left, work) => outcome,
            stopped = self.note(told) => return Err(stopped),
        };
        match outcome {
            Ok(Ok(heard)) => self.finish(heard, measurement, &bench).await,
            Ok(Err(failure)) => Ok(Err(Failing::because(failure, &limits))),
            Err(_elapsed) => Ok(Err(Failing::Of(patience.lost()))),
        }
    }

    /// Looks and listens, and makes what people look at instead. What cannot be made is no fault of the file: it is
    /// looked at once more without.
    async fn look(
        &self,
        table: Table<'_>,
        measurement: &mut Measurement,
        report: &(impl Fn(Stage, u8) + Sync),
    ) -> Result<Option<Heard>, Failure> {
        let label = self.assignment.label.as_str();
        let wanted = Wanted { products: Some(table.bench.path()), label };
        let first = self.look_once(table, measurement, report, wanted).await;
        let Err(failure) = &first else { return first };
        if matches!(failure, Failure::TooCostly { which: Exhausted::WallTime | Exhausted::CpuTime })
        {
            return first;
        }
        tracing::warn!(%failure, "nothing is made of a file");
        let cleared = table.bench.clear();
        cleared.map_err(|error| Failure::Machinery(error.to_string()))?;
        self.look_once(table, measurement, report, Wanted::default()).await
    }

    async fn look_once(
        &self,
        table: Table<'_>,
        measurement: &mut Measurement,
        report: &(impl Fn(Stage, u8) + Sync),
        wanted: Wanted<'_>,
    ) -> Result<Option<Heard>, Failure> {
        let Table { tools, file, .. } = table;
        let tracks = Tracks { tracks: &measurement.audio, chosen: self.assignment.layout };
        let mut ensemble = Ensemble::new(tracks);
        let mut progress = |percent, stage| match stage {
            media::Stage::Decoding => report(Stage::Decoding, percent),
            media::Stage::Damage => report(Stage::Damage, percent),
        };
        let mut hear = |track, samples: &[f32]| ensemble.hear(track, samples);
        let limits = Limits::default();
        let seen = media::look(tools, file, measurement, &limits, wanted, &mut progress, &mut hear)
            .await?;
        if let Some(picture) = measurement.video.first_mut() {
            picture.content = seen.content;
        }
        add(&mut measurement.tools, seen.tools);
        Ok(ensemble.told())
    }

    async fn listen(
        &self,
        table: Table<'_>,
        measurement: &mut Measurement,
        report: &(impl Fn(Stage, u8) + Sync),
    ) -> Result<Heard, Failure> {
        let Table { tools, file, bench } = table;
        let whole = measurement.duration().unwrap_or_default();
        let mut progress = |heard: Runtime| report(Stage::Decoding, percent(heard, whole));
        let tracks = Tracks { tracks: &measurement.audio, chosen: self.assignment.layout };
        let (limits, peaks) = (Limits::default(), bench.path().join(PEAKS));
        let heard =
            media::listen(tools, file, tracks, &limits, Some(&peaks), &mut progress).await?;
        let version = tools.ffmpeg.as_ref().map(|it| it.version.clone());
        let tool = version.map(|version| Tool { name: "ffmpeg".to_owned(), version });
        add(&mut measurement.tools, tool);
        Ok(heard)
    }

    /// Adds what was heard, and where it lies against the primary, and keeps what was made.
    async fn finish(
        &self,
        heard: Option<Heard>,
        measurement: &mut Measurement,
        bench: &Bench,
    ) -> Result<Result<Vec<Product>, Failing>, Stopped> {
        if let Some(Heard { mut content, envelope }) = heard {
            let path = bench.path().join(ENVELOPE);
            if let Err(error) = tokio::fs::write(path, envelope.as_bytes()).await {
                return Ok(Err(Failing::Ours(error.to_string())));
            }
            content.offset = self.offset(envelope).await?;
            measurement.sound = Some(content);
        }
        Ok(Ok(inspection::keep_products(self.portal, bench, RECIPE).await?))
    }

    /// Where music and effects lie against those of the primary that the file goes with, where these were heard by the
    /// same ears.
    async fn offset(&self, own: Envelope) -> Result<Option<SyncOffset>, Stopped> {
        let run = self.assignment.run;
        let bytes = inspection::envelope_of_primary(self.portal, run, ENVELOPE, RECIPE).await?;
        let Some(primary) = bytes.map(Envelope::from_bytes) else { return Ok(None) };
        // Of a film this takes seconds, too long for a thread that others wait for.
        let laid = tokio::task::spawn_blocking(move || media::sync(&primary, &own)).await;
        laid.map_err(|error| Stopped::By(Mishap::Machinery(error.to_string())))
    }

    /// Notes how far the work is for as long as the run counts. What cannot be noted just now is noted the next time.
    async fn note(&self, mut told: watch::Receiver<Advance>) -> Stopped {
        loop {
            let advance = *told.borrow_and_update();
            let noted = inspection::note_advance(self.portal, self.assignment.run, advance).await;
            if let Err(Stopped::Over) = noted.map_err(Stopped::from) {
                return Stopped::Over;
            }
            sleep(PACE).await;
            // Silence and the end of the work are alike here: the end is seen elsewhere.
            let _ = timeout(PATROL, told.changed()).await;
        }
    }
}

impl Failing {
    fn because(failure: Failure, limits: &Limits) -> Self {
        match failure {
            Failure::TooCostly { which } => {
                Self::Of(Finding::too_costly(&which.to_string(), &which.limit(limits)))
            }
            Failure::Unreadable { why } => Self::Of(Finding::unreadable(&why)),
            Failure::Machinery(why) => Self::Ours(why),
        }
    }
}

/// How much of the whole was heard.
fn percent(heard: Runtime, whole: Runtime) -> u8 {
    let share = heard.micros().saturating_mul(100) / whole.micros().max(1);
    u8::try_from(share.clamp(0, 100)).unwrap_or(100)
}

fn add(tools: &mut Vec<Tool>, new: impl IntoIterator<Item = Tool>) {
    for tool in new {
        if !tools.contains(&tool) {
            tools.push(tool);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_stay_between_nothing_and_all() {
        let of = |heard, whole| percent(Runtime::from_millis(heard), Runtime::from_millis(whole));
        assert_eq!([of(0, 10), of(5, 10), of(10, 10), of(99, 10)], [0, 50, 100, 100]);
        assert_eq!([of(0, 0), of(1, 0), of(i64::MAX / 1000, 1)], [0, 100, 100]);
    }
}
