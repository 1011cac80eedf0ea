//! Sending a lot: begin the delivery, send its files one after the other, compare digests, follow the inspection.

use std::{cell::RefCell, rc::Rc};

use domain::{
    delivery::{Consignment, Progress, Sent, TransferFile, TransferStatus},
    handin::Purpose,
    id::{FileId, TransferId},
    refusal::Refusal,
};
use futures::future::try_join;
use leptos::{prelude::*, task::spawn_local};

use super::{
    desk::{BinFile, Desk, Lot, Sending, Stage},
    fate::{fate, is_over},
    meter::Meter,
};
use crate::{
    error::AppError,
    server_fns::{
        delivery::{
            abandon_delivery, announce_digest, begin_delivery, find_deliverables, find_progress,
            find_transfer,
        },
        handin::{begin_hand_in, stop_hand_in},
    },
    ui::{
        browser::{
            clock,
            upload::{self, Failure, Reading, Sight},
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

    /// Looks at the deliveries again when the portal says that their requests have changed.
    pub fn follow_changes(self) {
        let concerns = move |request| self.lots().iter().any(|it| it.request() == request);
        let read = move || async move {
            let mut outcome = Ok(());
            for lot in self.lots() {
                outcome = outcome.and(lot.refresh().await);
            }
            outcome
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
        let (files, draft) = untrack(|| (self.files(desk), self.draft(desk)));
        let (unfinished, purpose) = untrack(|| (self.unfinished(desk), self.purpose(desk)));
        let request = self.request();
        spawn_local(async move {
            let begun = match (unfinished, purpose) {
                (Some(consignment), _) => Ok(consignment),
                (None, Purpose::Delivery) => {
                    begin_delivery(request, draft).await.map(Consignment::from)
                }
                (None, Purpose::HandIn) => {
                    begin_hand_in(request, draft).await.map(Consignment::from)
                }
            };
            let consignment = match begun {
                Ok(consignment) => consignment,
                Err(error) => return self.stage.set(Stage::Refused(error.to_string())),
            };
            self.deliverable.update(|it| it.unfinished = Some(consignment.clone()));
            let trouble = self.send_all(&consignment, &files).await.err();
            match consignment.sent {
                Sent::Delivery(transfer) => {
                    let _ = self.settle(transfer, trouble).await;
                    // What happened while that was read is in nobody's news any more.
                    let _ = self.refresh().await;
                }
                Sent::HandIn(_) => self.handed_in(trouble),
            }
        });
    }

    /// The assigned partner has it now; unless it was given up meanwhile, or something went wrong.
    fn handed_in(self, trouble: Option<String>) {
        if self.sent().is_none() {
            return;
        }
        match trouble {
            Some(said) => self.stage.set(Stage::Refused(said)),
            None => self.stage.set(Stage::HandedIn),
        }
    }

    async fn send_all(self, consignment: &Consignment, files: &[BinFile]) -> Result<(), String> {
        upload::load_client().await.map_err(|_| INTERRUPTED)?;
        for file in &consignment.files {
            let same = |it: &&BinFile| it.name == file.name && it.size == file.size;
            let own = files.iter().find(same).ok_or("Choose the file again to go on.")?;
            self.send(file, own.key).await?;
        }
        Ok(())
    }

    /// Sends one file while its digest is computed beside it.
    async fn send(self, file: &TransferFile, key: u64) -> Result<(), String> {
        let mut reading = Reading::of(key).ok_or("Choose the file again to go on.")?;
        let arrived = ensure_same(file, &mut reading).await?;
        let (id, all) = (file.id, file.size);
        let sending =
            Sending { file: id, sent: arrived.received, all, speed: 0, paused: false, lost: false };
        self.stage.set(Stage::Sending(sending));
        let meter = Rc::new(RefCell::new(Meter::default()));
        let watch = move |sight| match sight {
            Sight::Sent(sent) => self.progressed(id, sent, &meter),
            Sight::Lost => self.lost(id),
        };
        let read = async { reading.digest_until(all).await.map_err(|()| changed(file)) };
        let sent = async {
            match upload::send(key, id, &arrived.uploads, watch).await {
                Ok(()) => Ok(()),
                Err(Failure { said: Some(said) }) => Err(said),
                Err(Failure { said: None }) if is_readable(key).await => {
                    Err(INTERRUPTED.to_owned())
                }
                Err(Failure { said: None }) => Err(changed(file)),
            }
        };
        let digest = match try_join(read, sent).await {
            Ok((digest, ())) => digest,
            Err(trouble) => {
                upload::stop(id);
                return Err(trouble);
            }
        };
        self.stage.set(Stage::Verifying);
        for wait in clock::patience() {
            match announce_digest(id, digest.clone()).await {
                Err(AppError::Unreachable) if self.is_sending() => {
                    // All bytes have left, and the last word is said when the connection is back.
                    let (speed, paused, lost) = (0, false, true);
                    let sending = Sending { file: id, sent: all, all, speed, paused, lost };
                    self.stage.set(Stage::Sending(sending));
                    clock::pass(wait).await;
                }
                answered => return answered.map(drop).map_err(|it| it.to_string()),
            }
        }
        Err(INTERRUPTED.to_owned())
    }

    /// Whether nobody has stopped it meanwhile.
    fn is_sending(self) -> bool {
        let sends = |it: &Stage| matches!(it, Stage::Sending(_) | Stage::Verifying);
        self.stage.try_with_untracked(sends) == Some(true)
    }

    fn progressed(self, file: FileId, sent: u64, meter: &RefCell<Meter>) {
        let Some(now) = clock::now() else { return };
        let speed = meter.borrow_mut().read(sent, now);
        self.stage.update(|stage| {
            if let Stage::Sending(sending) = stage
                && sending.file == file
            {
                sending.sent = sent;
                sending.speed = speed;
                sending.lost = false;
            }
        });
    }

    /// The connection broke; nothing moves until it is there again.
    fn lost(self, file: FileId) {
        self.stage.update(|stage| {
            if let Stage::Sending(sending) = stage
                && sending.file == file
            {
                sending.speed = 0;
                sending.lost = true;
            }
        });
    }

    /// Holds the upload, or goes on with it.
    pub fn pause(self, paused: Paused) {
        let Some(file) = self.file_under_way() else { return };
        self.stage.update(|stage| {
            if let Stage::Sending(sending) = stage {
                sending.paused = paused == Paused::Yes;
                sending.speed = 0;
            }
        });
        match paused {
            Paused::Yes => upload::pause(file),
            Paused::No => upload::go_on(file),
        }
    }

    /// Stops the delivery for good.
    pub fn abandon(self) {
        self.pause(Paused::Yes);
        let Some(sent) = self.sent() else { return };
        spawn_local(async move {
            let answer = match sent {
                Sent::Delivery(transfer) => abandon_delivery(transfer).await,
                Sent::HandIn(hand_in) => stop_hand_in(hand_in).await,
            };
            let file = self.file_under_way();
            self.stage.set(match answer {
                Ok(()) => {
                    self.deliverable.update(|it| it.unfinished = None);
                    Stage::Choosing
                }
                Err(error) => Stage::Refused(error.to_string()),
            });
            if let Some(file) = file {
                upload::stop(file);
            }
        });
    }

    fn file_under_way(self) -> Option<FileId> {
        self.stage.try_with_untracked(|it| it.sending().map(|it| it.file))?
    }

    /// The delivery it is about: there, or unfinished.
    fn transfer(self) -> Option<TransferId> {
        let arrived = self.stage.try_with_untracked(|it| it.arrived().map(|it| it.transfer.id))?;
        let unfinished = || match self.sent()? {
            Sent::Delivery(transfer) => Some(transfer),
            Sent::HandIn(_) => None,
        };
        arrived.or_else(unfinished)
    }

    /// What is unfinished.
    fn sent(self) -> Option<Sent> {
        self.deliverable.try_with_untracked(|it| it.unfinished.as_ref().map(|it| it.sent))?
    }

    /// Reads how its delivery stands, after a change.
    async fn refresh(self) -> Result<(), AppError> {
        if self.stage.try_with_untracked(|it| *it == Stage::Choosing) == Some(true) {
            return self.look_for_others().await;
        }
        let Some(transfer) = self.transfer() else { return Ok(()) };
        if let Some(file) = self.file_under_way() {
            if is_over(&find_transfer(transfer).await?.transfer) {
                // Whoever sends finds out why.
                upload::stop(file);
            }
            return Ok(());
        }
        let is_at_rest = |it: &Stage| it.arrived().is_some() || it.refused().is_some();
        if self.stage.try_with_untracked(is_at_rest) == Some(true) {
            self.settle(transfer, None).await?;
        }
        Ok(())
    }

    /// Reads what others have begun, or ended, as long as nothing was begun here.
    async fn look_for_others(self) -> Result<(), AppError> {
        let passed_over = self.passed_over.try_get_untracked().flatten();
        let mut found = find_deliverables(vec![self.request()]).await?.pop();
        if let Some(found) = &mut found {
            found.unfinished = found.unfinished.take().filter(|it| Some(it.sent) != passed_over);
        }
        if let Some(found) = found
            && self.stage.try_with_untracked(|it| *it == Stage::Choosing) == Some(true)
            && self.deliverable.try_with_untracked(|it| *it != found) == Some(true)
        {
            self.deliverable.set(found);
        }
        Ok(())
    }

    /// Shows how the portal sees `transfer` when nothing is sent any longer, because of `trouble` if there
    /// was any.
    async fn settle(self, transfer: TransferId, trouble: Option<String>) -> Result<(), AppError> {
        let read = find_transfer(transfer).await;
        let fate = match &read {
            Ok(details) => fate(&details.transfer).await,
            Err(_) => None,
        };
        // It may have been given up meanwhile.
        if self.transfer() != Some(transfer) {
            return Ok(());
        }
        let known = self.stage.get_untracked();
        let said = known.refused().cloned().or(trouble);
        let (unfinished, stage) = match (read, fate, said) {
            (Err(error), _, said) => {
                if known.is_under_way() {
                    self.stage.set(Stage::Refused(said.unwrap_or_else(|| error.to_string())));
                }
                return Err(error);
            }
            (Ok(_), Some(fate), _) => (None, Stage::Refused(fate)),
            (Ok(details), None, Some(said))
                if details.transfer.status == TransferStatus::WaitingForUpload =>
            {
                (Some(Consignment::from(details.transfer)), Stage::Refused(said))
            }
            (Ok(details), None, _) => (None, Stage::Arrived(Box::new(details))),
        };
        if stage != known && !is_behind(&stage, &known) {
            self.deliverable.update(|it| it.unfinished = unfinished);
            self.stage.set(stage);
        }
        Ok(())
    }
}

/// Answers may overtake each other.
fn is_behind(answer: &Stage, known: &Stage) -> bool {
    let way = |it: &Stage| it.arrived().map_or(0, |it| it.passages.len());
    answer.arrived().is_some() && way(answer) < way(known)
}

/// A file that was changed since its first bytes were sent is refused before more follow.
async fn ensure_same(file: &TransferFile, reading: &mut Reading) -> Result<Progress, String> {
    let arrived = find_progress(file.id).await.map_err(|it| it.to_string())?;
    if arrived.received == 0 {
        return Ok(arrived);
    }
    let found = reading.digest_until(arrived.received).await.map_err(|()| changed(file))?;
    if found == arrived.xxh3 {
        return Ok(arrived);
    }
    let name = file.name.to_string();
    let short =
        |digest: &str| format!("digest {}\u{2026}", digest.chars().take(8).collect::<String>());
    let refusal =
        Refusal::AnotherFile { name, expected: short(&arrived.xxh3), found: short(&found) };
    Err(refusal.to_string())
}

/// Whether the browser still gives the content of a file: of one that was changed or moved it does not.
async fn is_readable(key: u64) -> bool {
    match Reading::of(key) {
        Some(mut reading) => reading.digest_until(1).await.is_ok(),
        None => false,
    }
}

fn changed(file: &TransferFile) -> String {
    format!(
        "\u{201c}{}\u{201d} was changed or moved after it had been chosen. Choose it again.",
        file.name
    )
}

const INTERRUPTED: &str = "The upload was interrupted and the portal cannot be reached. What has arrived is safe: go on when the connection is back.";
