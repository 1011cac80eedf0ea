//! Sending a lot: begin the delivery, send its files one after the other, compare digests, follow the inspection.

use chrono::{DateTime, Utc};
use domain::{
    delivery::{Transfer, TransferFile, Verification},
    id::{FileId, TransferId},
    refusal::Refusal,
};
use leptos::{prelude::*, task::spawn_local};

use super::desk::{Arrival, Desk, Lot, Sending, Stage};
use crate::{
    server_fns::delivery::{
        abandon_delivery, announce_digest, begin_delivery, find_progress, find_transfer,
    },
    ui::{
        browser::{
            clock,
            upload::{self, Failure, Reading},
        },
        change::{follow, use_live},
    },
};

impl Desk {
    /// Delivers every ticked request that is complete.
    pub fn deliver(self) {
        for lot in self.lots() {
            let ready = lot.ticked.get_untracked() && lot.stage.read_untracked().is_open();
            if ready && untrack(|| lot.obstacle(self)).is_none() {
                lot.deliver(self);
            }
        }
    }

    /// Holds or goes on with everything under way.
    pub fn pause_all(self, paused: Paused) {
        for lot in self.lots() {
            lot.pause(paused);
        }
    }

    /// Reads an arrived delivery again when the portal says that its request has changed.
    pub fn follow_changes(self) {
        let concerns = move |request| {
            self.lots()
                .iter()
                .any(|it| it.deliverable.with_untracked(|it| it.request.id == request))
        };
        let read = move || async move {
            for lot in self.lots() {
                lot.refresh().await;
            }
        };
        follow(use_live().last_untracked(), concerns, read);
    }
}

/// Whether bytes are to be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paused {
    Yes,
    No,
}

impl Lot {
    fn deliver(self, desk: Desk) {
        self.stage.set(Stage::Starting);
        let draft = untrack(|| self.draft(desk));
        let unfinished = untrack(|| self.unfinished(desk));
        let request = self.deliverable.with_untracked(|it| it.request.id);
        spawn_local(async move {
            let begun = match unfinished {
                Some(transfer) => Ok(transfer),
                None => begin_delivery(request, draft).await,
            };
            let result = match begun {
                Ok(transfer) => self.send_all(desk, transfer).await,
                Err(error) => Err(error.to_string()),
            };
            if let Err(said) = result {
                self.stage.set(Stage::Refused(said));
            }
        });
    }

    async fn send_all(self, desk: Desk, transfer: Transfer) -> Result<(), String> {
        self.deliverable.update(|it| it.unfinished = Some(transfer.clone()));
        upload::load_client().await.map_err(said)?;
        let mut worst = Verification::Same;
        for file in &transfer.files {
            let key =
                untrack(|| self.key_of(desk, file)).ok_or("Choose the file again to go on.")?;
            if self.send(transfer.id, file, key).await? == Verification::Different {
                worst = Verification::Different;
            }
        }
        let details = find_transfer(transfer.id).await.map_err(|it| it.to_string())?;
        self.deliverable.update(|it| it.unfinished = None);
        self.stage.set(Stage::Arrived(Box::new(Arrival { details, verification: worst })));
        Ok(())
    }

    /// Sends one file while its digest is computed beside it.
    async fn send(
        self,
        transfer: TransferId,
        file: &TransferFile,
        key: u64,
    ) -> Result<Verification, String> {
        let mut reading = Reading::of(key).ok_or("Choose the file again to go on.")?;
        self.ensure_same(file, &mut reading).await?;
        let (id, all) = (file.id, file.size);
        self.stage.set(Stage::Sending(Sending {
            transfer,
            file: id,
            sent: 0,
            all,
            speed: 0,
            paused: false,
        }));
        let meter = StoredValue::new(Meter::default());
        let progress = move |sent| self.progressed(id, sent, meter);
        let (digest, sent) =
            futures::future::join(reading.digest_until(all), upload::send(key, id, progress)).await;
        sent.map_err(said)?;
        let changed = |()| {
            "The file could not be read to its end; it was moved or changed. Choose it again."
                .to_owned()
        };
        let digest = digest.map_err(changed)?;
        self.stage.set(Stage::Verifying(transfer));
        announce_digest(id, digest).await.map_err(|it| it.to_string())
    }

    /// A file that was changed since its first bytes were sent is refused before more follow.
    async fn ensure_same(self, file: &TransferFile, reading: &mut Reading) -> Result<(), String> {
        let arrived = find_progress(file.id).await.map_err(|it| it.to_string())?;
        if arrived.received == 0 {
            return Ok(());
        }
        let found = reading
            .digest_until(arrived.received)
            .await
            .unwrap_or_else(|()| "content that cannot be read".into());
        if found == arrived.xxh3 {
            return Ok(());
        }
        let name = file.name.to_string();
        let short =
            |digest: &str| format!("digest {}\u{2026}", digest.chars().take(8).collect::<String>());
        Err(Refusal::AnotherFile { name, expected: short(&arrived.xxh3), found: short(&found) }
            .to_string())
    }

    fn key_of(self, desk: Desk, file: &TransferFile) -> Option<u64> {
        let chosen = self.chosen.get();
        chosen.into_iter().find(|key| {
            desk.file(*key).is_some_and(|it| it.name == file.name && it.size == file.size)
        })
    }

    fn progressed(self, file: FileId, sent: u64, meter: StoredValue<Meter>) {
        let Some(now) = clock::now() else { return };
        let speed = meter.try_update_value(|it| it.read(sent, now)).unwrap_or_default();
        self.stage.update(|stage| {
            if let Stage::Sending(sending) = stage
                && sending.file == file
            {
                sending.sent = sent;
                sending.speed = speed;
            }
        });
    }

    /// Holds the upload, or goes on with it.
    pub fn pause(self, paused: Paused) {
        let mut file = None;
        self.stage.update(|stage| {
            if let Stage::Sending(sending) = stage {
                sending.paused = paused == Paused::Yes;
                sending.speed = 0;
                file = Some(sending.file);
            }
        });
        match (file, paused) {
            (Some(file), Paused::Yes) => upload::pause(file),
            (Some(file), Paused::No) => upload::go_on(file),
            (None, _) => {}
        }
    }

    /// Stops the delivery for good.
    pub fn abandon(self) {
        self.pause(Paused::Yes);
        let transfer = match &*self.stage.read_untracked() {
            Stage::Sending(sending) => Some(sending.transfer),
            Stage::Verifying(transfer) => Some(*transfer),
            Stage::Choosing | Stage::Starting | Stage::Arrived(_) | Stage::Refused(_) => {
                self.deliverable.with_untracked(|it| it.unfinished.as_ref().map(|it| it.id))
            }
        };
        let Some(transfer) = transfer else { return };
        spawn_local(async move {
            match abandon_delivery(transfer).await {
                Ok(()) => {
                    self.deliverable.update(|it| it.unfinished = None);
                    self.stage.set(Stage::Choosing);
                }
                Err(error) => self.stage.set(Stage::Refused(error.to_string())),
            }
        });
    }

    /// Reads an arrived delivery again.
    async fn refresh(self) {
        let transfer = match &*self.stage.read_untracked() {
            Stage::Arrived(arrival) => arrival.details.transfer.id,
            Stage::Choosing
            | Stage::Starting
            | Stage::Sending(_)
            | Stage::Verifying(_)
            | Stage::Refused(_) => return,
        };
        if let Ok(details) = find_transfer(transfer).await {
            self.stage.update(|stage| {
                if let Stage::Arrived(arrival) = stage {
                    arrival.details = details;
                }
            });
        }
    }
}

fn said(failure: Failure) -> String {
    failure.said.unwrap_or_else(|| {
        "The upload was interrupted and the portal cannot be reached. What has arrived is safe: go on when the connection is back.".to_owned()
    })
}

/// Measures the speed of an upload over the last seconds.
#[derive(Clone, Debug, Default)]
struct Meter {
    readings: Vec<(DateTime<Utc>, u64)>,
}

/// Over so many milliseconds.
const WINDOW: i64 = 3_000;

impl Meter {
    /// Takes a reading and gives the speed in bytes a second.
    fn read(&mut self, sent: u64, at: DateTime<Utc>) -> u64 {
        // Going on after a pause may begin behind what was counted before.
        self.readings
            .retain(|(then, earlier)| (at - *then).num_milliseconds() < WINDOW && *earlier <= sent);
        self.readings.push((at, sent));
        let Some((then, earlier)) = self.readings.first() else { return 0 };
        let millis = u64::try_from((at - *then).num_milliseconds()).unwrap_or_default();
        if millis < 200 { 0 } else { (sent - earlier) * 1_000 / millis }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speed_is_measured_over_the_last_seconds() {
        let at = |millis: i64| DateTime::from_timestamp_millis(1_800_000_000_000 + millis).unwrap();
        let mut meter = Meter::default();
        assert_eq!(meter.read(0, at(0)), 0);
        assert_eq!(meter.read(500_000, at(500)), 1_000_000);
        assert_eq!(meter.read(2_000_000, at(1_000)), 2_000_000);
        assert_eq!(meter.read(2_000_000, at(10_000)), 0);
    }

    #[test]
    fn a_resumed_upload_may_begin_earlier() {
        let at = |millis: i64| DateTime::from_timestamp_millis(1_800_000_000_000 + millis).unwrap();
        let mut meter = Meter::default();
        meter.read(900, at(0));
        assert_eq!(meter.read(100, at(1_000)), 0);
    }
}
